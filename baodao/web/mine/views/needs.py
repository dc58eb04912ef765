"""A resident's need that was handed to me: what it is, the contact with an audited look, and that it is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from baodao.base.verdict import Refused
from baodao.domain.needs import selectors, services
from baodao.domain.needs.forms import FinishForm
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience


@audience("member")
@never_cache
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The need while I have it; saying that it is done hands it back to the desk, which tells the resident."""
    actor = request.actor  # type: ignore[attr-defined]
    need = selectors.get_for(actor, code)
    form = FinishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.finish(actor=actor, need=need, outcome=form.cleaned_data["outcome"])
        except Refused as error:
            form.add_error("outcome", error.reason)
        else:
            return done(request, reverse("mine:home"), toast="记下了，社区会回访")
    return _page(request, need, form)


@audience("member")
@never_cache
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Show the contact once; who looked and why is written down and the resident can see it."""
    actor = request.actor  # type: ignore[attr-defined]
    need = selectors.get_for(actor, code)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("mine:need", args=[code]))
    shown = services.show_contact(actor=actor, need=need, reason=request.POST.get("reason", ""))
    return _page(request, need, FinishForm(), shown)


def _page(request: HttpRequest, need: Any, form: FinishForm, shown: Any = None) -> HttpResponse:
    context = {"need": need, "form": form, "contact": shown, "has_contact": selectors.has_contact(need)}
    return form_page(request, "mine/needs/show.html", context, invalid=bool(form.errors))
