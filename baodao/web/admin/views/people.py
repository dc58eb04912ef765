"""A3: who may do what? Logins, roles with their place, one-time codes shown once, closing a login."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from baodao.base.verdict import Refused
from baodao.domain.accounts import selectors, services
from baodao.domain.accounts.forms import GrantForm, PersonForm
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.answers import done, form_page, page_of
from baodao.web.frame.faces import rows_of_grants
from baodao.web.frame.guard import audience

SEC = ("secadmin",)
LIST = "/admin/people/"


@audience(*SEC)
def listing(request: HttpRequest) -> HttpResponse:
    """The staff's logins with their roles; members' logins are the clerk's."""
    found = selectors.staff(request.actor, request.GET.get("q", ""))  # type: ignore[attr-defined]
    page = page_of(request, found)
    context = {"page": page, "people": rows_of_grants(page.object_list), "q": request.GET.get("q", "")}
    return form_page(request, "admin/people/listing.html", context, invalid=False)


@audience(*SEC)
def add(request: HttpRequest) -> HttpResponse:
    """A login with its first role; the answer shows its one-time code once."""
    form = PersonForm(request.POST or None)
    grant_form = GrantForm(request.POST or None, places=orgs.all_paths())
    if request.method == "POST" and form.is_valid() and grant_form.is_valid():
        try:
            account, code = services.welcome(actor=request.actor, **form.cleaned_data, **grant_form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error("login" if error.code == "duplicate" else None, error.reason)
        else:
            return _show_code(request, account, code)
    context = {"form": form, "grant_form": grant_form}
    return form_page(request, "admin/people/add.html", context, invalid=request.method == "POST")


@audience(*SEC)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One login: roles, codes, what happened with it."""
    return _person_page(request, code, GrantForm(places=orgs.all_paths()))


@audience(*SEC, methods=("POST",))
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """One more role."""
    form = GrantForm(request.POST, places=orgs.all_paths())
    if form.is_valid():
        account = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
        try:
            services.give_role(actor=request.actor, account=account, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"{LIST}{code}/", toast="角色已给，对方下一次打开页面就有")
    return _person_page(request, code, form)


@audience(*SEC, methods=("POST",))
def end_grant(request: HttpRequest, code: str, grant: str) -> HttpResponse:
    """End a role today."""
    account = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    services.end_role(actor=request.actor, grant=selectors.grant_of(account, grant))  # type: ignore[attr-defined]
    return done(request, f"{LIST}{code}/", toast="角色已收回，对方要重新登录")


@audience(*SEC)
def one_time_code(request: HttpRequest, code: str) -> HttpResponse:
    """A new one-time code, shown on this answer and never again."""
    if request.method != "POST":
        return HttpResponseRedirect(f"{LIST}{code}/")
    account = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    words = services.issue_code(actor=request.actor, account=account)  # type: ignore[attr-defined]
    return _show_code(request, account, words)


@audience(*SEC, methods=("POST",))
def active(request: HttpRequest, code: str) -> HttpResponse:
    """Close or reopen a login."""
    account = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    wanted = request.POST.get("active") == "1"
    services.set_active(actor=request.actor, account=account, active=wanted)  # type: ignore[attr-defined]
    return done(request, f"{LIST}{code}/", toast="已重新打开" if wanted else "已停用，所有地方都退出了")


def _person_page(request: HttpRequest, code: str, form: GrantForm) -> HttpResponse:
    account = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    context = {
        "person": rows_of_grants([account])[0],
        "form": form,
        "events": selectors.events_of(account)[:20],
        "is_self": account.pk == request.actor.account_id,  # type: ignore[attr-defined]
    }
    return form_page(request, "admin/people/show.html", context, invalid=form.is_bound)


def _show_code(request: HttpRequest, account: Any, words: str) -> HttpResponse:
    held = selectors.open_code(account)
    context = {"account": request.user, "person": account, "words": f"{words[:4]}-{words[4:]}", "held": held}
    return form_page(request, "admin/people/code.html", context, invalid=False)
