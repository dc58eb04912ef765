"""Fewest members for given sessions: free one member after another by ejection.

Every mandatory seat is a unit of work. To free a member, their units go into a pool; one is drawn by lot and given
to the member in use whose clashing units weigh least; those are ejected into the pool in turn, and a unit that
had to eject others weighs more from then on (Nagata and Bräysy, 2009, who use it to save vehicles). An empty pool is
a plan with one member less; a pool that does not empty within its steps is undone and somebody else is tried.

The search is counted in steps, so it gives the same plan on any machine unless the time is over first.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from baodao.base.solver.levels import Choice
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.problem import Floats, Ints
from baodao.base.solver.state import State

#: Entries of the tables of units by members and by units beyond which the search is left out.
WIDEST = 20_000_000


def clash_bound(o: Ordered) -> int:
    """A true lower bound of the members in use: the seats that must be filled at one moment (or on one day)."""
    least = np.array([session.min for session in o.sessions], dtype=np.int64)
    best = int(least.max(initial=0))
    if o.rules.clash == "day":
        best = max(best, int(np.bincount(np.array(o.day) + 1, weights=least).max(initial=0)))
    elif o.rules.clash == "interval":
        start, until = _spans(o)
        for moment in np.unique(start).tolist():
            best = max(best, int(least[(start <= moment) & (until > moment)].sum()))
    return best


def _spans(o: Ordered) -> tuple[Floats, Floats]:
    """Half-open spans whose overlap is the clash: lengthened by the travel, an instant given a moment of its own."""
    start = np.array([a for a, _ in o.span])
    until = np.array([b for _, b in o.span]) + o.rules.travel_minutes
    return start, np.maximum(until, start + 1e-6)


def may_free(o: Ordered) -> bool:
    """Whether this search knows all the rules of the problem."""
    reach = np.bincount(o.pm, minlength=len(o.members))
    units = sum(session.min for session in o.sessions)
    return (
        not o.rules.extended
        and not o.groups
        and all(session.joint_speciality is None and session.open_to_all == session.max for session in o.sessions)
        and all(member.max_hours is None and not member.min_services for member in o.members)
        and bool((o.cap >= np.minimum(reach, len(o.sessions))).all())
        and 0 < units * max(units, len(o.members)) <= WIDEST
    )


class Freeing:
    """The units, who can take them, who has them."""

    def __init__(self, o: Ordered, over: Callable[[], bool]) -> None:
        self.o, self.over = o, over
        self.where: Ints = np.repeat(np.arange(len(o.sessions)), [session.min for session in o.sessions])
        self.clashing = self._clashing()
        self.lot = random.Random(o.seed)  # noqa: S311 - a lottery that anybody can repeat
        self.noise: Floats = 0.9 * np.random.default_rng(o.seed).random(1 << 15)
        self.steps = 0
        self.held: Ints = np.full(len(self.where), -1, dtype=np.int64)
        self.can = np.full((len(o.sessions), len(o.members)), np.inf)
        self.can[o.ps, o.pm] = 0.0
        self.can = self.can[self.where]
        self.extra: list[int] = []
        self.pinned = np.zeros(len(o.members), dtype=bool)
        self._pin()

    def _clashing(self) -> list[Ints]:
        """For every unit those one member cannot hold beside it."""
        o, where = self.o, self.where
        if o.rules.clash == "day":
            day = np.array(o.day)[where]
            table = day[:, None] == day[None, :]
        elif o.rules.clash == "interval":
            start, until = (part[where] for part in _spans(o))
            table = (start[:, None] < until[None, :]) & (start[None, :] < until[:, None])
        else:
            table = where[:, None] == where[None, :]
        table |= where[:, None] == where[None, :]
        np.fill_diagonal(table, False)
        return [np.flatnonzero(row) for row in table]

    def _pin(self) -> None:
        """Fixed pairs hold their units for good, and keep their members from what clashes with them."""
        for p in np.flatnonzero(self.o.fixed).tolist():
            m, s = int(self.o.pm[p]), int(self.o.ps[p])
            free = np.flatnonzero((self.where == s) & (self.held < 0))
            if len(free):
                self.held[free[0]] = m
            else:  # more fixed people than seats that must be filled
                self.extra.append(p)
            self.pinned[m] = True
            near = [unit for unit, t in enumerate(self.where.tolist()) if t == s or self.o.clashes(s, t)]
            self.can[near, m] = np.inf

    def run(self, least: int, most_steps: int) -> Choice | None:
        """The plan with the fewest members found; None if not even all members could fill the seats in time."""
        pool = [int(unit) for unit in np.flatnonzero(self.held < 0)]
        weight = np.ones(len(self.where))
        if not self._emptied(pool, weight, most_steps // 2):
            return None
        idle = np.bincount(self.held, minlength=len(self.o.members)) == 0
        idle &= ~self.pinned
        self.can[:, idle] = np.inf
        budget, failed = 3000, 0
        while self.steps < most_steps and not self.over():
            counts = np.bincount(self.held, minlength=len(self.o.members))
            used = np.flatnonzero(counts)
            free = used[~self.pinned[used]]
            if len(used) <= least or not len(free):
                break
            spread = counts[free] + np.array([3 * self.lot.random() for _ in free])
            member = int(free[np.argsort(spread, kind="stable")[failed % len(free)]])
            if self._freed(member, budget):
                failed = 0
                continue
            failed += 1
            if failed % 10 == 0:
                budget += budget // 2
        return self._choice()

    def _freed(self, member: int, budget: int) -> bool:
        before, column = self.held.copy(), self.can[:, member].copy()
        pool = np.flatnonzero(self.held == member).tolist()
        self.held[pool] = -1
        self.can[:, member] = np.inf
        if self._emptied(pool, np.ones(len(self.where)), budget):
            return True
        self.held, self.can[:, member] = before, column
        return False

    def _emptied(self, pool: list[int], weight: Floats, budget: int) -> bool:
        """Give the units of the pool away, ejecting others; False if the steps are used up."""
        held, clashing, can, noise, lot = self.held, self.clashing, self.can, self.noise, self.lot.random
        people, span = can.shape[1], max(1, len(noise) - can.shape[1])
        if people > len(noise):
            noise = np.resize(noise, people + span)
        end = self.steps + budget
        while pool:
            self.steps += 1
            if self.steps > end or (self.steps % 256 == 0 and self.over()):
                return False
            unit = pool.pop(int(lot() * len(pool)))
            near = clashing[unit]
            holders = held[near]
            burden = np.bincount(holders + 1, weight[near], people + 1)[1:] + can[unit]
            at = int(lot() * span)
            burden += noise[at : at + people]
            member = int(burden.argmin())
            if burden[member] == np.inf:
                return False
            ejected = near[holders == member]
            if len(ejected):
                weight[unit] += 1.0
                held[ejected] = -1
                pool += ejected.tolist()
            held[unit] = member
        return True

    def _choice(self) -> Choice:
        state = State(self.o)
        for p in self.extra:
            state.add(p)
        for unit, member in enumerate(self.held.tolist()):
            state.add(self.o.find(member, int(self.where[unit])))
        return state.choice()

