"""Twelve months in a row with the yearly convex cost, for any way of planning: what fairness comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from baodao.base.solver.baselines import lost_seats
from baodao.base.solver.fairness import gini
from baodao.base.solver.plan import Plan
from baodao.base.solver.problem import Problem
from baodao.base.solver.synthetic import Dimensions, month


@dataclass(frozen=True)
class Year:
    """A year's figures: the tier-weighted mandatory shortage, sessions short, Gini, share who reach the minimum."""

    mandatory: int
    short: int
    gini: float
    reaching: float
    least: int
    most: int


def twelve_months(
    way: Callable[[Problem], Plan], *, seed: int = 0, dims: Dimensions | None = None, minimum: int = 6, months: int = 12
) -> Year:
    """Roll a year: what was served goes into the next month."""
    dims = dims or Dimensions(given=False)
    served = [0] * dims.members
    mandatory = short = 0
    consenting = np.zeros(dims.members, dtype=bool)
    for number in range(months):
        problem = month(seed, dims, number=number, served=served)
        plan = way(problem)
        mandatory += plan.levels.mandatory
        short += lost_seats(problem, plan)
        place = {member.id: m for m, member in enumerate(problem.members)}
        for member, _, _ in plan.assignments:
            served[place[member]] += 1
        consenting |= np.bincount(problem.pair_member, minlength=dims.members) > 0
    given = [served[m] for m in np.flatnonzero(consenting).tolist()]
    reaching = float(np.mean([count >= minimum for count in given])) if given else 0.0
    return Year(mandatory, short, gini(given), reaching, min(given, default=0), max(given, default=0))
