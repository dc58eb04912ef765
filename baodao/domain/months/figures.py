"""Counting a month: totals, per community, per unit, and the assessment's components.

Every figure counts exactly the rows that ``rows.ROWS`` lists under its key, with the same filter.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Least

from baodao.domain.columns import under
from baodao.domain.members import selectors as members
from baodao.domain.members.states import MemberKind
from baodao.domain.months.rows import (
    COUNTER,
    ROWS,
    late,
    needs_answered,
    needs_good,
    needs_in_time,
    needs_rated,
    needs_received,
    records,
    shifts,
)
from baodao.domain.months.rules import COMMUNITY_COMPONENTS, UNIT_COMPONENTS, gini_hundredths
from baodao.domain.needs.states import Category
from baodao.domain.service import selectors as service
from baodao.domain.service.states import Attendance, BookingState, ShiftState


@dataclass(frozen=True, slots=True)
class Share:
    """A part and its base."""

    part: int | None
    base: int | None


def town_figures(town: str, month: str) -> dict[str, int]:
    """The counts of a bulletin's first section for everything under a path."""
    served = records(town, month).aggregate(
        times=Count("id"), people=Count("member_id", distinct=True), minutes=Sum("minutes")
    )
    by_kind = dict(
        records(town, month).order_by().values_list("member_kind").annotate(n=Count("member_id", distinct=True))
    )
    held = shifts(town, month).aggregate(
        all=Count("id"), done=Count("id", filter=Q(state=ShiftState.DONE)),
        wanted=Sum("desired_people"), filled=Sum(Least("taken", "desired_people")),
    )
    return {
        "times": served["times"],
        "people": served["people"],
        "people_in_service": by_kind.get(MemberKind.IN_SERVICE, 0),
        "people_community": by_kind.get(MemberKind.COMMUNITY, 0),
        "minutes": served["minutes"] or 0,
        "late": late(town, month).count(),
        "shifts": held["all"],
        "shifts_done": held["done"],
        "places": held["wanted"] or 0,
        "places_filled": held["filled"] or 0,
        "needs_received": needs_received(town, month).count(),
        "needs_answered": needs_answered(town, month).count(),
        "needs_in_time": needs_in_time(town, month).count(),
        "needs_rated": needs_rated(town, month).count(),
        "needs_good": needs_good(town, month).count(),
    }


def _count_by(rows: QuerySet[Any], column: str = "community_path") -> dict[str, int]:
    return dict(rows.order_by().values_list(column).annotate(n=Count("id")))


def needs_by_community(town: str, month: str, communities: list[str], keys: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Only these counts of needs for each community, one query each."""
    counts = {key: _count_by(ROWS[key][0](town, month)) for key in keys}
    return {path: {key: found.get(path, 0) for key, found in counts.items()} for path in communities}


def by_community(town: str, month: str, communities: list[str]) -> dict[str, dict[str, int]]:
    """The same counts for each community, in a constant number of queries."""
    served = {
        row["community_path"]: row
        for row in records(town, month)
        .order_by()
        .values("community_path")
        .annotate(
            times=Count("id"),
            people=Count("member_id", distinct=True),
            in_service=Count("member_id", distinct=True, filter=Q(member_kind=MemberKind.IN_SERVICE)),
            minutes=Sum("minutes"),
        )
    }
    held = {
        row["community_path"]: row
        for row in shifts(town, month)
        .order_by()
        .values("community_path")
        .annotate(
            all=Count("id"),
            done=Count("id", filter=Q(state=ShiftState.DONE)),
            wanted=Sum("desired_people"),
            filled=Sum(Least("taken", "desired_people")),
        )
    }
    counts = {
        key: _count_by(ROWS[key][0](town, month))
        for key in ("needs_received", "needs_told", "needs_answered", "needs_in_time", "needs_rated", "needs_good")
    }
    return {
        path: {
            "times": served.get(path, {}).get("times", 0),
            "people": served.get(path, {}).get("people", 0),
            "people_in_service": served.get(path, {}).get("in_service", 0),
            "people_community": served.get(path, {}).get("people", 0) - served.get(path, {}).get("in_service", 0),
            "minutes": served.get(path, {}).get("minutes", 0) or 0,
            "shifts": held.get(path, {}).get("all", 0),
            "shifts_done": held.get(path, {}).get("done", 0),
            "places": held.get(path, {}).get("wanted", 0) or 0,
            "places_filled": held.get(path, {}).get("filled", 0) or 0,
            **{key: found.get(path, 0) for key, found in counts.items()},
        }
        for path in communities
    }


def by_unit(town: str, month: str, units: list[str]) -> dict[str, dict[str, int]]:
    """Per unit: members, reported, and this month's people, times and minutes in this town."""
    served = {
        row["unit_path"]: row
        for row in records(town, month)
        .order_by()
        .values("unit_path")
        .annotate(times=Count("id"), people=Count("member_id", distinct=True), minutes=Sum("minutes"))
    }
    staff = members.unit_counts(town)
    return {
        path: {
            "members": staff.get(path, (0, 0))[0],
            "reported": staff.get(path, (0, 0))[1],
            "people": served.get(path, {}).get("people", 0),
            "times": served.get(path, {}).get("times", 0),
            "minutes": served.get(path, {}).get("minutes", 0) or 0,
        }
        for path in units
    }


def community_shares(town: str, month: str, communities: list[str]) -> dict[str, dict[str, Share]]:
    """The assessment's components of each community (domain.md §4.2)."""
    counts = by_community(town, month, communities)
    serving = members.serving_counts(town)
    minutes: dict[str, list[int]] = defaultdict(list)
    totals = records(town, month).order_by().values_list("community_path", "member_id").annotate(m=Sum("minutes"))
    for path, _member, total in totals:
        minutes[path].append(total)
    found = {}
    for path in communities:
        got = counts[path]
        found[path] = {
            "needs_in_time": _share(got["needs_in_time"], got["needs_answered"]),
            "needs_satisfied": _share(got["needs_good"], got["needs_rated"]),
            "places_filled": _share(got["places_filled"], got["places"]),
            "plan_carried": _share(got["shifts_done"], got["shifts"]),
            "members_served": _share(got["people"], serving.get(path, 0)),
            "hours_spread": Share(gini_hundredths(minutes[path]), len(minutes[path]) or None),
        }
        assert set(found[path]) == set(COMMUNITY_COMPONENTS)
    return found


def unit_shares(town: str, month: str, units: list[str]) -> dict[str, dict[str, Share]]:
    """The assessment's components of each unit: report rate, accepted places kept (leave and duty are neutral)."""
    staff = members.unit_counts(town)
    places = service.visible_bookings(COUNTER).filter(
        shift__month=month, shift__state=ShiftState.DONE, state=BookingState.TAKEN
    )
    places = places.filter(under("community_path", town))
    kept_of = {
        row["unit_path"]: row
        for row in places.order_by()
        .values("unit_path")
        .annotate(
            base=Count("id", filter=Q(attendance__in=[Attendance.PRESENT, Attendance.LATE, Attendance.ABSENT])),
            kept=Count("id", filter=Q(attendance__in=[Attendance.PRESENT, Attendance.LATE])),
        )
    }
    found = {}
    for path in units:
        all_of, reported = staff.get(path, (0, 0))
        row = kept_of.get(path, {})
        found[path] = {
            "reported": _share(reported, all_of),
            "places_kept": _share(row.get("kept", 0), row.get("base", 0)),
        }
        assert set(found[path]) == set(UNIT_COMPONENTS)
    return found


def kinds_of_need(path: str, month: str) -> list[tuple[str, int]]:
    """Kinds of the needs received in a month with their counts, the most frequent first."""
    counts = needs_received(path, month).exclude(category="").order_by().values_list("category").annotate(n=Count("id"))
    return [(str(Category(key).label), count) for key, count in sorted(counts, key=lambda row: (-row[1], row[0]))]


def _share(part: int, base: int) -> Share:
    return Share(part, base) if base else Share(None, None)
