"""The relaxation over a part of the model: the same answers as over the whole, from the smallest problems on."""

import numpy as np
import pytest

import baodao.base.solver.sifting as sifting
from baodao.base.solver import Problem, check_plan, solve
from baodao.base.solver.building import build
from baodao.base.solver.engine import Engine
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.synthetic import Dimensions, month
from tests.base.solver.small import drawn, every_plan


@pytest.fixture
def always(monkeypatch):
    monkeypatch.setattr(sifting, "LARGE", 0)
    monkeypatch.setattr(sifting, "_OWN", 1)
    monkeypatch.setattr(sifting, "_SPARE", -9)


@pytest.mark.parametrize("objective", ["service", "cost"])
@pytest.mark.parametrize("seed", range(600, 640))
def test_small_problems_end_at_the_best_of_all_plans(seed, objective, always):
    data = drawn(seed, extended=seed % 2 == 0, objective=objective, most=7)
    plans = every_plan(data)
    plan = solve(Problem.from_json(data))
    if not plans:
        assert plan.status == "infeasible"
        return
    assert (plan.objective, plan.status) == (min(report.objective for _, report in plans), "optimal")
    assert check_plan(data, plan.to_json()).violations == []


SMALL = Dimensions(members=300, sessions=120, communities=3, joint=8, units=20, cancel_share=0.5, supply=0.6)


@pytest.mark.parametrize("seed", range(3))
def test_part_and_whole_give_the_same_bound_solution_and_plan(seed, monkeypatch):
    found = month(seed, SMALL)
    model = build(Ordered(found, 0))
    whole = Engine(model.linear).relax(60)
    monkeypatch.setattr(sifting, "LARGE", 0)
    part = sifting.engine_of(model, np.zeros(0, dtype=np.int64), seed=0)
    answer = part.relax(60)
    assert (part.column < 0).sum() > 1000
    assert (part.row < 0).sum() > 500
    assert answer.bound == pytest.approx(whole.bound, abs=1e-4)
    assert np.abs(answer.x - whole.x).max() < 1e-6
    with_part = solve(found, seconds=60)
    monkeypatch.setattr(sifting, "LARGE", 10**9)
    without = solve(found, seconds=60)  # which of two holders takes the role seat is not drawn
    assert [row[:2] for row in without.assignments] == [row[:2] for row in with_part.assignments]


def test_near_is_a_true_bound_and_ends_early(monkeypatch):
    monkeypatch.setattr(sifting, "LARGE", 0)
    model = build(Ordered(month(1, SMALL), 0))
    none = np.zeros(0, dtype=np.int64)
    best = sifting.engine_of(model, none, seed=0).relax(60)
    near = sifting.engine_of(model, none, seed=0).relax(60, enough=0.5)
    assert near.status == "near"
    assert near.bound <= best.bound
