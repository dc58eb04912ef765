"""What a unit may see of a month: its own members' accepted places, and the open places beside them. Nothing else.

Offers, refusals and silence never reach a unit (red line 7): the accepted places are the only rows read here that know
a name. The paper and the page are made from the same extract.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.calendar import selectors as calendar
from baodao.domain.columns import under
from baodao.domain.matching.facts import READER
from baodao.domain.members import selectors as members
from baodao.domain.members.states import MemberState
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import selectors as posts
from baodao.domain.service import selectors as service
from baodao.domain.service.states import BookingState, ShiftState


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """An accepted place: who, where, when, what."""

    booking: str
    name: str
    date: date
    start: datetime
    end: datetime
    post: str
    community: str
    place: str
    phone: str
    over: bool


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A shift with free places near the unit's members."""

    date: date
    start: datetime
    end: datetime
    post: str
    community: str
    place: str
    free: int


@dataclass(slots=True)
class Extract:
    """A unit's part of a month."""

    unit: Any
    month: Month
    lines: list[ExtractLine]
    open: list[OpenLine] = field(default_factory=list)
    note: str = ""

    @property
    def people(self) -> int:
        """How many different members go."""
        return len({line.name for line in self.lines})


def extract(unit_path: str, month: str) -> Extract:
    """A unit's extract of a month: accepted names alone, open places beside them. A constant number of queries."""
    unit = orgs.unit_at(unit_path)
    places = {org.path: org for org in orgs.visible(READER).filter(under("path", paths.county_of(unit_path)), kind="community")}
    rows = service.visible_bookings(READER).filter(
        unit_path=unit_path, state=BookingState.TAKEN, shift__month=month
    ).exclude(shift__state=ShiftState.CANCELLED)
    now = clock.now()
    lines = [_line(booking, places, now) for booking in rows.order_by("shift__start_at", "member__sort_surname", "pk")]
    value = Month.parse(month)
    return Extract(unit, value, lines, _open(unit, month, places), str(calendar.month_note(month, paths.county_of(unit_path))))


def _line(booking: Any, places: dict[str, Any], now: datetime) -> ExtractLine:
    shift, community = booking.shift, places.get(booking.community_path)
    return ExtractLine(
        booking.code,
        booking.member.name,
        shift.date,
        shift.start_at,
        shift.end_at,
        shift.post.name,
        (community.short_name or community.name) if community else "",
        shift.place or shift.post.place,
        community.phone if community else "",
        shift.start_at <= now,
    )


def _open(unit: Any, month: str, places: dict[str, Any]) -> list[OpenLine]:
    near = set(posts.paired_communities(unit)) | _homes(unit.path)
    if not near:
        return []
    towns = {paths.town_of(path) for path in near}
    found: list[OpenLine] = []
    for town in sorted(towns):
        rows = service.month_of(town, month).filter(
            community_path__in=near, state=ShiftState.OPEN, taken__lt=F("desired_people"), start_at__gt=clock.now()
        )
        for shift in rows:
            community = places[shift.community_path]
            found.append(
                OpenLine(
                    shift.date, shift.start_at, shift.end_at, shift.post.name, community.short_name or community.name,
                    shift.place or shift.post.place, shift.desired_people - shift.taken,
                )
            )
    return sorted(found, key=lambda line: line.start)


def _homes(unit_path: str) -> set[str]:
    rows = members.visible(READER).filter(employments__unit__path=unit_path, employments__until__isnull=True)
    rows = rows.filter(enrolments__until__isnull=True).order_by()
    return set(rows.values_list("enrolments__community_path", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Reading:
    """How a unit's reading of its extract stands: is all of it read, which places came after it, how many went."""

    read: bool
    new: list[ExtractLine]
    gone: int


def reading(found: Extract, held: Any) -> Reading:
    """What the liaison saw (``held``: the unit's month, or None) against what stands there now; who went is not named."""
    if held is None or held.plan_at is None:
        return Reading(False, [], 0)
    now = {line.booking for line in found.lines}
    seen = set(held.plan_seen) or (now if held.plan_count else set())  # read before it was kept which places were seen
    new = [line for line in found.lines if line.booking not in seen]
    return Reading(not new, new, len(seen - now))


@dataclass(slots=True)
class UnitList:
    """The members a unit keeps: who is there, who came and who went since the first day of last month."""

    members: list[Any]
    joined: list[Any]
    left: list[Any]

    @property
    def changed(self) -> bool:
        """Did anybody come or go."""
        return bool(self.joined or self.left)


def unit_list(actor: Actor, unit_path: str, month: str) -> UnitList:
    """A unit's members in the order of surnames; ``month`` is the one the liaison works on."""
    since = Month.parse(month).previous().previous().first
    rows = members.visible(actor).filter(employments__unit__path=unit_path).distinct()
    people = list(rows.prefetch_related(*members.loads()))
    here = [m for m in people if m.state != MemberState.LEFT and any(e.unit.path == unit_path for e in m.employments.all())]
    known = {m.pk for m in here}
    joined = [m for m in here if any(e.since >= since for e in m.employments.all() if e.unit.path == unit_path)]
    left = [m for m in people if m.pk not in known and (m.left_on is None or m.left_on >= since)]
    return UnitList(here, joined, left)
