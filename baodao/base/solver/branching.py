"""Branching by hand on runs and groups, in the hot relaxation: a node costs a few hundredths of a second.

Most months need a handful of nodes. A node whose runs and groups are whole and whose seats are not is
handed to the integer solver over the few columns that matter there.
"""

from __future__ import annotations

import heapq
import math

import numpy as np

from baodao.base.solver.cuts import broken_rows, loose_links
from baodao.base.solver.engine import Engine, Solved
from baodao.base.solver.model import Model
from baodao.base.solver.problem import Floats
from baodao.base.solver.standing import Climb
from baodao.base.solver.whole import Whole, take

#: Nodes before the integer solver takes over.
MOST_NODES = 40

Fixings = dict[int, float]


def relaxed_with_cuts(
    c: Climb, model: Model, engine: Engine, low: Floats | None = None, high: Floats | None = None
) -> Solved:
    """The relaxation, solved again with the rows it breaks."""
    best = float("-inf")
    while True:
        relaxed = engine.relax(c.limits.left, low=low, high=high)
        if relaxed.status == "stopped" and relaxed.bound < best:  # a round's bound holds, also if time ends the next one
            return Solved("stopped", None, None, best)
        best = max(best, relaxed.bound)
        if relaxed.x is None or c.limits.over:
            return relaxed
        links = loose_links(model, relaxed.x)
        rows = broken_rows(model, relaxed.x) if c.o.rules.extended else []
        if not rows and not links:
            return relaxed
        c.links += links
        c.cuts += rows
        engine.add_rows(links + rows)


class Branching:
    """Best bound first over the marked columns."""

    def __init__(self, c: Climb, model: Model, engine: Engine, root: Solved) -> None:
        self.c, self.model, self.engine, self.root = c, model, engine, root
        self.marked = np.flatnonzero(model.linear.integer)
        self.open: list[tuple[float, int, Fixings, int]] = []
        self.closed = math.inf
        self.changed: list[int] = []
        self.count = 0
        self.start: Floats | None = None

    def run(self) -> float:
        """A bound of the whole (with its lottery); the best plans found are offered on the way."""
        c = self.c
        self._file(self.root, {})
        while self.open:
            bound, _, fixings, column = self.open[0]
            if c.beaten(bound) or c.limits.over or self.count >= MOST_NODES:
                break
            heapq.heappop(self.open)
            for value in (1.0, 0.0):
                self._visit({**fixings, column: value})
            c.raise_bound(self._lowest())
            c.tell("mip")
        self._restore()
        return self._lowest()

    def _lowest(self) -> float:
        return min(self.closed, self.open[0][0] if self.open else math.inf)

    def _restore(self) -> None:
        linear = self.model.linear
        if self.changed:
            self.engine.bounds(self.changed, linear.low[self.changed], linear.high[self.changed])
        self.changed = []

    def _visit(self, fixings: Fixings) -> None:
        """Solve the relaxation of a node."""
        self.count += 1
        self.c.limits.visited += 1
        self._restore()
        columns = sorted(fixings)
        values = np.array([fixings[column] for column in columns])
        self.engine.bounds(columns, values, values)
        self.changed = columns
        low, high = self.model.linear.low.copy(), self.model.linear.high.copy()
        low[columns] = high[columns] = values
        found = relaxed_with_cuts(self.c, self.model, self.engine, low, high)
        if found.status == "infeasible":
            return
        if found.x is None:
            self.closed = min(self.closed, max(found.bound, self.root.bound))
            return
        self._file(found, fixings)

    def _file(self, found: Solved, fixings: Fixings) -> None:
        """Put a solved node where it belongs: beaten, whole, a leaf, or open."""
        c, model, x = self.c, self.model, found.x
        if x is None or c.beaten(found.bound):
            self.closed = min(self.closed, found.bound)
            return
        values = x[self.marked]
        away = np.abs(values - np.round(values))
        if away.max(initial=0.0) > 1e-6:
            weight = away * (1.0 + np.abs(model.linear.cost[self.marked]))
            column = int(self.marked[int(np.argmax(weight))])
            heapq.heappush(self.open, (found.bound, self.count, fixings, column))
        elif model.whole(x) and take(c, model, x, "mip"):
            self.closed = min(self.closed, found.bound)
            if self.start is None or model.linear.cost @ x < model.linear.cost @ self.start:
                self.start = x
        else:
            self.closed = min(self.closed, self._leaf(found, fixings))

    def _leaf(self, found: Solved, fixings: Fixings) -> float:
        """Seats are fractional: whole numbers over few columns of this node."""
        linear = self.engine.linear
        low, high = linear.low.copy(), linear.high.copy()
        for column, value in fixings.items():
            low[column] = high[column] = value
        node = linear.with_bounds(low, high)
        return Whole(self.c, self.model, node, found).solve()
