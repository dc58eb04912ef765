"""Reads of plans and offers: a community's plans, its lines, who is asked, what a unit may see (accepted names alone)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Absent
from baodao.domain.columns import under_any
from baodao.domain.matching.models import Offer, Plan, PlanLine, PlanRun, UnitMonth
from baodao.domain.matching.states import OPEN_RUNS, WORKING, OfferState, PlanState, RunState

READERS = ("clerk", "secretary", "town", "townlead")
#: Silence and refusals are seen by the member and the clerk alone, never by the town (red line 7).
ANSWER_READERS = ("clerk", "secretary")


def plans(actor: Actor) -> models.QuerySet[Plan]:
    """Plans of the actor's communities, newest draft first."""
    rows = Plan.objects.select_related("community").order_by("-month", "community_path", "-draft")
    if actor.is_program:
        return rows
    return rows.filter(under_any("community_path", actor.paths_of(*READERS)))


def plan_for(actor: Actor, code: str) -> Plan:
    """One plan of the actor's communities; Absent otherwise."""
    found = plans(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def plan_of(community: str, month: str) -> Plan | None:
    """The plan that counts: the one being worked on, else the newest that was sent."""
    rows = Plan.objects.filter(community_path=community, month=month).exclude(state=PlanState.DROPPED)
    return rows.select_related("community").order_by("-draft").first()


def plan_before(plan: Plan) -> Plan | None:
    """The draft a plan was made from, for comparing and going back."""
    before = plan.notes.get("before")
    if before is None:
        return None
    return Plan.objects.filter(community_path=plan.community_path, month=plan.month, draft=before).first()


def working(town: str, month: str) -> list[Plan]:
    """Plans of a town's month that are being worked on."""
    return list(Plan.objects.filter(town=town, month=month, state__in=WORKING))


def plans_of_town(town: str, month: str) -> dict[str, Plan]:
    """The plan that counts of each community, by community path."""
    rows = Plan.objects.filter(town=town, month=month).exclude(state=PlanState.DROPPED).order_by("draft", "pk")
    return {plan.community_path: plan for plan in rows}


def open_runs(town: str, month: str) -> list[PlanRun]:
    """Runs of a town's month that are not over, the oldest first."""
    return list(PlanRun.objects.filter(town=town, month=month, state__in=OPEN_RUNS).order_by("pk"))


def run_over(path: str, month: str) -> PlanRun | None:
    """The open run that plans a community now, its own or the town's; or the town's own for a town."""
    return next((run for run in open_runs(paths.town_of(path), month) if paths.covers(run.path, path)), None)


def last_run(path: str, month: str) -> PlanRun | None:
    """The newest run that planned this scope, open or over."""
    scopes = {path, paths.town_of(path)}
    return PlanRun.objects.filter(path__in=scopes, month=month).order_by("-pk").first()


def run_for(actor: Actor, code: str) -> PlanRun:
    """A run that plans something of the actor's; Absent otherwise."""
    found = PlanRun.objects.filter(code=code).first()
    mine = actor.paths_of(*READERS)
    if found is None or not any(paths.covers(path, found.path) or paths.covers(found.path, path) for path in mine):
        raise Absent
    return found


def drafts_of(run: PlanRun) -> list[Plan]:
    """The drafts a run stored."""
    return list(Plan.objects.filter(code__in=run.plans).order_by("community_path"))


def queue_before(run: PlanRun) -> int:
    """How many other runs are being worked on or wait before this one."""
    return PlanRun.objects.filter(state__in=OPEN_RUNS, pk__lt=run.pk).count()


def is_worked_on() -> bool:
    """Is any run being worked on, so that the worker lives and those that wait are only waiting."""
    return PlanRun.objects.filter(state=RunState.RUNNING).exists()


def lines(plan: Plan) -> models.QuerySet[PlanLine]:
    """A plan's lines in the order of shifts and names."""
    return plan.lines.select_related("member", "shift", "shift__post").order_by(
        "shift__start_at", "shift_id", "member__sort_surname", "member__name", "pk"
    )


def line_for(plan: Plan, shift: str, member: str) -> PlanLine:
    """One line of a plan by the codes of its shift and member; Absent otherwise."""
    found = plan.lines.select_related("member", "shift").filter(shift__code=shift, member__code=member).first()
    if found is None:
        raise Absent
    return found


def line_or_none(plan: Plan, shift: str, member: str) -> PlanLine | None:
    """The same where a form may leave it empty."""
    return line_for(plan, shift, member) if shift and member else None


def drafted_lines(town: str, month: str, communities: Sequence[str]) -> list[tuple[int, int, str, bool, bool]]:
    """(member, shift, role, locked, by hand) of the drafts that are about to be planned again."""
    rows = PlanLine.objects.filter(
        plan__town=town, plan__month=month, plan__state=PlanState.DRAFT, plan__community_path__in=communities
    )
    return list(rows.order_by("pk").values_list("member_id", "shift_id", "role", "locked", "by_hand"))


def visible(actor: Actor) -> models.QuerySet[Offer]:
    """Offers: of a clerk's own community, of a member's own; of nobody else's eyes."""
    rows = Offer.objects.select_related("shift", "shift__post", "member", "booking").order_by("shift__start_at", "pk")
    if actor.is_program:
        return rows
    if actor.has(*ANSWER_READERS):
        return rows.filter(under_any("shift__community_path", actor.paths_of(*ANSWER_READERS)))
    if actor.member_id is not None and actor.has("member"):
        return rows.filter(member_id=actor.member_id)
    return rows.none()


def get_for(actor: Actor, code: str) -> Offer:
    """One offer the actor may see; Absent otherwise."""
    found = visible(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def my_offers(member: Any) -> models.QuerySet[Offer]:
    """A member's open offers, the nearest first."""
    rows = Offer.objects.filter(member_id=getattr(member, "pk", member), state=OfferState.SENT)
    return rows.select_related("shift", "shift__post", "booking").order_by("shift__start_at", "pk")


def offers_of_month(actor: Actor, community: str, month: str) -> models.QuerySet[Offer]:
    """A community's offers of a month, for the desk's list of answers."""
    return visible(actor).filter(shift__community_path=community, shift__month=month)


def offer_counts(community: str, month: str) -> dict[str, int]:
    """How many offers of a month are in each state."""
    rows = Offer.objects.filter(shift__community_path=community, shift__month=month).order_by()
    return dict(rows.values_list("state").annotate(n=models.Count("id")))


def due() -> models.QuerySet[Offer]:
    """Open offers whose time is over."""
    return Offer.objects.filter(state=OfferState.SENT, expires_at__lte=clock.now()).select_related("shift", "booking")


def unit_month(unit_path: str, month: str) -> UnitMonth | None:
    """What a unit confirmed of a month, if anything."""
    return UnitMonth.objects.filter(unit_path=unit_path, month=month).first()


def month_for_unit(today_month: str, day: int) -> str:
    """Which month a liaison works on: the running one, from the 20th on the next."""
    value = Month.parse(today_month)
    return str(value.next() if day >= 20 else value)


