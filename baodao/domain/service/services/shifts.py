"""Opening, changing and cancelling shifts. Whoever holds a place is told; nobody is moved to another day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.days import clock, service_days
from baodao.base.text.controls import strip_controls
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, save_if_version, service
from baodao.domain.notices import services as notices
from baodao.domain.notices.services import Telling
from baodao.domain.service import rules
from baodao.domain.service.models import Booking, Shift
from baodao.domain.service.services.making import MAX_SHIFT
from baodao.domain.service.states import SHIFT_TRANSITIONS, BookingState, ShiftState

LIVE = (BookingState.HELD, BookingState.TAKEN)


@service
def open_shifts_many(*, actor: Actor, shifts: Iterable[Shift]) -> list[Shift]:
    """Let members take places; shifts that are open already are passed over."""
    wanted = [one for one in shifts if one.state != ShiftState.OPEN]
    for path in {one.community_path for one in wanted}:
        must(rules.may_keep(actor, path))
    if any(one.state != ShiftState.PLANNED for one in wanted):
        raise Refused(_("已经点名或取消的班不能再开放。"), code="state")
    opened = Shift.objects.filter(pk__in=[one.pk for one in wanted], state=ShiftState.PLANNED).update(
        state=ShiftState.OPEN, version=F("version") + 1, changed_at=clock.now()
    )
    if opened != len(wanted):
        raise Refused(_("别人刚刚改过，刷新看看。"), code="state")
    for one in wanted:
        one.state, one.version = ShiftState.OPEN, one.version + 1
    _note_many(actor, "shifts.opened", wanted)
    return wanted


def _note_many(actor: Actor, action: str, shifts: list[Shift]) -> None:
    by_town: dict[str, list[Shift]] = {}
    for one in shifts:
        by_town.setdefault(one.town, []).append(one)
    for town, rows in by_town.items():
        code = rows[0].code if len(rows) == 1 else rows[0].month
        record(action, actor=actor, kind="shift", code=code, town=town, data={"count": len(rows)})


@service
def change_shift(*, actor: Actor, shift: Shift, version: int, changes: dict[str, Any], words: str = "") -> Shift:
    """Amend time, place, numbers, tier or leader; whoever has a place is told when time or place changed.

    With places given the day cannot change (they were accepted for that day) and the maximum cannot fall below them.
    """
    must(rules.may_keep(actor, shift.community_path))
    held = Shift.objects.select_for_update().get(pk=shift.pk)
    shift.taken, shift.role_taken, shift.state = held.taken, held.role_taken, held.state
    if shift.state in (ShiftState.DONE, ShiftState.CANCELLED):
        raise Refused(_("已经点名或取消的班不能改。"), code="state")
    wanted = {key: value for key, value in changes.items() if key in rules.LABELS}
    start, end = wanted.get("start_at", shift.start_at), wanted.get("end_at", shift.end_at)
    if not start < end <= start + MAX_SHIFT:
        raise Refused(_("一个班最长 12 小时，结束要晚于开始。"), code="time")
    moved = (start, end, wanted.get("place", shift.place)) != (shift.start_at, shift.end_at, shift.place)
    day = start.astimezone(clock.ZONE).date()
    if day != shift.date:
        if shift.taken:
            raise Refused(_("已经有人接受了这一天，不能改日子；取消这个班，另建一个。"), code="day")
        wanted |= {"date": day, "month": f"{day:%Y-%m}"}
    _check_people(shift, wanted)
    said = strip_controls(words).strip()[:60]
    save_if_version(shift, version=version, changes={**wanted, "change_words": said}, labels=rules.LABELS)
    record("shift.changed", actor=actor, subject=shift, town=shift.town, data={"fields": sorted(wanted)})
    if moved:
        tell_holders(actor, [shift], "shift.changed", said)
    return shift


def _check_people(shift: Shift, wanted: dict[str, Any]) -> None:
    low, wished, high = (wanted.get(key, getattr(shift, key)) for key in ("min_people", "desired_people", "max_people"))
    if not 1 <= low <= wished <= high:
        raise Refused(_("人数按“最少 ≤ 希望 ≤ 最多”填。"), code="people")
    if shift.post.two_person and low < 2:
        raise Refused(_("两人同行的岗位，最少要 2 人。"), code="people")
    if high < shift.taken + shift.role_count - shift.role_taken:
        raise Refused(_("已经有 %(taken)d 个位置给出去了，最多的人数不能再少。") % {"taken": shift.taken}, code="people")


def tell_holders(actor: Actor, shifts: list[Shift], key: str, words: str = "") -> None:
    """Tell everybody who has a place in these shifts."""
    rows = Booking.objects.filter(shift__in=shifts, state__in=LIVE).select_related("member", "shift__post")
    told = [
        Telling(
            key,
            member=one.member,
            path=one.community_path,
            subject_code=one.shift.code,
            data={
                "post": one.shift.post.name,
                "date": one.shift.date.isoformat(),
                "time": service_days.time_label(one.shift.start_at, one.shift.end_at),
                "words": words,
            },
        )
        for one in rows
    ]
    notices.tell_many(actor=actor, rows=told)


@service
def cancel_shifts_many(*, actor: Actor, shifts: Iterable[Shift], words: str) -> list[Shift]:
    """Cancel shifts that were not rolled: every place is freed, everybody who had one is told why."""
    wanted, said = list(shifts), strip_controls(words).strip()[:60]
    for path in {one.community_path for one in wanted}:
        must(rules.may_keep(actor, path))
    if not said and Booking.objects.filter(shift__in=wanted, state__in=LIVE).exists():
        raise Refused(_("有人占了位置，写一句为什么取消，好告诉他们。"), code="words")
    tell_holders(actor, wanted, "shift.cancelled", said)
    now = clock.now()
    gone = Shift.objects.filter(
        pk__in=[one.pk for one in wanted], state__in=[ShiftState.PLANNED, ShiftState.OPEN]
    ).update(
        state=ShiftState.CANCELLED, taken=0, role_taken=0, change_words=said, version=F("version") + 1, changed_at=now
    )
    if gone != len(wanted):
        raise Refused(_("已经点名或取消的班不能取消。"), code="state")
    Booking.objects.filter(shift__in=wanted, state__in=LIVE).update(
        state=BookingState.FREED, freed_by="shift", version=F("version") + 1, changed_at=now
    )
    for one in wanted:
        one.state, one.taken, one.role_taken, one.version = ShiftState.CANCELLED, 0, 0, one.version + 1
        record("shift.cancelled", actor=actor, subject=one, town=one.town, data={"month": one.month})
    return wanted


@service
def cancel_shift(*, actor: Actor, shift: Shift, words: str) -> Shift:
    """Cancel one shift."""
    return cancel_shifts_many(actor=actor, shifts=[shift], words=words)[0]


@service
def restore_shift(*, actor: Actor, shift: Shift) -> Shift:
    """Take a cancellation back: the shift is planned again, its places are empty."""
    must(rules.may_keep(actor, shift.community_path))
    move(shift, to=ShiftState.PLANNED, transitions=SHIFT_TRANSITIONS)
    record("shift.restored", actor=actor, subject=shift, town=shift.town)
    return shift
