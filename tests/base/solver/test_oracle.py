"""The solver against trying every plan: levels, objective, bound, infeasibility, all objectives and rules."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baodao.base.solver import Problem, Unfinished, check_plan, solve
from tests.base.solver.small import drawn, every_plan, lexicographic


@pytest.mark.parametrize("seed", range(40))
def test_weighted_solve_is_the_lexicographic_optimum(seed):
    data = drawn(seed, most=7)
    plan = solve(Problem.from_json(data))
    best = lexicographic(data)
    if best is None:
        assert plan.status == "infeasible"
        assert plan.clash
        assert plan.assignments == ()
        return
    levels = plan.levels
    assert (levels.mandatory, levels.behind, levels.desired, levels.fit) == best
    assert plan.status == "optimal"
    assert plan.bound == plan.objective
    assert check_plan(data, plan.to_json()).violations == []


@pytest.mark.parametrize("objective", ["service", "cost", "members_used", "fair"])
@pytest.mark.parametrize("seed", [*range(200, 224), 7063])  # 7063: cuts found while branching
def test_every_objective_and_optional_rule_against_every_plan(seed, objective):
    data = drawn(seed, extended=True, objective=objective, most=7 if seed == 7063 else 6)
    plans = every_plan(data)
    plan = solve(Problem.from_json(data))
    if not plans:
        assert (plan.status, plan.assignments) == ("infeasible", ())
        return
    assert plan.objective == pytest.approx(min(report.objective for _, report in plans), abs=1e-9)
    assert plan.status == "optimal"
    assert check_plan(data, plan.to_json()).violations == []


@pytest.mark.parametrize("objective", ["members_used", "fair"])
@pytest.mark.parametrize("seed", range(300, 315))
def test_second_stage_is_the_least_cost_among_the_best(seed, objective):
    data = drawn(seed, objective=objective, most=6)
    plans = every_plan(data)
    if not plans:
        assert solve(Problem.from_json(data)).status == "infeasible"
        return
    columns = data["pairs"]
    cost = {
        (data["members"][m]["id"], data["sessions"][s]["id"]): c
        for m, s, c in zip(columns["member"], columns["session"], columns["cost"], strict=True)
    }
    best = min(report.objective for _, report in plans)
    cheapest = min(
        sum(cost[row[0], row[1]] for row in plan["assignments"])
        for plan, report in plans
        if report.objective == pytest.approx(best, abs=1e-9)
    )
    found = solve(Problem.from_json(data))
    assert sum(cost[member, session] for member, session, _ in found.assignments) == cheapest


@given(st.integers(0, 10**6), st.booleans(), st.sampled_from(["greedy", "flow", "lp", "mip"]))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_rung_is_a_usable_plan_with_a_true_bound(seed, extended, rung):
    data = drawn(seed, extended=extended, most=12)
    problem = Problem.from_json(data)
    proved = solve(problem)
    try:
        plan = solve(problem, rung=rung)
    except Unfinished:
        assert rung in {"greedy", "flow", "lp"}
        return
    if proved.status == "infeasible":
        assert plan.status == "infeasible"
        return
    assert plan.bound is None or plan.bound <= proved.objective
    assert plan.objective >= proved.objective
    assert check_plan(data, plan.to_json()).violations == []


@pytest.mark.parametrize("seed", range(500, 530))
def test_the_flow_is_the_relaxation_where_there_are_no_groups(seed):
    data = drawn(seed, groups=False, most=12)
    for session in data["sessions"]:
        session["run_or_cancel"] = False
    for member in data["members"]:
        member["max_hours"] = None
    data["rules"] = {"clash": "day"}
    problem = Problem.from_json(data)
    relaxed = solve(problem, rung="lp")
    if relaxed.status == "infeasible":
        return
    flow = solve(problem, rung="flow")
    assert (flow.objective, flow.assignments) == (relaxed.objective, relaxed.assignments)
    assert relaxed.status == "optimal"
