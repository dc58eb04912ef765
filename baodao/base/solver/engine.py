"""HiGHS behind four verbs: load, solve the relaxation, solve with integers, bound by duals.

The bound of a relaxation is recomputed here from its duals by plain arithmetic, so it is true
whatever the solver's tolerances were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from baodao.base.solver.problem import Floats
from baodao.base.solver.rows import Linear, Row

#: Every column is bounded, so "unbounded or infeasible" means the latter.
_IMPOSSIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


@dataclass
class Solved:
    """``status`` is ``optimal``, ``infeasible`` or ``stopped``; ``x`` is None if there is no solution."""

    status: str
    x: Floats | None
    duals: Floats | None
    bound: float
    nodes: int = 0


class _Silent(highspy.Highs):
    """HiGHS without its banner, which the first instance would print when callbacks are enabled."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Engine:
    """One model in one HiGHS instance; bounds may be changed and it solves again from where it stood."""

    def __init__(self, linear: Linear, *, seed: int = 0, threads: int = 1) -> None:
        self.linear = linear
        self.added: list[Row] = []
        self.highs: Any = _Silent()  # type: ignore[no-untyped-call]
        self.highs.setOptionValue("random_seed", seed % 2_147_483_647)
        self.highs.setOptionValue("threads", threads)
        lp = highspy.HighsLp()
        lp.num_col_ = linear.columns
        lp.num_row_ = len(linear.row_low)
        lp.col_cost_ = linear.cost
        lp.col_lower_ = linear.low
        lp.col_upper_ = linear.high
        lp.row_lower_ = linear.row_low
        lp.row_upper_ = linear.row_high
        lp.offset_ = linear.offset
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = linear.start.astype(np.int32)
        lp.a_matrix_.index_ = linear.index.astype(np.int32)
        lp.a_matrix_.value_ = linear.value
        self.highs.passModel(lp)

    def bounds(self, columns: Any, low: Any, high: Any) -> None:
        """Change bounds of columns in HiGHS; the model here keeps its own, so dual bounds stay those of the whole."""
        count = len(columns)
        self.highs.changeColsBounds(
            count,
            np.asarray(columns, dtype=np.int32),
            np.broadcast_to(np.asarray(low, dtype=np.float64), (count,)).copy(),
            np.broadcast_to(np.asarray(high, dtype=np.float64), (count,)).copy(),
        )

    def add_rows(self, rows: list[Row]) -> None:
        """Add rows; the next solve goes on from where this one stood."""
        if not rows:
            return
        self.linear = self.linear.extended(rows)
        self.added += rows
        self.highs.addRows(
            len(rows),
            np.array([row.low for row in rows]),
            np.array([row.high for row in rows]),
            sum(len(row.columns) for row in rows),
            np.concatenate([[0], np.cumsum([len(row.columns) for row in rows])[:-1]]).astype(np.int32),
            np.concatenate([row.columns for row in rows]).astype(np.int32),
            np.concatenate([row.values for row in rows]),
        )

    def link_prices(self, duals: Floats) -> dict[int, float]:
        """What the rows that link a pair to its run cost the pair, where it is not nothing."""
        own = duals[len(self.linear.row_low) - len(self.added) :].tolist()
        return {row.pair: -y for row, y in zip(self.added, own, strict=False) if row.pair >= 0 and y < 0}

    def listen(self, cancel: Callable[[], bool]) -> None:
        """Ask ``cancel`` every few hundred steps of the simplex; True stops it."""
        count = 0

        def heard(event: Any) -> None:
            nonlocal count
            count += 1
            if count % 256 == 0 and cancel():
                event.interrupt()

        self.highs.cbSimplexInterrupt.subscribe(heard)

    def option(self, name: str, value: object) -> None:
        """Set an option of HiGHS."""
        self.highs.setOptionValue(name, value)

    def relax(self, seconds: float, *, low: Floats | None = None, high: Floats | None = None) -> Solved:
        """Solve the linear relaxation; its bound is recomputed from the duals.

        ``low`` and ``high`` are the bounds of columns for which the bound is to hold (the model's own by default).
        """
        found = self._simplex(seconds)
        if found.duals is not None:
            found.bound = self.dual_bound(found.duals, low, high)
        return found

    def _simplex(self, seconds: float) -> Solved:
        """What HiGHS holds, solved by the dual simplex; without a bound."""
        self.option("time_limit", max(0.01, seconds) + self.highs.getRunTime())
        self.option("solver", "simplex")
        self.option("presolve", "off")  # the rows are lean, and the lottery already breaks the ties
        self.option("dual_simplex_cost_perturbation_multiplier", 0.0)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status in _IMPOSSIBLE:
            return Solved("infeasible", None, None, float("inf"))
        solution = self.highs.getSolution()
        duals = np.array(solution.row_dual) if solution.dual_valid else None
        done = status == highspy.HighsModelStatus.kOptimal
        x = np.array(solution.col_value) if solution.value_valid else None
        return Solved("optimal" if done else "stopped", x if done else None, duals, float("-inf"))

    def dual_bound(self, duals: Floats, low: Floats | None = None, high: Floats | None = None) -> float:
        """A lower bound of the model from any row prices (Lagrange): true by arithmetic alone."""
        model = self.linear
        up = np.where(np.isfinite(model.row_low), duals, np.minimum(duals, 0.0))
        y = np.where(np.isfinite(model.row_high), up, np.maximum(up, 0.0))
        floor = np.where(np.isfinite(model.row_low), model.row_low, 0.0)
        roof = np.where(np.isfinite(model.row_high), model.row_high, 0.0)
        reduced = model.reduced(y, model.cost)
        rows = np.where(y > 0, y * floor, y * roof).sum()
        low = model.low if low is None else low
        high = model.high if high is None else high
        return float(rows + np.where(reduced > 0, reduced * low, reduced * high).sum() + model.offset)

    def whole(
        self,
        seconds: float,
        *,
        integer: Any,
        gap: float,
        start: Floats | None = None,
        stop: Callable[[float], bool] | None = None,
        nodes: int | None = None,
    ) -> Solved:
        """Solve with the marked columns whole; end when bound and plan are closer than ``gap``.

        ``start`` is a complete solution. A partial one is never given: HiGHS would complete it by a solve of its
        own whose bounds are not those of the model. ``stop`` is asked now and then, with the bound so far;
        ``nodes`` ends it after so many nodes.
        """
        highs = self.highs
        highs.clearSolver()
        columns = np.flatnonzero(integer).astype(np.int32)
        kinds = np.full(len(columns), highspy.HighsVarType.kInteger)
        highs.changeColsIntegrality(len(columns), columns, kinds)
        self.option("solver", "choose")
        self.option("presolve", "choose")
        self.option("dual_simplex_cost_perturbation_multiplier", 1.0)
        self.option("mip_abs_gap", gap)
        self.option("mip_rel_gap", 0.0)
        self.option("time_limit", max(0.01, seconds) + highs.getRunTime())
        if nodes is not None:
            self.option("mip_max_nodes", nodes)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.tolist()
            highs.setSolution(solution)
        if stop is not None:
            _listen(highs, stop)
        highs.run()
        status = highs.getModelStatus()
        info = highs.getInfo()
        if status in _IMPOSSIBLE:
            return Solved("infeasible", None, None, float("inf"))
        found = highs.getSolution()
        x = np.array(found.col_value) if found.value_valid and info.primal_solution_status == 2 else None
        done = status == highspy.HighsModelStatus.kOptimal
        bound = float(info.mip_dual_bound)
        if not done and x is None and bound > 1e20:
            bound = float("-inf")
        return Solved("optimal" if done else "stopped", x, None, bound, max(0, int(info.mip_node_count)))


def _listen(highs: Any, stop: Callable[[float], bool]) -> None:
    def heard(event: Any) -> None:
        if stop(float(event.data_out.mip_dual_bound)):
            event.interrupt()

    highs.cbMipInterrupt.subscribe(heard)
