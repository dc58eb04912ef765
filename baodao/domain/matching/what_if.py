"""What if: a change tried on a copy of a draft. The month is worked out again in memory with the change, the draft stays.

A trial answers in the plan's four levels, in the shifts that gain or lose people, and in who would move; applying it does
the change by hand and asks for a new solve, which finds what was shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from baodao.base.days import clock, service_days
from baodao.base.verdict import Absent, Refused
from baodao.domain.matching import pricing, reasons, remedies, why_not
from baodao.domain.matching.facts import Facts
from baodao.domain.matching.fit import OWN_TIME, TAKEN_OUT, Person, Place
from baodao.domain.matching.models import Plan
from baodao.domain.matching.pricing import Line, Parts, Standing
from baodao.domain.matching.problem import Lock, bar, build
from baodao.domain.posts.eligibility import Slot

#: The trials by their word in the address.
LOCK, FORBID, PUT, MORE, TIME = "lock", "forbid", "put", "more", "time"
NAMES = ("最少人数和必需的特长", "今年来得少、想多来的人", "希望的人数", "合适、远近和负担")


@dataclass(frozen=True, slots=True)
class Change:
    """One change to try: of a shift, perhaps of a member in it, perhaps instead of another; ``start`` is the other time."""

    kind: str
    shift: str
    member: str = ""
    instead: str = ""
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One of the four levels: better, the same or worse, and what that means."""

    name: str
    turn: str
    words: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do. ``settled`` False: the draft is not what a new solve gives even without it."""

    change: Change
    title: str
    levels: tuple[Level, ...]
    moves: tuple[str, ...]
    people: int
    settled: bool
    proved: bool

    @property
    def is_nothing(self) -> bool:
        """Does nothing at all change."""
        return not self.moves and all(level.turn == "same" for level in self.levels)


def tried(plan: Plan, change: Change) -> Trial:
    """Try a change on a copy. Absent for an unknown shift or member, Refused where a rule or the solver says no."""
    facts, lines = pricing.facts_and_lines(plan)
    place = next((p for p in facts.places.values() if p.code == change.shift), None)
    if place is None:
        raise Absent
    locks, kept = pricing.locks_of(plan, facts, lines), [(m, s) for m, s, *_more in lines]
    standing = pricing.laid(plan, facts, lines, kept)
    after, more, title = _changed(facts, lines, place, change)
    after_locks = [lock for lock in locks if (lock.member, lock.shift) not in after.out] + more
    built = build(after, locks=after_locks, current=kept)
    refused = next((row for row in built.left_out if more and row["shift"] == place.code and row["member"] == change.member), None)
    if refused is not None:
        raise Refused(f"{title}：和锁定的人或者规则对不上。", code=refused["reason"])
    problem, found = pricing.solved(built, plan.seed)
    then = pricing.Standing(after, built, problem, found, settled=True, lines=lines)
    return _trial(change, title, standing, then)


def _trial(change: Change, title: str, before: Standing, then: Standing) -> Trial:
    names = ("mandatory", "behind", "desired", "fit")
    differences = {name: getattr(then.plan.levels, name) - getattr(before.plan.levels, name) for name in names}
    parts = pricing.parts_between(before, solver_levels(**differences), then.pairs, then.facts)
    moves = why_not.movements(before.pairs, then.pairs, then.facts)
    return Trial(
        change, title, tuple(_level_words(parts, before, then)), why_not.moves_words(then.facts, moves),
        len({move.member for move in moves}), before.settled, then.plan.status == "optimal",
    )  # fmt: skip


def solver_levels(**differences: int) -> Any:
    """Differences as the solver's levels."""
    from baodao.base.solver import Levels

    return Levels(**differences)


def _level_words(parts: Parts, before: Standing, then: Standing) -> Iterator[Level]:
    """The four levels in their order; shifts and terms are named where they explain a level."""
    fewer, more = shift_words(before, then)
    turns = [_turn(parts.mandatory), _turn(parts.behind), _turn(parts.desired)]
    behind = f"{'多' if parts.behind > 0 else '少'} {abs(parts.behind)} 人一次也排不上" if parts.behind else ""
    yield Level(NAMES[0], turns[0], "，".join(fewer if parts.mandatory > 0 else more if parts.mandatory < 0 else []))
    yield Level(NAMES[1], turns[1], behind)
    yield Level(NAMES[2], turns[2], "，".join(fewer if parts.desired > 0 else more if parts.desired < 0 else []))
    net = {name: size for name, size in parts.fit.items() if name in why_not.WORSE}
    worse = sorted(((-size, name) for name, size in net.items() if size > 0))
    yield Level(NAMES[3], _turn(sum(net.values())), "，".join(why_not.WORSE[name] for _size, name in worse[:2]))


def _turn(difference: int) -> str:
    return "worse" if difference > 0 else "better" if difference < 0 else "same"


def shift_words(before: Standing, then: Standing) -> tuple[list[str], list[str]]:
    """(shifts with fewer, shifts with more people), in order of time."""
    was, now = Counter(s for _m, s in before.pairs), Counter(s for _m, s in then.pairs)
    fewer, more = [], []
    for shift in sorted(was.keys() | now.keys(), key=lambda pk: then.facts.places[pk].start):
        difference = now[shift] - was[shift]
        if difference:
            words = f"{why_not.place_words(then.facts.places[shift])}{'多' if difference > 0 else '少'} {abs(difference)} 人"
            (more if difference > 0 else fewer).append(words)
    return fewer, more


def _changed(facts: Facts, lines: list[Line], place: Place, change: Change) -> tuple[Facts, list[Lock], str]:
    """The facts with the change, the locks it adds, and its title."""
    where = why_not.place_words(place)
    if change.kind == MORE:
        wanted = replace(place, desired=place.desired + 1, where=_roomier(place))
        return replace(facts, places={**facts.places, place.pk: wanted}), [], f"{where}多要 1 人"
    if change.kind == TIME:
        moved = _at_time(facts, place, change)
        title = f"{where}改到 {moved.where.day:%m-%d} {moved.start.astimezone(clock.ZONE):%H:%M}"
        return replace(facts, places={**facts.places, place.pk: moved}), [], title
    person = next((p for p in facts.people.values() if p.code == change.member), None)
    if person is None:
        raise Absent
    if change.kind == FORBID:
        return replace(facts, out=facts.out | {(person.pk, place.pk)}), [], f"{person.name}不去{where}"
    lock = [Lock(person.pk, place.pk, by_hand=True)]
    if change.kind == LOCK:
        return facts, lock, f"{person.name}锁定在{where}"
    if change.kind != PUT:
        raise Absent
    _must_fit(facts, person, place)
    out = facts.out - {(person.pk, place.pk)}
    other = next((p for p in facts.people.values() if p.code == change.instead), None)
    if other is not None:
        return replace(facts, out=out | {(other.pk, place.pk)}), lock, f"{where}由{other.name}换成{person.name}"
    return replace(facts, out=out), lock, f"{person.name}去{where}"


def _must_fit(facts: Facts, person: Person, place: Place) -> None:
    code = bar(facts, person, place)
    if code and code not in (TAKEN_OUT, OWN_TIME):
        raise Refused(f"{person.name}：{reasons.words_of(code, person, place)}。", code=code)


def _roomier(place: Place) -> Slot:
    return replace(place.where, max_people=max(place.where.max_people, place.desired + 1))


def _at_time(facts: Facts, place: Place, change: Change) -> Place:
    start = change.start
    if start is None or start == place.start:
        raise Refused("选一个别的时间。", code="time")
    if place.where.taken:
        raise Refused("已经有人接受了这个时间，不能改。", code="time")
    if start.astimezone(clock.ZONE).strftime("%Y-%m") != facts.month:
        raise Refused("只在这个月里改。", code="time")
    if start <= clock.now() + timedelta(hours=24):
        raise Refused("离现在不到一天，来不及问人。", code="time")
    return remedies.at(place, start, start + (place.end - place.start), facts.town)


def times(place: Place) -> list[tuple[str, str]]:
    """Ready-made other times of a shift (value, words): the day itself and three days on either side."""
    found = []
    for start, _end in remedies.times(place):
        local = start.astimezone(clock.ZONE)
        found.append((start.isoformat(), f"{local:%m-%d} {service_days.weekday_label(local.date())} {local:%H:%M}"))
    return sorted(found)
