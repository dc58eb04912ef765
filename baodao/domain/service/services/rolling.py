"""The roll: marks by taps or from the printed sheet, helpers who came along, and the records that follow.

A mark never takes anything away from anybody: leave, duty and absence are kept to plan with, not to count against a
person. There is no sign-out, no photo, no location.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, service
from baodao.domain.posts.eligibility import bars_taking, sentence
from baodao.domain.service import rules
from baodao.domain.service.models import Booking, ServiceRecord, Shift
from baodao.domain.service.rows import NewBooking
from baodao.domain.service.selectors.candidates import candidate_of, slot_of
from baodao.domain.service.services.booking import place_many
from baodao.domain.service.states import Attendance, BookingSource, BookingState, Evidence, RecordState, ShiftState

Marks = Mapping[str, tuple[str, int | None]]
LOCKED = (RecordState.CONFIRMED, RecordState.SETTLED)


@service
def say_here(*, actor: Actor, booking: Booking) -> Booking:
    """The member's own tap "我到了": a favour to the leader, never a duty; the roll decides."""
    if actor.member_id != booking.member_id or booking.state != BookingState.TAKEN:
        raise Refused(_("这个班里没有你的位置。"))
    must(rules.when_roll(booking.shift, clock.now()))
    if booking.said_here_at is None:
        booking.said_here_at = clock.now()
        booking.save(update_fields=["said_here_at"])
        record("booking.here", actor=actor, subject=booking, town=booking.shift.town)
    return booking


@service
def mark(*, actor: Actor, booking: Booking, attendance: str) -> Booking:
    """One tap of the roll, saved at once; the records are made when the roll is finished."""
    shift = booking.shift
    must(rules.may_roll(actor, shift))
    must(rules.when_roll(shift, clock.now()))
    if shift.state == ShiftState.DONE:
        roll_call(actor=actor, shift=shift, marks={booking.code: (attendance, None)})
        booking.attendance = attendance
        return booking
    if attendance != Attendance.UNMARKED:
        must(rules.why_not_marks([(attendance, None)]))
    moved = Booking.objects.filter(pk=booking.pk, state=BookingState.TAKEN).update(
        attendance=attendance, changed_at=clock.now()
    )
    if not moved:
        raise Refused(_("这个位置已经让出来了。"), code="state")
    booking.attendance = attendance
    record("booking.marked", actor=actor, subject=booking, town=shift.town, data={"attendance": attendance})
    return booking


@service
def roll_call(
    *, actor: Actor, shift: Shift, marks: Marks, rest: str = "", findings: Iterable[str] = ()
) -> list[ServiceRecord]:
    """Finish a shift's roll: {booking code: (attendance, minutes or None for the shift's length)}.

    ``rest`` marks everybody not yet marked ("其余都到" is ``present``). Returns the records of those who came.
    """
    return roll_call_many(actor=actor, rolls=[(shift, marks)], rest=rest, findings=findings)


@service
def roll_call_many(
    *, actor: Actor, rolls: Iterable[tuple[Shift, Marks]], rest: str = "", findings: Iterable[str] = ()
) -> list[ServiceRecord]:
    """Finish many rolls in a constant number of queries; a roll called again within three days mends its records."""
    wanted, seen, now = list(rolls), sorted(set(findings)), clock.now()
    for shift, marks in wanted:
        must(rules.may_roll(actor, shift))
        must(rules.when_roll(shift, now))
        must(rules.why_not_marks(marks.values()))
        must(rules.why_not_findings(shift.post.kind, seen))
    if rest:
        must(rules.why_not_marks([(rest, None)]))
    by_shift = _places([shift for shift, _m in wanted])
    changed, came = [], []
    for shift, marks in wanted:
        for booking in by_shift[shift.pk]:
            said, minutes = marks.get(booking.code, (None, None))
            mark_ = said or (rest if rest and booking.attendance == Attendance.UNMARKED else booking.attendance)
            if mark_ != booking.attendance:
                booking.attendance = mark_
                changed.append(booking)
            if mark_ in rules.CAME:
                came.append((booking, minutes))
        if set(marks) - {booking.code for booking in by_shift[shift.pk]}:
            raise Refused(_("点名里有人已经不在这个班，刷新看看。"), code="state")
    _write_marks(changed)
    records = _records(actor, came, by_shift, seen)
    _finish(actor, [shift for shift, _m in wanted], by_shift)
    return records


def _places(shifts: list[Shift]) -> dict[int, list[Booking]]:
    by_key = {shift.pk: shift for shift in shifts}
    found: dict[int, list[Booking]] = defaultdict(list)
    rows = Booking.objects.filter(shift_id__in=by_key, state=BookingState.TAKEN)
    for booking in rows.select_related("member", "record").order_by("pk"):
        booking.shift = by_key[booking.shift_id]
        found[booking.shift_id].append(booking)
    return found


def _write_marks(changed: list[Booking]) -> None:
    by_mark: dict[str, list[int]] = defaultdict(list)
    for booking in changed:
        by_mark[booking.attendance].append(booking.pk)
    for attendance, keys in by_mark.items():
        Booking.objects.filter(pk__in=keys).update(
            attendance=attendance, version=F("version") + 1, changed_at=clock.now()
        )


def length_of(shift: Shift) -> int:
    """A shift's length in minutes."""
    return int((shift.end_at - shift.start_at).total_seconds() // 60)


def _records(
    actor: Actor, came: list[tuple[Booking, int | None]], by_shift: dict[int, list[Booking]], findings: list[str]
) -> list[ServiceRecord]:
    """New records for those who came, mended ones where the roll is called again; none for those who did not."""
    fresh, kept = [], []
    for booking, minutes in came:
        held = getattr(booking, "record", None)
        if held is None:
            fresh.append(new_record(actor, booking, minutes or length_of(booking.shift), findings=findings))
            continue
        kept.append(held)
        if held.state == RecordState.PENDING and minutes is not None and minutes != held.minutes:
            held.minutes = minutes
            held.save(update_fields=["minutes"])
    there = {booking.pk for booking, _m in came}
    gone = [
        booking.record
        for rows in by_shift.values()
        for booking in rows
        if booking.pk not in there and getattr(booking, "record", None) is not None
    ]
    if any(one.state in LOCKED for one in gone):
        raise Refused(_("这条服务已经确认，先退回再改点名。"), code="state")
    if gone:
        ServiceRecord.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return [*ServiceRecord.objects.bulk_create(fresh, batch_size=500), *kept]


def new_record(
    actor: Actor, booking: Booking, minutes: int, *, evidence: str = Evidence.ROLL_CALL, **more: Any
) -> ServiceRecord:
    """An unsaved record of a place, with unit and community of the day."""
    shift = booking.shift
    made = ServiceRecord(
        code=random_code(),
        booking=booking,
        member=booking.member,
        shift=shift,
        town=shift.town,
        community_path=shift.community_path,
        unit_path=booking.unit_path,
        member_kind=booking.member.kind,
        month=shift.month,
        date=shift.date,
        minutes=minutes,
        evidence=evidence,
        recorded_by=actor.account_id,
        **more,
    )
    made.stamp()
    return made


def _finish(actor: Actor, shifts: list[Shift], by_shift: dict[int, list[Booking]]) -> None:
    now = clock.now()
    Shift.objects.filter(pk__in=[one.pk for one in shifts], state=ShiftState.OPEN).update(
        state=ShiftState.DONE, rolled_at=now, rolled_by=actor.account_id, version=F("version") + 1, changed_at=now
    )
    for shift in shifts:
        if shift.state == ShiftState.OPEN:
            shift.state, shift.rolled_at, shift.rolled_by = ShiftState.DONE, now, actor.account_id
            shift.version += 1
        counts: dict[str, int] = defaultdict(int)
        for booking in by_shift[shift.pk]:
            counts[booking.attendance] += 1
        record("shift.rolled", actor=actor, subject=shift, town=shift.town, data=dict(sorted(counts.items())))


@service
def add_helper(*, actor: Actor, shift: Shift, member: Any) -> Booking:
    """有人来帮忙: somebody who came along gets a place while there is room, marked present."""
    must(rules.may_roll(actor, shift))
    must(rules.when_roll(shift, clock.now()))
    if shift.state != ShiftState.OPEN:
        raise Refused(_("点名已经结束，用补录。"), code="state")
    code = bars_taking(candidate_of(member, shift.date, shift.date, town=shift.town), slot_of(shift))
    if code is not None:
        raise Refused(sentence(code), code=str(code))
    row = NewBooking(shift, member, BookingSource.DESK, "", asked_how="in_person", asked_at=clock.now())
    (booking,) = place_many(actor=actor, rows=[row], attendance=Attendance.PRESENT)
    record("booking.helper", actor=actor, subject=booking, town=shift.town, data={"shift": shift.code})
    return booking
