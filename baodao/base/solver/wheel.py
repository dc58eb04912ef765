"""The wheel of an open-day rota: turned once in cyclic order, then repaired by chains of a few hand-overs.

Rows are sorted by id first and every choice is made by number, so the same rota gives the same turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

#: Hand-overs in one chain.
LONGEST = 3
#: Hand-overs to find a host for a day nobody has.
DEEPEST = 5


def week_distance(one: date, other: date) -> int:
    """Weeks between the weeks of two dates; 0 in the same week (Monday to Sunday)."""
    return abs((one.toordinal() - 1) // 7 - (other.toordinal() - 1) // 7)


def reason(unit: Any, slot: Any) -> str:
    """Why this unit can never host this slot; an empty string if it can."""
    if slot.community not in unit.communities:
        return f"不在 {slot.community} 的结对单位之列。"
    if slot.day in unit.blocked:
        return f"{slot.day:%Y-%m-%d} 单位不便。"
    if unit.capacity is not None and unit.capacity < slot.expected:
        return f"场地容 {unit.capacity} 人，预计 {slot.expected} 人。"
    return ""


class Wheel:
    """Units and slots by number; ``host`` of a slot is a unit or -1."""

    def __init__(self, units: Sequence[Any], slots: Sequence[Any], gap: int, fixed: Sequence[tuple[str, str]]) -> None:
        self.units = sorted(units, key=lambda unit: unit.id)
        self.slots = sorted(slots, key=lambda slot: (slot.day, slot.id))
        self.gap = gap
        self.given: list[int] = [unit.given for unit in self.units]
        self.week = [(slot.day.toordinal() - 1) // 7 for slot in self.slots]
        self.can = [[u for u, unit in enumerate(self.units) if not reason(unit, slot)] for slot in self.slots]
        number, spot = {unit.id: u for u, unit in enumerate(self.units)}, {slot.id: s for s, slot in enumerate(self.slots)}
        self.group = self._connected()
        self.pinned = {spot[slot]: number[unit] for slot, unit in fixed}
        self.host = [self.pinned.get(s, -1) for s in range(len(self.slots))]
        self.mine: list[set[int]] = [set() for _ in self.units]
        for s, u in self.pinned.items():
            self.mine[u].add(s)
        self._order()

    def _connected(self) -> list[int]:
        """For every unit a number shared by those whose slots hang together."""
        group = list(range(len(self.units)))

        def root(u: int) -> int:
            while group[u] != u:
                group[u] = group[group[u]]
                u = group[u]
            return u

        for units in self.can:
            for u in units[1:]:
                group[root(u)] = root(units[0])
        return [root(u) for u in range(len(group))]

    def _order(self) -> None:
        """A unit's place on a community's wheel, and a slot's number among the community's."""
        self.place: list[dict[str, int]] = [{} for _ in self.units]
        self.size: dict[str, int] = {}
        self.turn_of: list[int] = []
        seen: dict[str, int] = {}
        for slot in self.slots:
            self.turn_of.append(seen.get(slot.community, 0))
            seen[slot.community] = self.turn_of[-1] + 1
        for community in sorted(seen):
            around = [u for u, unit in enumerate(self.units) if community in unit.communities]
            around.sort(key=lambda u: (self.given[u], self.units[u].last or date.min, u))
            self.size[community] = len(around)
            for number, u in enumerate(around):
                self.place[u][community] = number

    def lateness(self, s: int, u: int) -> int:
        """Turns early or late against the cyclic order."""
        community = self.slots[s].community
        size = self.size[community]
        away = (self.turn_of[s] - self.place[u][community]) % size
        return min(away, size - away)

    def may(self, s: int, u: int, without: Iterable[int] = ()) -> bool:
        """Whether the unit's other turns leave it free (``can`` is asked by the caller)."""
        out = set(without)
        return all(t in out or abs(self.week[t] - self.week[s]) >= self.gap for t in self.mine[u] if t != s)

    def give(self, s: int, u: int) -> None:
        """Hand the slot to a unit (-1: to nobody)."""
        if self.host[s] >= 0:
            self.mine[self.host[s]].discard(s)
        self.host[s] = u
        if u >= 0:
            self.mine[u].add(s)

    def turn(self) -> None:
        """Cyclic order, then empty slots, then equal turns, then the order once more."""
        for s in range(len(self.slots)):
            if self.host[s] < 0:
                free = [u for u in self.can[s] if self.may(s, u)]
                if free:
                    self.give(s, min(free, key=lambda u: (self.given[u] + len(self.mine[u]), self.lateness(s, u), u)))
        for s in range(len(self.slots)):
            if self.host[s] < 0:
                self._fill(s, DEEPEST, {s})
        while self._levelled() or self._exchanged() or self._swapped():
            pass

    def _fill(self, s: int, depth: int, seen: set[int]) -> bool:
        """Find a host, if need be by handing one of their turns on."""
        units = sorted(self.can[s], key=lambda u: (self.given[u] + len(self.mine[u]), self.lateness(s, u), u))
        for u in units:
            if self.may(s, u):
                self.give(s, u)
                return True
        for u in units if depth > 1 else []:
            near = sorted(t for t in self.mine[u] if abs(self.week[t] - self.week[s]) < self.gap)
            if seen.isdisjoint(near) and self.pinned.keys().isdisjoint(near):
                kept = list(self.host)
                for t in near:
                    self.give(t, -1)
                self.give(s, u)
                if all(self._fill(t, depth - 1, seen | set(near)) for t in near):
                    return True
                self._restore(kept)
        return False

    def _restore(self, kept: list[int]) -> None:
        for s, u in enumerate(kept):
            if self.host[s] != u:
                self.give(s, u)

    def _load(self) -> list[int]:
        return [given + len(mine) for given, mine in zip(self.given, self.mine, strict=True)]

    def _levelled(self) -> bool:
        """Hand turns from units with many to units with few, through at most two others; whether one was."""
        load = self._load()
        least: dict[int, int] = {}
        for u, count in enumerate(load):
            least[self.group[u]] = min(count, least.get(self.group[u], count))
        for u in sorted((u for u in range(len(load)) if self.mine[u]), key=lambda u: (-load[u], u)):
            if load[u] - 2 >= least[self.group[u]] and self._passed_on(u, load[u] - 2, LONGEST, {u}):
                return True
        return False

    def _exchanged(self) -> bool:
        """Leave a day of a unit with many empty for a day of a unit with few; whether one was."""
        load = self._load()
        for s in (s for s, u in enumerate(self.host) if u < 0):
            for v in sorted(self.can[s], key=lambda v: (load[v], v)):
                for t, u in enumerate(self.host):
                    if u >= 0 and t not in self.pinned and load[u] - 2 >= load[v] and self.may(s, v):
                        self.give(t, -1)
                        self.give(s, v)
                        return True
        return False

    def _passed_on(self, u: int, most: int, depth: int, seen: set[int]) -> bool:
        """Take one turn from the unit, so that somebody who has at most ``most`` gets one more."""
        for s in sorted(self.mine[u]):
            if s in self.pinned:
                continue
            takers = sorted((v for v in self.can[s] if v not in seen), key=lambda v: (self.given[v] + len(self.mine[v]), v))
            for v in takers:
                if self.given[v] + len(self.mine[v]) <= most:
                    if self.may(s, v):
                        self.give(s, v)
                        return True
                elif depth > 1 and self.may(s, v):
                    self.give(s, v)
                    if self._passed_on(v, most, depth - 1, seen | {v}):
                        return True
                    self.give(s, u)
        return False

    def _swapped(self) -> bool:
        """Two slots change hosts where that brings them nearer to the cyclic order; whether any did."""
        done = False
        for s in range(len(self.slots)):
            for t in [t for v in self.can[s] for t in sorted(self.mine[v])] if s not in self.pinned else []:
                u, v = self.host[s], self.host[t]
                if u < 0 or u == v or v not in self.can[s] or t in self.pinned or u not in self.can[t]:
                    continue
                gain = self.lateness(s, u) + self.lateness(t, v) - self.lateness(s, v) - self.lateness(t, u)
                if gain > 0 and self.may(s, v, [t]) and self.may(t, u, [s]):
                    self.give(s, -1)
                    self.give(t, u)
                    self.give(s, v)
                    done = True
        return done

    def counts(self) -> list[int]:
        """Turns of each unit in this rota."""
        return [self.host.count(u) for u in range(len(self.units))]

    def levels(self) -> tuple[int, int, int]:
        """Empty days, Σ turns² beyond what was given before, turns early or late."""
        squares = sum((g + n) ** 2 - g**2 for g, n in zip(self.given, self.counts(), strict=True))
        return self.host.count(-1), squares, sum(self.lateness(s, u) for s, u in enumerate(self.host) if u >= 0)

    def weights(self) -> tuple[int, int, int]:
        """Weights that make the levels come one before the other."""
        order = 1 + sum(size // 2 for size in (self.size[slot.community] for slot in self.slots))
        squares = 1 + (max(self.given, default=0) + len(self.slots)) ** 2 * max(1, len(self.units))
        return order * squares, order, 1

    def parts(self) -> list[list[int]]:
        """Slots that somebody can host, in sets that share no unit."""
        found: dict[int, list[int]] = {}
        for s, units in enumerate(self.can):
            if units:
                found.setdefault(self.group[units[0]], []).append(s)
        return [found[key] for key in sorted(found)]

    def objective(self, part: list[int] | None = None) -> int:
        """The weighted sum, of all slots or of a part."""
        hosts = [self.host[s] for s in (range(len(self.slots)) if part is None else part)]
        squares = sum((self.given[u] + hosts.count(u)) ** 2 - self.given[u] ** 2 for u in set(hosts) if u >= 0)
        late = sum(self.lateness(s, self.host[s]) for s in part or range(len(self.slots)) if self.host[s] >= 0)
        weights = self.weights()
        return weights[0] * hosts.count(-1) + weights[1] * squares + weights[2] * late

    def bound(self, part: list[int] | None = None) -> int:
        """A true lower bound: slots nobody can host stay empty, the rest spread over connected units like water."""
        slots = range(len(self.slots)) if part is None else part
        squares, load = 0, list(self.given)
        for units in (self.can[s] for s in slots):
            if units:
                pool = [u for u in range(len(load)) if self.group[u] == self.group[units[0]]]
                least = min(pool, key=lambda u: (load[u], u))
                squares += 2 * load[least] + 1
                load[least] += 1
        weights = self.weights()
        return weights[0] * sum(not self.can[s] for s in slots) + weights[1] * squares

    def windows(self, mine: list[int]) -> list[list[int]]:
        """Largest sets of these slots of which a unit may host one."""
        found: list[list[int]] = []
        for week in sorted({self.week[s] for s in mine}):
            near = [s for s in mine if week <= self.week[s] < week + self.gap]
            if len(near) > 1 and not (found and set(near) <= set(found[-1])):
                found.append(near)
        return found

    def why_empty(self, s: int) -> str:
        """Why nobody hosts a slot."""
        if self.can[s]:
            return "能承办的单位那几周都已轮到。"
        words = [reason(unit, self.slots[s]) for unit in self.units if self.slots[s].community in unit.communities]
        return "；".join(sorted({word.rstrip("。") for word in words})) + "。" if words else "没有结对的单位。"

    def slot_names(self) -> list[str]:
        """Ids by number."""
        return [slot.id for slot in self.slots]

    def unit_names(self) -> list[str]:
        """Ids by number."""
        return [unit.id for unit in self.units]
