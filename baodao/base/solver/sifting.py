"""The relaxation over few columns and rows first: the cheap pairs, and no row that only a clash would break.

Of a town's eighty thousand pairs a quarter are ever looked at, of its twenty thousand rows of clashes about a hundred matter.
HiGHS holds those; after each solve the columns that would lower the cost and the rows that are broken enter, until there
are none. The answer is that of the whole model: the bound is computed over all its columns (a row that never entered has
price nothing), and with the lottery's costs the best vertex is one and the same.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from baodao.base.solver.engine import Engine, Solved
from baodao.base.solver.model import Model
from baodao.base.solver.problem import Floats, Ints
from baodao.base.solver.rows import Linear, Row

#: From so many seats on it pays.
LARGE = 4000

#: Cheapest seats of a session beyond the desired number, and of each member, that are there from the start.
_SPARE = 1
_OWN = 5

_EPS = 1e-7


def engine_of(model: Model, held: Ints, *, seed: int) -> Engine:
    """The engine for a model: by sifting where it is large. ``held`` are pairs of a known plan, which stays possible."""
    objective = model.o.problem.objective
    if len(model.seat_col) < LARGE or objective not in ("service", "cost") or len(model.used_col):
        return Engine(model.linear, seed=seed)
    late = np.zeros(len(model.linear.row_low), dtype=bool)
    late[model.clash_row : model.clash_row + len(model.clash_keys)] = True
    return Sifting(model.linear, core(model, held), late, seed=seed)


def core(model: Model, held: Ints) -> NDArray[np.bool_]:
    """The columns to begin with: everything but seats, the cheapest seats, those of the plan held, fixed and current ones."""
    o, linear = model.o, model.linear
    found = np.ones(linear.columns, dtype=bool)
    cost, where = linear.cost[model.seat_col], o.ps[model.seat_pair]
    wanted = np.array([session.desired for session in o.sessions])[where] + _SPARE
    role = np.array([skill is not None for skill in model.seat_skill])
    kept = _rank(cost, 2 * where + role) < wanted
    kept |= _rank(cost, o.pm[model.seat_pair]) < _OWN
    needed = o.fixed | o.current
    needed[held] = True
    found[model.seat_col] = kept | needed[model.seat_pair]
    return found


def _rank(cost: Floats, key: Ints) -> Ints:
    """Each entry's place by cost among those of its key."""
    order = np.lexsort((cost, key))
    sorted_keys = key[order]
    found = np.empty(len(key), dtype=np.int64)
    found[order] = np.arange(len(key)) - np.searchsorted(sorted_keys, sorted_keys)
    return found


class Sifting(Engine):
    """An engine that holds a part of the model; columns and rows are numbered as in the whole."""

    def __init__(self, linear: Linear, columns: NDArray[np.bool_], late: NDArray[np.bool_], *, seed: int = 0) -> None:
        keep, rows = np.flatnonzero(columns), np.flatnonzero(~late)
        super().__init__(linear.only_rows(rows).restricted(keep), seed=seed)
        self.linear = linear
        self.column = np.full(linear.columns, -1, dtype=np.int64)
        self.column[keep] = np.arange(len(keep))
        self.row = np.full(len(late), -1, dtype=np.int64)
        self.row[rows] = np.arange(len(rows))
        self.low, self.high = linear.low.copy(), linear.high.copy()
        #: The last solution of the part, which may break rows that have not entered.
        self.latest: Floats | None = None

    def bounds(self, columns: Ints, low: Floats | float, high: Floats | float) -> None:
        """Change bounds of columns, also of those that enter later."""
        columns = np.asarray(columns, dtype=np.int64)
        self.low[columns], self.high[columns] = low, high
        inside = columns[self.column[columns] >= 0]
        super().bounds(self.column[inside], self.low[inside], self.high[inside])

    def add_rows(self, rows: list[Row]) -> None:
        """Add rows to the whole and to the part."""
        if not rows:
            return
        first = len(self.linear.row_low)
        self.linear = self.linear.extended(rows)
        self.added += rows
        self.row = np.concatenate([self.row, np.full(len(rows), -1, dtype=np.int64)])
        self._enter_rows(np.arange(first, first + len(rows)))

    def relax(
        self, seconds: float, *, low: Floats | None = None, high: Floats | None = None, enough: float = 0.0
    ) -> Solved:
        """The relaxation of the whole. With ``enough`` it may end (status ``near``) as soon as no more than that share of
        the bound can still be gained; its solution may then break rows of clashes.
        """
        until = time.monotonic() + seconds
        prices = None
        while True:
            found = self._simplex(until - time.monotonic())
            if found.status == "infeasible":
                if not (self.column < 0).any():
                    return found
                self._enter_columns(np.flatnonzero(self.column < 0))  # what is missing may be what makes it possible
                continue
            if found.x is None or found.duals is None:
                bound = self.dual_bound(prices, low, high) if prices is not None else float("-inf")
                return Solved("stopped", None, prices, bound)
            prices = np.zeros(len(self.row))
            inside = self.row >= 0
            prices[inside] = found.duals[self.row[inside]]
            self.latest = self.linear.low.copy()
            held = self.column >= 0
            self.latest[held] = found.x[self.column[held]]
            entering = np.flatnonzero(~held & (self.linear.reduced(prices, self.linear.cost) < -_EPS))
            broken = np.flatnonzero(~inside & (self.linear.times(self.latest) > self.linear.row_high + _EPS))
            done = not len(entering) and not len(broken)
            if done or enough:
                bound = self.dual_bound(prices, low, high)
                value = float(self.linear.cost @ self.latest) + self.linear.offset
                if done or value - bound <= enough * abs(bound):
                    return Solved("optimal" if done else "near", self.latest, prices, bound)
            self._enter_rows(broken)
            self._enter_columns(entering)

    def _enter_rows(self, rows: Ints) -> None:
        if not len(rows):
            return
        linear, mask = self.linear, np.zeros(len(self.row), dtype=bool)
        mask[rows] = True
        of, columns, values = linear.entries(mask, self.column >= 0)
        starts = np.searchsorted(of, rows).astype(np.int32)
        count = int((self.row >= 0).sum())
        self.highs.addRows(
            len(rows), linear.row_low[rows], linear.row_high[rows], len(of), starts, self.column[columns].astype(np.int32), values
        )
        self.row[rows] = count + np.arange(len(rows))

    def _enter_columns(self, columns: Ints) -> None:
        if not len(columns):
            return
        linear, mask = self.linear, np.zeros(self.linear.columns, dtype=bool)
        mask[columns] = True
        of, index, values = linear.entries(self.row >= 0, mask)
        order = np.argsort(index, kind="stable")
        starts = np.searchsorted(index[order], columns).astype(np.int32)
        count = int((self.column >= 0).sum())
        self.highs.addCols(
            len(columns), linear.cost[columns], self.low[columns], self.high[columns], len(of), starts,
            self.row[of[order]].astype(np.int32), values[order],
        )  # fmt: skip
        self.column[columns] = count + np.arange(len(columns))
