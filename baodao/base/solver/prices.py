"""What it costs to force or forbid a pair: the hot relaxation solved once more with the pair bounded.

Groups and cancelled sessions stay as the plan has them (the session asked about may be opened), so a
price is the difference between two whole plans and carries the chain of people who would move.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baodao.base.solver.building import build
from baodao.base.solver.engine import Engine
from baodao.base.solver.levels import Choice, levels_of, objective_of
from baodao.base.solver.model import Model
from baodao.base.solver.plan import Levels, Number, Plan
from baodao.base.solver.problem import Floats, Problem
from baodao.base.solver.standing_plan import Laid


@dataclass(frozen=True)
class Move:
    """A person leaves a session (``to`` empty), comes to one (``origin`` empty) or goes from one to another."""

    member: str
    origin: str
    to: str


@dataclass(frozen=True)
class Price:
    """Differences in the four levels and the objective against the plan; ``possible`` False: no plan has it.

    ``exact`` is False where the relaxation came out fractional: then the price is at least ``objective``.
    """

    possible: bool
    exact: bool
    levels: Levels
    objective: Number
    chain: tuple[Move, ...] = ()


class Prices:
    """Prices around one plan of the ``service`` or ``cost`` objective."""

    def __init__(self, problem: Problem, plan: Plan, *, seconds: float = 30.0) -> None:
        self.laid = Laid(problem, plan)
        self.o = self.laid.o
        self.seconds = seconds
        self.model: Model = build(self.o)
        self.engine = Engine(self.model.linear, seed=plan.seed)
        self.base = self.laid.choice()
        self.levels = levels_of(self.o, self.base)
        self.objective = objective_of(self.o, self.base, self.levels)
        self._hold()
        self.engine.relax(seconds)

    def _hold(self) -> None:
        taken = set(self.base.groups)
        running = {int(s) for s in self.o.ps[self.base.pairs]}
        wish = {column: float((g, s) in taken) for column, g, s, _ in self.model.group_col}
        wish |= {column: float(s in running) for s, column in self.model.run_col.items()}
        if wish:
            columns = sorted(wish)
            values = np.array([wish[column] for column in columns])
            self.engine.bounds(columns, values, values)

    def force(self, member: str, session: str) -> Price:
        """The price of having the pair in the plan."""
        p = self.o.find_ids((member, session))
        if p < 0:
            return Price(False, True, Levels(), 0)
        columns = self.model.e_col[self.model.e_pair == p]
        opened = self.model.run_col.get(int(self.o.ps[p]))
        prices = [self._with([int(column)], 1.0, opened) for column in columns]
        possible = [price for price in prices if price.possible]
        return min(possible, key=lambda price: price.objective) if possible else Price(False, True, Levels(), 0)

    def forbid(self, member: str, session: str) -> Price:
        """The price of keeping the pair out of the plan."""
        p = self.o.find_ids((member, session))
        if p < 0:
            return Price(True, True, Levels(), 0)
        columns = self.model.e_col[self.model.e_pair == p]
        opened = self.model.run_col.get(int(self.o.ps[p]))
        return self._with([int(column) for column in columns], 0.0, opened)

    def _with(self, columns: list[int], value: float, opened: int | None) -> Price:
        linear = self.model.linear
        was = np.array([float(self._held(column)) for column in columns])
        self.engine.bounds(columns, value, value)
        if opened is not None:
            self.engine.bounds([opened], 0.0, 1.0)
        found = self.engine.relax(self.seconds)
        price = Price(False, True, Levels(), 0)
        if found.x is not None:
            price = self._between(found.x, found.bound)
        marked = [column for column in columns if linear.integer[column]]
        self.engine.bounds(columns, linear.low[columns], linear.high[columns])
        if marked:
            self.engine.bounds(marked, was[: len(marked)], was[: len(marked)])
        if opened is not None:
            session = next(s for s, column in self.model.run_col.items() if column == opened)
            stands = float(bool(self.laid.state.seats[session]))
            self.engine.bounds([opened], stands, stands)
        return price

    def _held(self, column: int) -> bool:
        return any(column == c and (g, s) in self.base.groups for c, g, s, _ in self.model.group_col)

    def _between(self, x: Floats, bound: float) -> Price:
        if not self.model.whole(x):
            at_least = max(0, int(np.ceil(bound - 0.49 - 1e-6)) - int(self.objective))
            return Price(True, False, Levels(), at_least)
        choice = self.model.choice(x)
        levels = levels_of(self.o, choice)
        names = ("mandatory", "behind", "desired", "fit")
        change = Levels(*(getattr(levels, name) - getattr(self.levels, name) for name in names))
        objective = objective_of(self.o, choice, levels) - self.objective
        return Price(True, True, change, objective, chain_between(self.laid, self.base, choice))


def chain_between(laid: Laid, before: Choice, after: Choice) -> tuple[Move, ...]:
    """Who moves from one plan to the other, each person's leaving and coming as one move where they pair up."""
    o = laid.o
    gone, come = set(before.roles) - set(after.roles), set(after.roles) - set(before.roles)
    leaving: dict[int, list[int]] = {}
    coming: dict[int, list[int]] = {}
    for pairs, table in ((gone, leaving), (come, coming)):
        for p in sorted(pairs):
            table.setdefault(int(o.pm[p]), []).append(int(o.ps[p]))
    moves = []
    for m in sorted(set(leaving) | set(coming)):
        origins, goals = leaving.get(m, []), coming.get(m, [])
        for number in range(max(len(origins), len(goals))):
            origin = o.sessions[origins[number]].id if number < len(origins) else ""
            goal = o.sessions[goals[number]].id if number < len(goals) else ""
            moves.append(Move(o.members[m].id, origin, goal))
    return _in_order(moves)


def _in_order(moves: list[Move]) -> tuple[Move, ...]:
    """Follow the chain: whoever fills the place that was left comes next."""
    rest = sorted(moves, key=lambda move: (move.origin != "", move.member, move.to))
    chain: list[Move] = []
    while rest:
        last = chain[-1] if chain else None
        following = next((move for move in rest if last and last.origin and move.to == last.origin), None)
        following = following or next((move for move in rest if last and last.to and move.origin == last.to), None)
        taken = following or rest[0]
        rest.remove(taken)
        chain.append(taken)
    return tuple(chain)


