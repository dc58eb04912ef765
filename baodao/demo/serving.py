"""One day of service: the rolls that evening, the confirmations the next morning."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.demo.staff import Staff
from baodao.domain.service import selectors as served
from baodao.domain.service import services as shifts
from baodao.domain.service.states import BookingState, ShiftState

_FINDINGS = ((), (), (), ("lamp_out",), ("fire_lane",))


def day(rng: random.Random, staff: Staff, on: date) -> None:
    """Call the rolls of a day in each community and confirm what was served; a few wait, a few were not there."""
    today = _shifts_of(on)
    for path in sorted(today):
        clerk, rolls, own = staff.clerks[path], [], []
        for shift, bookings in today[path]:
            marks = {one.code: _mark(rng, shift) for one in bookings}
            leader = staff.members.get(shift.leader_id or shift.post.leader_id or 0)
            (own if leader else rolls).append((leader or clerk, shift, marks))
        with clock.freeze(datetime.combine(on, time(22, 50))):
            records = shifts.roll_call_many(actor=clerk, rolls=[(shift, marks) for _who, shift, marks in rolls])
            for leader, shift, marks in own:
                records += shifts.roll_call(actor=leader, shift=shift, marks=marks)
        _confirm(rng, clerk, records, on)


def _shifts_of(on: date) -> dict[str, list[tuple[Any, list[Any]]]]:
    """Community → the day's open shifts, each with those who have a place in it; two queries."""
    everybody = program("demo")
    places: dict[int, list[Any]] = defaultdict(list)
    for booking in served.visible_bookings(everybody).filter(date=on, state=BookingState.TAKEN).order_by("pk"):
        places[booking.shift_id].append(booking)
    found: dict[str, list[tuple[Any, list[Any]]]] = defaultdict(list)
    rows = served.visible(everybody).filter(date=on, state=ShiftState.OPEN).select_related("post").order_by("pk")
    for shift in rows:
        found[shift.community_path].append((shift, places[shift.pk]))
    return found


def _mark(rng: random.Random, shift: Any) -> tuple[str, int | None]:
    drawn = rng.random()
    if drawn < 0.90:
        return "present", None
    if drawn < 0.94:
        return "late", max(15, int((shift.end_at - shift.start_at).total_seconds() // 60) - 15)
    return ("leave", None) if drawn < 0.98 else ("absent", None)


def _confirm(rng: random.Random, clerk: Any, records: list[Any], on: date) -> None:
    """Half because the person served said so; a few are still unconfirmed."""
    served_said = [one for one in records if one.shift.post.kind == "home_service" and rng.random() < 0.8]
    known = {one.pk for one in served_said}
    others = [one for one in records if one.pk not in known and rng.random() < 0.985]
    with clock.freeze(datetime.combine(on + timedelta(days=1), time(10, 20))):
        if served_said:
            shifts.confirm_records(actor=clerk, records=served_said, served=True)
        if others:
            shifts.confirm_records(actor=clerk, records=others)
