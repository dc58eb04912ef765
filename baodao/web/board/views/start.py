"""The start pages: of the town, of one place (a QR code on a wall), and the choice when a code is unknown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days import clock
from baodao.domain.calendar import selectors as calendar
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.guard import public


def towns_with_communities() -> list[dict[str, Any]]:
    """Each open town with its open communities in official order."""
    return [{"town": town, "communities": orgs.communities(town.path)} for town in orgs.towns()]


def choose(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    """The page on which one chooses a community; 404 when an unknown code led here."""
    context = {"towns": towns_with_communities(), "unknown": status == 404}
    return render(request, "board/start/choose.html", context, status=status)


@public
def start(request: HttpRequest) -> HttpResponse:
    """The public start: communities, raise a need, track, commitments."""
    return choose(request)


@public
def place(request: HttpRequest, place: str) -> HttpResponse:
    """What can I do here."""
    found = orgs.place(place)
    if found is None:
        return choose(request, status=404)
    request.help_path = found.community.path  # type: ignore[attr-defined]
    context = {"place": found, "community": found.community, "code": place, "hours": opening(found.community.path)}
    return render(request, "board/start/place.html", context)


def opening(path: str) -> str:
    """Today's opening hours of a place, as 10:00–14:00、16:00–20:00."""
    spans = calendar.hours_of(path).spans_on(clock.today())
    return " ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)
