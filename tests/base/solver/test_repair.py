"""Repair moves at most three people, never a frozen one, and leaves an allowed and better plan."""

import pytest

from baodao.base.solver import Problem, check_plan, solve
from baodao.base.solver.prices import Move
from baodao.base.solver.repair import Repairer, changes, invitations, ranked, replanned
from baodao.base.solver.synthetic import Dimensions, month
from tests.base.solver.small import pairs, problem, session

SMALL = Dimensions(members=120, sessions=40, communities=2, joint=4, supply=0.8)


def three():
    """m1 → s1, m2 → s2, m3 can only do s2: when m1 falls out, m2 moves over and m3 comes."""
    data = problem(
        members=[{"id": "m1"}, {"id": "m2"}, {"id": "m3"}],
        sessions=[session("s1", 1, 9, (1, 1, 1), tier="urgent"), session("s2", 1, 14, (1, 1, 1))],
        pairs=pairs((0, 0, 1), (1, 0, 9), (1, 1, 1), (2, 1, 5)),
    )
    made = Problem.from_json(data)
    return made, solve(made)


def test_a_chain_of_two():
    made, plan = three()
    repairer = Repairer(made, plan)
    assert repairer.take_out("m1", "s1")
    repair = repairer.fill("s1")
    assert repair.moves == (Move("m2", "s2", "s1"), Move("m3", "", "s2"))
    assert (repair.people, repair.change) == (2, 9 - 1 + 5 - 8 * 102_000)


def test_one_person_at_most_and_frozen_people():
    made, plan = three()
    alone = Repairer(made, plan)
    alone.take_out("m1", "s1")
    repair = alone.fill("s1", most=1)  # the urgent place is worth the ordinary one
    assert (repair.moves, repair.change) == ((Move("m2", "s2", "s1"),), 9 - 1 - 6 * 102_000)
    frozen = Repairer(made, plan, frozen=[("m2", "s2")])
    frozen.take_out("m1", "s1")
    assert frozen.fill("s1") is None


def test_who_fell_out_is_not_asked_again():
    made = Problem.from_json(problem(sessions=[session("s1", places=(1, 1, 1))]))
    repairer = Repairer(made, solve(made))
    repairer.take_out("m1", "s1")
    assert repairer.fill("s1").moves == (Move("m2", "", "s1"),)
    repairer.take_out("m2", "s1")
    assert repairer.fill("s1") is None


@pytest.mark.parametrize("seed", range(3))
def test_many_cancellations_leave_an_allowed_plan(seed):
    made = month(seed, SMALL)
    plan = solve(made)
    frozen = {(m, s) for m, s, _ in plan.assignments[::5]}
    repairer = Repairer(made, plan, frozen=frozen)
    data = made.to_json()
    gone = [(m, s) for m, s, _ in plan.assignments[1::7] if (m, s) not in frozen]
    filled = 0
    for member, where in gone:
        if not repairer.laid.state.where[repairer.o.member_of[member]].get(repairer.o.session_of[where], -1) >= 0:
            continue
        if not repairer.take_out(member, where):
            repairer.laid = Repairer(made, plan).laid
            break
        before = repairer.laid.objective()
        repair = repairer.fill(where)
        if repair is not None:
            filled += 1
            assert repair.people <= 3
            assert repair.change == repairer.laid.objective() - before
            assert repair.change < 0
        short = {violation.rule for violation in check_plan(data, repairer.plan().to_json()).violations}
        assert short <= {"H6"}  # only a hole nobody could fill
        now = {(m, s) for m, s, _ in repairer.plan().assignments}
        assert frozen - set(gone) <= now
    assert filled > 0


def test_joint_groups_queue_a_batch_replan():
    data = problem(
        sessions=[session("s1", joint_speciality="x")],
        groups=[{"id": "g1", "speciality": "x", "members": ["m1", "m2"]}],
    )
    made = Problem.from_json(data)
    assert not Repairer(made, solve(made)).take_out("m1", "s1")


def test_replanning_keeps_who_stands_and_the_coverage_of_a_free_solve():
    made = month(2, SMALL)
    plan = solve(made)
    gone = [(m, s) for m, s, _ in plan.assignments[::12]]
    again = solve(replanned(made, plan, gone=gone))
    free = solve(Problem.from_json({**replanned(made, plan, gone=gone).to_json(), "current": []}))
    assert again.status == free.status == "optimal"
    assert (again.levels.mandatory, again.levels.desired) == (free.levels.mandatory, free.levels.desired)
    assert len(gone) <= changes(plan, again) <= changes(plan, free)
    assert not {(m, s) for m, s, _ in again.assignments} & set(gone)


def test_offers_are_ranked_like_the_plan():
    made = Problem.from_json(
        problem(
            members=[{"id": "m1"}, {"id": "m2", "served": 1}, {"id": "m3"}, {"id": "m4", "max_services": 0}],
            sessions=[session("s1", places=(0, 0, 4))],
            pairs=pairs((0, 0, 9), (1, 0, 1), (2, 0, 3), (3, 0, 0)),
        )
    )
    assert ranked(made, solve(made), "s1") == [("m3", 3), ("m1", 9), ("m2", 31)]


@pytest.mark.parametrize(
    ("needed", "rate", "answers", "waiting", "count"),
    [
        (0, 0.3, 100, 0, 0),
        (2, 0.3, 29, 0, 2),
        (1, 0.5, 30, 0, 4),
        (2, 0.3, 100, 0, 12),
        (2, 0.3, 100, 5, 7),
        (2, 1.0, 100, 0, 2),
        (1, 0.9, 50, 0, 1),
    ],
)
def test_invitations_reach_the_needed_number_nine_times_in_ten(needed, rate, answers, waiting, count):
    assert invitations(needed, rate, answers, waiting=waiting) == count
