"""The first rung: a careful list by hand, quick, and honest about its bound.

Sessions are served by tier and scarcity: mandatory seats first, then desired ones, then people
behind their own pace. It keeps every rule; where minima are hard it may fail and returns None.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from baodao.base.solver.levels import Choice
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.problem import Floats, Ints
from baodao.base.solver.state import State


class _Greedy:
    def __init__(self, o: Ordered, guide: Floats | None) -> None:
        self.o = o
        self.state = State(o)
        objective = o.problem.objective
        self.service = objective == "service"
        weights = o.weights
        self.base: Floats = (o.wanted if self.service else o.cost).astype(np.float64) + o.draw / 4
        if guide is not None:
            self.base -= 1e6 * guide
        self.slope = float(weights.load) if self.service else 0.0
        self.next: Floats = np.zeros(len(o.members))
        if self.service:
            self.next += weights.year * o.served - weights.behind * o.behind
        if objective == "members_used":
            self.next += 1e10
        least = np.array([member.min_services for member in o.members])
        self.least: Ints = least
        self.next -= 1e11 * (least > 0)
        self.full: NDArray[np.bool_] = o.cap <= 0
        days = sorted(set(o.day))
        self.day = [days.index(day) for day in o.day] if o.rules.clash == "day" else []
        self.busy = np.zeros((len(days) if self.day else 0, len(o.members)), dtype=bool)
        self.blocks: dict[int, list[int]] = {}
        for people in o.together:
            for member in people:
                self.blocks[member] = sorted(set(self.blocks.get(member, [])) | set(people))

    def note(self, p: int, by: int) -> None:
        """Keep the quick books after a pair was added (1) or dropped (-1)."""
        o, m = self.o, int(self.o.pm[p])
        count = len(self.state.where[m])
        self.full[m] = count >= o.cap[m]
        if self.day:
            self.busy[self.day[int(o.ps[p])], m] = by > 0
        before = count - by
        if self.service:
            self.next[m] += by * self.slope
            if o.behind[m] and min(count, before) == 0:
                self.next[m] += by * o.weights.behind
        elif o.problem.objective == "members_used" and min(count, before) == 0:
            self.next[m] -= by * 1e10
        self.next[m] += 1e11 * (int(before < self.least[m]) - int(count < self.least[m]))

    def add(self, pairs: list[int]) -> bool:
        """Seat all or none."""
        if not self.state.try_all(pairs):
            return False
        for p in pairs:
            self.note(p, 1)
        return True

    def drop(self, p: int) -> None:
        self.state.drop(p)
        self.note(p, -1)

    def ranked(self, s: int, only: NDArray[np.bool_] | None = None) -> Ints:
        """Free candidates of a session, cheapest first."""
        o = self.o
        lo, hi = int(o.ptr[s]), int(o.ptr[s + 1])
        people = o.pm[lo:hi]
        free = ~self.full[people]
        if self.day:
            free &= ~self.busy[self.day[s], people]
        if only is not None:
            free &= only
        spots = np.flatnonzero(free)
        order = np.argsort(self.base[lo:hi][spots] + self.next[people[spots]], kind="stable")
        return lo + spots[order]

    def with_block(self, p: int) -> list[int]:
        """The pair, and those who go together with it; empty if one of them cannot."""
        m, s = int(self.o.pm[p]), int(self.o.ps[p])
        if m not in self.blocks:
            return [p]
        pairs = [self.o.find(other, s) for other in self.blocks[m] if other not in self.state.seats[s]]
        return [] if pairs and min(pairs) < 0 else pairs

    def add_block(self, p: int) -> bool:
        """Seat the pair with all who go together with it."""
        pairs = self.with_block(p)
        return bool(pairs) and self.add(pairs)

    def fill(self, s: int, upto: int, only: NDArray[np.bool_] | None = None) -> None:
        """Seat the cheapest until ``upto`` are there."""
        seats = self.state.seats[s]
        before = -1
        while before < len(seats) < upto:  # more than once only where more people let more of a unit come
            before = len(seats)
            for p in self.ranked(s, only).tolist():
                if len(seats) >= upto:
                    return
                pairs = self.with_block(p)
                if pairs and len(seats) + len(pairs) <= self.o.sessions[s].max:
                    self.add(pairs)
            if self.o.rules.unit_share is None:
                return

    def roles(self, s: int) -> None:
        """Seat holders of the skills asked for."""
        o, session, seats = self.o, self.o.sessions[s], self.state.seats[s]
        for skill, count in session.roles:
            have = sum(1 for member in seats if seats[member] == skill)
            for p in self.ranked(s).tolist():
                if have >= count or len(seats) >= session.max:
                    break
                m = int(o.pm[p])
                if skill in o.skills[m] and self.with_block(p) == [p] and self.add([p]):
                    seats[m] = skill
                    have += 1

    def run(self, s: int) -> bool:
        """Fill the mandatory seats; a session that runs or is cancelled and stays short is emptied."""
        session, seats = self.o.sessions[s], self.state.seats[s]
        kept = set(seats)
        self.roles(s)
        self.fill(s, session.min)
        if len(seats) >= session.min or not (session.run_or_cancel or not self.service):
            return True
        for m in [m for m in seats if m not in kept]:
            self.drop(self.state.where[m][s])
        return not kept and self.service

    def joint(self, s: int, used: set[int]) -> bool:
        """Give a joint session the cheapest group that can come as a whole."""
        o = self.o
        must = set(np.flatnonzero(o.fixed[o.ptr[s] : o.ptr[s + 1]]) + o.ptr[s])
        options = [(g, pairs) for g, pairs in o.fitting_groups[s] if g not in used and must <= set(pairs)]
        options = [(g, pairs) for g, pairs in options if self._closed(pairs)]
        if not self.service:
            options = [option for option in options if len(option[1]) >= o.sessions[s].min]
        options.sort(key=lambda option: (-self._roles_held(s, option[1]), self._price(option[1]), option[0]))
        for g, pairs in options:
            if self.add(pairs):
                self.state.groups[s] = g
                used.add(g)
                return True
        return not must and (self.service or o.sessions[s].min == 0)

    def _closed(self, pairs: list[int]) -> bool:
        """Nobody of a group goes together with somebody outside it."""
        people = set(self.o.pm[pairs].tolist())
        return all(people.issuperset(self.blocks.get(member, ())) for member in people)

    def _price(self, pairs: list[int]) -> float:
        return float(self.base[pairs].sum() + self.next[self.o.pm[pairs]].sum())

    def _roles_held(self, s: int, pairs: list[int]) -> int:
        skills = [self.o.skills[int(self.o.pm[p])] for p in pairs]
        return sum(min(n, sum(skill in held for held in skills)) for skill, n in self.o.sessions[s].roles)


def greedy(o: Ordered, guide: Floats | None = None) -> Choice | None:
    """A plan that keeps every rule, or None if this way finds none.

    ``guide`` (0–1 for every pair) is a fractional plan to stay close to.
    """
    g = _Greedy(o, guide)
    joint = [session.joint_speciality is not None for session in o.sessions]
    if o.fixed_out:
        return None
    for p in np.flatnonzero(o.fixed).tolist():
        if not joint[int(o.ps[p])] and int(o.ps[p]) not in g.state.where[int(o.pm[p])] and not g.add_block(p):
            return None
    room = np.diff(o.ptr)
    order = sorted(
        range(len(o.sessions)),
        key=lambda s: (-o.sessions[s].tier_weight, room[s] / max(1, o.sessions[s].min), s),
    )
    used: set[int] = set()
    if not all(g.joint(s, used) for s in order if joint[s]):
        return None
    plain = [s for s in order if not joint[s]]
    if not all(g.run(s) for s in plain):
        return None
    running = [s for s in plain if g.state.seats[s] or not o.sessions[s].run_or_cancel or o.sessions[s].min == 0]
    if g.service:
        for s in running:
            g.fill(s, o.sessions[s].desired)
    _finish(g, running)
    short = [m for m, member in enumerate(o.members) if len(g.state.where[m]) < member.min_services]
    return None if short else g.state.choice()


def _finish(g: _Greedy, running: list[int]) -> None:
    """Beyond the desired number: only where someone is better off for it."""
    for s in running:
        lo, hi = int(g.o.ptr[s]), int(g.o.ptr[s + 1])
        gain = g.base[lo:hi] + g.next[g.o.pm[lo:hi]] < 0
        if gain.any():
            g.fill(s, g.o.sessions[s].max, gain)


def session_bound(o: Ordered) -> int:
    """A true lower bound of ``service``: each session alone, no limit shared between sessions."""
    total = o.keep_constant
    weights = o.weights
    reachable = np.bincount(o.pm, minlength=len(o.members)) > 0
    total += weights.behind * int((o.behind & ~reachable).sum())
    prices = o.wanted + weights.year * o.served[o.pm]
    for s, session in enumerate(o.sessions):
        mine = np.sort(prices[o.ptr[s] : o.ptr[s + 1]])[: session.max]
        best = None
        running = np.concatenate([[0], np.cumsum(mine)])
        for count, price in enumerate(running.tolist()):
            short = max(0, session.min - count) * weights.mandatory
            least = max(count, session.min) if session.run_or_cancel else count
            few = max(0, session.desired - least) * weights.desired
            value = price + session.tier_weight * (short + few)
            best = value if best is None or value < best else best
        held = sum(count for _, count in session.roles) if not len(mine) else 0
        total += int(best or 0) + session.tier_weight * weights.mandatory * held
    return total
