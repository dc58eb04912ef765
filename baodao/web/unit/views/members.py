"""L2: is the list still right? Who came and went, and on which days somebody is on duty (L3)."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.domain.matching import extract, selectors
from baodao.domain.members import selectors as ledger
from baodao.domain.members import services
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience
from baodao.web.unit.views.month import LIAISON, month_asked


@audience(LIAISON, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """The unit's members in the order of surnames, with the changes since the first day of the month before last."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    context = {
        "month": month,
        "list": extract.unit_list(actor, actor.path, str(month)),
        "held": selectors.unit_month(actor.path, str(month)),
    }
    return render(request, "unit/members/listing.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@audience(LIAISON)
def block(request: HttpRequest, code: str) -> HttpResponse:
    """Days on which a member is on duty or away for the unit."""
    actor = request.actor  # type: ignore[attr-defined]
    member = ledger.get_for(actor, code)
    first, last = (_day(request.POST.get(key, "")) for key in ("first", "last"))
    problem = ""
    if request.method == "POST":
        if first is None:
            problem = "写上从哪天起。"
        else:
            services.block_days(actor=actor, member=member, first=first, last=last or first, by_unit=True)
            return done(request, reverse("unit:members"), toast=f"{member.name} 那几天不排班")
    context = {"member": member, "problem": problem, "days": member.blocked_days.order_by("first")}
    return render(request, "unit/members/block.html", context, status=422 if problem else 200)
