"""Why somebody else is not in a shift, in words: the rule that keeps them out, or what would get worse in the plan, and who
would move. Every sentence is made from an exact price (``pricing``); a bare number is never shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from baodao.base.days.service_days import weekday_label
from baodao.domain.matching import pricing
from baodao.domain.matching.facts import Facts
from baodao.domain.matching.fit import Place
from baodao.domain.matching.models import Plan
from baodao.domain.matching.pricing import Cost, Parts, Standing
from baodao.domain.matching.problem import Pair

#: The terms of a misfit, when a plan has more of them: what is worse.
WORSE = {
    "year": "今年来得多的人又多来，来得少的人少来",
    "load": "有人一个月里来得更密",
    "far": "多一个人要从别的社区来",
    "paired": "多一个家不在本社区的人",
    "holds": "少一个认领了岗位的人",
    "did_before": "少一个熟手",
    "wish_open": "多一个没说想做哪类的人",
    "holiday_turn": "假日来过的人又在假日来",
}
EQUAL = "一样好，抽签没有抽到他"
EQUAL_MOVES = "一样好，只是不为这个动排好的人"
BETTER_MOVES = "他更合适一点，只是不为这个动排好的人"
THERE = "再排一次，就会排他"
NO_PLACE = "排不进去：和锁定的人、接受了的固定或者别的规则对不上"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a member is not there: the words, who would move (a sentence each), the parts of the price."""

    words: str
    moves: tuple[str, ...] = ()
    parts: Parts = field(default_factory=Parts)
    objective: int = 0
    exact: bool = True
    people: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a shift by member; ``settled`` False: the draft itself is not the best any more."""

    by_member: dict[int, WhyNot]
    settled: bool


def others(plan: Plan, shift: int, members: Iterable[int]) -> Answers:
    """What would get worse if each of these members were in the shift; those whom a rule keeps out are left to ``reasons``."""
    standing = pricing.stand(plan)
    around = pricing.prices(standing)
    place = standing.facts.places.get(shift)
    found: dict[int, WhyNot] = {}
    if place is None or place.code not in standing.built.shifts:
        return Answers({}, standing.settled)
    for member in members:
        person = standing.facts.people.get(member)
        if person is None or person.code not in standing.built.members:
            continue
        if (member, shift) in standing.pairs:
            found[member] = WhyNot(THERE)
        else:
            found[member] = told(standing, pricing.cost_of(standing, around, member, shift))
    return Answers(found, standing.settled)


def told(standing: Standing, cost: Cost | None) -> WhyNot:
    """A price in words."""
    if cost is None:
        return WhyNot(NO_PLACE)
    moves = movements(standing.pairs, cost.pairs, standing.facts)
    parts = pricing.parts_between(standing, cost.levels, cost.pairs)
    words = worse_words(standing, parts, cost.pairs)
    people = len({move.member for move in moves})
    return WhyNot(words, moves_words(standing.facts, moves), parts, cost.objective, cost.exact, people)


def worse_words(standing: Standing, parts: Parts, after: AbstractSet[Pair]) -> str:
    """What decides: the first level that gets worse, and what that means; on the last level the terms that get worse."""
    fewer = "，".join(fewer_words(standing, after))
    if parts.mandatory > 0:
        return f"{fewer}，人不够开" if fewer else "有一个必须有人的位置就空着"
    if parts.behind > 0:
        return f"有 {parts.behind} 个今年来得少、想多来的人这个月就一次也排不上"
    if parts.desired > 0:
        return fewer or "有一个班离希望的人数就更远"
    if parts.mandatory < 0 or parts.behind < 0 or parts.desired < 0:
        return THERE
    net = sum(size for name, size in parts.fit.items() if name != "change")
    if parts.fit.get("change", 0) > 0 and net <= 0:
        return EQUAL_MOVES if net == 0 else BETTER_MOVES
    if sum(parts.fit.values()) == 0:
        return EQUAL
    worse = sorted(((size, name) for name, size in parts.fit.items() if size > 0 and name in WORSE), key=_first)
    return "，".join(WORSE[name] for _size, name in worse[:2])


def _first(term: tuple[int, str]) -> tuple[int, str]:
    return -term[0], term[1]


def fewer_words(standing: Standing, after: AbstractSet[Pair]) -> list[str]:
    """The shifts that would have fewer people than in the plan and than they wished, in order of time."""
    was, now = Counter(s for _m, s in standing.pairs), Counter(s for _m, s in after)
    found = []
    for shift in sorted(was, key=lambda pk: standing.facts.places[pk].start):
        place = standing.facts.places[shift]
        lost = was[shift] - now[shift]
        if lost > 0 and now[shift] < place.missing:
            found.append(f"{place_words(place)}就少 {lost} 人")
    return found


def place_words(place: Place) -> str:
    """A shift as the sentences name it."""
    return f"{place.where.day:%m-%d} {weekday_label(place.where.day)}的{place.post_name}"


@dataclass(frozen=True, slots=True)
class Movement:
    """A member leaves a shift (``to`` 0), comes to one (``origin`` 0), or goes from one to another."""

    member: int
    origin: int
    to: int


def movements(before: AbstractSet[Pair], after: AbstractSet[Pair], facts: Facts) -> list[Movement]:
    """Who moves from one set of (member, shift) to another; whoever fills a place that was left comes next."""
    leaving: dict[int, list[int]] = defaultdict(list)
    coming: dict[int, list[int]] = defaultdict(list)
    for pairs, table in ((before - after, leaving), (after - before, coming)):
        for member, shift in sorted(pairs, key=lambda pair: (facts.places[pair[1]].start, pair)):
            table[member].append(shift)
    rest = []
    for member in sorted(leaving | coming, key=lambda pk: (facts.people[pk].sort_key, pk)):
        gone, come = leaving[member], coming[member]
        for number in range(max(len(gone), len(come))):
            origin, to = gone[number : number + 1] or [0], come[number : number + 1] or [0]
            rest.append(Movement(member, origin[0], to[0]))
    return _chained(rest)


def _chained(rest: list[Movement]) -> list[Movement]:
    rest.sort(key=lambda move: move.origin != 0)
    found: list[Movement] = []
    while rest:
        last = found[-1] if found else None
        after = next((m for m in rest if last and last.origin and m.to == last.origin), None)
        after = after or next((m for m in rest if last and last.to and m.origin == last.to), None) or rest[0]
        rest.remove(after)
        found.append(after)
    return found


def moves_words(facts: Facts, moves: Sequence[Movement]) -> tuple[str, ...]:
    """Who would move, a sentence each."""

    def at(shift: int) -> str:
        place = facts.places[shift]
        return f"{place.where.day:%m-%d} {place.post_name}"

    found = []
    for move in moves:
        name = facts.people[move.member].name
        if move.origin and move.to:
            found.append(f"{name}：{at(move.origin)} 换到 {at(move.to)}")
        elif move.to:
            found.append(f"{name}：排上 {at(move.to)}")
        else:
            found.append(f"{name}：{at(move.origin)} 不排")
    return tuple(found)
