"""Views no face owns: error pages."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from baodao.web.frame import pages


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The browser sent no valid cross-site token."""
    context = {"title": _("这次提交没有通过"), "words": _("回到上一页刷新后再提交。"), "back": "/"}
    return render(request, "frame/message.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 of the address table."""
    return pages.absent(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; trouble of the database found by middleware is 503, because it will pass."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(_("现在忙不过来，过几秒再试。"), status=503, headers={"Retry-After": "5"})
    return render(request, "frame/error.html", status=500)
