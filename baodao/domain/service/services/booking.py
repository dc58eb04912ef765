"""Places. A place is never given twice: ONE conditional UPDATE of a shift's counter decides, the constraints are the net.

``taken`` counts held and accepted places, ``role_taken`` those of them on kept seats. One service a day per member is a
constraint too: whoever is second reads a sentence, and nothing of the attempt remains.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, prefetch_related_objects
from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, service
from baodao.domain.members import selectors as members
from baodao.domain.notices import services as notices
from baodao.domain.notices.services import Telling
from baodao.domain.posts.behalf import Behalf, speaking
from baodao.domain.posts.eligibility import Candidate, Slot, bars_taking, seat_of, sentence
from baodao.domain.service import rules
from baodao.domain.service.models import Booking, Shift
from baodao.domain.service.rows import NewBooking
from baodao.domain.service.selectors.candidates import candidate_of, slot_of
from baodao.domain.service.states import BookingSource, BookingState, ShiftState

LIVE = (BookingState.HELD, BookingState.TAKEN)
LIVE_SHIFT = (ShiftState.PLANNED, ShiftState.OPEN)
FULL = "人已经够了。"
DAY = "那天已经有一个班，一天只排一个。"


@service
def book(
    *,
    actor: Actor,
    shift: Shift,
    member: Any,
    source: str = BookingSource.SELF,
    role: str | None = None,
    held: bool = False,
    asked_how: str = "",
    asked_at: datetime | None = None,
) -> Booking:
    """Give one place (``held``: keep it for an open offer). Refused with the reason when it is not to be had."""
    row = NewBooking(shift, member, source, role, held, asked_how, asked_at)
    return book_many(actor=actor, rows=[row])[0]


@service
def book_many(*, actor: Actor, rows: Iterable[NewBooking], partial: bool = False) -> list[Booking]:
    """Give many places in a constant number of queries.

    All or nothing; with ``partial`` (programs and the desk, for offers) rows whose shift has no room left are passed
    over instead. Members and the desk must be fit for a place they take; an offer's fitness is its maker's business.
    """
    wanted = list(rows)
    prefetch_related_objects([row.member for row in wanted], *members.loads())
    said = [_allowed(actor, row) for row in wanted]
    if partial:
        wanted, said = _with_room(wanted, said)
    made = _place([_booking(row, behalf) for row, behalf in zip(wanted, said, strict=True)], LIVE_SHIFT)
    _note(actor, "booking.made", made)
    if not actor.is_program:
        _tell(actor, [one for one in made if one.asked_how], "booking.made")
    return made


def _place(made: list[Booking], states: tuple[str, ...]) -> list[Booking]:
    """Counter first, then the rows; both or nothing."""
    _occupy(made, states)
    try:
        with transaction.atomic():
            return Booking.objects.bulk_create(made, batch_size=500)
    except IntegrityError:
        raise Refused(_(DAY), code="day") from None


@service
def place_many(*, actor: Actor, rows: Iterable[NewBooking], attendance: str) -> list[Booking]:
    """Places of people who came (helpers, late additions); who may say so, the calling service has asked."""
    wanted = list(rows)
    prefetch_related_objects([row.member for row in wanted], *members.loads())
    made = []
    for row in wanted:
        booking = _booking(row, Behalf(actor.account_id, row.asked_how, row.asked_at or clock.now()))
        booking.attendance = attendance
        made.append(booking)
    _place(made, (*LIVE_SHIFT, ShiftState.DONE))
    _note(actor, "booking.made", made)
    return made


def _allowed(actor: Actor, row: NewBooking) -> Behalf:
    """The rules of one place; settles the seat. Raises Refused."""
    shift = row.shift
    if row.held or row.source == BookingSource.OFFER:
        must(rules.may_keep(actor, shift.community_path))
        row.role = row.role or ""
        return Behalf()
    behalf = speaking(actor, row.member.pk, shift.community_path, asked_how=row.asked_how, asked_at=row.asked_at)
    if shift.state != ShiftState.OPEN or (shift.end_at <= clock.now() and not actor.is_program):
        raise Refused(_("这个班现在不能认领。"), code="state")
    if actor.is_program and row.role is not None:
        return behalf
    who, where = _pair(row)
    code = bars_taking(who, where)
    if code is not None:
        raise Refused(sentence(code, to_member=not behalf.asked_how), code=str(code))
    if row.role is None:
        row.role = seat_of(who, where)
    return behalf


def _pair(row: NewBooking) -> tuple[Candidate, Slot]:
    day = row.shift.date
    return candidate_of(row.member, day, day, town=row.shift.town), slot_of(row.shift)


def _with_room(rows: list[NewBooking], said: list[Behalf]) -> tuple[list[NewBooking], list[Behalf]]:
    """Lock the shifts and keep the rows for which there is room, in their order."""
    locked = {one.pk: one for one in Shift.objects.select_for_update().filter(pk__in={r.shift.pk for r in rows}).order_by("pk")}
    there = set(
        Booking.objects.filter(shift__in=locked, state__in=LIVE).values_list("shift_id", "member_id")
    )
    kept = []
    for row, behalf in zip(rows, said, strict=True):
        shift, seat = locked[row.shift.pk], bool(row.role)
        room = shift.role_taken < shift.role_count if seat else (
            shift.taken - shift.role_taken < shift.max_people - shift.role_count
        )
        if room and (shift.pk, row.member.pk) not in there and shift.state in (ShiftState.PLANNED, ShiftState.OPEN):
            shift.taken += 1
            shift.role_taken += int(seat)
            there.add((shift.pk, row.member.pk))
            kept.append((row, behalf))
    return [row for row, _b in kept], [behalf for _r, behalf in kept]


def _booking(row: NewBooking, behalf: Behalf) -> Booking:
    unit = members.unit_of(row.member, row.shift.date)
    made = Booking(
        code=random_code(),
        shift=row.shift,
        member=row.member,
        state=BookingState.HELD if row.held else BookingState.TAKEN,
        source=row.source,
        role=row.role or "",
        unit_path=unit.path if unit else "",
        community_path=row.shift.community_path,
        date=row.shift.date,
        **behalf.values(),
    )
    made.stamp()
    return made


def _occupy(made: list[Booking], states: tuple[str, ...]) -> None:
    """Raise the counters: one conditional UPDATE for all shifts that get the same number of places."""
    for (places, seats), shifts in _grouped(made).items():
        moved = Shift.objects.filter(
            pk__in=shifts,
            state__in=states,
            role_taken__lte=F("role_count") - seats,
            taken__lte=F("max_people") - F("role_count") + F("role_taken") + seats - places,
        ).update(taken=F("taken") + places, role_taken=F("role_taken") + seats)
        if moved != len(shifts):
            raise Refused(_(FULL), code="full")


def _grouped(bookings: Iterable[Booking]) -> dict[tuple[int, int], list[int]]:
    places: Counter[int] = Counter()
    seats: Counter[int] = Counter()
    for one in bookings:
        places[one.shift_id] += 1
        seats[one.shift_id] += bool(one.role)
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for shift, count in places.items():
        found[count, seats[shift]].append(shift)
    return found


def _note(actor: Actor, action: str, bookings: Iterable[Booking], **more: str) -> None:
    for one in bookings:
        data = {"shift": one.shift.code, "source": one.source, "state": one.state, **more}
        if one.asked_how:
            data["asked_how"] = one.asked_how
        record(action, actor=actor, subject=one, town=one.shift.town, data=data)


def _tell(actor: Actor, bookings: list[Booking], key: str) -> None:
    told = [
        Telling(
            key,
            member=one.member,
            path=one.community_path,
            subject_code=one.code,
            data={"post": one.shift.post.name, "date": one.date.isoformat(), "shift": one.shift.code},
        )
        for one in bookings
    ]
    if told:
        notices.tell_many(actor=actor, rows=told)


@service
def take_many(
    *, actor: Actor, bookings: Iterable[Booking], asked_how: str = "", asked_at: datetime | None = None
) -> list[Booking]:
    """Held places become accepted ones: by the member, or by the desk because the member said so (代办)."""
    rows = list(bookings)
    said = [speaking(actor, one.member_id, one.community_path, asked_how=asked_how, asked_at=asked_at) for one in rows]
    behalf = said[0].values() if said else {}
    if any(one.shift.state not in LIVE_SHIFT for one in rows):
        raise Refused(_("这个班已经结束或取消。"), code="state")
    try:
        with transaction.atomic():
            moved = Booking.objects.filter(pk__in=[one.pk for one in rows], state=BookingState.HELD).update(
                state=BookingState.TAKEN, version=F("version") + 1, changed_at=clock.now(), **behalf
            )
    except IntegrityError:
        raise Refused(_(DAY), code="day") from None
    if moved != len(rows):
        raise Refused(_("这个位置已经不在了，刷新看看。"), code="state")
    for one in rows:
        one.state, one.version = BookingState.TAKEN, one.version + 1
        for name, value in behalf.items():
            setattr(one, name, value)
    _note(actor, "booking.taken", rows)
    return rows


@service
def take(*, actor: Actor, booking: Booking, asked_how: str = "", asked_at: datetime | None = None) -> Booking:
    """Accept one held place."""
    return take_many(actor=actor, bookings=[booking], asked_how=asked_how, asked_at=asked_at)[0]


@service
def free_many(*, actor: Actor, bookings: Iterable[Booking], by: str = "member", asked_how: str = "") -> list[Booking]:
    """Hand places back: the counter falls with the place. No reason is asked, none is kept.

    ``by``: member, desk, duty (the unit marks its duty roster, neutral), offer (declined or lapsed).
    """
    rows, now = list(bookings), clock.now()
    for one in rows:
        must(rules.may_free(actor, one, by, now))
        if one.shift.state == ShiftState.OPEN and by == "member" and actor.member_id != one.member_id:
            speaking(actor, one.member_id, one.community_path, asked_how=asked_how)
    live = [one.state for one in rows if one.state in LIVE]
    moved = Booking.objects.filter(pk__in=[one.pk for one in rows], state__in=set(live)).update(
        state=BookingState.FREED, freed_by=by, version=F("version") + 1, changed_at=now
    )
    if moved != len(rows):
        raise Refused(_("这个位置已经让出来了。"), code="state")
    for (places, seats), shifts in _grouped(rows).items():
        Shift.objects.filter(pk__in=shifts).update(taken=F("taken") - places, role_taken=F("role_taken") - seats)
    for one in rows:
        one.state, one.freed_by, one.version = BookingState.FREED, by, one.version + 1
    _note(actor, "booking.freed", rows, by=by)
    return rows


@service
def free(*, actor: Actor, booking: Booking, by: str = "member", asked_how: str = "") -> Booking:
    """Hand one place back."""
    return free_many(actor=actor, bookings=[booking], by=by, asked_how=asked_how)[0]
