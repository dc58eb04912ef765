"""Service as it was: leaders with a login tap the roll in the evening, the desks enter the printed sheets each Monday.

At the same sitting the desk confirms what the leaders' sheets and the people served said; a few records wait.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.demo.staff import Staff
from baodao.domain.service import selectors as served
from baodao.domain.service import services as shifts
from baodao.domain.service.states import BookingState, ShiftState

SITTING = 0  # Monday
Rolls = list[tuple[Any, dict[str, tuple[str, int | None]]]]


def sitting(
    rng: random.Random, staff: Staff, on: date, before: date, *, evening: bool = False, last: bool = False
) -> None:
    """Enter and confirm, on the morning (or late evening) of ``on``, every sheet of the days before ``before``.

    What the grid worker confirms waits for him after the ``last`` one.
    """
    hours = (23, 23) if evening else (10, 12)
    waiting = _open_shifts(before)
    for index, path in enumerate(sorted(waiting)):
        clerk, rolls, records = staff.clerks[path], [], []
        for shift, bookings in waiting[path]:
            marks = {one.code: _mark(rng, shift) for one in bookings}
            leader = staff.members.get(shift.leader_id or shift.post.leader_id or 0)
            if leader is None:
                rolls.append((shift, marks))
                continue
            with clock.freeze(shift.end_at):
                records += shifts.roll_call(actor=leader, shift=shift, marks=marks)
        with clock.freeze(datetime.combine(on, time(hours[0], 10 + index))):
            records += shifts.roll_call_many(actor=clerk, rolls=rolls)
        with clock.freeze(datetime.combine(on, time(hours[1], 30 + index))):
            _confirm(rng, staff, clerk, records, last=last)


def _open_shifts(before: date) -> dict[str, list[tuple[Any, list[Any]]]]:
    """Community → the open shifts before a day, each with those who have a place in it; two queries."""
    everybody = program("demo")
    shifts_ = list(served.visible(everybody).filter(date__lt=before, state=ShiftState.OPEN).order_by("pk"))
    places: dict[int, list[Any]] = defaultdict(list)
    rows = served.visible_bookings(everybody).filter(
        shift__date__lt=before, shift__state=ShiftState.OPEN, state=BookingState.TAKEN
    )
    for booking in rows.select_related(None).only("code", "shift_id").order_by("pk"):
        places[booking.shift_id].append(booking)
    found: dict[str, list[tuple[Any, list[Any]]]] = defaultdict(list)
    for shift in shifts_:
        found[shift.community_path].append((shift, places[shift.pk]))
    return found


def _mark(rng: random.Random, shift: Any) -> tuple[str, int | None]:
    drawn = rng.random()
    if drawn < 0.90:
        return "present", None
    if drawn < 0.94:
        return "late", max(15, int((shift.end_at - shift.start_at).total_seconds() // 60) - 15)
    return ("leave", None) if drawn < 0.98 else ("absent", None)


def _confirm(rng: random.Random, staff: Staff, clerk: Any, records: list[Any], *, last: bool) -> None:
    """What was done in a home is confirmed by the person served; a few records are still unconfirmed.

    Services for one need wait for the word of whoever asked.
    """
    said: list[Any] = []
    others: list[Any] = []
    walked: list[Any] = []  # what the grid worker confirms, as the post says
    for one in records:
        drawn = rng.random()
        if one.shift.need_id is not None:
            continue  # the asker's word confirms it
        if one.shift.post.kind == "home_service" and drawn < 0.8:
            said.append(one)
        elif drawn < 0.985:
            (walked if one.shift.post.supervisor_account == staff.grid.account_id else others).append(one)
    if said:
        shifts.confirm_records(actor=clerk, records=said, served=True)
    for actor, rows in ((clerk, others), (staff.grid, [] if last else walked)):
        if rows:
            shifts.confirm_records(actor=actor, records=rows)
