"""T1: is the service going where the need is? Five numbers with their base, twelve tiles in fixed places, no rank."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.months import overview, steps
from baodao.web.frame.guard import audience


@audience("town", "townlead", "county")
def show(request: HttpRequest) -> HttpResponse:
    """The month so far; the county viewer sees each town's totals and nothing below."""
    month = overview.chosen_month(request.GET.get("month", ""))
    actor = request.actor  # type: ignore[attr-defined]
    if actor.has("county"):
        context = {"month": month, "towns": overview.towns(actor, str(month))}
        return render(request, "town/overview/county.html", context)
    tracks = steps.tracks(actor.path)
    context = {"month": month, **overview.town(actor, str(month)), "tracks": tracks, "first": steps.next_of(tracks)}
    return render(request, "town/overview/show.html", context)
