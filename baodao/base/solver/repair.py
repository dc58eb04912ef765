"""Repair: after a cancellation move at most three people, or replan the batch with a keep bonus.

Frozen pairs never move, and people of a joint group are not moved one by one: a hole in one queues a
batch replan. Two hours before, replacements are offered down a ranked list, never assigned.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from baodao.base.solver.model import session_price
from baodao.base.solver.plan import Number, Plan
from baodao.base.solver.prices import Move
from baodao.base.solver.problem import Pairing, Problem
from baodao.base.solver.standing_plan import Laid

#: (pair entered, pair left or -1)
Step = tuple[int, int]

#: How many swaps are followed up when so many people may still move.
_WIDTH = {1: 24, 2: 24, 3: 8}


@dataclass(frozen=True)
class Repair:
    """Moves in their order and what the objective changes by (against leaving the hole)."""

    moves: tuple[Move, ...]
    change: Number

    @property
    def people(self) -> int:
        """How many people move."""
        return len({move.member for move in self.moves})


def replanned(
    problem: Problem,
    plan: Plan,
    *,
    gone: Iterable[Pairing] = (),
    frozen: Iterable[Pairing] = (),
    change: int | None = None,
) -> Problem:
    """The problem to solve again: what stands is current, who declined is forbidden, who is frozen is fixed.

    ``change`` is the keep bonus where it is to be another than the problem's own.
    """
    lost = set(gone)
    standing = tuple(sorted((m, s) for m, s, _ in plan.assignments if (m, s) not in lost))
    return replace(
        problem,
        current=standing,
        weights=problem.weights if change is None else replace(problem.weights, change=change),
        forbidden=tuple(sorted(set(problem.forbidden) | lost)),
        fixed=tuple(sorted((set(problem.fixed) | set(frozen)) - lost)),
    )


class Repairer:
    """Live repair over one plan; ``take_out`` makes the hole, ``fill`` finds the shortest, then cheapest chain."""

    def __init__(self, problem: Problem, plan: Plan, *, frozen: Iterable[Pairing] = ()) -> None:
        self.laid = Laid(problem, plan)
        self.o = self.laid.o
        self.stuck = {self.o.find_ids(pair) for pair in [*frozen, *problem.fixed]}
        self.barred: set[int] = set()
        self.bound_together = {member for people in self.o.together for member in people}
        self.count = np.array([len(where) for where in self.laid.state.where], dtype=np.int64)

    def plan(self) -> Plan:
        """The plan as it stands after the repairs; it carries no bound."""
        from baodao.base.solver.solving import plan_of
        from baodao.base.solver.stages import Outcome

        return plan_of(self.o, Outcome(self.laid.choice(), None, "repair", False), seconds=0.0)

    def take_out(self, member: str, session: str) -> bool:
        """Take a person out for good; False if it was a joint session, which needs a batch replan."""
        p = self.o.find_ids((member, session))
        self.barred.add(p)
        if int(self.o.ps[p]) in self.laid.state.groups:
            return False
        self._drop(p)
        return True

    def fill(self, session: str, *, most: int = 3) -> Repair | None:
        """Fill one place of a session, moving as few people as possible, ``most`` at most.

        None if nothing is better than the hole.
        """
        s = self.o.session_of[session]
        row, state = self.o.sessions[s], self.laid.state
        if row.joint_speciality is not None or len(state.seats[s]) >= row.max:
            return None
        if row.run_or_cancel and row.min > 1 and not state.seats[s]:
            return None
        chains: list[tuple[int, list[Step]]] = []
        for people in range(1, most + 1):
            found = self._chain(s, people, frozenset())
            chains += [found] if found is not None else []
            if found is not None and found[1][-1][1] < 0:  # no hole is left behind: nobody else need move
                break
        for _, steps in sorted(chains):
            repair = self._made(steps)
            if repair is not None:
                return repair
        return None

    def _add(self, p: int, role: str | None = None) -> None:
        self.laid.state.add(p, role)
        self.count[self.o.pm[p]] += 1

    def _drop(self, p: int) -> str | None:
        m, s = int(self.o.pm[p]), int(self.o.ps[p])
        role = self.laid.state.seats[s][m]
        self.laid.state.drop(p)
        self.count[m] -= 1
        return role

    def _made(self, steps: list[Step]) -> Repair | None:
        """Make the moves; undo them if the whole is not better."""
        o, state = self.o, self.laid.state
        sessions = {int(o.ps[p]) for step in steps for p in step if p >= 0}
        members = {int(o.pm[new]) for new, _ in steps}
        before, seats = self._part(sessions, members), {t: dict(state.seats[t]) for t in sessions}
        for _, old in steps:
            if old >= 0:
                self._drop(old)
        for new, _ in steps:
            self._add(new)
        for t in sessions:
            if o.sessions[t].roles:
                state.seat_roles(t)
        change = self._part(sessions, members) - before
        if change < 0:
            return Repair(tuple(self._move(new, old) for new, old in steps), change)
        for new, _ in steps:
            self._drop(new)
        for _, old in steps:
            if old >= 0:
                self._add(old)
        for t in sessions:
            state.seats[t].update(seats[t])
        return None

    def _part(self, sessions: set[int], members: set[int]) -> int:
        """The part of the objective that these sessions and members make up."""
        o, state, weights = self.o, self.laid.state, self.o.weights
        total = 0
        for s in sessions:
            taken = sum(role is not None for role in state.seats[s].values())
            total += session_price(o, s, len(state.seats[s])) - o.sessions[s].tier_weight * weights.mandatory * taken
        for m in members:
            n, member = len(state.where[m]), o.members[m]
            total += sum(int(o.wanted[p]) for p in state.where[m].values())
            total += weights.load * n * (n - 1) // 2 + weights.year * member.served * n
            total += weights.behind * (member.behind and n == 0)
        return total

    def _move(self, new: int, old: int) -> Move:
        o = self.o
        origin = o.sessions[int(o.ps[old])].id if old >= 0 else ""
        return Move(o.members[int(o.pm[new])].id, origin, o.sessions[int(o.ps[new])].id)

    def _candidates(self, s: int, moved: frozenset[int]) -> list[tuple[int, int]]:
        """(price, pair) of those who may come, cheapest first, as if all were free."""
        o = self.o
        lo, hi = int(o.ptr[s]), int(o.ptr[s + 1])
        people = o.pm[lo:hi]
        count = self.count[people]
        price = o.wanted[lo:hi] + o.weights.load * count + o.weights.year * o.served[people]
        price -= o.weights.behind * (o.behind[people] & (count == 0))
        seats = self.laid.state.seats[s]
        out = []
        for spot in np.argsort(price, kind="stable").tolist():
            m, p = int(people[spot]), lo + spot
            if m not in seats and m not in moved and p not in self.barred and m not in self.bound_together:
                out.append((int(price[spot]), p))
        return out

    def _chain(self, s: int, people: int, moved: frozenset[int]) -> tuple[int, list[Step]] | None:
        """The cheapest way to put one person into a session by at most so many moves, the hole left behind included."""
        candidates = self._candidates(s, moved)
        for price, p in candidates:
            if not self.laid.state.why_not(p):
                return price, [(p, -1)]
        best: tuple[int, list[Step]] | None = None
        for gain, p, old in self._swaps(s, candidates)[: _WIDTH[people]]:
            role = self._drop(old)
            self._add(p)
            left = int(self.o.ps[old])
            ends: list[tuple[int, list[Step]]] = []
            if self._may_shrink(left):
                ends.append((self.laid.seat_worth(left, len(self.laid.state.seats[left])), []))
            if people > 1:
                further = self._chain(left, people - 1, moved | {int(self.o.pm[p])})
                ends += [further] if further is not None else []
            self._drop(p)
            self._add(old, role)
            for price, steps in ends:
                if best is None or gain + price < best[0]:
                    best = gain + price, [(p, old), *steps]
        return best

    def _swaps(self, s: int, candidates: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
        """(price, pair entered, pair left) of those who would come if they left one other session."""
        o, state = self.o, self.laid.state
        found = []
        for _, p in candidates:
            for other, old in state.where[int(o.pm[p])].items():
                if old not in self.stuck and other not in state.groups:
                    found.append((int(o.wanted[p]) - int(o.wanted[old]), p, old))
        found.sort()
        return [row for row in found[: 8 * max(_WIDTH.values())] if self._fits(row[1], row[2])]

    def _may_shrink(self, s: int) -> bool:
        """Whether a session may stay as it is after somebody has left it."""
        row = self.o.sessions[s]
        return not row.run_or_cancel or len(self.laid.state.seats[s]) >= row.min

    def _fits(self, p: int, old: int) -> bool:
        role = self._drop(old)
        fits = not self.laid.state.why_not(p) and self._shares_hold(int(self.o.ps[old]))
        self._add(old, role)
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


