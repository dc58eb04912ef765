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

from baodao.base.solver.clash import find_clash
from baodao.base.solver.climbing import climb
from baodao.base.solver.greedy import session_bound
from baodao.base.solver.levels import Choice, levels_of, objective_of
from baodao.base.solver.malformed import Unfinished
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Number, Plan
from baodao.base.solver.problem import Problem
from baodao.base.solver.stages import Outcome, fairest, fewest, total_cost
from baodao.base.solver.standing import RUNGS, Climb, Limits


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
    """Plan the problem.

    ``rung`` (greedy, flow, lp, mip) names where to stop; ``cancel`` is asked now and then and ends the search
    with the best plan so far. One problem is solved by one thread, so ``workers`` changes nothing here; it is
    for many towns at once. Raises ``Unfinished`` if the time ran out before any plan was found or
    impossibility proved, ``ValueError`` for an unknown rung.
    """
    if rung and rung not in RUNGS:
        raise ValueError(f"no such rung: {rung}")
    began = time.monotonic()
    o = Ordered(problem, seed)
    limits = Limits(began + seconds, rung or "mip", cancel, _teller(on_progress, began))
    found = Outcome(None, None, "", False, True) if o.fixed_out else _outcome(o, limits)
    spent = time.monotonic() - began
    if found.impossible and found.best is None:
        clash = tuple(find_clash(problem, seconds=max(2.0, min(10.0, seconds - spent))))
        spent = time.monotonic() - began
        return Plan((), status="infeasible", rung="lp", seconds=spent, seed=seed, problem_sha256=problem.sha256,
                    versions=versions(), clash=clash)  # fmt: skip
    if found.best is None:
        raise Unfinished(f"{seconds:g} 秒内没有找到方案，也没有证明无解；给更多时间再试。")
    return plan_of(o, found, seconds=spent)


def _outcome(o: Ordered, limits: Limits) -> Outcome:
    objective = o.problem.objective
    if objective == "members_used":
        return fewest(o, limits)
    if objective == "fair":
        return fairest(o, limits)
    if objective == "cost":
        c = Climb(o, limits, lambda choice: total_cost(o, choice))
    else:
        c = Climb(o, limits, lambda choice: int(objective_of(o, choice, levels_of(o, choice))), bound=session_bound(o))
    climb(c)
    return Outcome(c.best, c.bound, c.rung, c.proved, c.impossible)


def _teller(
    on_progress: Callable[[Progress], None] | None, began: float
) -> Callable[[str, Number | None, Number | None], None] | None:
    """Pass on what is new, at most ten times a second within a rung."""
    if on_progress is None:
        return None
    last: tuple[str, Number | None, Number | None] = ("", None, None)
    at = 0.0

    def tell(rung: str, objective: Number | None, bound: Number | None) -> None:
        nonlocal last, at
        now = time.monotonic() - began
        if (rung, objective, bound) == last or (rung == last[0] and objective == last[1] and now - at < 0.1):
            return
        last, at = (rung, objective, bound), now
        on_progress(Progress(rung, objective, bound, now))

    return tell


def plan_of(o: Ordered, found: Outcome, *, seconds: float) -> Plan:
    """The plan of an outcome, in id order."""
    choice: Choice = found.best or Choice({})
    levels = levels_of(o, choice)
    objective = objective_of(o, choice, levels)
    rows = [(o.members[int(o.pm[p])].id, o.sessions[int(o.ps[p])].id, role) for p, role in choice.roles.items()]
    return Plan(
        tuple(sorted(rows, key=lambda row: (row[1], row[0]))),
        tuple((o.groups[g].id, o.sessions[s].id) for g, s in choice.groups),
        levels,
        objective,
        found.bound,
        "optimal" if found.proved else "feasible",
        found.rung,
        seconds,
        o.seed,
        o.problem.sha256,
        versions(),
    )


def versions() -> dict[str, str]:
    """What made the plan."""
    return {"python": platform.python_version(), "numpy": version("numpy"), "highspy": version("highspy")}
