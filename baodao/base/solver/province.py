"""An invented province: many towns by the generator, each planned alone, and the table of what came out.

A town is its number, size, seed and limits, so any process (on any machine with the same versions) can make and plan it;
the row of its result carries a digest of the plan. Where no town ran out of time, rows do not depend on who planned what.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

from baodao.base.solver.certificate import plan_digest
from baodao.base.solver.check import check_plan
from baodao.base.solver.memory import largest_mb
from baodao.base.solver.plan import Number
from baodao.base.solver.solving import certified
from baodao.base.solver.synthetic import Dimensions, month

#: Towns are numbered from here, so that a province is not the months other figures are measured on.
FIRST = 1000


@dataclass(frozen=True, slots=True)
class Town:
    """One town to be planned: the generator's number and size, the limits of the search."""

    number: int
    members: int = 2100
    seconds: float = 30.0
    seed: int = 0
    rung: str = ""
    nodes: int | None = None

    @property
    def dimensions(self) -> Dimensions:
        """The seed's town, larger or smaller."""
        share = self.members / 2100
        few = max(2, round(12 * share))
        return Dimensions(
            members=self.members, communities=min(12, few), sessions=max(4, round(600 * share)), supply=0.8,
            joint=round(60 * share), units=max(3, round(131 * share)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What came out for a town. ``sha256`` is the plan's digest; ``megabytes`` the largest size so far of the ``process``."""

    number: int
    members: int
    pairs: int
    status: str
    rung: str
    ended: str
    objective: Number
    bound: Number
    mandatory: int
    behind: int
    desired: int
    sha256: str
    seconds: float
    megabytes: float
    process: int

    @property
    def same(self) -> tuple[Any, ...]:
        """What does not depend on the process that planned it."""
        return (self.number, self.status, self.rung, self.objective, self.bound, self.sha256)

    def to_json(self) -> dict[str, Any]:
        """One object."""
        return asdict(self)


def solved(town: Town) -> Row:
    """Make the town, plan it, let the independent checker look, and give its row; ``ValueError`` if the checker refuses."""
    made = month(FIRST + town.number, town.dimensions)
    plan, certificate = certified(
        made, seconds=town.seconds, seed=town.seed, rung=town.rung, nodes=town.nodes, prices=False
    )
    stated = plan.to_json()
    report = check_plan(made.to_json(), stated)
    if not report.feasible:
        raise ValueError(f"town {town.number}: {report.violations[0].text}")
    levels = plan.levels
    return Row(
        town.number, len(made.members), len(made.pair_cost), plan.status, plan.rung, certificate.ended,
        plan.objective or 0, plan.bound or 0, levels.mandatory, levels.behind, levels.desired,
        plan_digest(stated), round(plan.seconds, 3), round(largest_mb(), 1), os.getpid(),
    )  # fmt: skip


def province(towns: int, *, members: int = 2100, **limits: Any) -> list[Town]:
    """So many towns of one size."""
    return [Town(number, members, **limits) for number in range(towns)]


def solve_province(towns: Sequence[Town], *, workers: int = 1, solve_one: Callable[[Town], Row] = solved) -> Iterator[Row]:
    """Rows of the towns in their order, planned by so many processes."""
    if workers <= 1:
        yield from map(solve_one, towns)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(solve_one), towns)


@dataclass(frozen=True, slots=True)
class Total:
    """A province's figures; ``gap`` is that of the sums."""

    towns: int
    members: int
    pairs: int
    proved: int
    out_of_time: int
    objective: Number
    bound: Number
    gap: float
    mandatory: int
    behind: int
    desired: int
    solver_seconds: float
    megabytes: float
    processes: int

    def to_json(self) -> dict[str, Any]:
        """One object."""
        return asdict(self)


def total(rows: Sequence[Row]) -> Total:
    """The sums, and the largest process."""
    objective, bound = sum(row.objective for row in rows), sum(row.bound for row in rows)
    return Total(
        len(rows),
        sum(row.members for row in rows),
        sum(row.pairs for row in rows),
        sum(row.status == "optimal" for row in rows),
        sum(row.ended == "time" for row in rows),
        objective,
        bound,
        (objective - bound) / max(1, abs(objective)),
        sum(row.mandatory for row in rows),
        sum(row.behind for row in rows),
        sum(row.desired for row in rows),
        round(sum(row.seconds for row in rows), 1),
        max((row.megabytes for row in rows), default=0.0),
        len({row.process for row in rows}),
    )
