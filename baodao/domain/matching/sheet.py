"""A community's plan as its desk reads it: a calendar list of shifts with the people in them, and four facts on top.

One reading takes a constant number of queries whatever the month holds. Accepted and offered places stand beside the
draft's lines, each with its own mark.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baodao.base.actor import Actor
from baodao.base.days.months import Month
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching import selectors
from baodao.domain.matching.facts import HELD, READER
from baodao.domain.matching.fit import EXTRA_WORDS
from baodao.domain.matching.models import Plan
from baodao.domain.matching.states import PlanState
from baodao.domain.members import selectors as members
from baodao.domain.posts.eligibility import sentence
from baodao.domain.service import selectors as service
from baodao.domain.service.states import BookingState, ShiftState


@dataclass(frozen=True, slots=True)
class Chip:
    """A person in a shift: proposed (``line``), ``asked`` (the place is held) or ``accepted``."""

    code: str
    name: str
    mark: str
    locked: bool = False
    changed: bool = False
    role: str = ""


@dataclass(slots=True)
class ShiftRow:
    """A shift with its people."""

    shift: Any
    chips: list[Chip]
    gone: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many people it has."""
        return len(self.chips)

    @property
    def missing(self) -> int:
        """How many are missing to the wished number."""
        return max(0, int(self.shift.desired_people) - self.count)

    @property
    def more(self) -> int:
        """How many names are folded away behind the first eight."""
        return max(0, len(self.chips) - 8)

    @property
    def is_changed(self) -> bool:
        """Does it differ from the draft before."""
        return bool(self.gone) or any(chip.changed for chip in self.chips)

    @property
    def runs(self) -> bool:
        """Are there enough people to hold it."""
        return self.count >= self.shift.min_people


@dataclass(slots=True)
class DayRows:
    """A day and its shifts."""

    day: date
    label: str
    rows: list[ShiftRow]


@dataclass(slots=True)
class Sheet:
    """The whole list with what stands on top of it."""

    month: Month
    plan: Plan | None
    before: Plan | None
    days: list[DayRows]
    rows: list[ShiftRow]
    changes: int
    note: str

    @property
    def full(self) -> int:
        """Shifts that have as many people as wished."""
        return sum(1 for row in self.rows if not row.missing)

    @property
    def short(self) -> list[ShiftRow]:
        """Shifts that are not full, those that cannot run first."""
        return sorted((r for r in self.rows if r.missing), key=lambda r: (r.runs, r.shift.start_at, r.shift.pk))

    @property
    def needs(self) -> tuple[int, int]:
        """Of the needs that shifts were made for: those somebody goes to, and all."""
        wanted: dict[int, bool] = {}
        for row in self.rows:
            if row.shift.need_id:
                wanted[row.shift.need_id] = wanted.get(row.shift.need_id, False) or row.runs
        return sum(wanted.values()), len(wanted)

    @property
    def seats(self) -> tuple[int, int]:
        """Wished places that have somebody, and all."""
        return sum(min(r.count, r.shift.desired_people) for r in self.rows), sum(r.shift.desired_people for r in self.rows)


def read(actor: Actor, community: str, month: str) -> Sheet:
    """The list of a community's month: its plan that counts, or the bare shifts before there is one."""
    plan = selectors.plan_of(community, month)
    before = selectors.plan_before(plan) if plan else None
    shifts = service.month_of(community, month).exclude(state=ShiftState.CANCELLED)
    shifts = list(shifts.select_related("post", "post__estate", "batch").order_by("start_at", "pk"))
    lines = _lines(plan) if plan and plan.state != PlanState.PUBLISHED else {}
    former = _lines(before) if before else {}
    held = _held(community, month)
    rows = [_row(shift, lines.get(shift.pk, []), held.get(shift.pk, []), former.get(shift.pk), bool(before)) for shift in shifts]
    changes = sum(len(row.gone) for row in rows) + sum(chip.changed for row in rows for chip in row.chips)
    return Sheet(
        Month.parse(month), plan, before, _days(rows, community), rows, changes,
        str(calendar.month_note(month, community)),
    )  # fmt: skip


def _lines(plan: Plan) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for line in plan.lines.select_related("member").order_by("member__sort_surname", "member__name", "pk"):
        found[line.shift_id].append(line)
    return found


def _held(community: str, month: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows = service.visible_bookings(READER).filter(
        shift__community_path=community, shift__month=month, state__in=HELD
    )
    for booking in rows.select_related("member").order_by("member__sort_surname", "member__name", "pk"):
        found[booking.shift_id].append(booking)
    return found


def _row(shift: Any, lines: list[Any], held: list[Any], former: list[Any] | None, compared: bool) -> ShiftRow:
    was = {line.member_id: line.member.name for line in former or ()}
    inside = {booking.member_id for booking in held}
    chips = [
        Chip(b.member.code, b.member.name, "accepted" if b.state == BookingState.TAKEN else "asked", role=b.role)
        for b in held
    ]
    chips += [
        Chip(line.member.code, line.member.name, "line", line.locked, compared and line.member_id not in was, line.role)
        for line in lines
        if line.member_id not in inside
    ]
    here = {line.member_id for line in lines} | inside
    return ShiftRow(shift, chips, [name for pk, name in was.items() if pk not in here] if compared else [])


def _days(rows: list[ShiftRow], community: str) -> list[DayRows]:
    found: dict[date, DayRows] = {}
    for row in rows:
        day = row.shift.date
        if day not in found:
            found[day] = DayRows(day, str(calendar.day_label(day, community)), [])
        found[day].rows.append(row)
    return list(found.values())


def gap_words(plan: Plan | None) -> str:
    """How far from the best possible, in per cent; empty when nothing is known."""
    return "" if plan is None or plan.gap is None else f"{max(0.0, plan.gap) * 100:.1f} %"


def left_out_words(sheet: Sheet) -> list[str]:
    """Locks and fixings that could not stay, each as a sentence with its reason."""
    codes = {row.shift.code: row.shift for row in sheet.rows}
    rows = sheet.plan.notes.get("left_out", []) if sheet.plan else []
    named = members.visible(READER).filter(code__in=[row["member"] for row in rows]) if rows else []
    people = {member.code: member for member in named}
    found = []
    for row in rows:
        shift, person = codes.get(row["shift"]), people.get(row["member"])
        if shift is not None:
            who = person.name if person is not None else "一位党员"
            kind = "固定的" if row.get("fixing") else "锁定的"
            why = EXTRA_WORDS.get(row["reason"]) or sentence(row["reason"])
            found.append(f"{shift.date:%m-%d} {shift.post.name} {kind}{who}：{why}")
    return found


def by_batch(sheet: Sheet) -> list[tuple[str, list[ShiftRow]]]:
    """The shifts by batch (批次), those without one last."""
    found: dict[str, list[ShiftRow]] = {}
    for row in sheet.rows:
        found.setdefault(row.shift.batch.name if row.shift.batch else "", []).append(row)
    return sorted(found.items(), key=lambda item: (item[0] == "", item[1][0].shift.start_at))
