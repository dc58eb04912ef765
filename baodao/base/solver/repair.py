"""Repair: after a cancellation move at most three people, or replan the batch with a keep bonus.

Frozen pairs never move, and people of a joint group are not moved one by one: a hole in one queues a
batch replan. Two hours before, replacements are offered down a ranked list, never assigned.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from baodao.base.solver.plan import Number, Plan
from baodao.base.solver.prices import Move
from baodao.base.solver.problem import Pairing, Problem
from baodao.base.solver.standing_plan import Laid

#: The search gives up after so many looks at a session.
_MOST_LOOKS = 400


@dataclass(frozen=True)
class Repair:
    """Moves in their order and what the objective changes by (against leaving the hole)."""

    moves: tuple[Move, ...]
    change: Number

    @property
    def people(self) -> int:
        """How many people move."""
        return len({move.member for move in self.moves})


def replanned(problem: Problem, plan: Plan, *, gone: Iterable[Pairing] = (), frozen: Iterable[Pairing] = ()) -> Problem:
    """The problem to solve again: what stands is current, who declined is forbidden, who is frozen is fixed."""
    lost = set(gone)
    standing = tuple(sorted((m, s) for m, s, _ in plan.assignments if (m, s) not in lost))
    return replace(
        problem,
        current=standing,
        forbidden=tuple(sorted(set(problem.forbidden) | lost)),
        fixed=tuple(sorted((set(problem.fixed) | set(frozen)) - lost)),
    )


class Repairer:
    """Live repair over one plan; ``take_out`` makes the hole, ``fill`` finds the cheapest chain and makes it."""

    def __init__(self, problem: Problem, plan: Plan, *, frozen: Iterable[Pairing] = ()) -> None:
        self.laid = Laid(problem, plan)
        self.o = self.laid.o
        self.stuck = {self.o.find_ids(pair) for pair in [*frozen, *problem.fixed]}
        self.barred: set[int] = set()
        self.bound_together = {member for people in self.o.together for member in people}

    def plan(self) -> Plan:
        """The plan as it stands after the repairs; it carries no bound."""
        from baodao.base.solver.solving import plan_of
        from baodao.base.solver.stages import Outcome

        return plan_of(self.o, Outcome(self.laid.choice(), None, "repair", False), seconds=0.0)

    def take_out(self, member: str, session: str) -> bool:
        """Take a person out for good; False if it was a joint session, which needs a batch replan."""
        p = self.o.find_ids((member, session))
        s = int(self.o.ps[p])
        self.barred.add(p)
        if s in self.laid.state.groups:
            return False
        self.laid.state.drop(p)
        return True

    def fill(self, session: str, *, most: int = 3) -> Repair | None:
        """Fill one place of a session by at most ``most`` people; None if nothing is better than the hole."""
        s = self.o.session_of[session]
        row, state = self.o.sessions[s], self.laid.state
        if row.joint_speciality is not None or not self._may_grow(s):
            return None
        before = self.laid.objective()
        found = self._search(s, most)
        if found is None:
            return None
        dropped = [old for _, old in found if old >= 0]
        roles = {old: state.seats[int(self.o.ps[old])][int(self.o.pm[old])] for old in dropped}
        for old in dropped:
            state.drop(old)
        for new, _ in found:
            state.add(new)
        touched = {int(self.o.ps[p]) for pair in found for p in pair if p >= 0}
        held = {t: dict(state.seats[t]) for t in touched}
        for t in touched:
            if self.o.sessions[t].roles:
                state.seat_roles(t)
        change = self.laid.objective() - before
        if change < 0:
            return Repair(tuple(self._move(new, old) for new, old in found), change)
        for t in touched:
            state.seats[t].update(held[t])
        for new, _ in found:
            state.drop(new)
        for old in dropped:
            state.add(old, roles[old])
        return None

    def _may_grow(self, s: int) -> bool:
        row, seats = self.o.sessions[s], self.laid.state.seats[s]
        return len(seats) < row.max and not (row.run_or_cancel and row.min > 1 and not seats)

    def _move(self, new: int, old: int) -> Move:
        o = self.o
        origin = o.sessions[int(o.ps[old])].id if old >= 0 else ""
        return Move(o.members[int(o.pm[new])].id, origin, o.sessions[int(o.ps[new])].id)

    def _search(self, s: int, most: int) -> list[tuple[int, int]] | None:
        """Cheapest chain by additive prices, best first; each step is (pair entered, pair left or -1)."""
        best: tuple[int, list[tuple[int, int]]] | None = None
        count = len(self.laid.state.seats[s])
        heap: list[tuple[int, int, int, list[tuple[int, int]]]] = [(-self.laid.seat_worth(s, count), 0, s, [])]
        looks = tick = 0
        while heap and looks < _MOST_LOOKS:
            price, _, hole, steps = heapq.heappop(heap)
            if best is not None and price >= best[0]:
                break
            looks += 1
            for added, new, old in self._into(hole, steps):
                total = price + added
                chain = [*steps, (new, old)]
                if old < 0:
                    if best is None or (total, chain) < best:
                        best = (total, chain)
                    continue
                left = int(self.o.ps[old])
                worth = self.laid.seat_worth(left, len(self.laid.state.seats[left]) - 1)
                if worth == 0 and self._may_shrink(left) and (best is None or (total, chain) < best):
                    best = (total, chain)
                if len(chain) < most and (best is None or total < best[0]):
                    tick += 1
                    heapq.heappush(heap, (total, tick, left, chain))
        return None if best is None or best[0] >= 0 else best[1]

    def _may_shrink(self, s: int) -> bool:
        row = self.o.sessions[s]
        return len(self.laid.state.seats[s]) - 1 >= max(row.min, row.desired)

    def _into(self, s: int, steps: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        """Who can come into a hole: free people, then people who serve elsewhere and would leave it."""
        o, state, laid = self.o, self.laid.state, self.laid
        moved = {int(o.pm[new]) for new, _ in steps}
        leaving = {old for _, old in steps if old >= 0}
        for p in range(int(o.ptr[s]), int(o.ptr[s + 1])):
            m = int(o.pm[p])
            if m in moved or p in self.barred or s in state.where[m] or m in self.bound_together:
                continue
            full = len(state.seats[s]) >= o.sessions[s].max
            if full and not any(int(o.ps[old]) == s for old in leaving):
                continue
            code = self._why_not(p, full)
            if not code:
                yield laid.pair_price(p), p, -1
                continue
            if code == "H9":
                continue
            for other, old in sorted(state.where[m].items()):
                if old in self.stuck or old in leaving or other in state.groups:
                    continue
                if self._swaps(p, old, full):
                    yield int(o.wanted[p]) - int(o.wanted[old]), p, old

    def _why_not(self, p: int, full: bool) -> str:
        """As things stand, the place somebody of the chain leaves being free already."""
        state, s = self.laid.state, int(self.o.ps[p])
        if not full:
            return state.why_not(p)
        someone = next(iter(state.seats[s]))
        pair, role = state.where[someone][s], state.seats[s][someone]
        state.drop(pair)
        code = state.why_not(p)
        state.add(pair, role)
        return code

    def _swaps(self, p: int, old: int, full: bool) -> bool:
        state, o = self.laid.state, self.o
        role = state.seats[int(o.ps[old])][int(o.pm[old])]
        state.drop(old)
        fits = not self._why_not(p, full) and self._shares_hold(int(o.ps[old]))
        state.add(old, role)
        return fits

    def _shares_hold(self, s: int) -> bool:
        """After somebody has left: no unit has more than its share of a session."""
        share, seats = self.o.rules.unit_share, self.laid.state.seats[s]
        if share is None:
            return True
        most = max(1, math.floor(share * len(seats) + 1e-9))
        units = Counter(self.o.unit[m] for m in seats if self.o.unit[m] >= 0)
        return max(units.values(), default=0) <= most


def ranked(problem: Problem, plan: Plan, session: str) -> list[tuple[str, int]]:
    """Members who could come now, best first, with their price: the order in which places are offered."""
    laid = Laid(problem, plan)
    o, s = laid.o, laid.o.session_of[session]
    found = [p for p in range(int(o.ptr[s]), int(o.ptr[s + 1])) if not laid.state.why_not(p)]
    found.sort(key=lambda p: (laid.pair_price(p), float(o.draw[p])))
    return [(o.members[int(o.pm[p])].id, laid.pair_price(p)) for p in found]


def invitations(needed: int, rate: float, answers: int, *, sure: float = 0.9, waiting: int = 0, least: int = 30) -> int:
    """How many to invite so that P(at least ``needed`` accept) ≥ ``sure``, at an answer rate of a community
    and kind of post over ``answers`` past invitations.

    With fewer than ``least`` answers nothing is known: exactly ``needed`` are invited. ``waiting`` invitations
    still open count as invited.
    """
    if needed <= 0:
        return 0
    if answers < least or rate >= 1:
        return max(0, needed - waiting)
    if rate <= 0:
        return max(0, 4 * needed - waiting)
    for count in range(needed, 20 * needed + 1):
        fewer = sum(math.comb(count, k) * rate**k * (1 - rate) ** (count - k) for k in range(needed))
        if 1 - fewer >= sure:
            return max(0, count - waiting)
    return max(0, 20 * needed - waiting)


def changes(before: Plan, after: Plan) -> int:
    """How many pairs of one plan are not in the other."""
    old = {(m, s) for m, s, _ in before.assignments}
    new = {(m, s) for m, s, _ in after.assignments}
    return len(old - new)


