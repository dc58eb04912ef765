"""Records: confirmed by the post's supervisor, the desk, or because the person served said so; late additions.

What was added late says so for ever. More than four hours, or more than five people in a shift, needs a second person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.text.controls import strip_controls
from baodao.base.text.free import find_ids
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.notices import services as notices
from baodao.domain.notices.services import Telling
from baodao.domain.service import rules
from baodao.domain.service.models import Booking, ServiceRecord, Shift
from baodao.domain.service.rows import LateRecord, NewBooking
from baodao.domain.service.services.booking import place_many
from baodao.domain.service.services.rolling import new_record
from baodao.domain.service.states import (
    RECORD_TRANSITIONS,
    Attendance,
    BookingSource,
    BookingState,
    Evidence,
    RecordState,
    Result,
    ShiftState,
)


def _by_shift(records: Iterable[ServiceRecord]) -> dict[int, list[ServiceRecord]]:
    found: dict[int, list[ServiceRecord]] = defaultdict(list)
    for one in records:
        found[one.shift_id].append(one)
    return found


@service
def confirm_records(*, actor: Actor, records: Iterable[ServiceRecord], served: bool = False) -> list[ServiceRecord]:
    """Confirm many in one update. ``served``: the person served said so, which is the higher grade of evidence."""
    rows, now = list(records), clock.now()
    for one in rows:
        must(rules.may_confirm(actor, one))
    changes: dict[str, Any] = {"confirmed_at": now, "confirmed_by": actor.account_id}
    if served:
        changes["evidence"] = Evidence.RESIDENT
    moved = ServiceRecord.objects.filter(pk__in=[one.pk for one in rows], state=RecordState.PENDING).update(
        state=RecordState.CONFIRMED, version=F("version") + 1, changed_at=now, **changes
    )
    if moved != len(rows):
        raise Refused(_("有的已经确认过，刷新看看。"), code="state")
    for one in rows:
        one.state, one.version = RecordState.CONFIRMED, one.version + 1
        for name, value in changes.items():
            setattr(one, name, value)
    for group in _by_shift(rows).values():
        data = {"records": [one.code for one in group], "served": served}
        record("records.confirmed", actor=actor, subject=group[0].shift, town=group[0].town, data=data)
    if not actor.is_program:
        tell_members(actor, rows, "record.confirmed")
    return rows


def tell_members(actor: Actor, rows: list[ServiceRecord], key: str) -> None:
    """Tell each member what became of his record."""
    told = [
        Telling(
            key,
            member=one.member,
            path=one.community_path,
            subject_code=one.code,
            data={"date": one.date.isoformat(), "hours": f"{one.minutes / 60:.1f}"},
        )
        for one in rows
    ]
    if told:
        notices.tell_many(actor=actor, rows=told)


@service
def reject_record(*, actor: Actor, record_: ServiceRecord) -> ServiceRecord:
    """Not confirmed: it counts nowhere and stays visible to the member, who may say more."""
    must(rules.may_confirm(actor, record_))
    move(record_, to=RecordState.REJECTED, transitions=RECORD_TRANSITIONS)
    record("record.rejected", actor=actor, subject=record_, town=record_.town)
    tell_members(actor, [record_], "record.rejected")
    return record_


@service
def reopen_record(*, actor: Actor, record_: ServiceRecord) -> ServiceRecord:
    """Back to waiting: a confirmation or a refusal that was a slip, while the month has not settled it.

    What the person served was said to have said goes with it: the record rests on the roll (or the late addition) again.
    """
    must(rules.may_reopen(actor, record_))
    move(record_, to=RecordState.PENDING, transitions=RECORD_TRANSITIONS)
    record_.confirmed_at = record_.confirmed_by = None
    if record_.evidence == Evidence.RESIDENT:
        record_.evidence = Evidence.LATE if record_.added_late else Evidence.ROLL_CALL
    record_.save(update_fields=["confirmed_at", "confirmed_by", "evidence"])
    record("record.reopened", actor=actor, subject=record_, town=record_.town)
    return record_


@service
def set_result(
    *,
    actor: Actor,
    record_: ServiceRecord,
    result: str,
    minutes: int | None = None,
    words: str = "",
    findings: Iterable[str] = (),
) -> ServiceRecord:
    """How it went: done, partly, not; the minutes; a few words, or for patrols findings from the pick list only."""
    shift, seen, said = record_.shift, sorted(set(findings)), strip_controls(words).strip()
    own = actor.member_id is not None and actor.member_id == record_.member_id
    if not own:
        must(rules.may_roll(actor, shift))
    must(rules.why_not_findings(shift.post.kind, seen, said))
    if result not in Result.values or (minutes is not None and not 0 < minutes <= rules.MAX_MINUTES):
        raise Refused(_("选办得怎样，时长填 1 到 720 分钟。"))
    if len(said) > 60 or find_ids(said):
        raise Refused(_("最多 60 个字，不写身份证号。"), code="words")
    if record_.state != RecordState.PENDING:
        raise Refused(_("已经确认的不能改。"), code="state")
    record_.result, record_.words, record_.findings = result, said, seen
    if minutes is not None and not own:
        record_.minutes = minutes
    record_.save(update_fields=["result", "words", "findings", "minutes"])
    record("record.changed", actor=actor, subject=record_, town=record_.town, data={"result": result})
    return record_


@service
def add_late_many(*, actor: Actor, shift: Shift, rows: Iterable[LateRecord], reason: str) -> list[ServiceRecord]:
    """补录: service that was not on the roll of a shift that is over; says so for ever, with its reason.

    Over four hours for one person, or over five people in the shift (earlier additions count), it waits for another
    person than the recorder.
    """
    must(rules.may_roll(actor, shift))
    wanted, said = list(rows), strip_controls(reason).strip()
    must(rules.why_not_late(said, [one.minutes for one in wanted]))
    if shift.state == ShiftState.CANCELLED or shift.end_at > clock.now():
        raise Refused(_("班结束以后才能补录。"), code="state")
    bookings = _late_places(actor, shift, wanted)
    already = ServiceRecord.objects.filter(shift=shift, added_late=True).count()
    second = rules.needs_second([one.minutes for one in wanted], already)
    made = [
        new_record(
            actor,
            bookings[one.member.pk],
            one.minutes,
            evidence=Evidence.LATE,
            added_late=True,
            late_reason=said,
            needs_second=second,
        )
        for one in wanted
    ]
    ServiceRecord.objects.bulk_create(made, batch_size=200)
    if second:
        ServiceRecord.objects.filter(shift=shift, added_late=True, state=RecordState.PENDING).update(needs_second=True)
    data = {"records": [one.code for one in made], "second": second}
    record("records.added_late", actor=actor, subject=shift, town=shift.town, data=data)
    return made


def _late_places(actor: Actor, shift: Shift, wanted: list[LateRecord]) -> dict[int, Booking]:
    """A place for each: the one on the roll without a record, or a new one."""
    there = {
        one.member_id: one
        for one in Booking.objects.filter(shift=shift, state=BookingState.TAKEN).select_related("member", "record")
    }
    found, missing = {}, []
    for row in wanted:
        booking = there.get(row.member.pk)
        if booking is None:
            missing.append(NewBooking(shift, row.member, BookingSource.DESK, "", asked_how="in_person"))
        elif getattr(booking, "record", None) is not None:
            raise Refused(_("%(name)s这个班已经有记录。") % {"name": row.member.name}, code="duplicate")
        else:
            booking.shift, booking.attendance = shift, Attendance.PRESENT
            booking.save(update_fields=["attendance"])
            found[booking.member_id] = booking
    for booking in place_many(actor=actor, rows=missing, attendance=Attendance.PRESENT):
        found[booking.member_id] = booking
    return found


@service
def add_late(*, actor: Actor, shift: Shift, member: Any, minutes: int, reason: str) -> ServiceRecord:
    """补录 of one person."""
    return add_late_many(actor=actor, shift=shift, rows=[LateRecord(member, minutes)], reason=reason)[0]


@service
def settle_many(*, actor: Actor, records: Iterable[ServiceRecord], month: str) -> list[ServiceRecord]:
    """The month's close: confirmed records are settled and counted in ``month``, in one update. Called by the months."""
    rows = list(records)
    if not (actor.is_program or actor.has("town", "townlead")):
        raise Refused(_("月末结算由镇里办。"))
    moved = ServiceRecord.objects.filter(
        pk__in=[one.pk for one in rows], state=RecordState.CONFIRMED, counted_month=""
    ).update(state=RecordState.SETTLED, counted_month=month, version=F("version") + 1, changed_at=clock.now())
    if moved != len(rows):
        raise Refused(_("有的记录刚刚变了，再结一次。"), code="state")
    for one in rows:
        one.state, one.counted_month, one.version = RecordState.SETTLED, month, one.version + 1
    for town in sorted({one.town for one in rows}):
        count = sum(one.town == town for one in rows)
        record("records.settled", actor=actor, kind="month", code=month, town=town, data={"count": count})
    return rows
