"""The list of the seven steps, and skipping one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from baodao.base.verdict import Absent
from baodao.domain.orgs import selectors as orgs
from baodao.domain.orgs import services
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience
from baodao.web.setup import progress


@audience(*progress.FIRST_DAY)
def start(request: HttpRequest) -> HttpResponse:
    """The town's page, or a choice where there are several."""
    towns = progress.towns_of(request.actor)  # type: ignore[attr-defined]
    if len(towns) == 1:
        return HttpResponseRedirect(f"/setup/{towns[0].code}/")  # type: ignore[attr-defined]
    return render(request, "setup/towns.html", {"towns": towns})


@audience(*progress.FIRST_DAY)
def show(request: HttpRequest, town: str) -> HttpResponse:
    """The seven steps: what is there, what is next, whose it is."""
    found = progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    steps = progress.steps(found)
    rows = [(step, request.actor.has(*step.who)) for step in steps]  # type: ignore[attr-defined]
    context = {
        "town": found,
        "rows": rows,
        "next": progress.next_of(steps, request.actor),  # type: ignore[attr-defined]
        "left": sum(step.is_open for step in steps),
    }
    return render(request, "setup/town.html", context)


@audience(*progress.FIRST_DAY, methods=("POST",))
def skip(request: HttpRequest, town: str, step: str) -> HttpResponse:
    """Leave a step for later; it can be opened again at any time."""
    actor, found = request.actor, progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    steps = {one.key: one for one in progress.steps(found)}
    if step not in steps or not actor.has(*steps[step].who):
        raise Absent
    marks = [*orgs.setting(found.path, "done")]  # type: ignore[attr-defined,misc]
    services.set_setting(actor=actor, town=found, key="done", value=sorted({*marks, step}))  # type: ignore[arg-type]
    following = progress.next_of(progress.steps(found), actor, after=step)
    to = f"/setup/{town}/{following.key}/" if following else f"/setup/{town}/"
    return done(request, to, toast=f"“{steps[step].title}”先放着，随时可以回来填")
