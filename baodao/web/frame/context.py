"""What every template may use about the page it is on. What costs a query is asked once and only by a page that shows it."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from baodao.domain.orgs import selectors as orgs
from baodao.web.frame import faces
from baodao.web.frame.answers import TOAST


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, their place and other roles, the big-type switch, the toast to show once, the help telephone."""
    actor = getattr(request, "actor", None)
    known = actor is not None and actor.account_id is not None
    path = actor.path if known else ""
    session = getattr(request, "session", None)
    toast = session.pop(TOAST, None) if known and session is not None else None
    where = path or getattr(request, "help_path", "")
    above = functools.cache(lambda: orgs.above(where))
    return {
        "actor": actor,
        "account": request.user if known else None,
        "big": request.COOKIES.get("big") == "1",
        "toast": toast,
        "session_left": session.get_expiry_age() if known and session is not None else 0,
        "site_url": settings.SITE_URL,
        "face_home": faces.face_of(actor.role) if known else "/",
        "role_label": faces.role_label(actor.role) if known else "",
        "help_line": functools.cache(lambda: orgs.help_line(where, above())),
        "place_names": functools.cache(lambda: faces.place_names(path, above())),
        "other_roles": functools.cache(lambda: faces.other_roles(request.user, actor) if known else []),
    }
