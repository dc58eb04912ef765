"""Do the fixed times hold: what the plans of this month and the next made of each accepted fixing, for the pairing page.

A fixing is read beside the plan that counts of its community; where a shift of it was left out, the plan's own reason is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.matching.fit import EXTRA_WORDS
from baodao.domain.matching.selectors import plan_of
from baodao.domain.posts.eligibility import sentence
from baodao.domain.posts.states import FixingState
from baodao.domain.service import selectors as served
from baodao.domain.service.states import ShiftState


@dataclass(slots=True)
class Kept:
    """One fixing in one month's plan: how many of its shifts it holds, and why it does not hold the others."""

    month: str
    held: int
    shifts: int
    faults: list[str] = field(default_factory=list)


def kept(community: str, fixings: Sequence[Any]) -> dict[str, list[Kept]]:
    """By the fixing's code: a line for this month and the next, where there is a plan; the same queries for many."""
    agreed = [one for one in fixings if one.state == FixingState.ACCEPTED]
    found: dict[str, list[Kept]] = defaultdict(list)
    this = Month.of(clock.today())
    for month in (this, this.next()) if agreed else ():
        plan = plan_of(community, str(month))
        if plan is None:
            continue
        lines = set(plan.lines.filter(member__in=[one.member_id for one in agreed]).values_list("member_id", "shift_id"))
        at = _shifts(community, str(month), {one.post_id for one in agreed})
        for one in agreed:
            mine = [shift for shift in at[(one.post_id, one.weekday, f"{one.start:%H:%M}")] if _holds_on(one, shift.date)]
            if mine:
                held = sum((one.member_id, shift.pk) in lines for shift in mine)
                found[one.code].append(Kept(month.label, held, len(mine), _faults(plan, one, mine)))
    return found


def _holds_on(fixing: Any, day: date) -> bool:
    return bool(fixing.since <= day and (fixing.until is None or day < fixing.until))


def _shifts(community: str, month: str, posts: set[int]) -> dict[tuple[int, int, str], list[Any]]:
    """The shifts of some posts by (post, weekday, start)."""
    found: dict[tuple[int, int, str], list[Any]] = defaultdict(list)
    rows = served.month_of(community, month).filter(post_id__in=posts).exclude(state=ShiftState.CANCELLED)
    for shift in rows:
        found[(shift.post_id, shift.date.weekday(), f"{shift.start_at.astimezone(clock.ZONE):%H:%M}")].append(shift)
    return found


def _faults(plan: Any, fixing: Any, shifts: Sequence[Any]) -> list[str]:
    """The days on which the plan left the fixing out, with the plan's reason."""
    days = {shift.code: shift.date for shift in shifts}
    rows = [row for row in plan.notes.get("left_out", []) if row.get("fixing") == fixing.code and row["shift"] in days]
    rows.sort(key=lambda row: days[row["shift"]])
    return [f"{days[row['shift']]:%m-%d} {EXTRA_WORDS.get(row['reason']) or sentence(row['reason'])}" for row in rows]
