"""A process of its own that solves small yes-or-no programs by CP-SAT: JSON on standard input, JSON on standard output.

It is started by its path, never imported: OR-Tools cannot share a process with HiGHS, and is an optional extra. Without
it the answer is {"status": "absent"}. One thread and a deterministic limit: the same program gives the same answer.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def answer(program: dict[str, Any]) -> dict[str, Any]:
    """Minimise the program; status optimal, feasible, infeasible, unknown or absent."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        return {"status": "absent"}
    model = cp_model.CpModel()
    columns = [model.new_bool_var(f"x{k}") for k in range(program["columns"])]
    for low, high, numbers, values in program["rows"]:
        terms = sum(value * columns[k] for k, value in zip(numbers, values, strict=True))
        model.add_linear_constraint(terms, low, high)
    model.minimize(sum(value * columns[k] for k, value in enumerate(program["cost"]) if value))
    for column, value in zip(columns, program["hint"], strict=True):
        model.add_hint(column, value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = program["seed"]
    solver.parameters.max_deterministic_time = program["effort"]
    status = solver.solve(model)
    names = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}
    found: dict[str, Any] = {"status": names.get(status, "unknown")}
    if found["status"] in {"optimal", "feasible"}:
        found["x"] = [int(solver.value(column)) for column in columns]
        found["objective"] = round(solver.objective_value)
        found["bound"] = int(-(-(solver.best_objective_bound - 1e-6) // 1))
    return found


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
