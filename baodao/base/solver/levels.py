"""The search's own account of a choice: the four levels and the objective (planning.md §3)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Levels, Number
from baodao.base.solver.problem import Ints


@dataclass
class Choice:
    """Chosen pairs with their role (or None), and which group took which session."""

    roles: dict[int, str | None]
    groups: list[tuple[int, int]] = field(default_factory=list)

    @property
    def pairs(self) -> Ints:
        """The chosen pairs, sorted."""
        return np.array(sorted(self.roles), dtype=np.int64)


def levels_of(o: Ordered, choice: Choice) -> Levels:
    """The four levels of a choice."""
    pairs = choice.pairs
    people = np.bincount(o.ps[pairs], minlength=len(o.sessions))
    services = np.bincount(o.pm[pairs], minlength=len(o.members))
    taken = [0] * len(o.sessions)
    for pair, role in choice.roles.items():
        if role is not None:
            taken[int(o.ps[pair])] += 1
    mandatory = desired = 0
    for s, session in enumerate(o.sessions):
        count, seats, tier = int(people[s]), session.role_seats, session.tier_weight
        if session.run_or_cancel and count < max(session.min, 1):
            mandatory += tier * (session.min + seats)
            desired += tier * (session.desired - session.min)
        else:
            mandatory += tier * (max(0, session.min - count) + seats - taken[s])
            desired += tier * max(0, session.desired - count)
    weights = o.weights
    behind = int((o.behind & (services == 0)).sum())
    load = sum(int(n) * (int(n) - 1) // 2 for n in services if n > 1)
    year = int((o.served * services).sum())
    kept = int(o.current[pairs].sum())
    fit = int(o.cost[pairs].sum()) + weights.load * load + weights.year * year
    return Levels(mandatory, behind, desired, fit + weights.change * (len(o.problem.current) - kept))


def objective_of(o: Ordered, choice: Choice, levels: Levels) -> Number:
    """What is minimised, by the problem's objective."""
    pairs = choice.pairs
    objective = o.problem.objective
    if objective == "cost":
        return int(o.cost[pairs].sum())
    if objective == "members_used":
        return len(set(o.pm[pairs].tolist()))
    if objective == "fair":
        people = np.bincount(o.ps[pairs], minlength=len(o.sessions))
        sums = np.bincount(o.ps[pairs], weights=o.cost[pairs], minlength=len(o.sessions))
        return max((float(sums[s]) / int(people[s]) for s in np.flatnonzero(people)), default=0.0)
    weights = o.weights
    return (
        weights.mandatory * levels.mandatory
        + weights.behind * levels.behind
        + weights.desired * levels.desired
        + levels.fit
    )
