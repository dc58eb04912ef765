"""A sparse linear model put together in blocks: columns with costs and bounds, rows with limits.

Blocks are numpy arrays, so a town's eighty thousand pairs cost milliseconds. Every column has
finite bounds, which is what makes a bound computable from any duals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from baodao.base.solver.problem import Floats, Ints

ENDLESS = float("inf")


@dataclass(frozen=True, eq=False)
class Row:
    """One row to be added: low ≤ Σ values·x[columns] ≤ high; no column twice. ``pair`` is the one it links to its run, or -1."""

    columns: Ints
    values: Floats
    low: float
    high: float
    pair: int = -1


@dataclass
class Linear:
    """minimise cost·x + offset, row_low ≤ A x ≤ row_high, low ≤ x ≤ high, x integer where marked."""

    cost: Floats
    low: Floats
    high: Floats
    integer: NDArray[np.bool_]
    row_low: Floats
    row_high: Floats
    start: Ints
    index: Ints
    value: Floats
    offset: float = 0.0

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.cost)

    @cached_property
    def of(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.row_low)), np.diff(self.start))

    def times(self, x: Floats) -> Floats:
        """A x."""
        return np.bincount(self.of, weights=self.value * x[self.index], minlength=len(self.row_low)).astype(np.float64)

    def reduced(self, duals: Floats, cost: Floats) -> Floats:
        """cost − Aᵀ duals."""
        return cost - np.bincount(self.index, weights=self.value * duals[self.of], minlength=self.columns)

    def entries(self, rows: NDArray[np.bool_], columns: NDArray[np.bool_]) -> tuple[Ints, Ints, Floats]:
        """Row, column and value of the entries in these rows and columns, by row."""
        kept = rows[self.of] & columns[self.index]
        return self.of[kept], self.index[kept], self.value[kept]

    def only_rows(self, keep: Ints) -> Linear:
        """The model without the other rows."""
        mask = np.zeros(len(self.row_low), dtype=bool)
        mask[keep] = True
        _, index, value = self.entries(mask, np.ones(self.columns, dtype=bool))
        start = np.concatenate([[0], np.cumsum(np.diff(self.start)[keep])])
        return replace(self, row_low=self.row_low[keep], row_high=self.row_high[keep], start=start, index=index, value=value)

    def restricted(self, keep: Ints) -> Linear:
        """The model with only these columns, the others standing at their lower bounds."""
        number = np.full(self.columns, -1, dtype=np.int64)
        number[keep] = np.arange(len(keep))
        kept = number[self.index] >= 0
        still = self.low.copy()
        still[keep] = 0.0
        moved = self.times(still)
        return Linear(
            self.cost[keep],
            self.low[keep],
            self.high[keep],
            self.integer[keep],
            self.row_low - moved,
            self.row_high - moved,
            np.searchsorted(self.of[kept], np.arange(len(self.row_low) + 1)),
            number[self.index[kept]],
            self.value[kept],
            self.offset + float(self.cost @ still),
        )

    def with_bounds(self, low: Floats, high: Floats) -> Linear:
        """The model with other bounds of columns."""
        return replace(self, low=low, high=high)

    def extended(self, rows: list[Row]) -> Linear:
        """The model with rows added."""
        sizes = np.array([len(row.columns) for row in rows], dtype=np.int64)
        return replace(
            self,
            row_low=np.concatenate([self.row_low, [row.low for row in rows]]),
            row_high=np.concatenate([self.row_high, [row.high for row in rows]]),
            start=np.concatenate([self.start, self.start[-1] + np.cumsum(sizes)]),
            index=np.concatenate([self.index, *(row.columns for row in rows)]).astype(np.int64),
            value=np.concatenate([self.value, *(row.values for row in rows)]),
        )


def _wide(value: ArrayLike, count: int, kind: Any) -> Any:
    """So many values: an array of them, or one value for all."""
    if isinstance(value, float | int | bool):
        return np.full(count, value, dtype=kind)
    found = np.asarray(value, dtype=kind)
    if found.ndim == 1 and len(found) == count:
        return found.copy()
    return np.full(count, found.reshape(-1)[0], dtype=kind) if found.size == 1 else np.broadcast_to(found, (count,)).copy()


class Builder:
    """Collects blocks; ``linear`` sorts them into row order."""

    def __init__(self) -> None:
        self._columns: list[tuple[Floats, Floats, Floats, NDArray[np.bool_]]] = []
        self._rows: list[tuple[Floats, Floats]] = []
        self._entries: list[tuple[Ints, Ints, Floats]] = []
        self.columns = 0
        self.rows = 0
        self.offset = 0.0

    def add_columns(self, cost: ArrayLike, low: ArrayLike = 0.0, high: ArrayLike = 1.0, integer: ArrayLike = False) -> Ints:
        """A block of columns; their numbers."""
        costs = np.atleast_1d(np.asarray(cost, dtype=np.float64))
        count = len(costs)

        rest = _wide(low, count, np.float64), _wide(high, count, np.float64), _wide(integer, count, np.bool_)
        self._columns.append((costs, *rest))
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def add_rows(self, low: ArrayLike, high: ArrayLike, count: int) -> Ints:
        """A block of empty rows; their numbers."""
        self._rows.append((_wide(low, count, np.float64), _wide(high, count, np.float64)))
        self.rows += count
        return np.arange(self.rows - count, self.rows)

    def put(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike = 1.0) -> None:
        """Entries of the matrix."""
        row = np.atleast_1d(np.asarray(rows, dtype=np.int64))
        column = np.atleast_1d(np.asarray(columns, dtype=np.int64))
        count = max(len(row), len(column)) if len(row) and len(column) else 0
        if not count:
            return
        kinds = (row, np.int64), (column, np.int64), (values, np.float64)
        self._entries.append(tuple(_wide(value, count, kind) for value, kind in kinds))

    def grouped(self, keys: Ints, columns: Ints, low: float, high: float, *, least: int = 1, values: ArrayLike = 1.0) -> Ints:
        """One row for every key held by at least ``least`` entries; the kept keys, in row order."""
        if not len(keys):
            return np.zeros(0, dtype=np.int64)
        kinds, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        kept = counts >= least
        number = np.cumsum(kept) - 1
        rows = self.add_rows(low, high, int(kept.sum()))
        mine = kept[inverse]
        amounts = np.broadcast_to(np.asarray(values, dtype=np.float64), keys.shape)
        if mine.any():
            self.put(rows[number[inverse[mine]]], columns[mine], amounts[mine])
        return kinds[kept]

    def linear(self) -> Linear:
        """The model, entries in row order."""
        empty = np.zeros(0)
        cost, low, high, integer = (
            (np.concatenate(part) if self._columns else empty) for part in zip(*self._columns, strict=True)
        )
        row_low = np.concatenate([part[0] for part in self._rows]) if self._rows else empty
        row_high = np.concatenate([part[1] for part in self._rows]) if self._rows else empty
        if self._entries:
            row, column, value = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        else:
            row = column = np.zeros(0, dtype=np.int64)
            value = empty
        order = np.lexsort((column, row))
        row, column, value = row[order], column[order], value[order]
        if len(row):  # entries at one place are added up
            first = np.flatnonzero(np.concatenate([[True], (np.diff(row) != 0) | (np.diff(column) != 0)]))
            row, column, value = row[first], column[first], np.add.reduceat(value, first)
        start = np.searchsorted(row, np.arange(self.rows + 1))
        return Linear(cost, low, high, integer.astype(bool), row_low, row_high, start, column, value, self.offset)
