"""The answers to trouble: each says what happened, what is kept and what to do; htmx gets the same as a message."""

from __future__ import annotations

import errno

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from baodao.base.verdict import Refused, Stale
from baodao.web.frame import kept, keys


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _message(request: HttpRequest, status: int, title: str, words: str, **more: object) -> HttpResponse:
    context = {"title": title, "words": words, "back": request.headers.get("Referer", ""), **more}
    template = "frame/message_part.html" if _is_htmx(request) else "frame/message.html"
    response = render(request, template, context, status=status)
    if _is_htmx(request):
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def absent(request: HttpRequest) -> HttpResponse:
    """404: absent and forbidden look the same."""
    return _message(request, 404, _("没有这个页面"), _("可能写错了，或者不归你管。回到首页再找找。"))


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """422: a rule said no; its reason is shown, nothing was changed."""
    return _message(request, 422, _("这一步没有做"), error.reason)


def stale(request: HttpRequest, error: Stale) -> HttpResponse:
    """409: somebody else changed the record; both texts are shown and what was typed can be copied."""
    typed = {
        name: value
        for name, value in request.POST.items()
        if name not in {keys.FIELD, "csrfmiddlewaretoken", "version", "password"}
    }
    context = {
        "title": _("别人刚刚改过"),
        "words": _("你打开以后，有人改了同一条记录。下面是两边的内容，看过再改，你写的没有丢。"),
        "differences": error.differences,
        "typed": typed,
        "back": request.headers.get("Referer", ""),
    }
    return render(request, "frame/stale.html", context, status=409)


def repeated(request: HttpRequest, location: str) -> HttpResponse:
    """The form was already sent: lead to where the first sending led, do nothing twice."""
    target = location or request.headers.get("Referer") or "/"
    if _is_htmx(request):
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = target
        return response
    response = HttpResponseRedirect(target)
    response.status_code = 303
    return response


def key_missing(request: HttpRequest) -> HttpResponse:
    """400: an unsafe request without a form's key."""
    return _message(request, 400, _("这次提交不完整"), _("页面里少了一项。回到上一页刷新后再提交。"))


def key_old(request: HttpRequest) -> HttpResponse:
    """400 with everything typed and a fresh key: a form left open for more than a day is one press from being sent."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {keys.FIELD, "csrfmiddlewaretoken"}
        for value in values
    ]
    context = {
        "title": _("页面放得太久了"),
        "words": _("填的内容都在，再按一次就提交。"),
        "again": typed,
        "again_to": request.get_full_path(),
        "new_key": keys.new_key(),
    }
    return render(request, "frame/message.html", context, status=400)


def will_pass(error: BaseException | None) -> bool:
    """Is it trouble of the database or its disk: busy, gone, unreadable for now. A program's own mistake is not."""
    if isinstance(error, OSError):
        return error.errno in {errno.EIO, errno.ENOSPC, errno.EROFS}
    return isinstance(error, (OperationalError, InterfaceError, InternalError)) or type(error) is DatabaseError


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After: nothing was lost; a form comes back in the page, one press from being sent under its own key.

    The same key and no fresh one: if the deed was done before the trouble came, sending it again leads to its result.
    """
    key, typed, more = request.POST.get(keys.FIELD, ""), kept.typed_in(request), {}
    if key and not request.FILES and not any("password" in name for name, _value in typed):  # these are typed or chosen anew
        more = {"again": typed, "again_to": request.get_full_path(), "new_key": key}
    response = _message(request, 503, _("现在忙不过来"), _("内容没有丢，过几秒再按一次。"), **more)
    response.headers["Retry-After"] = "5"
    return response
