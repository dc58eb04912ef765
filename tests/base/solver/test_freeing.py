"""Fewest members by ejection: against every plan, with fixed people, and at a size where the clash bound is met."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from baodao.base.solver import Member, Problem, Rules, Session, check_plan, solve
from baodao.base.solver.freeing import Freeing, clash_bound, may_free
from baodao.base.solver.ordered import Ordered
from tests.base.solver.small import drawn, every_plan


@pytest.mark.parametrize("seed", range(700, 760))
def test_the_search_and_its_bound_against_every_plan(seed):
    data = drawn(seed, groups=False, objective="members_used", most=8)
    for member in data["members"]:
        member.update(max_services=None, min_services=0, max_hours=None)
    for session in data["sessions"]:
        session["joint_speciality"] = None
        session["keep_seats"] = False
    problem = Problem.from_json(data)
    plans = every_plan(data)
    o = Ordered(problem)
    if o.fixed_out or not any(session.min for session in o.sessions):
        return
    assert may_free(o)
    choice = Freeing(o, lambda: False).run(clash_bound(o), 3000)
    if not plans:
        assert choice is None
        assert solve(problem).status == "infeasible"
        return
    fewest = min(report.objective for _, report in plans)
    assert clash_bound(o) <= fewest
    found = solve(problem)
    assert (found.status, found.objective) == ("optimal", fewest)
    assert check_plan(data, found.to_json()).violations == []
    if choice is not None:
        assert {int(p) for p in np.flatnonzero(o.fixed)} <= set(choice.roles)


def shifts(seed, people, tasks):
    """Tasks cut out of whole shifts of four fifths of the people; each can do half of them."""
    rng = np.random.default_rng(seed)
    day = datetime(2026, 12, 7)
    spans = []
    for _ in range(people * 4 // 5):
        cuts = sorted(rng.choice(np.arange(10, 1430, 10), max(1, tasks * 5 // people // 4 - 1), replace=False).tolist())
        spans += zip([0, *cuts], [*cuts, 1440], strict=True)
    sessions = [
        Session(f"t{k:03}", day + timedelta(minutes=a), day + timedelta(minutes=b), 1, 1, 1) for k, (a, b) in enumerate(spans)
    ]
    pm, ps = np.nonzero(rng.random((people, len(sessions))) < 0.5)
    cost = np.zeros(len(pm), dtype=np.int64)
    members = tuple(Member(f"w{k:03}") for k in range(people))
    return Problem(members, tuple(sessions), pm, ps, cost, rules=Rules(clash="interval"), objective="members_used")


@pytest.mark.parametrize("seed", range(3))
def test_few_people_for_a_day_of_tasks(seed):
    made = shifts(seed, 60, 300)
    o = Ordered(made)
    first, again = (Freeing(o, lambda: False).run(clash_bound(o), 40_000) for _ in range(2))
    assert clash_bound(o) == 48
    assert len(set(o.pm[first.pairs].tolist())) <= 48 + 4
    assert first.roles == again.roles
    plan = solve(made, seconds=15, rung="greedy")
    assert plan.bound == 48
    assert check_plan(made.to_json(), plan.to_json()).violations == []
