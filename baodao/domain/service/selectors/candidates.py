"""Members and shifts as the rules of eligibility see them, many at a time in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from baodao.base import paths
from baodao.base.days import service_days
from baodao.base.days.months import Month
from baodao.domain.calendar import selectors as calendar
from baodao.domain.members import selectors as members
from baodao.domain.members.states import MemberState
from baodao.domain.posts import selectors as posts
from baodao.domain.posts.eligibility import Candidate, Slot
from baodao.domain.service.models import Booking
from baodao.domain.service.states import BookingState

BIG_TURNOUT = 6


def candidates_of(
    people: Iterable[Any],
    first: date,
    last: date,
    *,
    held: bool = False,
    town: str = "",
    taken: Iterable[tuple[int, date]] | None = None,
    languages: bool = True,
) -> dict[int, Candidate]:
    """member key → candidate for the shifts between two days (whole months are counted for the monthly limit).

    ``held``: places held by open offers count as taken (for planning). ``taken``: (member key, day) of the places in
    these months when the caller has read them; ``languages`` False when no shift asks for one. At most 8 queries for any
    number of members.
    """
    wanted = list(people)
    prefetch_related_objects(wanted, *members.loads(), *(["languages"] if languages else []))
    rows = _places([one.pk for one in wanted], first, last, held) if taken is None else taken
    days, counts = _taken(rows)
    place = town or paths.county_of(wanted[0].county) if wanted else ""
    paired = posts.paired_by_unit(place, last) if place else {}
    return {one.pk: _candidate(one, days[one.pk], counts[one.pk], paired, languages) for one in wanted}


def _places(keys: list[int], first: date, last: date, held: bool) -> Iterable[tuple[int, date]]:
    states = [BookingState.TAKEN, BookingState.HELD] if held else [BookingState.TAKEN]
    rows = Booking.objects.filter(
        state__in=states, date__gte=Month.of(first).first, date__lte=Month.of(last).last
    ).order_by()
    if len(keys) <= 500:
        rows = rows.filter(member_id__in=keys)
    return rows.values_list("member_id", "date")


def _taken(rows: Iterable[tuple[int, date]]) -> tuple[dict[int, set[date]], dict[int, dict[str, int]]]:
    days: dict[int, set[date]] = defaultdict(set)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for key, day in rows:
        days[key].add(day)
        month = f"{day.year:04d}-{day.month:02d}"
        counts[key][month] = counts[key].get(month, 0) + 1
    return days, counts


def _candidate(
    one: Any, days: set[date], counts: dict[str, int], paired: dict[int, frozenset[str]], languages: bool
) -> Candidate:
    enrolled, unit = members.enrolment_of(one), members.unit_of(one)
    return Candidate(
        community=enrolled.community_path if enrolled else "",
        paired=paired.get(unit.pk, frozenset()) if unit else frozenset(),
        far_ok=one.far_ok,
        active=one.state == MemberState.ACTIVE,
        paused=one.state == MemberState.PAUSED,
        takes_offers=one.takes_offers,
        wishes=frozenset(one.wishes),
        skills={row.skill: row.level for row in one.skills.all() if row.skill},
        languages=frozenset(row.language for row in one.languages.all()) if languages else frozenset(),
        slots=frozenset(one.slots),
        blocked=tuple((row.first, row.last) for row in one.blocked_days.all()),
        taken_days=frozenset(days),
        taken_in_month=counts,
        max_per_month=one.max_per_month,
        key=one.code,
    )


def candidate_of(
    member: Any,
    first: date,
    last: date,
    *,
    held: bool = False,
    town: str = "",
    taken: Iterable[date] | None = None,
    languages: bool = True,
) -> Candidate:
    """One member as a candidate; see ``candidates_of``."""
    rows = None if taken is None else [(member.pk, day) for day in taken]
    return candidates_of([member], first, last, held=held, town=town, taken=rows, languages=languages)[member.pk]


def slot_of(shift: Any) -> Slot:
    """One shift (its post and batch loaded) as the rules see it."""
    post, batch = shift.post, shift.batch
    turn = None
    if batch is not None and batch.split and shift.desired_people >= BIG_TURNOUT and not shift.role_count:
        day = shift.date.isoformat()
        turn = (batch.days.index(day), len(batch.days)) if day in batch.days else None
    return Slot(
        community=shift.community_path,
        kind=post.kind,
        day=shift.date,
        slot=service_days.slot_of(
            shift.start_at, shift.end_at, calendar.kind_of(shift.date, shift.community_path)
        ),
        skill=post.skill,
        role_skill=shift.role_skill,
        role_count=shift.role_count,
        certificate=post.certificate,
        language=post.language,
        min_people=shift.min_people,
        max_people=shift.max_people,
        taken=shift.taken,
        role_taken=shift.role_taken,
        batch=batch.code if batch is not None else "",
        turn=turn,
    )


def slots_of(shifts: Iterable[Any]) -> dict[int, Slot]:
    """shift key → slot, for shifts loaded with their posts and batches."""
    return {shift.pk: slot_of(shift) for shift in shifts}
