"""Questions to a plan: why the others are not there, how two plans differ, what a change would do, and then doing it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.verdict import Absent, Refused
from baodao.domain.matching import balance, comparing, selectors, services, sheet, what_if
from baodao.domain.matching.forms import ChangeForm
from baodao.web.desk.views.plan import DESK, FACE, SECONDS, here, month_asked, rail_of
from baodao.web.frame import runs
from baodao.web.frame.guard import audience


@audience(*DESK, methods=("GET", "HEAD"))
def prices(request: HttpRequest) -> HttpResponse:
    """Why the others are not there: the list beside the plan with the prices worked out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    month, view = month_asked(request), request.GET.get("view", "date")
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(f"{reverse('desk:plan')}?{request.GET.urlencode()}&priced=1")
    found = sheet.read(actor, actor.path, str(month))
    shown = rail_of(request, found, priced=True, frozen=selectors.run_over(actor.path, str(month)) is not None)
    if shown is None:
        raise Absent
    return render(request, "desk/plan/choices.html", {"rail": shown, "plan": found.plan, "month": month, "view": view})


@audience(*DESK, methods=("GET", "HEAD"))
def compare(request: HttpRequest) -> HttpResponse:
    """Two plans of the month side by side."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    month = month_asked(request)
    found = comparing.drafts(actor, actor.path, str(month))
    context = {"month": month, "drafts": found}
    if found:
        old, new = comparing.pair_of(found, request.GET.get("left", ""), request.GET.get("right", ""))
        context |= {"old": old, "new": new, "both": comparing.compare(old, new)}
        context["gaps"] = [sheet.gap_words(old), sheet.gap_words(new)]
    return render(request, "desk/plan/compare.html", context)


@audience(*DESK, methods=("GET", "HEAD"))
def evenness(request: HttpRequest) -> HttpResponse:
    """How evenly the draft treats people and places: figures, no names."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    month = month_asked(request)
    found = balance.of_drafts(paths.town_of(actor.path), str(month), [actor.path])
    return render(request, "desk/plan/balance.html", {"month": month, "balance": found, "minimum": balance.MINIMUM})


def _asked(data: Any) -> what_if.Change:
    change = ChangeForm(data).change()
    if change is None:
        raise Absent
    return change


@audience(*DESK, methods=("GET", "HEAD"))
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """What a change would do, worked out on a copy; the draft stays as it is."""
    plan = selectors.plan_for(request.actor, code)  # type: ignore[attr-defined]
    change = ChangeForm(request.GET).change()
    if change is None:  # an address without a change: nothing to try
        return HttpResponseRedirect(here(request, plan.month))
    back = here(request, plan.month, change.shift, change.instead or change.member)
    try:
        found = what_if.tried(plan, change)
    except Refused as error:
        return render(request, "desk/plan/trial.html", {"plan": plan, "back": back, "refused": error.reason})
    running = selectors.run_over(plan.community_path, plan.month) is not None
    context = {"plan": plan, "back": back, "trial": found, "change": change, "may": plan.state == "draft" and not running}
    return render(request, "desk/plan/trial.html", context)


@audience(*DESK, methods=("POST",))
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Do what was tried and ask for the solve that carries it out."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = selectors.plan_for(actor, code)
    services.apply_change(actor=actor, plan=plan, change=_asked(request.POST))
    run = services.ask_run(
        actor=actor, town=plan.town, month=plan.month, community=plan.community_path, seconds=SECONDS, seed=plan.seed
    )
    return runs.started(request, run, FACE)
