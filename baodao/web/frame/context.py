"""What every template may use about the page it is on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from baodao.domain.accounts import selectors as accounts
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.answers import TOAST


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the big-type switch, the toast to show once, the telephone that stands on every page."""
    actor = getattr(request, "actor", None)
    path = actor.path if actor is not None else ""
    session = getattr(request, "session", None)
    toast = None
    if session is not None and actor is not None and actor.account_id is not None:
        toast = session.pop(TOAST, None)
    return {
        "actor": actor,
        "account": getattr(request, "user", None) if path else None,
        "big": request.COOKIES.get("big") == "1",
        "toast": toast,
        "site_url": settings.SITE_URL,
        "help_line": lambda: orgs.help_line(path or getattr(request, "help_path", "")),
        "home_orgs": lambda: orgs.names_of_path(path),
        "other_roles": lambda: accounts.other_grants(request.user, actor) if path else [],
    }
