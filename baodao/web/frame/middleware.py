"""What stands around every view: the language, the actor, the form's key, and the answers to trouble."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from baodao.base.actor import PUBLIC
from baodao.base.verdict import Absent, Refused, Stale
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit import selectors as audit
from baodao.domain.audit.services import FormKey, KeyUsed, form_key, remember_location
from baodao.web.frame import keys, pages

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("baodao.web")
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
LANG_COOKIE = "lang"
BIG_COOKIE = "big"


class Troubles:
    """Turn the refusals of rules and the troubles of the database into pages that say what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Absent → 404, Refused → 422, Stale → 409, a used key → its first answer, database trouble → 503."""
        if isinstance(error, Absent):
            return pages.absent(request)
        if isinstance(error, Refused):
            return pages.refused(request, error)
        if isinstance(error, Stale):
            return pages.stale(request, error)
        if isinstance(error, KeyUsed):
            key = request.POST.get(keys.FIELD) or request.headers.get("X-Form-Key", "")
            account_id = request.actor.account_id or 0  # type: ignore[attr-defined]
            return pages.repeated(request, keys.unveiled(error.location, key, account_id))
        if pages.will_pass(error):
            log.error("database trouble: %s", type(error).__name__)
            return pages.unavailable(request)
        return None


class Sessions(SessionMiddleware):
    """Django's sessions; one that cannot be written is answered 503, like every other trouble of the database."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Django says 400 both when the disk fails and when the session was ended meanwhile; then the next try asks to log in."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            log.error("database trouble: the session could not be written")
            return pages.unavailable(request)


class Language:
    """Chinese everywhere; ``?lang=`` or the ``lang`` cookie chooses another on the residents' pages."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        chosen = asked if asked in self.known else request.COOKIES.get(LANG_COOKIE, "")
        if chosen not in self.known or not is_public(request.path):
            chosen = settings.LANGUAGE_CODE
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        if asked in self.known:
            response.set_cookie(LANG_COOKIE, asked, max_age=365 * 86400, samesite="Lax", secure=settings.HTTPS)
        return response


STAFF_PREFIXES = ("/me/", "/desk/", "/unit/", "/town/", "/admin/", "/login/", "/account/", "/setup/")


def is_public(path: str) -> bool:
    """Is this a page for anybody, shown in the reader's language."""
    return not path.startswith(STAFF_PREFIXES)


class Acting:
    """``request.actor``: who acts on this request, with the one grant that is active."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = PUBLIC  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            request.actor = accounts.actor_for(request.user, request.session.get("grant", ""))  # type: ignore
        response = self.get_response(request)
        if not is_public(request.path) or request.actor is not PUBLIC:  # type: ignore[attr-defined]
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class FormKeys:
    """Every unsafe form carries a key; a key that did a deed answers again with the place that deed led to."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = form_key.set(None)
        try:
            response = self.get_response(request)
            held = form_key.get()
            if held is not None and held.used:
                location = response.headers.get("Location") or response.headers.get("HX-Redirect") or request.path
                remember_location(key=held, location=keys.veiled(location, held.key, held.account_id))
            return response
        finally:
            form_key.reset(token)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Ask for the key before the view is called."""
        if request.method in SAFE or getattr(view, "key_exempt", False):
            return None
        key = request.POST.get(keys.FIELD) or request.headers.get("X-Form-Key", "")
        if not key or not keys.is_genuine(key):
            return pages.key_missing(request)
        if not keys.is_fresh(key):
            return pages.key_old(request)
        account_id = request.actor.account_id or 0  # type: ignore[attr-defined]
        location = audit.used_location(key, account_id)
        if location or (location is not None and not getattr(view, "finds_again", False)):
            return pages.repeated(request, keys.unveiled(location, key, account_id))
        form_key.set(FormKey(key, account_id))
        return None


