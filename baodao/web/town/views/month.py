"""The town's months: which are closed, what was left out, where the bulletin stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days.months import Month
from baodao.base.verdict import Absent
from baodao.domain.months import calendar_of_months, services
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience


@audience("town", "townlead")
def listing(request: HttpRequest) -> HttpResponse:
    """All months from the first service on, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    return render(request, "town/month/listing.html", {"months": calendar_of_months.lines(actor)})


@audience("town", "townlead", methods=("POST",))
def close(request: HttpRequest, month: str) -> HttpResponse:
    """Close a month that is over."""
    try:
        value = Month.parse(month)
    except ValueError:
        raise Absent from None
    actor = request.actor  # type: ignore[attr-defined]
    held = services.close_month(actor=actor, town=actor.path, month=str(value))
    left = len(held.left_out)
    words = f"{value.label}已结月" + (f"，{left} 条没确认的没有算进去" if left else "，全部确认过")
    return done(request, "/town/month/", toast=words)
