"""Rows that are added only where a solution breaks them: nobody in half a session, and the optional rules.

Of a town's hundreds of thousands of such rows a few hundred ever matter. Every row given here holds
for all allowed plans, so bounds stay true whatever has been added.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import numpy as np

from baodao.base.solver.model import Model
from baodao.base.solver.problem import Floats, Ints
from baodao.base.solver.rows import ENDLESS, Row

_EPS = 1e-6


def broken_rows(model: Model, x: Floats) -> list[Row]:
    """Rows that the solution breaks; none if it keeps the optional rules (a unit's share only nearly)."""
    rules = model.o.rules
    used = x[model.e_col]
    on = np.flatnonzero(used > 1e-9)
    found: list[Row] = []
    if rules.max_per_7_days is not None:
        found += _seven_days(model, used, on, rules.max_per_7_days)
    if not rules.consecutive_weekends:
        found += _weekends(model, used, on)
    if rules.unit_slot_cap is not None:
        found += _slots(model, used, on, rules.unit_slot_cap)
    if rules.unit_share is not None:
        found += _shares(model, used, on, rules.unit_share)
    return found


def loose_links(model: Model, x: Floats) -> list[Row]:
    """Nobody serves a session more than it runs (x ≤ z): implied for whole numbers, and what keeps runs from being halves.

    Without these rows a session with min 2 would run by half with one person.
    """
    if not model.run_col:
        return []
    o = model.o
    run = np.full(len(o.sessions), -1, dtype=np.int64)
    run[list(model.run_col)] = list(model.run_col.values())
    used = np.bincount(model.seat_pair, weights=x[model.seat_col], minlength=len(o.pm))
    column = run[o.ps]
    loose = np.flatnonzero((column >= 0) & (used > np.where(column >= 0, x[column], 1.0) + _EPS))
    spot = np.full(len(o.pm), -1, dtype=np.int64)
    spot[loose] = np.arange(len(loose))
    rows: list[list[int]] = [[] for _ in loose]
    for number in np.flatnonzero(spot[model.seat_pair] >= 0).tolist():
        rows[spot[model.seat_pair[number]]].append(int(model.seat_col[number]))
    return [
        replace(row_of(np.array([*seats, column[p]]), 0.0, np.array([1.0] * len(seats) + [-1.0])), pair=p)
        for p, seats in zip(loose.tolist(), rows, strict=True)
    ]


def row_of(columns: Ints, high: float, values: Floats | None = None) -> Row:
    """A row Σ ≤ high, entries at one column added up."""
    kinds, inverse = np.unique(columns, return_inverse=True)
    amounts = np.bincount(inverse, weights=values, minlength=len(kinds)).astype(np.float64)
    return Row(kinds, amounts, -ENDLESS, high)


class _ByMember:
    """Entries of one member at a time."""

    def __init__(self, model: Model) -> None:
        self.who = model.o.pm[model.e_pair]
        self.order = np.argsort(self.who, kind="stable")
        self.edges = np.searchsorted(self.who[self.order], np.arange(len(model.o.members) + 1))

    def entries(self, m: int) -> Ints:
        return self.order[self.edges[m] : self.edges[m + 1]]


def _seven_days(model: Model, used: Floats, on: Ints, most: int) -> list[Row]:
    o = model.o
    days = np.array(o.day, dtype=np.int64)
    first = int(days.min())
    width = int(days.max()) - first + 1
    day = days[o.ps[model.e_pair]] - first
    who = o.pm[model.e_pair]
    table = np.zeros((len(o.members), width + 7))
    np.add.at(table, (who[on], day[on]), used[on])
    sums = np.concatenate([np.zeros((len(o.members), 1)), np.cumsum(table, axis=1)], axis=1)
    windows = sums[:, 7:] - sums[:, :-7]
    mine = _ByMember(model)
    found = []
    for m in np.flatnonzero((windows > most + _EPS).any(axis=1)).tolist():
        entries = mine.entries(m)
        start = -7
        for begin in np.flatnonzero(windows[m] > most + _EPS).tolist():
            if begin < start + 3:  # the next windows say nearly the same
                continue
            start = begin
            inside = entries[(day[entries] >= begin) & (day[entries] < begin + 7)]
            found.append(row_of(model.e_col[inside], float(most)))
    return found


def _weekends(model: Model, used: Floats, on: Ints) -> list[Row]:
    """A day of one weekend and a day of the next together at most 1 (a session, where days do not clash)."""
    o = model.o
    weekend = np.array(o.weekend, dtype=np.int64)[o.ps[model.e_pair]]
    single = np.array(o.day, dtype=np.int64)[o.ps[model.e_pair]] if o.rules.clash == "day" else o.ps[model.e_pair]
    who = o.pm[model.e_pair]
    best: dict[tuple[int, int], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for entry in on[weekend[on] >= 0].tolist():
        best[int(who[entry]), int(weekend[entry])][int(single[entry])] += float(used[entry])
    mine = _ByMember(model)
    found = []
    for (m, number), amounts in best.items():
        after = best.get((m, number + 1)) if (m, number + 1) in best else None
        if after is None:
            continue
        one = max(amounts, key=lambda key: (amounts[key], key))
        other = max(after, key=lambda key: (after[key], key))
        if amounts[one] + after[other] > 1 + _EPS:
            entries = mine.entries(m)
            both = entries[(single[entries] == one) | (single[entries] == other)]
            found.append(row_of(model.e_col[both], 1.0))
    return found


def _slots(model: Model, used: Floats, on: Ints, cap: int) -> list[Row]:
    o = model.o
    unit = np.array(o.unit, dtype=np.int64)[o.pm[model.e_pair]]
    where = o.ps[model.e_pair]
    table = np.zeros((len(o.sessions), len(o.units)))
    mine = on[unit[on] >= 0]
    np.add.at(table, (where[mine], unit[mine]), used[mine])
    spans = np.array(o.span)
    found = []
    for instant in sorted({span[0] for span in o.span}):
        out = (spans[:, 0] <= instant) & ((spans[:, 1] > instant) | (spans[:, 0] == instant))
        sums = table[out].sum(axis=0)
        for number in np.flatnonzero(sums > cap + _EPS).tolist():
            found.append(row_of(model.e_col[out[where] & (unit == number)], float(cap)))
    return found


def _shares(model: Model, used: Floats, on: Ints, share: float) -> list[Row]:
    """The concave hull of max(1, ⌊share·a⌋) over a = 0 … max: valid, and exact at its corners."""
    o = model.o
    unit = np.array(o.unit, dtype=np.int64)[o.pm[model.e_pair]]
    where = o.ps[model.e_pair]
    table = np.zeros((len(o.sessions), len(o.units)))
    mine = on[unit[on] >= 0]
    np.add.at(table, (where[mine], unit[mine]), used[mine])
    people = np.bincount(where[on], weights=used[on], minlength=len(o.sessions))
    order = np.argsort(where, kind="stable")
    edges = np.searchsorted(where[order], np.arange(len(o.sessions) + 1))
    found = []
    for s in np.flatnonzero(people > _EPS).tolist():
        pieces = hull(share, o.sessions[s].max)
        for number in np.flatnonzero(table[s] > _EPS).tolist():
            for slope, base in pieces:
                if table[s, number] > base + slope * people[s] + _EPS:
                    entries = order[edges[s] : edges[s + 1]]
                    values = (unit[entries] == number).astype(np.float64) - slope
                    found.append(row_of(model.e_col[entries], base + 1e-9, values))
                    break
    return found


def hull(share: float, most: int) -> list[tuple[float, float]]:
    """(slope, base) of the lines over the points (a, max(1, ⌊share·a⌋)), (0, 0) included."""
    points = [(0, 0)] + [(a, max(1, math.floor(share * a + 1e-9))) for a in range(1, most + 1)]
    top: list[tuple[int, int]] = []
    for x, y in points:
        while len(top) > 1:
            (x0, y0), (x1, y1) = top[-2], top[-1]
            if (y1 - y0) * (x - x0) > (y - y0) * (x1 - x0):
                break
            top.pop()
        top.append((x, y))
    lines = []
    for (x0, y0), (x1, y1) in pairwise(top):
        slope = (y1 - y0) / (x1 - x0)
        lines.append((slope, y0 - slope * x0))
    return lines
