"""Optional rules (H9) as rows: apart, together, and a unit's share where it was found broken."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise

import numpy as np

from baodao.base.solver.levels import Choice
from baodao.base.solver.model import Model
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.problem import Ints
from baodao.base.solver.rows import ENDLESS


def add_extended_rows(model: Model, shares: frozenset[tuple[int, int]]) -> None:
    """Rows of the optional rules that are written out from the start; the others come as cuts."""
    rules = model.o.rules
    if rules.apart:
        _apart(model)
    if rules.together:
        _together(model)
    for unit, s in sorted(shares):
        _share(model, unit, s)


def _entries_of_units(model: Model) -> Ints:
    return np.array(model.o.unit, dtype=np.int64)[model.o.pm[model.e_pair]]


def _columns_by_pair(model: Model, members: set[int]) -> dict[tuple[int, int], list[int]]:
    o = model.o
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    mine = np.flatnonzero(np.isin(o.pm[model.e_pair], sorted(members)))
    for entry in mine.tolist():
        p = int(model.e_pair[entry])
        found[int(o.pm[p]), int(o.ps[p])].append(int(model.e_col[entry]))
    return found


def _apart(model: Model) -> None:
    """No two of a list in one session; a group that holds two of them cannot serve."""
    o, b = model.o, model.b
    columns = _columns_by_pair(model, {member for people in o.apart for member in people})
    sessions = sorted({s for _, s in columns})
    for people in o.apart:
        for s in sessions:
            mine: dict[int, int] = defaultdict(int)
            for member in people:
                for column in columns.get((member, s), []):
                    mine[column] += 1
            if len(mine) > 1 or any(count > 1 for count in mine.values()):
                b.put(b.add_rows(-ENDLESS, 1.0, 1), list(mine), [float(count) for count in mine.values()])


def _together(model: Model) -> None:
    """All of a list or none in each session."""
    o, b = model.o, model.b
    columns = _columns_by_pair(model, {member for people in o.together for member in people})
    sessions = sorted({s for _, s in columns})
    for people in o.together:
        for s in sessions:
            for one, other in pairwise(people):
                amounts: dict[int, float] = defaultdict(float)
                for column in columns.get((one, s), []):
                    amounts[column] += 1.0
                for column in columns.get((other, s), []):
                    amounts[column] -= 1.0
                kept = {column: amount for column, amount in amounts.items() if amount}
                if kept:
                    b.put(b.add_rows(0.0, 0.0, 1), list(kept), list(kept.values()))


def _share(model: Model, unit: int, s: int) -> None:
    """count ≤ max(1, ⌊share·a⌋): with b = 0 at most one, with b = 1 at most share·a."""
    o, b = model.o, model.b
    share = float(o.rules.unit_share or 0.0)
    here = np.flatnonzero(o.ps[model.e_pair] == s)
    of_unit = _entries_of_units(model)[here] == unit
    most = float(o.sessions[s].max)
    wide = int(b.add_columns(0.0, integer=True)[0])
    few = b.add_rows(-ENDLESS, 1.0, 1)
    b.put(few, model.e_col[here][of_unit])
    b.put(few, wide, -max(0.0, math.floor(share * most + 1e-9) - 1.0))
    held = b.add_rows(-ENDLESS, 1.0 + 1e-9, 1)
    b.put(held, model.e_col[here], np.where(of_unit, 1.0 - share, -share))
    b.put(held, wide, 1.0)


def broken_shares(o: Ordered, choice: Choice) -> frozenset[tuple[int, int]]:
    """The (unit, session) of a choice where a unit has more than its share."""
    if o.rules.unit_share is None:
        return frozenset()
    people: dict[int, list[int]] = defaultdict(list)
    for p in choice.roles:
        people[int(o.ps[p])].append(o.unit[int(o.pm[p])])
    found = set()
    for s, units in people.items():
        most = max(1, math.floor(o.rules.unit_share * len(units) + 1e-9))
        found |= {(unit, s) for unit in set(units) if unit >= 0 and units.count(unit) > most}
    return frozenset(found)
