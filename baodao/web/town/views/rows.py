"""The rows behind a figure: exactly those it counts, without residents' names or members' names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.months import selectors
from baodao.domain.months.overview import chosen_month
from baodao.domain.months.reading import LABELS
from baodao.web.frame.answers import page_of
from baodao.web.frame.guard import audience

RELATED = {"record": ("shift__post",), "shift": ("post",), "need": ("estate",), "person": ()}
ORDER = {"person": ("community", "member_id")}


@audience("town", "townlead", "secretary", "clerk")
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Page through the rows of one figure for one place and month."""
    actor = request.actor  # type: ignore[attr-defined]
    month = chosen_month(request.GET.get("month", ""))
    path, unit = request.GET.get("path") or actor.path, request.GET.get("unit", "")
    rows, kind = selectors.rows_behind(actor, key, path, str(month), unit)
    if RELATED[kind]:
        rows = rows.select_related(*RELATED[kind])
    page = page_of(request, rows.order_by(*ORDER.get(kind, ("community_path", "pk"))), 100)
    context = {
        "page": page, "kind": kind, "key": key, "label": LABELS.get(key, ""), "month": month, "names": selectors.names(actor),
        "place": selectors.place_name(unit or path),
    }
    return render(request, "town/rows/show.html", context)
