"""Sessions of given size: the fairest worst average against every plan, and at a size where whole numbers matter."""

import random

import numpy as np
import pytest

from baodao.base.solver import Member, Problem, Rules, Session, check_plan, solve
from tests.base.solver.small import drawn, every_plan


def of_fixed_sizes(seed):
    data = drawn(seed, groups=False, objective="fair", most=8)
    rng = random.Random(seed)
    for row in data["sessions"]:
        size = rng.randrange(0, 4)
        row["places"] = {"min": size, "desired": size, "max": size}
        row["roles"] = []
    data["sessions"][0]["places"] = {"min": 1, "desired": 1, "max": 1}
    return data


@pytest.mark.parametrize("seed", range(600, 660))
def test_worst_average_and_then_cost_against_every_plan(seed):
    data = of_fixed_sizes(seed)
    plans = every_plan(data)
    found = solve(Problem.from_json(data))
    if not plans:
        assert found.status == "infeasible"
        return
    columns = data["pairs"]
    cost = {
        (data["members"][m]["id"], data["sessions"][s]["id"]): c
        for m, s, c in zip(columns["member"], columns["session"], columns["cost"], strict=True)
    }
    total = lambda rows: sum(cost[row[0], row[1]] for row in rows)  # noqa: E731
    best = min(report.objective for _, report in plans)
    assert found.status == "optimal"
    assert found.objective == pytest.approx(best, abs=1e-9)
    assert total(found.assignments) == min(
        total(plan["assignments"]) for plan, report in plans if report.objective == pytest.approx(best, abs=1e-9)
    )
    assert check_plan(data, found.to_json()).violations == []


def reviewers(seed, people, papers):
    rng = np.random.default_rng(seed)
    close = rng.dirichlet(np.full(20, 0.1), people) @ rng.dirichlet(np.full(20, 0.1), papers).T
    return Problem(
        tuple(Member(f"r{i:03}", max_services=3) for i in range(people)),
        tuple(Session(f"p{j:03}", min=3, desired=3, max=3) for j in range(papers)),
        np.repeat(np.arange(people), papers),
        np.tile(np.arange(papers), people),
        -np.round(1000 * close.ravel()).astype(np.int64),
        rules=Rules(clash="none"),
        objective="fair",
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_tight_conference_is_proved(seed):
    made = reviewers(seed, 30, 28)
    plan = solve(made, seconds=60)
    assert plan.status == "optimal"
    assert check_plan(made.to_json(), plan.to_json()).violations == []
