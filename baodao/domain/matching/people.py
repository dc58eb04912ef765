"""Many members as the rules see them, read as bare columns: a town of thousands in a quarter of a second.

The same candidates as ``service.selectors.candidates_of`` (a test holds the two together), without building a record
and its relations for each of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.members import selectors as members
from baodao.domain.posts import selectors as posts
from baodao.domain.posts.eligibility import Candidate
from baodao.domain.service import selectors as service

COLUMNS = ("pk", "code", "name", "sort_surname", "wishes", "slots", "max_per_month", "target_per_year", "takes_offers",
           "far_ok")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A member's own columns and their candidate."""

    pk: int
    code: str
    name: str
    sort_key: str
    target: int
    unit: str
    who: Candidate


def read(town: str, month: Month, states: Iterable[str], reader: Any, communities: Iterable[str] = ()) -> list[Row]:
    """Active members enrolled in a town who may serve in the communities (all when none is named), in name order.

    ``states`` are the states of bookings that count as days already held.
    """
    paired, today = posts.paired_by_unit(town), clock.today()
    base = _near(members.serving(town).prefetch_related(None), tuple(communities), paired)
    rows = list(base.values_list(*COLUMNS))
    plain = base.order_by()
    homes = dict(plain.filter(_open("enrolments", today)).values_list("pk", "enrolments__community_path"))
    units = {pk: (key, path) for pk, key, path in plain.filter(_open("employments", today)).values_list(
        "pk", "employments__unit_id", "employments__unit__path")}  # fmt: skip
    skills = _several(plain.exclude(skills__skill=None).exclude(skills__skill=""), "skills__skill", "skills__level")
    languages = _several(plain.exclude(languages__language=None), "languages__language", "pk")
    blocked = _several(
        plain.filter(blocked_days__last__gte=month.first, blocked_days__first__lte=month.last),
        "blocked_days__first", "blocked_days__last",
    )  # fmt: skip
    days = _held(month, states, reader)
    found = []
    for pk, code, name, sort_key, wishes, slots, most, target, offers, far in rows:
        key, path = units.get(pk, (0, ""))
        who = Candidate(
            community=homes.get(pk, ""),
            paired=paired.get(key, frozenset()),
            far_ok=far,
            takes_offers=offers,
            wishes=frozenset(wishes),
            skills=dict(skills.get(pk, ())),
            languages=frozenset(row[0] for row in languages.get(pk, ())),
            slots=frozenset(slots),
            blocked=tuple(blocked.get(pk, ())),
            taken_days=frozenset(days.get(pk, ())),
            taken_in_month={str(month): len(days[pk])} if pk in days else {},
            max_per_month=most,
            key=code,
        )
        found.append(Row(pk, code, name, sort_key, target, path, who))
    return found


def _open(relation: str, today: date) -> Q:
    still = Q(**{f"{relation}__until__isnull": True}) | Q(**{f"{relation}__until__gt": today})
    return Q(**{f"{relation}__since__lte": today}) & still


def _near(rows: QuerySet[Any], communities: tuple[str, ...], paired: Mapping[int, frozenset[str]]) -> QuerySet[Any]:
    if not communities:
        return rows
    units = [key for key, places in paired.items() if places & set(communities)]
    enrolled = Q(enrolments__community_path__in=communities, enrolments__until__isnull=True)
    employed = Q(employments__unit_id__in=units, employments__until__isnull=True)
    near = rows.order_by().filter(enrolled | employed | Q(far_ok=True)).values_list("pk", flat=True)
    return rows.filter(pk__in=sorted(set(near)))


def _several(rows: QuerySet[Any], first: str, second: str) -> dict[int, list[tuple[Any, Any]]]:
    found: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for pk, one, other in rows.values_list("pk", first, second):
        found[pk].append((one, other))
    return found


def _held(month: Month, states: Iterable[str], reader: Any) -> dict[int, set[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    rows = service.visible_bookings(reader).filter(date__gte=month.first, date__lte=month.last, state__in=list(states))
    for member, day in rows.order_by().values_list("member_id", "date"):
        found[member].add(day)
    return found
