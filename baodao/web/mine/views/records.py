"""M7: what I did and how it was counted. Points are arithmetic one can follow; nobody is ranked."""

from __future__ import annotations

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base import paths
from baodao.base.days import clock
from baodao.domain.members import selectors as members
from baodao.domain.points import selectors as keeping
from baodao.domain.service import selectors
from baodao.domain.service.states import RecordState
from baodao.web.frame.answers import page_of
from baodao.web.frame.guard import audience

COUNTED = (RecordState.CONFIRMED, RecordState.SETTLED)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else clock.today().year


@audience("member", methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """A year of services with their evidence, and how much it was."""
    actor, year = request.actor, _year(request)  # type: ignore[attr-defined]
    member = members.myself(actor)
    rows = selectors.visible_records(actor).filter(date__year=year).select_related("shift__post", "booking")
    counted = rows.filter(state__in=COUNTED).aggregate(minutes=Sum("minutes"))
    town = paths.town_of(members.community_of(member).path)
    context = {
        "year": year,
        "this_year": clock.today().year,
        "page": page_of(request, rows, 30),
        "times": rows.filter(state__in=COUNTED).count(),
        "hours": (counted["minutes"] or 0) / 60,
        "uses_points": keeping.uses_points(town),
        "threshold": keeping.threshold(town),
        "target": member.target_per_year,
    }
    return render(request, "mine/records/listing.html", context)


@audience("member", methods=("GET", "HEAD"))
def points(request: HttpRequest) -> HttpResponse:
    """Every entry of a year with its arithmetic and evidence."""
    actor, year = request.actor, _year(request)  # type: ignore[attr-defined]
    member = members.myself(actor)
    town = paths.town_of(members.community_of(member).path)
    rows = keeping.entries(actor, member.pk, year)
    context = {
        "year": year,
        "this_year": clock.today().year,
        "page": page_of(request, rows, 30),
        "balance": keeping.balance(actor, member.pk, year),
        "rules": keeping.active_rules(town),
        "uses_points": keeping.uses_points(town),
    }
    return render(request, "mine/records/points.html", context)
