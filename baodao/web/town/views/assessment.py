"""The assessment of a closed month: each component with its base, official order, no composite."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days.months import Month
from baodao.domain.months import selectors
from baodao.domain.months.overview import chosen_month
from baodao.web.frame.guard import audience


def _page(request: HttpRequest, *, of_units: bool) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    closed = [Month.parse(row.month) for row in selectors.closes(actor.path)]
    wanted = request.GET.get("month") or (str(closed[0]) if closed else "")
    month = chosen_month(wanted)
    lines = selectors.assessment(actor, actor.path, str(month), of_units=of_units)
    context = {"month": month, "closed": closed, "lines": lines, "of_units": of_units}
    return render(request, "town/assessment/show.html", context)


@audience("town", "townlead")
def communities(request: HttpRequest) -> HttpResponse:
    """The communities."""
    return _page(request, of_units=False)


@audience("town", "townlead")
def units(request: HttpRequest) -> HttpResponse:
    """The units."""
    return _page(request, of_units=True)
