"""Open days in turn: which unit hosts which community's day of a week, fair over the year.

Three levels, each before the next: days nobody hosts; Σ (turns given before + now)² over units, which is least when
turns are as equal as they can be; how many turns early or late each day is against the cyclic order (the wheel of a
community: fewest turns so far, longest ago, then id). A unit hosts at most once in ``gap_weeks`` weeks, never on a blocked
date, only where it may, and only if its venue holds the people expected. Without the extra the wheel is turned and
repaired by chains; ``prove=True`` hands the same three levels to CP-SAT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baodao.base.solver.malformed import Malformed
from baodao.base.solver.proving import Program, prove
from baodao.base.solver.wheel import Wheel, reason, week_distance


@dataclass(frozen=True, slots=True)
class HostUnit:
    """A unit: the communities it may host for, people its venue holds (None: no limit), dates it cannot, turns so far."""

    id: str
    communities: tuple[str, ...]
    capacity: int | None = None
    blocked: frozenset[date] = frozenset()
    given: int = 0
    last: date | None = None


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """A day a community wants a unit for, and how many people are expected (0: nobody counts)."""

    id: str
    community: str
    day: date
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Rota:
    """A year (or less) to be planned. ``fixed`` (slot, unit) stand as they are, the rest is free."""

    units: tuple[HostUnit, ...]
    slots: tuple[OpenSlot, ...]
    gap_weeks: int = 1
    fixed: tuple[tuple[str, str], ...] = ()

    def check(self) -> None:
        """Refuse what cannot be meant; ``Malformed`` names the place."""
        if self.gap_weeks < 1:
            raise Malformed("gap_weeks", "间隔至少一周。")
        for name, ids in (("units", [unit.id for unit in self.units]), ("slots", [slot.id for slot in self.slots])):
            if not ids:
                raise Malformed(name, "不能为空。")
            for number, identity in enumerate(ids):
                if identity in ids[:number]:
                    raise Malformed(f"{name}[{number}].id", f"编号重复：{identity}。")
        for number, unit in enumerate(self.units):
            if unit.given < 0 or (unit.capacity is not None and unit.capacity < 0):
                raise Malformed(f"units[{number}]", "已轮次数和场地容量不能为负。")
        for number, slot in enumerate(self.slots):
            if slot.expected < 0:
                raise Malformed(f"slots[{number}].expected", "预计人数不能为负。")
        self._check_fixed()

    def _check_fixed(self) -> None:
        units, slots = {unit.id: unit for unit in self.units}, {slot.id: slot for slot in self.slots}
        taken: dict[str, list[OpenSlot]] = {}
        for number, (slot_id, unit_id) in enumerate(self.fixed):
            place = f"fixed[{number}]"
            if slot_id not in slots or unit_id not in units:
                raise Malformed(place, f"没有这个编号：{slot_id}、{unit_id}。")
            slot, unit = slots[slot_id], units[unit_id]
            words = reason(unit, slot)
            if words:
                raise Malformed(place, f"{unit_id} 不能承办 {slot_id}：{words}")
            if any(other == slot_id for other, _ in self.fixed[:number]):
                raise Malformed(place, f"{slot_id} 已有固定的单位。")
            if any(week_distance(slot.day, other.day) < self.gap_weeks for other in taken.get(unit_id, [])):
                raise Malformed(place, f"{unit_id} 在 {self.gap_weeks} 周内被固定了两次。")
            taken.setdefault(unit_id, []).append(slot)


@dataclass(frozen=True, slots=True)
class Turns:
    """The rota: who hosts what, the days nobody can with the reason, the three levels, the weighted sum and its true bound."""

    hosts: tuple[tuple[str, str], ...]
    empty: tuple[tuple[str, str], ...]
    levels: tuple[int, int, int]
    objective: int
    bound: int
    status: str
    method: str


def rotate(rota: Rota, *, proof: bool = False, effort: float = 10.0, python: str = "") -> Turns:
    """Plan the open days; the same rota in any order of rows gives the same turns.

    ``proof`` asks CP-SAT (an optional extra, in a process of its own; ``python`` names an interpreter that has it) to
    improve and prove, each set of communities that share units by itself with ``effort``; without the extra the turns
    stand as found, with the bound of arithmetic. Raises ``Malformed``.
    """
    rota.check()
    wheel = Wheel(rota.units, rota.slots, rota.gap_weeks, rota.fixed)
    wheel.turn()
    weights, bound, method = wheel.weights(), wheel.bound(), "wheel"
    if proof and wheel.objective() > bound:
        proofs = [_proved(wheel, part, weights, effort, python) for part in wheel.parts()]
        if any(found is not None for found in proofs):
            barred = weights[0] * sum(not units for units in wheel.can)
            parts = zip(wheel.parts(), proofs, strict=True)
            bound, method = barred + sum(wheel.bound(part) if found is None else found for part, found in parts), "cp-sat"
    objective = wheel.objective()
    names = wheel.slot_names()
    hosts = tuple(sorted((names[s], wheel.unit_names()[u]) for s, u in enumerate(wheel.host) if u >= 0))
    empty = tuple(sorted((names[s], wheel.why_empty(s)) for s, u in enumerate(wheel.host) if u < 0))
    return Turns(hosts, empty, wheel.levels(), objective, bound, "optimal" if objective <= bound else "feasible", method)


def _proved(wheel: Wheel, part: list[int], weights: tuple[int, int, int], effort: float, python: str) -> int | None:
    """Let CP-SAT improve the turns of slots that hang together; a bound of theirs."""
    if wheel.objective(part) <= wheel.bound(part):
        return wheel.bound(part)
    program, seats, counts, base = Program(), {}, wheel.counts(), 0
    if wheel.objective(part) - wheel.bound(part) < weights[1]:  # only the order is open: the levels before it are held
        base, weights = wheel.bound(part), (0, 0, 1)
    for s in part:
        for u in wheel.can[s]:
            seats[s, u] = program.column(weights[2] * wheel.lateness(s, u), wheel.host[s] == u)
        nobody = program.column(weights[0], wheel.host[s] < 0)
        program.row(1, 1, [(seats[s, u], 1) for u in wheel.can[s]] + [(nobody, 1)])
        if base:
            program.row(0, 0, [(nobody, 1)])
    for s in (s for s in part if s in wheel.pinned):
        program.row(1, 1, [(seats[s, wheel.pinned[s]], 1)])
    squares: list[tuple[int, int]] = []
    for u, given in enumerate(wheel.given):
        mine = [s for s in part if (s, u) in seats]
        for window in wheel.windows(mine):
            program.row(0, 1, [(seats[s, u], 1) for s in window])
        steps = [program.column(weights[1] * (2 * (given + k) + 1), k < counts[u]) for k in range(len(mine))]
        squares += [(step, 2 * (given + k) + 1) for k, step in enumerate(steps)]
        if mine:
            program.row(0, 0, [(seats[s, u], 1) for s in mine] + [(step, -1) for step in steps])
    if base:
        program.row(0, base // wheel.weights()[1], squares)
    found = prove(program, effort=effort, python=python)
    if found is None:
        return None
    if base + found.objective < wheel.objective(part):
        for s in part:
            wheel.host[s] = next((u for u in wheel.can[s] if found.x[seats[s, u]]), -1)
    return max(base + found.bound, wheel.bound(part))


def check_turns(rota: Rota, hosts: Sequence[tuple[str, str]]) -> list[str]:
    """Every rule a rota breaks, in sentences; reads the two values only."""
    units, slots = {unit.id: unit for unit in rota.units}, {slot.id: slot for slot in rota.slots}
    wrong, days = [], dict[str, list[date]]()
    if len({slot for slot, _ in hosts}) < len(hosts):
        wrong.append("有的公开日有两个单位。")
    for slot_id, unit_id in hosts:
        if slot_id not in slots or unit_id not in units:
            wrong.append(f"没有这个编号：{slot_id}、{unit_id}。")
            continue
        words = reason(units[unit_id], slots[slot_id])
        if words:
            wrong.append(f"{unit_id} 不能承办 {slot_id}：{words}")
        day = slots[slot_id].day
        if any(week_distance(day, other) < rota.gap_weeks for other in days.get(unit_id, [])):
            wrong.append(f"{unit_id} 在 {rota.gap_weeks} 周内轮到两次。")
        days.setdefault(unit_id, []).append(day)
    wrong += [f"{slot} 固定由 {unit} 承办。" for slot, unit in rota.fixed if (slot, unit) not in set(hosts)]
    return wrong
