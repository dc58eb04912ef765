"""The last rung: whole numbers over the few columns that can matter, with a bound that stays true."""

from __future__ import annotations

import math

import numpy as np

from baodao.base.solver.cuts import broken_rows
from baodao.base.solver.engine import Engine, Solved
from baodao.base.solver.greedy import greedy
from baodao.base.solver.levels import Choice
from baodao.base.solver.model import Model
from baodao.base.solver.problem import Floats, Ints
from baodao.base.solver.rows import Linear
from baodao.base.solver.standing import LOTTERY, Climb


class Whole:
    """Integers over few columns: those whose reduced cost lies under a threshold.

    A plan that uses any other column costs at least the relaxation plus the threshold, so the bound is
    the smaller of that and of the small model's own; the threshold rises until the plan is proved.
    """

    def __init__(self, c: Climb, model: Model, linear: Linear, relaxed: Solved) -> None:
        self.c, self.model, self.linear, self.relaxed = c, model, linear, relaxed
        duals = np.zeros(len(linear.row_low))  # rows that came after the relaxation are priced at nothing
        if relaxed.duals is not None:
            duals[: len(relaxed.duals)] = relaxed.duals
        self.reduced = linear.reduced(duals, linear.cost)
        self.fixable = np.full(linear.columns, c.extra is None)
        self.fixable[model.seat_col] = True
        self.fixable[[column for column, _, _, _ in model.group_col]] = True
        self.fresh = False
        self.possible = True

    def solve(self, start: Floats | None = None) -> float:
        """Raise the threshold until the plan is proved; the bound of this model (with its lottery)."""
        c, bound = self.c, self.relaxed.bound
        threshold = 2.0
        only_marked = self.model.network
        while not c.limits.over:
            if c.value is not None:
                threshold = min(threshold, c.value + LOTTERY - self.relaxed.bound + 1.0)
            narrow = self._narrow(threshold, start)
            keep = np.flatnonzero(narrow.low < narrow.high)
            full = narrow is self.linear
            found = self._small(narrow, keep, only_marked, start, math.inf if full else self.relaxed.bound + threshold)
            if found.status == "infeasible" and full:
                self.possible = False
                return math.inf
            bound = max(bound, min(found.bound, math.inf if full else self.relaxed.bound + threshold))
            if found.x is not None:
                x = narrow.low.copy()
                x[keep] = found.x
                if not self.model.whole(x):
                    only_marked = False
                    continue
                known = len(self.linear.row_low)
                start = self._offer(x, start)
                if len(self.linear.row_low) > known:
                    continue
            if c.beaten(bound) or (full and found.status == "optimal") or self.fresh:
                break
            beyond = c.value + LOTTERY - self.relaxed.bound + 1.0 if c.value is not None else 0.0
            wider = max(2 * threshold, min(64 * threshold, 2 * (found.bound - self.relaxed.bound)))
            threshold = beyond if threshold < beyond <= threshold * 100 else wider
        return bound

    def _narrow(self, threshold: float, start: Floats | None) -> Linear:
        """The model with columns held at a bound that cost more than the threshold to move; the start stays possible."""
        linear = self.linear
        down = self.fixable & (self.reduced > threshold) & (linear.low < linear.high)
        up = self.fixable & (self.reduced < -threshold) & (linear.low < linear.high)
        if start is not None:
            down &= start < linear.low + 0.5
            up &= start > linear.high - 0.5
        if not down.any() and not up.any():
            return linear
        return linear.with_bounds(np.where(up, linear.high, linear.low), np.where(down, linear.low, linear.high))

    def _offer(self, x: Floats, start: Floats | None) -> Floats | None:
        """Take the plan if it keeps the optional rules, else remember the rows it breaks for another round."""
        rows = broken_rows(self.model, x) if self.c.o.rules.extended else []
        if rows:
            self.linear = self.linear.extended(rows)
        self.fresh = not take(self.c, self.model, x, "mip") and not rows
        return start if rows or self.fresh else x

    def _small(self, narrow: Linear, keep: Ints, only_marked: bool, start: Floats | None, roof: float) -> Solved:
        """Solve over these columns; a bound above ``roof`` proves no more than ``roof``, so it ends there."""
        model = self.model
        integer = model.linear.integer.copy()
        if not only_marked:
            integer[model.seat_col] = True
            integer[[column for column, _, _ in model.label_col]] = True
        engine = Engine(narrow.restricted(keep), seed=self.c.o.seed)
        engine.option("mip_detect_symmetry", False)
        engine.option("mip_heuristic_run_root_reduced_cost", False)  # what the threshold above already does
        held = None if start is None else start[keep]
        stop = lambda bound: bound > roof + 1.0 or self.c.limits.over  # noqa: E731
        limits = self.c.limits
        found = engine.whole(
            limits.left, integer=integer[keep], gap=0.5, start=held, stop=stop, nodes=limits.nodes_left
        )
        limits.visited += found.nodes
        return found


def take(c: Climb, model: Model, x: Floats, rung: str) -> bool:
    """Offer a whole solution; False if it breaks optional rules, whose rows are then remembered."""
    rows = broken_rows(model, x) if c.o.rules.extended else []
    before = c.shares
    if not rows:
        c.offer(model.choice(x), rung)
    if rows or c.shares != before:
        c.cuts += rows
        c.news += 1
        c.offer(near(c, model, x), rung)
        return False
    return True


def near(c: Climb, model: Model, x: Floats) -> Choice | None:
    """A plan that keeps every rule, close to a fractional or forbidden one."""
    guide = np.bincount(model.e_pair, weights=x[model.e_col], minlength=len(c.o.pm)).astype(np.float64)
    return greedy(c.o, guide)
