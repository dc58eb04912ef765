"""What the columns of a month's linear model mean, and how a whole-number solution is read back.

``building`` puts the rows in; this module knows none of them, so that the modules that add rows
can name the model they add to.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from baodao.base.solver.levels import Choice
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.problem import Floats, Ints
from baodao.base.solver.rows import Builder, Linear


@dataclass
class Model:
    """The linear model with what its columns mean. Entries say: column ``e_col`` uses pair ``e_pair``."""

    o: Ordered
    b: Builder
    seat_col: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    seat_pair: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    seat_skill: list[str | None] = field(default_factory=list)
    label_col: list[tuple[int, int, str]] = field(default_factory=list)
    group_col: list[tuple[int, int, int, list[int]]] = field(default_factory=list)
    run_col: dict[int, int] = field(default_factory=dict)
    load_col: dict[int, list[int]] = field(default_factory=dict)
    used_col: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    group_row: dict[int, int] = field(default_factory=dict)
    hours_row: dict[int, int] = field(default_factory=dict)
    fixed_row: dict[int, int] = field(default_factory=dict)
    clash_row: int = 0
    clash_keys: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    member_row: int = 0
    e_col: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    e_pair: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    linear: Linear = field(init=False)
    tie: float = 0.0
    network: bool = True

    def whole(self, x: Floats) -> bool:
        """Whether every seat, group, run and label is a whole number."""
        checked = np.concatenate([self.seat_col, np.flatnonzero(self.linear.integer), [c for c, _, _ in self.label_col]])
        values = x[checked.astype(np.int64)]
        return bool((np.abs(values - np.round(values)) < 1e-6).all())

    def choice(self, x: Floats) -> Choice:
        """Read a whole-number solution."""
        roles: dict[int, str | None] = {}
        for number in np.flatnonzero(x[self.seat_col] > 0.5).tolist():
            roles[int(self.seat_pair[number])] = self.seat_skill[number]
        groups = []
        for column, g, s, pairs in self.group_col:
            if x[column] > 0.5:
                groups.append((g, s))
                roles.update(dict.fromkeys(pairs, None))
        for column, pair, skill in self.label_col:
            if x[column] > 0.5 and pair in roles:
                roles[pair] = skill
        return Choice(roles, sorted(groups, key=lambda row: (row[1], row[0])))


def session_price(o: Ordered, s: int, count: int) -> int:
    """Weighted mandatory and desired cost of a session with ``count`` people and no role seat taken."""
    session, weights = o.sessions[s], o.weights
    if session.run_or_cancel and count < max(session.min, 1):
        short, few = session.min, session.desired - session.min
    else:
        short, few = max(0, session.min - count), max(0, session.desired - count)
    return session.tier_weight * (weights.mandatory * (short + session.role_seats) + weights.desired * few)
