"""Answers a view gives after a deed: a redirect for a page, a partial or a redirect for htmx; files; paging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
TOAST = "toast"


def done(request: HttpRequest, to: str, *, toast: str = "", undo: str = "") -> HttpResponse:
    """After a deed: go to ``to``. ``toast`` is shown once there; ``undo`` is the address whose POST takes it back."""
    if toast and hasattr(request, "session"):
        request.session[TOAST] = {"words": str(toast), "undo": undo}
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response.headers["HX-Redirect"] = to
        return response
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response


def form_page(request: HttpRequest, template: str, context: dict[str, Any], *, invalid: bool) -> HttpResponse:
    """A page with a form: 200 when fresh, 422 with the input kept when something is wrong."""
    return render(request, template, context, status=422 if invalid else 200)


def file(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A download whose type follows its name; Chinese names survive every browser."""
    ending = name.rsplit(".", 1)[-1].lower()
    response = HttpResponse(content, content_type=TYPES.get(ending, "application/octet-stream"))
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int = 50) -> Page[Any]:
    """The page of ``rows`` that ``?page=`` asks for; a number out of range gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
