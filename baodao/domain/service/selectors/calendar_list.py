"""A month of shifts as the desk reads it: by day with the calendar's mark, and how many are planned, open, full, done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from baodao.domain.calendar import selectors as calendar
from baodao.domain.service.models import Booking, Shift
from baodao.domain.service.selectors.reading import month_of
from baodao.domain.service.states import BookingState, ShiftState


@dataclass(slots=True)
class Row:
    """A shift with the names that have a place in it (accepted ones first, then those asked)."""

    shift: Shift
    names: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many are wished for beyond those who have a place."""
        return max(self.shift.desired_people - self.shift.taken, 0)


@dataclass(slots=True)
class Listed:
    """A month: days with their mark and rows, and the figures above them."""

    days: list[tuple[date, str, list[Row]]]
    counts: dict[str, int]


def month_list(path: str, month: str, *, cancelled: bool = False) -> Listed:
    """The month under a path, in two queries."""
    shifts = list(month_of(path, month))
    counts: dict[str, int] = defaultdict(int)
    for one in shifts:
        counts[one.state] += 1
        if one.state in (ShiftState.PLANNED, ShiftState.OPEN):
            counts["full"] += one.taken >= one.desired_people
            counts["live"] += 1
    shown = [one for one in shifts if cancelled or one.state != ShiftState.CANCELLED]
    names = _names(shown)
    days = []
    for day, rows in groupby(shown, key=lambda one: one.date):
        mark = calendar.day_label(day, path)
        days.append((day, "" if mark == "休" else mark, [Row(one, names[one.pk]) for one in rows]))
    return Listed(days, dict(counts))


def _names(shifts: list[Shift]) -> dict[int, list[tuple[str, bool]]]:
    found: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    rows: Any = Booking.objects.filter(shift__in=[one.pk for one in shifts]).exclude(state=BookingState.FREED)
    rows = rows.order_by("-state", "member__sort_surname", "member__name", "pk")
    for shift, state, name in rows.values_list("shift_id", "state", "member__name"):
        found[shift].append((name, state == BookingState.TAKEN))
    return found
