"""T2, T3: the month so far by community and by unit: counts with links to their rows, official order, no league table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.months import overview
from baodao.web.frame.guard import audience


@audience("town", "townlead")
def communities(request: HttpRequest) -> HttpResponse:
    """The communities of the town."""
    month = overview.chosen_month(request.GET.get("month", ""))
    return render(request, "town/places/communities.html", overview.communities(request.actor, str(month)))  # type: ignore[attr-defined]


@audience("town", "townlead")
def units(request: HttpRequest) -> HttpResponse:
    """The units of the county, as far as their members serve in the town."""
    month = overview.chosen_month(request.GET.get("month", ""))
    return render(request, "town/places/units.html", overview.units(request.actor, str(month)))  # type: ignore[attr-defined]
