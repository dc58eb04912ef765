"""The problem in one order: everything sorted by id, pairs by session then member, as arrays.

The search sees only this form, so the order of rows in a file cannot change a plan. Ties are a
verifiable lottery: every pair has a number drawn from (member, session, seed).
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from baodao.base.solver.problem import Floats, Ints, Problem

#: No limit on services.
ENDLESS = 10**6

_EPOCH = datetime(2000, 1, 3)  # a Monday


def draws(members: list[str], sessions: list[str], pm: Ints, ps: Ints, seed: int) -> Floats:
    """A number in [0, 1) for every pair, from the ids and the seed alone (splitmix64 over SHA-256)."""

    def numbers(ids: list[str]) -> NDArray[np.uint64]:
        found = [int.from_bytes(hashlib.sha256(identity.encode()).digest()[:8], "big") for identity in ids]
        return np.array(found, dtype=np.uint64)

    start = np.uint64(int.from_bytes(hashlib.sha256(str(seed).encode()).digest()[:8], "big"))
    with np.errstate(over="ignore"):
        mixed = numbers(members)[pm] * np.uint64(0x9E3779B97F4A7C15) + numbers(sessions)[ps] + start
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)


class Ordered:
    """Index arrays over the sorted problem. Forbidden pairs are gone; ``p`` below is a pair's index."""

    def __init__(self, problem: Problem, seed: int = 0) -> None:
        self.problem = problem
        self.seed = seed
        self.weights = problem.weights
        self.rules = problem.rules
        by_member = sorted(range(len(problem.members)), key=lambda number: problem.members[number].id)
        by_session = sorted(range(len(problem.sessions)), key=lambda number: problem.sessions[number].id)
        self.members = [problem.members[number] for number in by_member]
        self.sessions = [problem.sessions[number] for number in by_session]
        self.groups = sorted(problem.groups, key=lambda group: group.id)
        self.member_of = {member.id: number for number, member in enumerate(self.members)}
        self.session_of = {session.id: number for number, session in enumerate(self.sessions)}
        self._pairs(problem, by_member, by_session)
        self.served = np.array([member.served for member in self.members], dtype=np.int64)
        self.behind = np.array([member.behind for member in self.members], dtype=bool)
        caps = [ENDLESS if member.max_services is None else member.max_services for member in self.members]
        self.cap: Ints = np.array(caps, dtype=np.int64)
        units = sorted({member.unit for member in self.members if member.unit is not None})
        number_of = {unit: number for number, unit in enumerate(units)}
        self.units = units
        self.unit = [-1 if member.unit is None else number_of[member.unit] for member in self.members]
        self.skills = [frozenset(member.skills) for member in self.members]
        self.apart = [[self.member_of[who] for who in people] for people in self.rules.apart]
        self.together = [sorted(self.member_of[who] for who in people) for people in self.rules.together]

    def _pairs(self, problem: Problem, by_member: list[int], by_session: list[int]) -> None:
        place_m = np.empty(len(by_member), dtype=np.int64)
        place_m[by_member] = np.arange(len(by_member))
        place_s = np.empty(len(by_session), dtype=np.int64)
        place_s[by_session] = np.arange(len(by_session))
        pm, ps = place_m[problem.pair_member], place_s[problem.pair_session]
        keys = ps * len(by_member) + pm
        barred = np.array([self._key(pair) for pair in problem.forbidden], dtype=np.int64)
        keep = np.flatnonzero(~np.isin(keys, barred)) if len(barred) else np.arange(len(keys))
        rows = keep[np.argsort(keys[keep], kind="stable")]
        self.pm: Ints = pm[rows]
        self.ps: Ints = ps[rows]
        self.keys: Ints = keys[rows]
        self.cost: Ints = problem.pair_cost[rows]
        self.hours: Floats = problem.hours[rows]
        self.ptr: Ints = np.searchsorted(self.ps, np.arange(len(by_session) + 1))
        self.current = self._flags(problem.current)
        self.fixed = self._flags(problem.fixed)
        self.fixed_out = [pair for pair in problem.fixed if self.find_ids(pair) < 0]
        ids = [member.id for member in self.members], [session.id for session in self.sessions]
        self.draw: Floats = draws(*ids, self.pm, self.ps, self.seed)

    def _key(self, pair: tuple[str, str]) -> int:
        return self.session_of[pair[1]] * len(self.members) + self.member_of[pair[0]]

    def _flags(self, pairs: tuple[tuple[str, str], ...]) -> NDArray[np.bool_]:
        return np.isin(self.keys, np.array([self._key(pair) for pair in pairs], dtype=np.int64))

    def find(self, member: int, session: int) -> int:
        """The pair's index, or -1 if it is not eligible (or forbidden)."""
        key = session * len(self.members) + member
        spot = int(np.searchsorted(self.keys, key))
        return spot if spot < len(self.keys) and int(self.keys[spot]) == key else -1

    def find_ids(self, pair: tuple[str, str]) -> int:
        """The same by ids."""
        return self.find(self.member_of[pair[0]], self.session_of[pair[1]])

    @cached_property
    def wanted(self) -> Ints:
        """Cost of a pair with the keep bonus taken off (the constant is ``keep_constant``)."""
        return self.cost - self.weights.change * self.current.astype(np.int64)

    @property
    def keep_constant(self) -> int:
        """What is paid if no current pair is kept."""
        return self.weights.change * len(self.problem.current)

    @cached_property
    def day(self) -> list[int]:
        """Day number of each session's start (a Monday is divisible by 7); -1 without times."""
        return [-1 if s.start is None else (s.start - _EPOCH).days for s in self.sessions]

    @cached_property
    def span(self) -> list[tuple[float, float]]:
        """Start and end in minutes; an instant if there is no end."""
        found = []
        for session in self.sessions:
            if session.start is None:
                found.append((0.0, 0.0))
                continue
            start = (session.start - _EPOCH) / timedelta(minutes=1)
            end = start if session.end is None else (session.end - _EPOCH) / timedelta(minutes=1)
            found.append((start, end))
        return found

    @cached_property
    def weekend(self) -> list[int]:
        """Number of the weekend a session lies on, or -1."""
        return [day // 7 if day >= 0 and day % 7 >= 5 else -1 for day in self.day]

    @cached_property
    def member_pairs(self) -> list[Ints]:
        """Pair indices of each member, in session order."""
        order = np.argsort(self.pm, kind="stable")
        edges = np.searchsorted(self.pm[order], np.arange(len(self.members) + 1))
        return [order[edges[m] : edges[m + 1]] for m in range(len(self.members))]

    @cached_property
    def fitting_groups(self) -> list[list[tuple[int, list[int]]]]:
        """For each session the groups that may serve it, with the pairs of all their members."""
        found: list[list[tuple[int, list[int]]]] = []
        for s, session in enumerate(self.sessions):
            fitting: list[tuple[int, list[int]]] = []
            for g, group in enumerate(self.groups):
                if group.speciality != session.joint_speciality or len(group.members) > session.max:
                    continue
                if session.run_or_cancel and len(group.members) < session.min:
                    continue
                pairs = [self.find(self.member_of[who], s) for who in sorted(group.members)]
                if min(pairs) >= 0:
                    fitting.append((g, pairs))
            found.append(fitting)
        return found

    def clashes(self, one: int, other: int) -> bool:
        """Whether one member cannot serve both sessions (H2)."""
        if self.rules.clash == "none" or one == other:
            return False
        if self.rules.clash == "day":
            return self.day[one] == self.day[other]
        (start, end), (later, until) = self.span[one], self.span[other]
        travel = self.rules.travel_minutes
        return start == later or (start < until + travel and later < end + travel)
