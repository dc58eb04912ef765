"""Guards of views: which roles a page is for. What a role may see on it, the selectors decide."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from baodao.web.frame.kept import LoginForm, login_page, typed_in

View = Callable[..., HttpResponse]


def audience(*roles: str, methods: tuple[str, ...] = ("GET", "HEAD", "POST")) -> Callable[[View], View]:
    """Let only these roles in: nobody logged in → the login page; another role → a page that says who can.

    A form whose session ran out while it was written comes to the login page with everything typed, and back after it.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            actor = request.actor  # type: ignore[attr-defined]
            if actor.account_id is None:
                typed = typed_in(request)
                if typed and not getattr(request, "htmx", False):
                    return login_page(request, LoginForm(), asked=request.get_full_path(), typed=typed)
                return HttpResponseRedirect(f"/login/?next={quote(request.get_full_path())}")
            if not actor.has(*roles):
                return not_yours(request, roles)
            return view(request, *args, **kwargs)

        guarded.audience = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return wrap


def public(view: View) -> View:
    """A page for anybody: no login, no cookie with an identifier; its forms are guarded by their signed, dated key."""
    open_view = csrf_exempt(view)
    open_view.audience = frozenset({"anybody"})
    return open_view


def not_yours(request: HttpRequest, roles: tuple[str, ...]) -> HttpResponse:
    """403 that says who can."""
    from baodao.domain.accounts.states import Role

    names = "、".join(str(Role(role).label) for role in roles)
    context = {"title": _("这一页不归你管"), "words": _("能打开它的是：%(who)s。") % {"who": names}, "back": "/"}
    return render(request, "frame/message.html", context, status=403)
