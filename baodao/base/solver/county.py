"""Many towns at once: one process each, deterministic whatever the number of processes.

Towns are the real seams of a county; a connected town is never cut. Results come back in the order
of the problems and do not depend on how many processes worked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from baodao.base.solver.plan import Plan
from baodao.base.solver.problem import Problem
from baodao.base.solver.solving import solve

Maker = Callable[[], Problem]


def _one(job: tuple[Problem | Maker, float, int, str]) -> Plan:
    made, seconds, seed, rung = job
    problem = made if isinstance(made, Problem) else made()
    return solve(problem, seconds=seconds, seed=seed, rung=rung)


def solve_towns(
    towns: Sequence[Problem | Maker], *, seconds: float = 10.0, seed: int = 0, workers: int = 1, rung: str = ""
) -> Iterator[Plan]:
    """Plans of the towns, in their order. A town may be a picklable maker, so that only workers hold it."""
    jobs = [(town, seconds, seed, rung) for town in towns]
    if workers <= 1:
        yield from map(_one, jobs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_one, jobs)
