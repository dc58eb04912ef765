"""Shifts, places and records by scope; the roll in the order of the paper sheet.

The town sees shifts but no places and no records with names; a unit sees the accepted places of its own members and
nothing of offers, refusals or silence; a member sees the town's open shifts and everything of his own.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Absent
from baodao.domain.columns import under, under_any
from baodao.domain.service.models import Batch, Booking, ServiceRecord, Shift
from baodao.domain.service.rules import NEAR, READERS, ROLL_STAYS
from baodao.domain.service.states import BookingState, RecordState, ShiftState

LOADED = ("post", "leader", "post__leader", "batch")


def _paths(actor: Actor, roles: tuple[str, ...]) -> tuple[str, ...]:
    """What the roles reach; a grid worker works for the whole community."""
    return tuple(
        paths.community_of(g.path) or g.path if g.role == "grid" else g.path for g in actor.grants if g.role in roles
    )


def visible(actor: Actor) -> models.QuerySet[Shift]:
    """Shifts of the actor's places; a member: the open ones of the town, his own and those he leads."""
    rows = Shift.objects.select_related(*LOADED).order_by("start_at", "community_path", "pk")
    if actor.is_program:
        return rows
    if actor.has("member"):
        if not actor.member_id:
            return rows.none()
        own = Booking.objects.filter(shift=OuterRef("pk"), member_id=actor.member_id).exclude(state=BookingState.FREED)
        leads = Q(leader_id=actor.member_id) | Q(leader__isnull=True, post__leader_id=actor.member_id)
        offered = Q(town=paths.town_of(actor.path), state=ShiftState.OPEN)
        return rows.filter(offered | leads | Q(Exists(own)))
    return rows.filter(under_any("community_path", _paths(actor, READERS)))


def get_for(actor: Actor, code: str) -> Shift:
    """One shift the actor may see; Absent otherwise."""
    found = visible(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def month_of(path: str, month: str) -> models.QuerySet[Shift]:
    """A community's or town's month in order of time (one query for all of it)."""
    rows = Shift.objects.filter(under("community_path", path), town=paths.town_of(path), month=month)
    return rows.select_related(*LOADED).order_by("date", "start_at", "community_path", "pk")


def led_by(actor: Actor) -> models.QuerySet[Shift]:
    """The shifts a member leads that are near: from three days ago on, not cancelled."""
    if not actor.member_id:
        return Shift.objects.none()
    mine = Q(leader_id=actor.member_id) | Q(leader__isnull=True, post__leader_id=actor.member_id)
    rows = Shift.objects.filter(mine, date__gte=clock.today() - timedelta(days=3))
    rows = rows.exclude(state__in=[ShiftState.CANCELLED, ShiftState.PLANNED])
    return rows.select_related(*LOADED).order_by("start_at", "pk")


def to_roll(path: str) -> models.QuerySet[Shift]:
    """Shifts under a path that have begun and were not rolled, with somebody in them."""
    now = clock.now()
    rows = Shift.objects.filter(under("community_path", path), state=ShiftState.OPEN, taken__gt=0, start_at__lte=now)
    return rows.select_related(*LOADED).order_by("-start_at", "pk")


def of_today(path: str) -> models.QuerySet[Shift]:
    """Today's shifts under a path that have not begun."""
    now = clock.now()
    rows = Shift.objects.filter(under("community_path", path), date=clock.today(), state=ShiftState.OPEN)
    return rows.filter(start_at__gt=now).select_related(*LOADED).order_by("start_at", "pk")


def rolled_lately(path: str) -> models.QuerySet[Shift]:
    """Shifts under a path whose roll was called and may still be mended, newest first."""
    rows = Shift.objects.filter(
        under("community_path", path), state=ShiftState.DONE, end_at__gte=clock.now() - ROLL_STAYS
    )
    return rows.select_related(*LOADED).order_by("-start_at", "pk")


def coming_of(actor: Actor, post: Any) -> models.QuerySet[Shift]:
    """A post's shifts from today on that are not cancelled."""
    rows = visible(actor).filter(post=post, date__gte=clock.today())
    return rows.exclude(state=ShiftState.CANCELLED)


def shifts_for_need(actor: Actor, need: Any) -> list[Shift]:
    """The shifts made for a need that were not cancelled, in order of time."""
    rows = visible(actor).filter(need=need).exclude(state=ShiftState.CANCELLED)
    return list(rows)


def shift_values(shift: Shift) -> dict[str, Any]:
    """A shift's values as its form shows them."""
    start, end = shift.start_at.astimezone(clock.ZONE), shift.end_at.astimezone(clock.ZONE)
    kept = ("place", "min_people", "desired_people", "max_people", "tier", "version")
    return {
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
        "leader": shift.leader.code if shift.leader else "",
    } | {name: getattr(shift, name) for name in kept}


def places_of(shift: Shift) -> list[Booking]:
    """Everybody who has a place in a shift, accepted ones first, in the printed order of names."""
    rows = shift.bookings.exclude(state=BookingState.FREED).select_related("member")
    return list(rows.order_by("-state", "member__sort_surname", "member__name", "pk"))


def visible_bookings(actor: Actor) -> models.QuerySet[Booking]:
    """Places by scope; a liaison sees accepted places of his unit's members only."""
    rows = Booking.objects.select_related("shift", "shift__post", "member").order_by("date", "shift__start_at", "pk")
    if actor.is_program:
        return rows
    if actor.has("member"):
        return rows.filter(member_id=actor.member_id) if actor.member_id else rows.none()
    if actor.has("liaison"):
        return rows.filter(under_any("unit_path", actor.paths_of("liaison")), state=BookingState.TAKEN)
    return rows.filter(under_any("community_path", _paths(actor, NEAR)))


def booking_for(actor: Actor, code: str) -> Booking:
    """One place the actor may see, or one of a shift he leads; Absent otherwise."""
    found = visible_bookings(actor).filter(code=code).first()
    if found is None and actor.member_id:
        leads = Q(shift__leader_id=actor.member_id) | Q(
            shift__leader__isnull=True, shift__post__leader_id=actor.member_id
        )
        rows = Booking.objects.select_related("shift", "shift__post", "member")
        found = rows.filter(leads, code=code, state=BookingState.TAKEN).first()
    if found is None:
        raise Absent
    return found


def visible_records(actor: Actor) -> models.QuerySet[ServiceRecord]:
    """Records by scope: a member's own, a unit's members' (confirmed ones), a community's."""
    rows = ServiceRecord.objects.order_by("-date", "pk")
    if actor.is_program:
        return rows
    if actor.has("member"):
        return rows.filter(member_id=actor.member_id) if actor.member_id else rows.none()
    if actor.has("liaison"):
        done = (RecordState.CONFIRMED, RecordState.SETTLED)
        return rows.filter(under_any("unit_path", actor.paths_of("liaison")), state__in=done)
    return rows.filter(under_any("community_path", _paths(actor, NEAR)))


def record_for(actor: Actor, code: str) -> ServiceRecord:
    """One record the actor may see; Absent otherwise."""
    found = visible_records(actor).select_related("member", "shift__post", "booking").filter(code=code).first()
    if found is None:
        raise Absent
    return found


def to_confirm(actor: Actor, community: str) -> models.QuerySet[ServiceRecord]:
    """Records of a community that wait for a confirmation, oldest first."""
    rows = visible_records(actor).filter(under("community_path", community), state=RecordState.PENDING)
    return rows.select_related("member", "shift__post").order_by("date", "shift__start_at", "member__sort_surname", "pk")


def supervised(actor: Actor) -> models.QuerySet[ServiceRecord]:
    """Records of the posts that name the actor as who confirms, oldest first; never his own. No grant is asked."""
    if actor.account_id is None:
        return ServiceRecord.objects.none()
    rows = ServiceRecord.objects.filter(shift__post__supervisor_account=actor.account_id)
    if actor.member_id is not None:
        rows = rows.exclude(member_id=actor.member_id)
    return rows.select_related("member", "shift__post").order_by("date", "shift__start_at", "member__sort_surname", "pk")


def supervised_for(actor: Actor, code: str) -> ServiceRecord:
    """One record of a post the actor supervises; Absent otherwise."""
    found = supervised(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def roll_of(shift: Shift) -> list[Booking]:
    """The accepted places of a shift with their members, in the order of the printed sheet (strokes of the surname)."""
    rows = shift.bookings.filter(state=BookingState.TAKEN).select_related("member", "record")
    found = list(rows.order_by("member__sort_surname", "member__name", "pk"))
    for booking in found:
        booking.shift = shift
    return found


def batches(actor: Actor, community: str, month: str = "") -> models.QuerySet[Batch]:
    """A community's batches (of a month), newest first, with the number of their shifts and places."""
    rows = Batch.objects.filter(under("community_path", community))
    if month:
        rows = rows.filter(month=month)
    if not actor.is_program:
        rows = rows.filter(under_any("community_path", _paths(actor, READERS)))
    live = ~Q(shifts__state=ShiftState.CANCELLED)
    return rows.annotate(
        shift_count=models.Count("shifts", filter=live),
        wanted=models.Sum("shifts__desired_people", filter=live),
        filled=models.Sum("shifts__taken", filter=live),
    ).order_by("-month", "name", "pk")


def batch_for(actor: Actor, code: str) -> Any:
    """One batch of the actor's places."""
    rows = Batch.objects.filter(code=code)
    if not actor.is_program:
        rows = rows.filter(under_any("community_path", _paths(actor, READERS)))
    found = rows.first()
    if found is None:
        raise Absent
    return found
