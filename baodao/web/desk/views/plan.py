"""C7: who goes where? The month as a calendar list; a press on a name opens why, who else, and what a change would cost."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Absent
from baodao.domain.accounts import selectors as accounts
from baodao.domain.matching import issuing, rail, selectors, services, sheet, stepping, watching
from baodao.domain.members import selectors as members
from baodao.domain.service import selectors as service
from baodao.web.frame import runs
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience

DESK = ("clerk", "secretary")
#: How long a community's month may be searched.
SECONDS = 10.0
VIEWS = ("date", "batch", "short", "changes")


def month_asked(request: HttpRequest) -> Month:
    """The month of the address; by default the running one, from the 20th on the next."""
    try:
        return Month.parse(request.GET.get("month") or request.POST.get("month", ""))
    except ValueError:
        today = clock.today()
        return Month.parse(selectors.month_for_unit(str(Month.of(today)), today.day))


def here(request: HttpRequest, month: str, shift: str = "", member: str = "") -> str:
    """The plan's address, with a shift or a name open."""
    found = f"{reverse('desk:plan')}?month={month}"
    if shift:
        found += f"&shift={shift}" + (f"&member={member}" if member else "") + f"#s-{shift}"
    return found


def _undo(run: Any) -> str:
    """The address that takes a new solve back, if there was a draft before."""
    drafts = selectors.drafts_of(run)
    again = len(drafts) == 1 and "before" in drafts[0].notes
    return reverse("desk:plan_back", args=[drafts[0].code]) if again else ""


FACE = runs.Face("desk", DESK, DESK, _undo)


@audience(*DESK, methods=("GET", "HEAD"))
def show(request: HttpRequest) -> HttpResponse:
    """The plan of a month with its rail."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    month, view = month_asked(request), request.GET.get("view", "date")
    found = sheet.read(actor, actor.path, str(month))
    context: dict[str, Any] = {"sheet": found, "plan": found.plan, "month": month, "view": view if view in VIEWS else "date", "over": month.is_over(clock.today())}
    context["watch"], context["run_words"] = watching.seen(actor, actor.path, str(month))
    pressed = request.GET.get("shift", "")
    if pressed:
        context["rail"] = rail_of(request, found, priced="priced" in request.GET, frozen=context["watch"] is not None)
    if context["view"] == "batch":
        context["batches"] = sheet.by_batch(found)
    if context["view"] == "short":
        context["why_short"] = rail.short_words(found)
    context["step"] = stepping.last_step(found.plan)
    context["offers"] = selectors.offer_counts(actor.path, str(month))
    context |= {"gap": sheet.gap_words(found.plan), "left_out": sheet.left_out_words(found)}
    context["people"] = members.serving(actor.path).filter(takes_offers=True).count()
    context |= {"sent": issuing.status(actor.path, str(month)), "sends": issuing.scope_of(actor.path) == "community"}
    if found.plan and found.plan.approved_by:
        context["approver"] = accounts.names({found.plan.approved_by}).get(found.plan.approved_by, "")
    return render(request, "desk/plan/show.html", context)


def rail_of(request: HttpRequest, found: Any, *, priced: bool, frozen: bool = False) -> Any:
    """The rail that the address asks for."""
    asked = request.GET
    return rail.read(found, asked.get("shift", ""), asked.get("member", ""), every="all" in asked, priced=priced, frozen=frozen)


@audience(*DESK, methods=("POST",))
def solve(request: HttpRequest) -> HttpResponse:
    """Ask for the month to be planned, or planned again with the least change; the worker does it."""
    actor, month = request.actor, str(month_asked(request))  # type: ignore[attr-defined]
    run = services.ask_run(actor=actor, town=paths.town_of(actor.path), month=month, community=actor.path, seconds=SECONDS)
    return runs.started(request, run, FACE)


def _plan(request: HttpRequest, code: str) -> tuple[Actor, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return actor, selectors.plan_for(actor, code)


def _step_back(plan: Any) -> str:
    return reverse("desk:plan_undo", args=[plan.code])


@audience(*DESK, methods=("POST",))
def lock(request: HttpRequest, code: str) -> HttpResponse:
    """Lock or unlock a name, or everybody of a shift."""
    actor, plan = _plan(request, code)
    shift, member, on = (request.POST.get(key, "") for key in ("shift", "member", "on"))
    lines = [line for line in selectors.lines(plan) if line.shift.code == shift and member in ("", line.member.code)]
    services.lock(actor=actor, plan=plan, lines=lines, locked=on == "1")
    toast = "锁定了" if on == "1" else "解开了"
    return done(request, here(request, plan.month, shift, member), toast=toast, undo=_step_back(plan))


@audience(*DESK, methods=("POST",))
def take_out(request: HttpRequest, code: str) -> HttpResponse:
    """Take a name out of a shift."""
    actor, plan = _plan(request, code)
    line = selectors.line_for(plan, request.POST.get("shift", ""), request.POST.get("member", ""))
    services.take_out(actor=actor, plan=plan, line=line)
    words = f"{line.member.name} 拿下来了"
    return done(request, here(request, plan.month, line.shift.code), toast=words, undo=_step_back(plan))


@audience(*DESK, methods=("POST",))
def put(request: HttpRequest, code: str) -> HttpResponse:
    """Put somebody into a shift, perhaps for somebody else, perhaps out of another shift."""
    actor, plan = _plan(request, code)
    shift, member = request.POST.get("shift", ""), request.POST.get("member", "")
    line = services.put(
        actor=actor,
        plan=plan,
        shift=shift,
        member=member,
        instead_of=selectors.line_or_none(plan, shift, request.POST.get("instead", "")),
        leaves=selectors.line_or_none(plan, request.POST.get("leaves", ""), member),
        anyway=request.POST.get("anyway") == "1",
    )
    words = f"{line.member.name} 排上了，已锁定"
    return done(request, here(request, plan.month, shift, member), toast=words, undo=_step_back(plan))


@audience(*DESK, methods=("POST",))
def mend(request: HttpRequest, code: str) -> HttpResponse:
    """Apply a remedy to a shift that is not full."""
    actor, plan = _plan(request, code)
    shift = request.POST.get("shift", "")
    services.apply_remedy(actor=actor, plan=plan, shift=shift, key=request.POST.get("key", ""))
    return done(request, here(request, plan.month, shift), toast="改好了，人也排上了", undo=_step_back(plan))


@audience(*DESK, methods=("POST",))
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take back the last change by hand."""
    actor, plan = _plan(request, code)
    services.undo_step(actor=actor, plan=plan)
    return done(request, here(request, plan.month), toast="撤回上一步了")


@audience(*DESK, methods=("POST",))
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Undo a new solve."""
    actor, plan = _plan(request, code)
    before = services.go_back(actor=actor, plan=plan)
    return done(request, here(request, before.month), toast=f"回到草案 {before.draft}")


STEPS = {
    "submit": (services.submit, "送书记审批了"),
    "approve": (services.approve, "批准了，可以发邀请"),
    "return": (services.send_back, "退回草案了"),
}


@audience(*DESK, methods=("POST",))
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Submit, approve or send back what was seen."""
    actor, plan = _plan(request, code)
    deed, words = STEPS[verb]
    version = request.POST.get("version", "")
    more = {"version": int(version)} if verb != "return" and version.isdigit() else {}
    deed(actor=actor, plan=plan, **more)
    return done(request, here(request, plan.month), toast=words)


@audience(*DESK, methods=("POST",))
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Send the offers."""
    actor, plan = _plan(request, code)
    offers = services.publish(actor=actor, plan=plan)
    return done(request, f"{reverse('desk:offers')}?month={plan.month}", toast=f"发出 {len(offers)} 个邀请")


@audience(*DESK, methods=("POST",))
def invite(request: HttpRequest) -> HttpResponse:
    """Offer one free place by hand after the plan was sent."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = service.get_for(actor, request.POST.get("shift", ""))
    member = members.serving(shift.town).filter(code=request.POST.get("member", "")).first()
    if member is None:
        raise Absent
    offer = services.offer_place(actor=actor, shift=shift, member=member, anyway=request.POST.get("anyway") == "1")
    return done(request, here(request, shift.month, shift.code), toast=f"邀请发给 {offer.member.name} 了")


@audience(*DESK, methods=("POST",))
def issue(request: HttpRequest) -> HttpResponse:
    """Send the month's plan to the units, each with a receipt."""
    actor, month = request.actor, str(month_asked(request))  # type: ignore[attr-defined]
    sent = issuing.issue_plan(actor=actor, path=actor.path, month=month)
    return done(request, here(request, Month.parse(month)), toast=f"计划发给 {sent.delivered} 个单位了")
