"""Small yes-or-no programs and the optional worker that proves them.

Nothing here imports OR-Tools: the program goes to ``cpsat_worker`` in a process of its own as JSON. Where the extra is not
installed, the answer is None and the plan found without it stands, unproved.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_WORKER = Path(__file__).with_name("cpsat_worker.py")


@dataclass
class Program:
    """minimise cost·x over x in {0, 1}, low ≤ Σ values·x ≤ high; whole numbers throughout."""

    cost: list[int] = field(default_factory=list)
    hint: list[int] = field(default_factory=list)
    rows: list[tuple[int, int, list[int], list[int]]] = field(default_factory=list)

    def column(self, cost: int = 0, hint: bool = False) -> int:
        """A new column; its number."""
        self.cost.append(cost)
        self.hint.append(int(hint))
        return len(self.cost) - 1

    def row(self, low: int, high: int, terms: Iterable[tuple[int, int]]) -> None:
        """A new row of (column, value)."""
        listed = list(terms)
        self.rows.append((low, high, [column for column, _ in listed], [value for _, value in listed]))


@dataclass(frozen=True, slots=True)
class Proof:
    """What the worker found: the columns, their cost, a bound that holds for every solution."""

    x: tuple[int, ...]
    objective: int
    bound: int
    optimal: bool


def prove(program: Program, *, seed: int = 0, effort: float = 10.0, python: str = "", seconds: float = 600.0) -> Proof | None:
    """Solve in a worker process; None if the extra is absent or nothing was found.

    ``effort`` is CP-SAT's deterministic time (about seconds); ``python`` an interpreter that has OR-Tools (this one by
    default); ``seconds`` of wall time after which the worker is ended.
    """
    data = {"columns": len(program.cost), "cost": program.cost, "hint": program.hint, "rows": program.rows,
            "seed": seed % 2_147_483_647, "effort": effort}  # fmt: skip
    try:
        done = subprocess.run(
            [python or sys.executable, str(_WORKER)], input=json.dumps(data), capture_output=True, text=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    found = json.loads(done.stdout)
    if "x" not in found:
        return None
    return Proof(tuple(found["x"]), found["objective"], found["bound"], found["status"] == "optimal")
