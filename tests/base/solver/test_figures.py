"""Fairness figures, ways without a solver, a year, many towns, the generator."""

from functools import partial

import pytest

from baodao.base.solver import Problem, check_plan, solve
from baodao.base.solver.baselines import ledger_order, lost_seats, sign_up
from baodao.base.solver.county import solve_towns
from baodao.base.solver.fairness import gini, report
from baodao.base.solver.synthetic import Dimensions, month
from baodao.base.solver.year import twelve_months
from tests.base.solver.small import pairs, problem, session

SMALL = Dimensions(members=150, sessions=60, communities=3, joint=6, units=10)


@pytest.mark.parametrize(
    ("counts", "value"), [([], 0), ([0, 0], 0), ([3, 3, 3], 0), ([0, 4], 0.5), ([1, 3], 0.25), ([0, 0, 0, 8], 0.75)]
)
def test_gini(counts, value):
    assert gini(counts) == pytest.approx(value)


def test_figures_of_a_plan_by_hand():
    data = problem(
        members=[{"id": "m1", "served": 5}, {"id": "m2"}, {"id": "m3"}],
        sessions=[session("s1", 1, 9, (1, 2, 2), tier="urgent"), session("s2", 2, 9, (0, 1, 1))],
        pairs=pairs((0, 0, 5), (1, 0, 7)),
    )
    made = Problem.from_json(data)
    found = report(made, solve(made), community={"s1": "SZ01", "s2": "SZ02"})
    assert found.places["urgent"] == {"desired": 2, "filled": 2, "unfilled": 0}
    assert found.places["ordinary"] == {"desired": 1, "filled": 0, "unfilled": 1}
    assert (found.load_min, found.load_max, found.gini_month) == (1, 1, 0)
    assert found.reaching_minimum == 0.5
    assert found.gini_year == pytest.approx(5 / 14)
    assert found.shortage_by_community == {"SZ01": 0.0, "SZ02": 1.0}
    assert found.top_choice_by_unit == {}
    assert "m1" not in str(found.to_json())


@pytest.mark.parametrize("way", [ledger_order, sign_up, partial(solve, rung="greedy")])
def test_every_way_keeps_the_rules_and_loses_to_the_optimum(way):
    made = month(5, SMALL)
    best = solve(made)
    plan = way(made)
    assert check_plan(made.to_json(), plan.to_json()).violations == []
    assert plan.objective > best.objective
    assert plan.levels.mandatory >= best.levels.mandatory
    assert lost_seats(made, plan) >= 0


def test_a_year_of_ours_is_more_even_than_the_ledger():
    dims = Dimensions(members=60, sessions=16, communities=1, joint=0, units=5, given=False)
    ours = twelve_months(solve, seed=1, dims=dims, months=4, minimum=2)
    ledger = twelve_months(ledger_order, seed=1, dims=dims, months=4, minimum=2)
    assert ours.mandatory <= ledger.mandatory
    assert ours.gini < ledger.gini
    assert ours.reaching >= ledger.reaching


def test_towns_do_not_depend_on_the_number_of_processes():
    towns = [partial(month, seed, SMALL) for seed in range(3)]
    alone = [{**plan.to_json(), "seconds": 0} for plan in solve_towns(towns)]
    assert [{**plan.to_json(), "seconds": 0} for plan in solve_towns(towns, workers=2)] == alone
    assert [plan["status"] for plan in alone] == ["optimal"] * 3


def test_the_generator_is_its_arguments():
    assert month(9, SMALL).sha256 == month(9, SMALL).sha256
    assert month(9, SMALL).sha256 != month(10, SMALL).sha256
    later = month(9, SMALL, number=1, served=[1] * 150)
    assert [member.unit for member in later.members] == [member.unit for member in month(9, SMALL).members]
    assert {member.served for member in later.members} == {1}
    assert Problem.from_json(month(9, SMALL).to_json()).sha256 == month(9, SMALL).sha256


def test_progress_cancel_and_limits():
    made = month(5, SMALL)
    heard = []
    plan = solve(made, on_progress=heard.append)
    assert [step.rung for step in heard][:2] == ["greedy", "lp"]
    assert heard[-1].objective == plan.objective
    bounds = [step.bound for step in heard if step.bound is not None]
    assert bounds == sorted(bounds)
    cancelled = solve(made, cancel=lambda: True)
    assert (cancelled.rung, cancelled.status) == ("greedy", "feasible")
    assert cancelled.bound <= plan.objective <= cancelled.objective
    assert solve(made, seconds=0.0001).rung == "greedy"
    with pytest.raises(ValueError, match="no such rung"):
        solve(made, rung="magic")
