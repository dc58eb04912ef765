"""Login, one-time codes, the role switch, log-out and the big-type switch."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from baodao.base.verdict import Absent, Refused
from baodao.domain.accounts import selectors, services
from baodao.web.frame import kept, keys
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.faces import face_of, rows_of_grants
from baodao.web.frame.kept import LoginForm

PENDING = "one_time"
CHOOSE_PAGE = "/login/password/"


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(label=gettext_lazy("新密码"), max_length=128, strip=False, widget=forms.PasswordInput)
    password2 = forms.CharField(label=gettext_lazy("再写一遍"), max_length=128, strip=False, widget=forms.PasswordInput)


class ChangeForm(PasswordForm):
    """The present password before the new one."""

    old = forms.CharField(label=gettext_lazy("现在的密码"), max_length=128, strip=False, widget=forms.PasswordInput)
    field_order = ("old", "password", "password2")


@never_cache
@keys.exempt
def login(request: HttpRequest) -> HttpResponse:
    """Password, or a one-time code that leads to choosing one. A wrong login and a wrong password look the same."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["login"].strip()
        if selectors.login_held_back(selectors.prefix_of(request.META.get("REMOTE_ADDR", "")), name):
            return _held_back(request, form)
        answer = _try(request, name, form.cleaned_data["password"])
        if answer is not None:
            return answer
        form.add_error(None, _("登录名或密码不对。十次不对要等 15 分钟；忘了密码，找社区专干或安全管理员要一次性码。"))
    return _login_page(request, form)


def _login_page(request: HttpRequest, form: LoginForm) -> HttpResponse:
    asked = request.POST.get("next") or request.GET.get("next", "")
    return kept.login_page(request, form, asked=asked, typed=kept.kept_in(request))


def _held_back(request: HttpRequest, form: LoginForm) -> HttpResponse:
    """429: whoever has the right password learns that it is not the password; said of any name, known or not."""
    form.add_error(None, "试的次数太多了，这个登录名先关一会儿，等 15 分钟再试。密码没有变，也没有丢。")
    response = _login_page(request, form)
    response.status_code = 429
    response.headers["Retry-After"] = "900"
    return response


def _try(request: HttpRequest, name: str, password: str) -> HttpResponse | None:
    prefix = selectors.prefix_of(request.META.get("REMOTE_ADDR", ""))
    account = selectors.by_login(name)
    code = selectors.open_code(account) if account and account.active else None
    if account and code and code.code_hash == services.hash_code(account, password):
        request.session.cycle_key()
        request.session[PENDING] = {"login": name, "code": password}
        return _password_page(request, PasswordForm())
    found = auth.authenticate(request, username=name, password=password)
    if found is None:
        services.note_failure(prefix=prefix, kind="password", subject=name)
        if account:
            services.note_login(account=account, ok=False)
        return None
    return _enter(request, found)


def _enter(request: HttpRequest, account: auth.models.AbstractBaseUser) -> HttpResponse:
    auth.login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    services.note_login(account=account, ok=True)
    extend(request)
    wanted = request.GET.get("next") or request.POST.get("next") or ""
    actor = selectors.actor_for(account)
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    typed = kept.kept_in(request)
    if typed and safe:
        request.actor = actor  # type: ignore[attr-defined]
        response = kept.send_again(request, to=wanted, typed=typed, title=_("登录好了"))
    else:
        response = HttpResponseRedirect(wanted if safe else face_of(actor.role))
    if account.big_type:
        response.set_cookie("big", "1", max_age=365 * 86400, samesite="Lax", secure=settings.HTTPS)
    return response


@never_cache
@keys.exempt
def choose(request: HttpRequest) -> HttpResponse:
    """The person chooses a password after a one-time code."""
    pending = request.session.get(PENDING)
    if not pending:
        return HttpResponseRedirect("/login/")
    account = selectors.by_login(pending["login"])
    if account is None:
        raise Absent
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_password(
                actor=selectors.actor_for(account), account=account, code=pending["code"], **form.cleaned_data
            )
        except Refused as error:
            form.add_error(error.code if error.code in form.fields else None, error.reason)
        else:
            request.session.pop(PENDING, None)
            return _enter(request, account)
    return _password_page(request, form)


def _password_page(request: HttpRequest, form: PasswordForm) -> HttpResponse:
    """The page of the new password; a form that was under way, and where it was going, travel in it as on the login page."""
    asked, typed = request.POST.get("next") or request.GET.get("next", ""), kept.kept_in(request)
    if not (typed or request.path == CHOOSE_PAGE):
        return HttpResponseRedirect(CHOOSE_PAGE + (f"?{urlencode({'next': asked})}" if asked else ""))
    context = {"form": form, "next": asked, "kept": [(f"{kept.PREFIX}{name}", value) for name, value in typed]}
    return form_page(request, "frame/choose_password.html", context, invalid=bool(form.errors))


def extend(request: HttpRequest) -> None:
    """The session ends twelve hours from now."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """One press makes the session last; when it is over already, only the login helps."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/login/?next=/account/")
    extend(request)
    return JsonResponse({"left": request.session.get_expiry_age()})


@require_POST
@keys.exempt
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return HttpResponseRedirect("/login/")


@require_POST
@keys.exempt
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Act in another of one's roles."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/login/")
    grant = next((g for g in selectors.grants_of(request.user) if g.code == code), None)
    if grant is None:
        raise Absent
    request.session["grant"] = grant.code
    return HttpResponseRedirect(face_of(grant.role))


def home(request: HttpRequest) -> HttpResponse:
    """My account: roles, password, what is kept about me."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/login/?next=/account/")
    return _account(request, ChangeForm())


def change(request: HttpRequest) -> HttpResponse:
    """Change the password."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/login/?next=/account/")
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(actor=request.actor, account=request.user, **form.cleaned_data)  # type: ignore
        except Refused as error:
            form.add_error(error.code if error.code in form.fields else None, error.reason)
        else:
            auth.update_session_auth_hash(request, request.user)
            return done(request, "/account/", toast=_("密码已改，其他地方要重新登录"))
    return _account(request, form)


def _account(request: HttpRequest, form: forms.Form) -> HttpResponse:
    person = rows_of_grants([request.user])[0]
    context = {"form": form, "person": person, "events": selectors.events_of(request.user)[:20]}
    return form_page(request, "frame/account.html", context, invalid=bool(form.errors))


@csrf_exempt  # it changes a size and nothing else, and pages for anybody set no cross-site cookie
@require_POST
@keys.exempt
def big(request: HttpRequest) -> HttpResponse:
    """大字: one switch, remembered in a cookie and, when logged in, with the person."""
    on = request.COOKIES.get("big") != "1"
    if request.user.is_authenticated:
        services.set_big_type(account=request.user, big=on)
    back = request.headers.get("Referer") or "/"
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie("big", "1" if on else "0", max_age=365 * 86400, samesite="Lax", secure=settings.HTTPS)
    return response
