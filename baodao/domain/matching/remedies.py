"""What would help a shift that is not full: another time with more people, or starting with fewer; each with its gain.

A remedy is offered only if, by the same rules as the plan and with everybody else left where they are, the shift ends
up with more people than it has. ``after`` names them, so that applying a remedy does exactly what was promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from baodao.base.days import clock, service_days
from baodao.base.days.months import Month
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching.facts import Facts
from baodao.domain.matching.fit import Person, Place, cost
from baodao.domain.matching.problem import Pair, bar
from baodao.domain.matching.rules import BEFORE_SHIFT
from baodao.domain.posts.eligibility import holds_role

NEAR_DAYS = 3


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do: ``move`` to a time, or ``lower`` the minimum. ``gain`` people more than now."""

    kind: str
    words: str
    gain: int
    key: str
    start: datetime | None = None
    end: datetime | None = None
    least: int = 0


def offered(facts: Facts, place: Place, lines: Iterable[Pair]) -> list[Remedy]:
    """The remedies of a shift, the best first; none for a shift that is full or whose people already accepted."""
    pairs = list(lines)
    now = sum(1 for _m, shift in pairs if shift == place.pk)
    if place.missing <= now:
        return []
    found = [*_moves(facts, place, pairs, now), *_lower(facts, place, pairs, now)]
    return sorted(found, key=lambda r: (-r.gain, _far(place, r), r.key))[:2]


def _far(place: Place, remedy: Remedy) -> float:
    return abs((remedy.start - place.start).total_seconds()) if remedy.start else 0.0


def after(facts: Facts, place: Place, lines: Iterable[Pair]) -> list[Person]:
    """Who would be in the shift as it is now: its lines that still fit, then others by fit, up to the wished number."""
    pairs = list(lines)
    rest = facts.with_lines(pairs, apart_from=place.pk)
    inside = {member for member, shift in pairs if shift == place.pk}
    fit = [person for person in rest.reach(place.where.community) if bar(rest, person, place) is None]
    fit.sort(key=lambda p: (p.pk not in inside, cost(p, place), p.code))
    return _seated(fit, place)


def _seated(people: list[Person], place: Place) -> list[Person]:
    """The first who find a seat: kept seats for their holders, the others for everybody, up to the wished number."""
    kept = place.where.role_count - place.where.role_taken
    room = place.where.max_people - place.where.taken - kept
    found: list[Person] = []
    for person in people:
        if kept and holds_role(person.who, place.where):
            kept -= 1
        elif room > 0:
            room -= 1
        else:
            continue
        found.append(person)
        if len(found) >= place.missing:
            break
    return found


def _moves(facts: Facts, place: Place, pairs: list[Pair], now: int) -> Iterator[Remedy]:
    if place.where.taken:  # who accepted a time is not moved to another
        return
    taken = {(p.post, p.start) for p in facts.places.values()}
    as_it_is = max(now, len(after(facts, place, pairs)))  # a move must beat just asking at the present time
    best: Remedy | None = None
    for start, end in times(place):
        if (place.post, start) in taken:
            continue
        moved = at(place, start, end, facts.town)
        people = len(after(facts, moved, pairs))
        if people <= as_it_is or people < place.where.min_people:
            continue
        remedy = Remedy("move", _move_words(place, start, people - now), people - now, f"move:{start.isoformat()}",
                        start, end)  # fmt: skip
        if best is None or (-remedy.gain, _far(place, remedy)) < (-best.gain, _far(place, best)):
            best = remedy
    if best is not None:
        yield best


def at(place: Place, start: datetime, end: datetime, town: str) -> Place:
    """The same shift at another time."""
    day = start.astimezone(clock.ZONE).date()
    kind = calendar.kind_of(day, town)
    where = replace(place.where, day=day, slot=service_days.slot_of(start, end, kind))
    return replace(place, where=where, start=start, end=end, holiday=kind == "holiday")


def times(place: Place) -> Iterator[tuple[datetime, datetime]]:
    """Ready-made times on the day and the days around it, in the same month and still far enough away."""
    length, month = place.end - place.start, Month.of(place.where.day)
    earliest = clock.now() + BEFORE_SHIFT
    for day in _days_around(place.where.day):
        for preset in service_days.PRESETS[:3]:
            start = preset.on(day)[0]
            if month.contains(day) and start > earliest and start != place.start:
                yield start, start + length


def _days_around(day: date) -> Iterator[date]:
    yield day
    for away in range(1, NEAR_DAYS + 1):
        yield day + timedelta(days=away)
        yield day - timedelta(days=away)


def _move_words(place: Place, start: datetime, gain: int) -> str:
    day = start.astimezone(clock.ZONE).date()
    clock_time = f"{start.astimezone(clock.ZONE):%H:%M}"
    if day == place.where.day:
        return f"改到 {clock_time}，可多 {gain} 人"
    return f"改到 {day:%m-%d} {service_days.weekday_label(day)} {clock_time}，可多 {gain} 人"


def _lower(facts: Facts, place: Place, pairs: list[Pair], now: int) -> Iterator[Remedy]:
    """A shift too short to run starts with those there are, unless it needs two people for safety."""
    least = 2 if place.two_person else 1
    people = len(after(facts, place, pairs))
    if now < people < place.where.min_people - place.where.taken and people >= least and place.where.taken == 0:
        yield Remedy("lower", f"最少改成 {people} 人就能开", people - now, f"lower:{people}", least=people)


def by_key(facts: Facts, place: Place, lines: Iterable[Pair], key: str) -> Remedy | None:
    """The remedy that was pressed, if it still holds."""
    return next((remedy for remedy in offered(facts, place, list(lines)) if remedy.key == key), None)
