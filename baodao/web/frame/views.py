"""Views no face owns: error pages."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from baodao.web.frame import kept, pages


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The browser sent no valid cross-site token; a page of ours left open over another login keeps what was typed."""
    actor, ours = getattr(request, "actor", None), f"{request.scheme}://{request.get_host()}"
    typed = kept.typed_in(request)
    if actor is not None and actor.account_id is not None and typed and request.headers.get("Origin") == ours:
        return kept.send_again(request, to=request.get_full_path(), typed=typed, title=_("重新登录过了"))
    context = {"title": _("这次提交没有通过"), "words": _("回到上一页刷新后再提交。"), "back": "/"}
    return render(request, "frame/message.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 of the address table."""
    return pages.absent(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; trouble of the database found by middleware is 503, because it will pass."""
    if pages.will_pass(sys.exc_info()[1]):
        return HttpResponse(_("现在忙不过来，过几秒再试。"), status=503, headers={"Retry-After": "5"})
    return render(request, "frame/error.html", status=500)
