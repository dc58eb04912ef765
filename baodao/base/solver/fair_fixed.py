"""The fair objective where every session's number of people is given (reviewers of a paper, say).

Then the worst average is a limit on sums, so a wanted worst value R only moves the right-hand sides of one
linear model. R is searched by halving in the hot relaxation, which proves that nothing below its R can be had;
from there whole plans are asked for. A pair that would break its session's sum even beside the session's
cheapest people is barred first, which is what makes the relaxation's R so often the true one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from baodao.base.solver.building import build
from baodao.base.solver.engine import Engine, Solved
from baodao.base.solver.levels import Choice
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.problem import Floats, Ints
from baodao.base.solver.rows import Row
from baodao.base.solver.standing import LOTTERY, Climb, Limits


def has_fixed_sizes(o: Ordered) -> bool:
    """Whether this way applies: sessions of given size, no groups, no optional rules."""
    plain = all(s.min == s.max and s.joint_speciality is None for s in o.sessions) and not o.rules.extended
    return plain and any(s.max for s in o.sessions)


class FairFixed:
    """One search; afterwards ``best`` is the plan, ``lowest`` the proved worst average, ``cheapest`` whether its cost is least."""

    def __init__(self, o: Ordered, limits: Limits, start: Choice, worst: Callable[[Ordered, Choice], Fraction]) -> None:
        self.o, self.limits, self.best, self.worst = o, limits, start, worst
        self.rung = "lp"
        self.cheapest = False
        self.size: Ints = np.array([s.max for s in o.sessions], dtype=np.int64)
        self.used = np.flatnonzero(self.size)
        self.alone = self._alone()
        self.lowest = max(
            Fraction(int(np.sort(o.cost[o.ptr[s] : o.ptr[s + 1]])[: self.size[s]].sum()), int(self.size[s]))
            for s in self.used.tolist()
        )
        self.model = build(o)
        self.engine = Engine(self.model.linear, seed=o.seed)
        if limits.cancel is not None:
            self.engine.listen(limits.cancel)
        self.first = len(self.model.linear.row_low)
        self.engine.add_rows(self._rows(self.lowest))
        self.loose = self.engine.linear
        self.out: Ints = np.zeros(0, dtype=np.int64)

    @property
    def proved(self) -> bool:
        """The plan's worst average is the best there is."""
        return self.worst(self.o, self.best) <= self.lowest

    def run(self) -> None:
        """Halve in the relaxation, then ask for whole plans from the proved worst average upwards, in growing steps."""
        self._halve()
        wanted, step = self.lowest, Fraction(1, int(self.size.max()))
        while not self.limits.over:
            high = self.worst(self.o, self.best)
            wanted = min(wanted, high)
            found = self._whole(wanted, final=wanted <= self.lowest)
            if found:
                high = self.worst(self.o, self.best)
                if wanted <= self.lowest:
                    return
                wanted = max(self.lowest, min(self._on_grid((self.lowest + high) / 2), self._before(high)))
            elif found is None:  # neither a plan nor a proof in its share of the time
                if wanted >= high:
                    return
                wanted = self._on_grid((wanted + high) / 2) if self._next(wanted) < high else high
            else:
                self.lowest = max(self.lowest, self._next(wanted))
                wanted, step = self._on_grid(self.lowest + step), step * 4

    def limit(self, ratio: Fraction) -> Ints:
        """The largest sum of every session at a worst average."""
        return np.array([ratio.numerator * int(k) // ratio.denominator for k in self.size], dtype=np.int64)

    def barred(self, ratio: Fraction) -> Ints:
        """Pairs no plan with this worst average can use."""
        return np.flatnonzero(self.alone > self.limit(ratio)[self.o.ps])

    def _alone(self) -> Ints:
        """For every pair the least sum of its session with it."""
        o = self.o
        found = o.cost.copy()
        for s in self.used.tolist():
            lo, hi, k = int(o.ptr[s]), int(o.ptr[s + 1]), int(self.size[s])
            order = np.argsort(o.cost[lo:hi], kind="stable")
            costs = o.cost[lo:hi][order]
            among = costs[:k].sum()
            others = costs[: k - 1].sum()
            least = np.full(hi - lo, among)
            least[order[k:]] = others + costs[k:]
            found[lo:hi] = least
        return found

    def _next(self, ratio: Fraction) -> Fraction:
        """The smallest worst average above this one."""
        sums = self.limit(ratio) + 1
        return min(Fraction(int(sums[s]), int(self.size[s])) for s in self.used.tolist())

    def _on_grid(self, ratio: Fraction) -> Fraction:
        """The largest worst average a plan can have that is not above this one."""
        sums = self.limit(ratio)
        return max(Fraction(int(sums[s]), int(self.size[s])) for s in self.used.tolist())

    def _before(self, ratio: Fraction) -> Fraction:
        """The largest worst average below this one."""
        sums = [-(-ratio.numerator * int(self.size[s]) // ratio.denominator) - 1 for s in self.used.tolist()]
        return max(Fraction(total, int(self.size[s])) for total, s in zip(sums, self.used.tolist(), strict=True))

    def _rows(self, ratio: Fraction) -> list[Row]:
        model = self.model
        where, cost, most = self.o.ps[model.seat_pair], self.o.cost[model.seat_pair], self.limit(ratio)
        order = np.argsort(where, kind="stable")
        edges = np.searchsorted(where[order], np.arange(len(self.size) + 1))
        rows = []
        for s in self.used.tolist():
            mine = order[edges[s] : edges[s + 1]]
            values: Floats = cost[mine].astype(np.float64)
            rows.append(Row(model.seat_col[mine], values, float(np.minimum(values, 0).sum()) - 1, float(most[s])))
        return rows

    def _relax(self, ratio: Fraction) -> Solved:
        """The relaxation in which no session's average is above this."""
        engine, model = self.engine, self.model
        most = self.limit(ratio)[self.used].astype(np.float64)
        for k, value in enumerate(most.tolist()):
            engine.highs.changeRowBounds(self.first + k, float(self.loose.row_low[self.first + k]), value)
        engine.bounds(self.out, self.loose.low[self.out], self.loose.high[self.out])
        self.out = model.seat_col[np.isin(model.seat_pair, self.barred(ratio))]
        engine.bounds(self.out, 0.0, 0.0)
        row_high, high = self.loose.row_high.copy(), self.loose.high.copy()
        row_high[self.first : self.first + len(most)] = most
        high[self.out] = 0.0
        engine.linear = replace(self.loose, row_high=row_high, high=high)
        return engine.relax(self.limits.left)

    def _halve(self) -> None:
        """Raise ``lowest`` to the smallest worst average the relaxation allows."""
        high = self.worst(self.o, self.best)
        ratio = self.lowest
        while self.lowest < high and not self.limits.over:
            status = self._relax(ratio).status
            if status == "stopped":
                return
            if status == "infeasible":
                self.lowest = self._next(ratio)
            else:
                high = ratio
            ratio = max(self.lowest, min((self.lowest + high) / 2, self._before(high)))

    def _whole(self, ratio: Fraction, *, final: bool) -> bool | None:
        """A plan with this worst average, of least cost where it is ``final``: True if there is one, False if there
        is none, None if neither is known."""
        o, limits = self.o, self.limits
        relaxed = self._relax(ratio)
        if relaxed.x is None:
            return False if relaxed.status == "infeasible" else None
        part = Limits(limits.until - limits.left * 2 / 3, limits.rung, limits.cancel, limits.tell)
        c = Climb(o, part, lambda choice: int(o.cost[choice.pairs].sum()), rung=self.rung)
        c.allowed = lambda choice: self.worst(o, choice) <= ratio
        if c.allowed(self.best):
            c.best, c.value = self.best, c.worth(self.best)
        c.raise_bound(relaxed.bound)
        if self.model.whole(relaxed.x):
            c.offer(self.model.choice(relaxed.x), "lp")
        elif not self._columns(c, relaxed, final):
            return False
        if c.best is None:
            return None
        self.best, self.rung, self.cheapest = c.best, c.rung, c.proved
        return True

    def _columns(self, c: Climb, relaxed: Solved, final: bool) -> bool:
        """Whole numbers over the columns of least reduced cost; False if there is no plan over all of them."""
        model, linear = self.model, self.engine.linear
        reduced = linear.reduced(relaxed.duals, linear.cost) if relaxed.duals is not None else np.zeros(linear.columns)
        droppable = np.zeros(linear.columns, dtype=bool)
        droppable[model.seat_col] = linear.low[model.seat_col] == 0
        integer = linear.integer.copy()
        integer[model.seat_col] = True
        threshold, start = 16.0, None
        while not (c.proved or c.limits.over):
            held = np.zeros(linear.columns, dtype=bool) if start is None else start > 0.5
            keep = np.flatnonzero(~droppable | ((reduced <= threshold) & (linear.high > 0)) | held)
            if 2 * len(keep) > linear.columns and c.value is None:
                keep, threshold = np.flatnonzero(~droppable | (linear.high > 0)), math.inf
            engine = Engine(linear.restricted(keep), seed=self.o.seed)
            engine.option("mip_detect_symmetry", False)
            stop = lambda bound: c.limits.over  # noqa: E731
            given = None if start is None else start[keep]
            found = engine.whole(c.limits.left, integer=integer[keep], gap=0.5, start=given, stop=stop)
            if found.x is None:
                if threshold == math.inf:
                    return found.status != "infeasible"
                threshold *= 16
                continue
            start = linear.low.copy()
            start[keep] = found.x
            c.offer(model.choice(start), "mip")
            c.raise_bound(min(found.bound, relaxed.bound + threshold))
            if not final or c.value is None or threshold == math.inf:
                break
            needed = c.value + LOTTERY - relaxed.bound + 1.0
            threshold = needed if needed <= threshold * 100 else threshold * 16
        return True
