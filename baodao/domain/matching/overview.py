"""A town's month of plans: the figures of the command and one line per community in official order. No names of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.domain.matching import reasons, rules, selectors
from baodao.domain.matching.facts import HELD, READER, load
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.matching.states import WORKING, PlanState
from baodao.domain.orgs import selectors as orgs
from baodao.domain.service import selectors as service
from baodao.domain.service.states import ShiftState

COLUMNS = ("code", "date", "community_path", "min_people", "desired_people", "start_at", "post__name")


@dataclass(frozen=True, slots=True)
class CommunityLine:
    """How far a community's plan is."""

    org: Any
    plan: Plan | None
    shifts: int
    full: int
    runs: int
    wanted: int
    filled: int

    @property
    def short(self) -> int:
        """Shifts that are not full."""
        return self.shifts - self.full


def lines(actor: Actor, town: str, month: str) -> list[CommunityLine]:
    """One line per community the actor may plan, in official order; a constant number of queries."""
    plans = selectors.plans_of_town(town, month)
    per: dict[str, list[tuple[Any, int]]] = {}
    for shift, people in _counted(town, month):
        per.setdefault(shift.community_path, []).append((shift, people))
    found = []
    for org in orgs.communities(town):
        if not rules.may_plan(actor, org.path) and not actor.has("townlead", path=org.path):
            continue
        rows = per.get(org.path, [])
        found.append(
            CommunityLine(
                org,
                plans.get(org.path),
                len(rows),
                sum(people >= shift.desired_people for shift, people in rows),
                sum(people >= shift.min_people for shift, people in rows),
                sum(shift.desired_people for shift, _people in rows),
                sum(min(people, shift.desired_people) for shift, people in rows),
            )
        )
    return found


def totals(rows: Sequence[CommunityLine]) -> dict[str, int]:
    """The sums over the communities, and how many plans are approved and sent."""
    summed = ("shifts", "full", "runs", "wanted", "filled", "short")
    found = {key: sum(getattr(row, key) for row in rows) for key in summed}
    held = [row.plan for row in rows if row.plan is not None]
    found["plans"] = len(held)
    found["approved"] = sum(plan.state in (PlanState.APPROVED, PlanState.PUBLISHED) for plan in held)
    found["published"] = sum(plan.state == PlanState.PUBLISHED for plan in held)
    return found


def gap_words(rows: Sequence[CommunityLine]) -> str:
    """How far the newest solve was from the best possible; empty when nothing is known."""
    newest = max((row.plan for row in rows if row.plan is not None), key=lambda plan: plan.pk, default=None)
    return "" if newest is None or newest.gap is None else f"{max(0.0, newest.gap) * 100:.1f} %"


def _counted(town: str, month: str) -> list[tuple[Any, int]]:
    """Every shift of the month with the people it has: places held and lines of plans being worked on."""
    people: dict[int, set[int]] = {}
    held = service.visible_bookings(READER).filter(shift__town=town, shift__month=month, state__in=HELD).order_by()
    drafted = PlanLine.objects.filter(plan__town=town, plan__month=month, plan__state__in=WORKING)
    for shift, member in [*held.values_list("shift_id", "member_id"), *drafted.values_list("shift_id", "member_id")]:
        people.setdefault(shift, set()).add(member)
    shifts = service.month_of(town, month).exclude(state=ShiftState.CANCELLED)
    shifts = shifts.select_related(None).select_related("post").only(*COLUMNS)  # a town has hundreds: what is counted, no more
    return [(shift, len(people.get(shift.pk, ()))) for shift in shifts]


def figures(town: str, month: str, communities: Sequence[str]) -> dict[str, Any]:
    """What ``plan_month --json`` prints: {sessions, places, filled, unfilled, levels, bound, gap, status, seconds}."""
    wanted = set(communities)
    rows = [(shift, people) for shift, people in _counted(town, month) if shift.community_path in wanted]
    plans = [plan for path, plan in selectors.plans_of_town(town, month).items() if path in wanted]
    newest = max(plans, key=lambda plan: plan.pk, default=None)
    short = [shift for shift, people in rows if people < shift.desired_people]
    return {
        "sessions": len(rows),
        "places": sum(shift.desired_people for shift, _people in rows),
        "filled": sum(min(people, shift.desired_people) for shift, people in rows),
        "unfilled": _unfilled(town, month, short),
        "levels": newest.levels if newest else {},
        "bound": newest.bound if newest else None,
        "gap": newest.gap if newest else None,
        "status": newest.status if newest else "none",
        "seconds": newest.seconds if newest else 0.0,
    }


def _unfilled(town: str, month: str, short: list[Any]) -> list[dict[str, Any]]:
    if not short:
        return []
    facts = load(town, month, whole_month=True)
    lines_of = list(
        PlanLine.objects.filter(plan__town=town, plan__month=month, plan__state__in=WORKING).values_list(
            "member_id", "shift_id"
        )
    )
    after = facts.with_lines(lines_of)
    return [
        {
            "session": shift.code,
            "community": orgs_code(shift.community_path),
            "post": shift.post.name,
            "start": shift.start_at.astimezone(clock.ZONE).isoformat(timespec="minutes"),
            "reasons": [r.words for r in reasons.shortage_in(after, facts.places[shift.pk], lines_of)],
        }
        for shift in short
        if shift.pk in facts.places
    ]


def orgs_code(path: str) -> str:
    """The code people write for a community (``SZ01``)."""
    return path.rstrip("/").rsplit("/", 1)[-1]
