"""The rows behind a figure: exactly those it counts, without residents' names or members' names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.months import selectors
from baodao.domain.months.overview import chosen_month
from baodao.web.frame.answers import page_of
from baodao.web.frame.guard import audience

RELATED = {
    "record": ("shift__post", "shift"),
    "shift": ("post",),
    "need": ("estate",),
}


@audience("town", "townlead", "secretary", "clerk")
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Page through the rows of one figure for one place and month."""
    actor = request.actor  # type: ignore[attr-defined]
    month = chosen_month(request.GET.get("month", ""))
    path = request.GET.get("path") or actor.path
    rows, kind = selectors.rows_behind(actor, key, path, str(month))
    rows = rows.select_related(*RELATED[kind]).order_by("community_path", "pk")
    page = page_of(request, rows, 100)
    context = {"page": page, "kind": kind, "key": key, "month": month, "place": selectors.place_name(path)}
    return render(request, "town/rows/show.html", context)
