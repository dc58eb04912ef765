"""Each constraint and each term of the objective: given …, the plan costs exactly N."""

import pytest

from baodao.base.solver import Problem, check_plan, solve
from tests.base.solver.small import pairs, problem, session


def solved(**changes):
    data = problem(**changes)
    plan = solve(Problem.from_json(data))
    if plan.status != "infeasible":
        assert plan.status == "optimal"
        report = check_plan(data, plan.to_json())
        assert (report.violations, report.objective) == ([], plan.objective)
    return plan


def names(plan):
    return [(member, where) for member, where, _ in plan.assignments]


ONE_EACH = {"members": [{"id": "m1"}, {"id": "m2"}], "pairs": pairs((0, 0, 5), (1, 0, 7))}


def test_two_people_for_two_desired_places_cost_their_misfit():
    plan = solved()
    assert plan.objective == 12
    assert names(plan) == [("m1", "s1"), ("m2", "s1")]


def test_h1_a_seat_nobody_is_eligible_for_costs_its_tier():
    plan = solved(sessions=[session("s1", places=(1, 1, 1), tier="important")], pairs=pairs())
    assert (plan.levels.mandatory, plan.levels.desired, plan.objective) == (4, 4, 4 * 102_000)


def test_h2_two_sessions_of_one_day_leave_one_empty():
    plan = solved(
        members=[{"id": "m1"}],
        sessions=[session("s1", 1, 9, (1, 1, 1)), session("s2", 1, 15, (1, 1, 1), tier="urgent")],
        pairs=pairs((0, 0, 0), (0, 1, 0)),
    )
    assert names(plan) == [("m1", "s2")]
    assert plan.objective == 2 * 102_000


@pytest.mark.parametrize(("travel", "count"), [(60, 2), (61, 1)])
def test_h2_intervals_with_travel(travel, count):
    plan = solved(
        members=[{"id": "m1"}],
        sessions=[session("s1", 1, 9, (1, 1, 1)), session("s2", 1, 11, (1, 1, 1))],
        pairs=pairs((0, 0, 0), (0, 1, 0)),
        rules={"clash": "interval", "travel_minutes": travel},
    )
    assert len(plan.assignments) == count


def test_h2_no_clash_lets_one_serve_twice_at_once_for_the_price_of_the_load():
    plan = solved(
        members=[{"id": "m1"}],
        sessions=[session("s1", places=(1, 1, 1)), session("s2", places=(1, 1, 1))],
        pairs=pairs((0, 0, 1), (0, 1, 1)),
        rules={"clash": "none"},
    )
    assert plan.objective == 1 + 1 + 30


def test_h3_no_more_than_max_even_if_all_would_gain():
    plan = solved(sessions=[session("s1", places=(0, 0, 1))], pairs=pairs((0, 0, -5), (1, 0, -7)))
    assert plan.objective == -7


def test_h4_services_hours_and_minimum():
    two = [session("s1", 1, 9, (1, 1, 1)), session("s2", 2, 9, (1, 1, 1))]
    both = pairs((0, 0, 0), (0, 1, 3))
    assert solved(members=[{"id": "m1", "max_services": 1}], sessions=two, pairs=both).objective == 204_000
    assert solved(members=[{"id": "m1", "max_hours": 1.5}], sessions=two, pairs=both).objective == 204_000
    assert solved(members=[{"id": "m1", "max_hours": 2}], sessions=two, pairs=both).objective == 33
    unwanted = [session("s1", 1, 9, (0, 0, 1)), session("s2", 2, 9, (0, 0, 1))]
    assert solved(members=[{"id": "m1", "min_services": 2}], sessions=unwanted, pairs=both).objective == 33
    assert solved(members=[{"id": "m1"}], sessions=unwanted, pairs=both).objective == 0


def test_h4_hours_of_a_pair_replace_the_length():
    columns = {**pairs((0, 0, 0)), "hours": [3]}
    plan = solved(members=[{"id": "m1", "max_hours": 2}], sessions=[session("s1", places=(1, 1, 1))], pairs=columns)
    assert plan.objective == 204_000


def test_h5_one_person_fills_one_seat_and_only_by_skill():
    roles = [{"skill": "electric", "count": 1}, {"skill": "law", "count": 1}]
    members = [{"id": "m1", "skills": ["electric", "law"]}, {"id": "m2", "skills": []}]
    plan = solved(members=members, sessions=[session("s1", places=(0, 2, 2), roles=roles)])
    assert plan.levels.mandatory == 2
    assert sorted(role or "" for _, _, role in plan.assignments) in (["", "electric"], ["", "law"])
    swap = [{"id": "m1", "skills": ["electric", "law"]}, {"id": "m2", "skills": ["electric"]}]
    plan = solved(members=swap, sessions=[session("s1", places=(0, 2, 2), roles=roles)])
    assert plan.assignments == (("m1", "s1", "law"), ("m2", "s1", "electric"))
    assert plan.objective == 12


def test_h6_runs_with_min_or_is_empty():
    lonely = pairs((0, 0, 0))
    cancelled = solved(sessions=[session("s1", places=(2, 3, 3), run_or_cancel=True)], pairs=lonely)
    assert (cancelled.levels.mandatory, cancelled.levels.desired, cancelled.assignments) == (4, 2, ())
    short = solved(sessions=[session("s1", places=(2, 3, 3))], pairs=lonely)
    assert (short.levels.mandatory, short.levels.desired, len(short.assignments)) == (2, 4, 1)


def test_h6_one_person_does_not_run_half_a_session_in_the_bound_either():
    one = problem(sessions=[session("s1", places=(2, 3, 3), run_or_cancel=True)], pairs=pairs((0, 0, 0)))
    relaxed = solve(Problem.from_json(one), rung="lp")
    assert (relaxed.bound, relaxed.status) == (relaxed.objective, "optimal")


def joint(**more):
    return {
        "members": [{"id": "m1"}, {"id": "m2"}, {"id": "m3"}],
        "sessions": [session("s1", places=(2, 2, 3), joint_speciality="medical", **more)],
        "pairs": pairs((0, 0, 5), (1, 0, 7), (2, 0, 1)),
    }


def test_h7_one_whole_group_or_nobody():
    group = {"id": "g1", "speciality": "medical", "members": ["m1", "m2"]}
    plan = solved(**joint(), groups=[group])
    assert (names(plan), plan.groups, plan.objective) == ([("m1", "s1"), ("m2", "s1")], (("g1", "s1"),), 12)
    other = solved(**joint(), groups=[{**group, "speciality": "legal"}])
    assert (other.assignments, other.objective) == ((), 2 * 2 * 102_000)
    missing = {**joint(), "pairs": pairs((0, 0, 5), (2, 0, 1))}
    assert solved(**missing, groups=[group]).assignments == ()


def test_h7_a_group_serves_once_but_its_people_may_serve_alone():
    data = joint()
    data["sessions"] += [session("s2", 2, 9, (2, 2, 2), joint_speciality="medical"), session("s3", 3, 9, (1, 1, 1))]
    data["pairs"] = pairs((0, 0, 5), (1, 0, 7), (0, 1, 5), (1, 1, 7), (0, 2, 1))
    plan = solved(**data, groups=[{"id": "g1", "speciality": "medical", "members": ["m1", "m2"]}])
    assert len(plan.groups) == 1
    assert ("m1", "s3") in names(plan)
    assert plan.objective == 5 + 7 + 1 + 30 + 2 * 2 * 102_000


def test_h8_fixed_and_forbidden():
    one = [session("s1", places=(1, 1, 1))]
    assert names(solved(sessions=one)) == [("m1", "s1")]
    assert names(solved(sessions=one, fixed=[["m2", "s1"]])) == [("m2", "s1")]
    assert names(solved(sessions=one, forbidden=[["m1", "s1"]])) == [("m2", "s1")]


def test_keep_bonus_changes_only_what_is_worth_it():
    one = [session("s1", places=(1, 1, 1))]
    kept = solved(sessions=one, current=[["m2", "s1"]])
    assert (names(kept), kept.objective) == ([("m2", "s1")], 7)
    dear = solved(sessions=one, current=[["m2", "s1"]], pairs=pairs((0, 0, 5), (1, 0, 60)))
    assert (names(dear), dear.objective) == ([("m1", "s1")], 55)
    gone = solved(sessions=one, current=[["m2", "s1"]], pairs=pairs((0, 0, 5)))
    assert gone.objective == 55


def test_behind_beats_misfit_and_load_is_convex_over_the_year():
    one = [session("s1", places=(1, 1, 1))]
    plan = solved(members=[{"id": "m1", "served": 6, "target": 6}, {"id": "m2", "served": 1, "target": 6}], sessions=one)
    assert (names(plan), plan.objective) == ([("m2", "s1")], 7 + 30)
    plan = solved(members=[{"id": "m1", "target": 1}, {"id": "m2", "target": 1}], sessions=one)
    assert (plan.levels.behind, plan.objective) == (1, 20_005)


def week(*days, **rules):
    sessions = [session(f"s{day:02}", day, 9, (1, 1, 1)) for day in days]
    data = {"members": [{"id": "m1"}], "sessions": sessions, "pairs": pairs(*((0, k, 0) for k in range(len(days))))}
    return len(solved(**data, rules=rules).assignments)


def test_h9_seven_days():
    assert week(1, 2, 7, 8) == 4
    assert week(1, 2, 7, 8, max_per_7_days=1) == 2
    assert week(1, 8, 15, max_per_7_days=1) == 3
    assert week(1, 2, 7, 8, max_per_7_days=2) == 3


def test_h9_consecutive_weekends():
    assert week(5, 6, 12, 19, consecutive_weekends=False) == 3
    assert week(5, 6, 12, 19) == 4


def units(count, **rules):
    members = [{"id": f"m{number}", "unit": "U1" if number < 3 else "U2"} for number in range(count)]
    sessions = [session("s1", places=(1, count, count))]
    data = {"members": members, "sessions": sessions, "pairs": pairs(*((k, 0, 0) for k in range(count)))}
    return len(solved(**data, rules=rules).assignments)


@pytest.mark.parametrize(("share", "people"), [(None, 4), (0.5, 2), (0.0, 2), (0.67, 3), (0.75, 4), (1.0, 4)])
def test_h9_unit_share(share, people):
    assert units(4, unit_share=share) == people


def test_h9_unit_slot_cap_counts_overlapping_sessions():
    data = {
        "members": [{"id": "m1", "unit": "U1"}, {"id": "m2", "unit": "U1"}],
        "sessions": [
            session("s1", places=(1, 1, 1), end="2026-12-01T12:00"),
            session("s2", 1, 11, (1, 1, 1)),
        ],
        "pairs": pairs((0, 0, 0), (1, 1, 0)),
    }
    assert len(solved(**data, rules={"unit_slot_cap": 2}).assignments) == 2
    assert len(solved(**data, rules={"unit_slot_cap": 1}).assignments) == 1


def test_h9_apart_and_together():
    assert len(solved(rules={"apart": [["m1", "m2"]]}).assignments) == 1
    one = [session("s1", places=(1, 1, 1))]
    assert solved(sessions=one, rules={"together": [["m1", "m2"]]}).assignments == ()
    assert len(solved(rules={"together": [["m1", "m2"]]}).assignments) == 2


def test_hard_minima_of_the_other_objectives():
    sessions = [session("s1", 1, 9, (1, 1, 1)), session("s2", 2, 9, (1, 1, 1))]
    columns = pairs((0, 0, 1), (1, 0, 9), (0, 1, 8), (1, 1, 2))
    assert solved(objective="cost", sessions=sessions, pairs=columns).objective == 3
    used = solved(objective="members_used", sessions=sessions, pairs=columns)
    assert (used.objective, names(used)) == (1, [("m1", "s1"), ("m1", "s2")])
    fair = solved(objective="fair", sessions=sessions, pairs=pairs((0, 0, 1), (1, 0, 5), (0, 1, 5), (1, 1, 9)))
    assert (fair.objective, names(fair)) == (5, [("m1", "s1"), ("m1", "s2")])


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"fixed": [["m1", "s1"]], "forbidden": [["m1", "s1"]]}, {"H8"}),
        ({"fixed": [["m1", "s1"]], "pairs": pairs((1, 0, 0))}, {"H1"}),
        ({"sessions": [session("s1", places=(0, 1, 1))], "fixed": [["m1", "s1"], ["m2", "s1"]]}, {"H8", "H3"}),
        ({"members": [{"id": "m1", "min_services": 2}, {"id": "m2"}]}, {"H4"}),
        ({"objective": "cost", "sessions": [session("s1", places=(3, 3, 3))]}, {"H6"}),
        ({"fixed": [["m1", "s1"], ["m2", "s1"]], "rules": {"apart": [["m1", "m2"]]}}, {"H8", "H9"}),
    ],
)
def test_an_infeasible_problem_names_a_clash(changes, rules):
    plan = solved(**changes)
    assert plan.status == "infeasible"
    assert {row.rule for row in plan.clash} == rules
    assert all(row.text.endswith("。") for row in plan.clash)
    assert plan.to_json()["clash"]


def test_h3_a_kept_seat_without_a_holder_stays_empty_though_somebody_else_would_come():
    where = session("s1", places=(1, 2, 2), roles=[{"skill": "electric", "count": 1}], keep_seats=True, tier="can_wait")
    plan = solved(sessions=[where])
    assert names(plan) == [("m1", "s1")]
    assert (plan.levels.mandatory, plan.levels.desired, plan.objective) == (1, 1, 100_000 + 2_000 + 5)


def test_h3_a_kept_seat_is_for_its_holder_and_the_rest_for_the_others():
    where = session("s1", places=(1, 2, 2), roles=[{"skill": "electric", "count": 1}], keep_seats=True)
    plan = solved(sessions=[where], members=[{"id": "m1"}, {"id": "m2", "skills": ["electric"]}])
    assert plan.assignments == (("m1", "s1", None), ("m2", "s1", "electric"))
    two_others = {"format": "baodao-plan/1", "assignments": [["m1", "s1", None], ["m2", "s1", None]], "groups": []}
    report = check_plan(problem(sessions=[where], members=[{"id": "m1"}, {"id": "m2", "skills": ["electric"]}]), two_others)
    assert [violation.rule for violation in report.violations] == ["H3"]


def test_h6_a_session_that_needs_its_kept_seat_to_run_does_not_run_without_a_holder():
    where = session("s1", places=(2, 2, 2), roles=[{"skill": "electric", "count": 1}], keep_seats=True, run_or_cancel=True)
    plan = solved(sessions=[where])
    assert (plan.assignments, plan.status) == ((), "optimal")
