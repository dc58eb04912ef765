"""The solver's problem from the facts of a month: who may serve where at what misfit, what is fixed, what should stay.

Places that members already hold are outside the problem and cannot be lost by solving; locks and accepted fixings enter
as fixed pairs where they still fit and are listed where they do not. Row order never matters: everything is sorted by
public code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from baodao.base.days.clock import ZONE
from baodao.domain.matching.facts import Facts
from baodao.domain.matching.fit import ANSWERED, GAVE_BACK, HERE, HOLIDAY_REST, OWN_TIME, TAKEN_OUT, Person, Place, cost
from baodao.domain.posts.eligibility import UNSAID_SLOTS, why_not

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lock:
    """A line that should stay: a lock or a fixing; ``by_hand`` ones may lie outside the times a member said."""

    member: int
    shift: int
    by_hand: bool = False
    fixing: str = ""


@dataclass(slots=True)
class Built:
    """The problem as JSON, the pairs by public code, the fixed pairs that were left out with their reasons."""

    problem: dict[str, Any]
    members: dict[str, int]
    shifts: dict[str, int]
    fixed: set[Pair]
    left_out: list[dict[str, str]] = field(default_factory=list)


def bar(facts: Facts, person: Person, place: Place) -> str | None:
    """The first rule that keeps a pair out of the plan (a code of eligibility or of ``fit``), or None."""
    if person.pk in facts.holders.get(place.pk, ()):
        return HERE
    first = why_not(person.who, place.where, offering=True)
    if first is not None:
        return str(first)
    if (person.pk, place.pk) in facts.answered:
        return ANSWERED
    if (person.pk, place.pk) in facts.gave_back:
        return GAVE_BACK
    if (person.pk, place.pk) in facts.out:
        return TAKEN_OUT
    if place.holiday and person.rest_on == place.where.day:
        return HOLIDAY_REST
    return None


def eligible(facts: Facts) -> Iterator[tuple[Person, Place]]:
    """Every pair that no rule keeps out. Shifts are looked up by slot and kind first: most pairs fail there."""
    shelves: dict[tuple[str, str], dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in facts.places.values():
        if place.free:
            shelves[(place.where.slot, place.where.kind)][place.where.community].append(place)
    for person in facts.people.values():
        who = person.who
        if not (who.active and who.takes_offers):
            continue
        slots = who.slots or UNSAID_SLOTS
        for (slot, kind), by_community in shelves.items():
            if slot not in slots or (who.wishes and kind not in who.wishes):
                continue
            near = by_community if who.far_ok else {who.community, *who.paired} & by_community.keys()
            for community in near:
                for place in by_community[community]:
                    if bar(facts, person, place) is None:
                        yield person, place


def build(facts: Facts, *, locks: Sequence[Lock] = (), current: Iterable[Pair] = ()) -> Built:
    """The problem of a month; ``locks`` in the order of their claim, ``current`` the lines of the present draft."""
    pairs = {(person.pk, place.pk): cost(person, place) for person, place in eligible(facts)}
    fixed, left_out = _fixed(facts, locks, pairs)
    per_member = Counter(member for member, _ in fixed)
    able = {member for member, _ in pairs} or set(facts.people)  # a problem has members, even if nobody fits
    used = sorted(able, key=lambda pk: facts.people[pk].code)
    shifts = sorted((pk for pk, p in facts.places.items() if p.free), key=lambda pk: facts.places[pk].code)
    at_member, at_shift = {pk: i for i, pk in enumerate(used)}, {pk: i for i, pk in enumerate(shifts)}
    rows = sorted((at_member[m], at_shift[s], size) for (m, s), size in pairs.items())
    touched = {shift for _, shift in fixed}
    stays = [pair for pair in dict.fromkeys(current) if pair in pairs]
    problem = {
        "format": "baodao-problem/1",
        "members": [_member(facts, facts.people[pk], per_member[pk]) for pk in used],
        "sessions": [_session(facts.places[pk], touched) for pk in shifts],
        "pairs": {
            "member": [row[0] for row in rows],
            "session": [row[1] for row in rows],
            "cost": [row[2] for row in rows],
        },
        "fixed": sorted(_codes(facts, pair) for pair in fixed),
        "current": sorted(_codes(facts, pair) for pair in stays),
    }
    return Built(
        problem,
        {facts.people[pk].code: pk for pk in used},
        {facts.places[pk].code: pk for pk in shifts},
        fixed,
        left_out,
    )


def _codes(facts: Facts, pair: Pair) -> list[str]:
    return [facts.people[pair[0]].code, facts.places[pair[1]].code]


def _member(facts: Facts, person: Person, fixed: int) -> dict[str, Any]:
    """A member of the problem; who already has something this month is not behind, however this part of it ends.

    Places held in the month are outside the problem and still weigh: the next service costs what it would as the one
    after them. ``load`` counts from the first of the problem, so they are put to the services of the year, whose
    weight is the same (a place held is one more service of the year as well).
    """
    held = person.who.taken_in_month.get(facts.month, 0)
    left = person.who.max_per_month - held
    return {
        "id": person.code,
        "max_services": max(0, left, fixed),
        "served": person.served + held,
        "target": 0 if held else person.target,
        "skills": sorted(person.who.skills),
        "unit": person.unit or None,
    }


def _session(place: Place, touched: set[int]) -> dict[str, Any]:
    """A shift as the solver sees it: the places still free; its kept seats stay for those who can do the work."""
    where = place.where
    seats = where.role_count - where.role_taken
    most = where.max_people - where.taken
    least = max(0, where.min_people - where.taken)
    return {
        "id": place.code,
        "start": f"{place.start.astimezone(ZONE):%Y-%m-%dT%H:%M}",
        "end": f"{place.end.astimezone(ZONE):%Y-%m-%dT%H:%M}",
        "places": {"min": least, "desired": min(most, max(least, place.missing)), "max": most},
        "tier": place.tier,
        "roles": [{"skill": where.role_skill, "count": seats}] if seats else [],
        "run_or_cancel": where.taken == 0 and place.pk not in touched,
        "keep_seats": seats > 0,
    }


def _fixed(
    facts: Facts, locks: Sequence[Lock], pairs: dict[Pair, int]
) -> tuple[set[Pair], list[dict[str, str]]]:
    """The locks that fit together; one that does not (or no longer) is left out and listed."""
    fixed: set[Pair] = set()
    days: set[tuple[int, date]] = set()
    per_member: Counter[int] = Counter()
    inside: dict[int, list[Person]] = defaultdict(list)
    left_out: list[dict[str, str]] = []
    for lock in locks:
        person, place = facts.people.get(lock.member), facts.places.get(lock.shift)
        pair = (lock.member, lock.shift)
        if place is None or pair in fixed:
            continue
        reason = _why_not_fixed(facts, lock, person, place)
        if reason is None and person is not None:
            left = person.who.max_per_month - person.who.taken_in_month.get(facts.month, 0)
            if (lock.member, place.where.day) in days:
                reason = "day_taken"
            elif per_member[lock.member] >= left:
                reason = "month_full"
            elif _is_full(place, [*inside[lock.shift], person]):
                reason = "full"
        if reason is not None or person is None:
            left_out.append({"shift": place.code, "member": person.code if person else "", "reason": reason or "left",
                             "fixing": lock.fixing})  # fmt: skip
            continue
        fixed.add(pair)
        days.add((lock.member, place.where.day))
        per_member[lock.member] += 1
        inside[lock.shift].append(person)
        pairs.setdefault(pair, cost(person, place))
    return fixed, left_out


def _is_full(place: Place, people: list[Person]) -> bool:
    """Are these more than the shift has room for, its kept seats left to those who can do the work."""
    seats = place.where.role_count - place.where.role_taken
    holders = sum(place.where.role_skill in person.who.skills for person in people)
    return len(people) > place.free or len(people) - min(holders, seats) > place.free - seats


def _why_not_fixed(facts: Facts, lock: Lock, person: Person | None, place: Place) -> str | None:
    if person is None:
        return "left"
    if lock.fixing:  # he accepted this post at this time: his later and more particular word
        person = replace(person, who=replace(person.who, wishes=frozenset(), slots=frozenset({place.where.slot})))
    reason = bar(facts, person, place)
    if reason == HOLIDAY_REST or (lock.by_hand and reason == OWN_TIME):
        return None
    return reason
