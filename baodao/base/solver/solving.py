"""The ladder: greedy → flow → LP → MIP; every rung is a usable plan with a true bound.

``solve`` stops at the first proof, at the rung asked for, at the time limit or when cancelled, and
returns the best plan found. The same problem and seed give the same plan for any order of rows.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version

from baodao.base.solver.certificate import Certificate, Progress, certificate_of
from baodao.base.solver.clash import find_clash
from baodao.base.solver.climbing import climb
from baodao.base.solver.greedy import session_bound
from baodao.base.solver.levels import Choice, levels_of, objective_of
from baodao.base.solver.malformed import Unfinished
from baodao.base.solver.memory import Watch
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Number, Plan
from baodao.base.solver.problem import Problem
from baodao.base.solver.stages import Outcome, fairest, fewest, total_cost
from baodao.base.solver.standing import RUNGS, Climb, Limits


def solve(
    problem: Problem,
    *,
    seconds: float = 10.0,
    seed: int = 0,
    workers: int = 1,
    rung: str = "",
    nodes: int | None = None,
    memory_mb: float | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Plan:
    """Plan the problem.

    ``rung`` (greedy, flow, lp, mip) names where to stop; ``nodes`` limits branching (the same on every machine),
    ``memory_mb`` what this process may hold; ``cancel`` is asked now and then and ends the search
    with the best plan so far. One problem is solved by one thread, so ``workers`` changes nothing here; it is
    for many towns at once. Raises ``Unfinished`` if a limit was reached before any plan was found or
    impossibility proved, ``ValueError`` for an unknown rung or a limit below one.
    """
    return certified(
        problem, seconds=seconds, seed=seed, rung=rung, nodes=nodes, memory_mb=memory_mb, on_progress=on_progress,
        cancel=cancel, prices=False,
    )[0]  # fmt: skip


def certified(
    problem: Problem,
    *,
    seconds: float = 10.0,
    seed: int = 0,
    rung: str = "",
    nodes: int | None = None,
    memory_mb: float | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    prices: bool = True,
) -> tuple[Plan, Certificate]:
    """``solve`` with its certificate; ``prices`` puts in the row prices from which anybody can recompute the bound."""
    if rung and rung not in RUNGS:
        raise ValueError(f"no such rung: {rung}")
    if (nodes is not None and nodes < 1) or (memory_mb is not None and memory_mb <= 0):
        raise ValueError("a limit of nodes or memory is at least one")
    began = time.monotonic()
    told: list[Progress] = []
    o = Ordered(problem, seed)
    watch = None if memory_mb is None else Watch(memory_mb)
    limits = Limits(began + seconds, rung or "mip", cancel, _teller(told, on_progress, began), nodes, watch)
    found = Outcome(None, None, "", False, True) if o.fixed_out else _outcome(o, limits)
    spent = time.monotonic() - began
    if found.impossible and found.best is None:
        clash = tuple(find_clash(problem, seconds=max(2.0, min(10.0, seconds - spent))))
        spent = time.monotonic() - began
        plan = Plan((), status="infeasible", rung="lp", seconds=spent, seed=seed, problem_sha256=problem.sha256,
                    versions=versions(), clash=clash)  # fmt: skip
    elif found.best is None:
        raise Unfinished(_UNFINISHED.get(limits.ended, _UNFINISHED["time"]).format(seconds=seconds))
    else:
        plan = plan_of(o, found, seconds=spent)
    return plan, certificate_of(plan, found, limits, told, prices=prices)


_UNFINISHED = {
    "time": "{seconds:g} 秒内没有找到方案，也没有证明无解；给更多时间再试。",
    "memory": "内存限额内没有找到方案，也没有证明无解；给更多内存再试。",
    "nodes": "分支限额内没有找到方案，也没有证明无解；给更多分支再试。",
    "cancel": "还没有找到方案就被取消了。",
}


def _outcome(o: Ordered, limits: Limits) -> Outcome:
    objective = o.problem.objective
    if objective in ("members_used", "fair"):
        return replace(fewest(o, limits) if objective == "members_used" else fairest(o, limits), two_stages=True)
    if objective == "cost":
        c = Climb(o, limits, lambda choice: total_cost(o, choice))
    else:
        c = Climb(o, limits, lambda choice: int(objective_of(o, choice, levels_of(o, choice))), bound=session_bound(o))
    climb(c)
    return Outcome(c.best, c.bound, c.rung, c.proved, c.impossible, c.root)


def _teller(
    told: list[Progress], on_progress: Callable[[Progress], None] | None, began: float
) -> Callable[[str, Number | None, Number | None], None]:
    """Keep the last word of every rung; pass on what is new, at most ten times a second within a rung."""
    last: tuple[str, Number | None, Number | None] = ("", None, None)
    at = 0.0

    def tell(rung: str, objective: Number | None, bound: Number | None) -> None:
        nonlocal last, at
        now = time.monotonic() - began
        step = Progress(rung, objective, bound, now)
        if told and told[-1].rung == rung:
            told[-1] = step
        else:
            told.append(step)
        if on_progress is None:
            return
        if (rung, objective, bound) == last or (rung == last[0] and objective == last[1] and now - at < 0.1):
            return
        last, at = (rung, objective, bound), now
        on_progress(step)

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
