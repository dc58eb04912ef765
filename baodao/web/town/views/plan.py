"""The town's plan of a month: how far each community is, one solve for all of them. Counts only: names stay below."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching import balance, issuing, overview, selectors, services, watching
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame import runs
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience

#: How long a whole town's month may be searched.
SECONDS = 20.0
FACE = runs.Face("town", ("town", "townlead"), ("town",))


def month_asked(request: HttpRequest) -> Month:
    """The month of the address; by default the running one, from the 20th on the next."""
    try:
        return Month.parse(request.GET.get("month") or request.POST.get("month", ""))
    except ValueError:
        today = clock.today()
        return Month.parse(selectors.month_for_unit(str(Month.of(today)), today.day))


@audience("town", "townlead", methods=("GET", "HEAD"))
def show(request: HttpRequest) -> HttpResponse:
    """One line a community, in official order."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    rows = overview.lines(actor, actor.path, str(month))
    watch, run_words = watching.seen(actor, actor.path, str(month))
    context = {
        "watch": watch,
        "run_words": run_words,
        "month": month,
        "rows": rows,
        "totals": overview.totals(rows),
        "note": calendar.month_note(str(month), actor.path),
        "gap": overview.gap_words(rows),
        "sent": issuing.status(actor.path, str(month)),
        "sends": issuing.scope_of(actor.path) == "town",
    }
    return render(request, "town/plan/show.html", context)


@audience("town", methods=("POST",))
def solve(request: HttpRequest) -> HttpResponse:
    """Ask for the whole town to be planned at once; what waits for a secretary is left alone."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    run = services.ask_run(actor=actor, town=actor.path, month=str(month), seconds=SECONDS)
    return runs.started(request, run, FACE)


@audience("town", "townlead", methods=("GET", "HEAD"))
def evenness(request: HttpRequest) -> HttpResponse:
    """How evenly the town's drafts treat people and communities: figures, no names."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    communities = [org.path for org in orgs.communities(actor.path)]
    found = balance.of_drafts(actor.path, str(month), communities)
    return render(request, "town/plan/balance.html", {"month": month, "balance": found, "minimum": balance.MINIMUM})


@audience("town", methods=("POST",))
def issue(request: HttpRequest) -> HttpResponse:
    """Send the town's plan to all units, each with a receipt."""
    actor, month = request.actor, str(month_asked(request))  # type: ignore[attr-defined]
    sent = issuing.issue_plan(actor=actor, path=actor.path, month=month)
    return done(request, f"{reverse('town:plan')}?month={month}", toast=f"计划发给 {sent.delivered} 个单位了")
