"""Why the others are not there: exact, agreeing with the stored data, in sentences; nothing is written."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baodao.base import solver
from baodao.domain.matching import pricing, services, why_not
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.matching.services import drafts
from tests.domain.matching.small_town import MONTH, SATURDAY, SUNDAY, SmallTown, full_month


def solved(cast, **more):
    return services.solve_month(
        actor=cast.actor("clerk"), town=cast.town.path, month=MONTH, communities=[cast.xingfu.path], **more
    )[0]


@pytest.fixture
def town(cast):
    return SmallTown(cast)


def answer(plan, shift, member):
    found = why_not.others(plan, shift.pk, [member.pk])
    return found.by_member[member.pk], found.settled


def test_equals_are_told_that_the_lot_decided(cast, town):
    for name in ("甲一", "乙二"):
        town.person(name, unit=None)
    shift = town.shift(town.post("巡逻", desired_people=1, max_people=1), SATURDAY)
    plan = solved(cast)
    inside = plan.lines.get().member
    other = next(m for m in town.people.values() if m.pk != inside.pk)
    why, settled = answer(plan, shift, other)
    assert settled and (why.words, why.objective) == (why_not.EQUAL, 0)
    assert why.moves == (f"{other.name}：排上 12-05 巡逻", f"{inside.name}：12-05 巡逻 不排")


def test_whoever_is_needed_elsewhere_leaves_that_place_short(cast, town):
    law = town.person("甲一", unit=None, skills=("law",), max_per_month=1)
    town.person("乙二", unit=None)
    sat = town.shift(town.post("巡逻", desired_people=1, max_people=1), SATURDAY)
    town.shift(town.post("调解", kind="legal", skill="law", desired_people=1, max_people=1, min_people=1), SUNDAY, "16:00", "18:00")
    plan = solved(cast)
    why, settled = answer(plan, sat, law)
    assert settled and why.parts.mandatory > 0 and why.objective >= 100_000
    assert why.words == "12-06 周日的调解就少 1 人，人不够开"
    assert "甲一：12-06 调解 换到 12-05 巡逻" in why.moves


def test_a_wished_place_would_be_empty(cast, town):
    both = town.person("甲一", unit=None, max_per_month=1, slots=("saturday_evening", "sunday_afternoon"))
    town.person("乙二", unit=None, max_per_month=1, slots=("saturday_evening",))
    town.person("丙三", unit=None, max_per_month=1, slots=("sunday_afternoon",))
    sat = town.shift(town.post("巡逻", desired_people=1, max_people=1), SATURDAY)
    town.shift(town.post("辅导", desired_people=2, max_people=2), SUNDAY, "16:00", "18:00")
    plan = solved(cast)
    why, _ = answer(plan, sat, both)
    assert (why.parts.mandatory, why.parts.behind) == (0, 0) and why.parts.desired > 0
    assert why.words == "12-06 周日的辅导就少 1 人"


def test_who_comes_from_far_is_worse_by_that(cast, town):
    home = town.person("甲一", unit=None)
    far = town.person("乙二", unit=None, community="jiankang", far_ok=True)
    shift = town.shift(town.post("巡逻", desired_people=1, max_people=1), SATURDAY)
    plan = solved(cast)
    assert plan.lines.get().member == home
    why, _ = answer(plan, shift, far)
    assert why.parts.fit == {"far": 40} and why.objective == 40
    assert why.words == why_not.WORSE["far"]


def test_a_better_one_is_left_out_only_not_to_move_who_is_there(cast, town):
    """A new solve keeps those who are there: the sentence says so instead of calling the other worse."""
    town.person("甲一", unit=None, community="jiankang", far_ok=True)
    shift = town.shift(town.post("巡逻", desired_people=1, max_people=1), SATURDAY)
    solved(cast)
    home = town.person("乙二", unit=None)
    plan = solved(cast)
    assert plan.lines.get().member.name == "甲一"
    why, settled = answer(plan, shift, home)
    assert settled and why.parts.fit == {"far": -40, "change": 50}
    assert why.words == why_not.BETTER_MOVES


def test_a_draft_changed_by_hand_is_compared_by_a_new_solve(cast, town):
    home = town.person("甲一", unit=None)
    town.person("乙二", unit=None)
    shift = town.shift(town.post("巡逻", desired_people=2, max_people=2), SATURDAY)
    plan = solved(cast)
    services.take_out(actor=cast.actor("clerk"), plan=plan, line=plan.lines.get(member=home))
    new = town.person("丙三", unit=None)
    why, settled = answer(plan, shift, new)
    assert not settled and why.words == why_not.THERE


def test_whom_a_rule_keeps_out_is_left_to_the_rule(cast, town):
    town.person("甲一", unit=None)
    busy = town.person("乙二", unit=None, max_per_month=0)
    shift = town.shift(town.post("巡逻", desired_people=1, max_people=1), SATURDAY)
    plan = solved(cast)
    assert why_not.others(plan, shift.pk, [busy.pk]).by_member == {}


def test_every_price_agrees_with_what_is_stored(cast):
    """For pairs that are not in the plan: the promised plan has the pair, breaks no rule, differs by exactly the price,
    the parts of the price add up, and a free solve with the pair fixed lies between the plan and what was claimed."""
    full_month(cast, people=24)
    plan = solved(cast)
    standing = pricing.stand(plan)
    around, seen = pricing.prices(standing), 0
    problem = standing.built.problem
    members = {pk: code for code, pk in standing.built.members.items()}
    shifts = {pk: code for code, pk in standing.built.shifts.items()}
    for m, s in list(zip(problem["pairs"]["member"], problem["pairs"]["session"], strict=True))[::3]:
        member, shift = standing.built.members[problem["members"][m]["id"]], standing.built.shifts[problem["sessions"][s]["id"]]
        if (member, shift) in standing.pairs:
            continue
        cost = pricing.cost_of(standing, around, member, shift)
        if cost is None:
            continue
        seen += 1
        assert (member, shift) in cost.pairs and cost.objective >= 0
        parts = pricing.parts_between(standing, cost.levels, cost.pairs)
        assert sum(parts.fit.values()) == cost.levels.fit
        weighed = 100_000 * parts.mandatory + 20_000 * parts.behind + 2_000 * parts.desired + sum(parts.fit.values())
        assert weighed == cost.objective
        fixed = {**problem, "fixed": [*problem["fixed"], [members[member], shifts[shift]]]}
        free = solver.solve(solver.Problem.from_json(fixed), seconds=10)
        assert standing.plan.objective <= free.objective <= standing.plan.objective + cost.objective
        assert {s for _m, s in cost.pairs} <= set(shifts) and {m for m, _s in cost.pairs} <= set(members)
        assert why_not.told(standing, cost).words
    assert seen > 10


def test_nothing_is_written(cast, town, django_assert_max_num_queries):
    for name in ("甲一", "乙二", "丙三"):
        town.person(name, unit=None)
    shift = town.shift(town.post("巡逻", desired_people=1, max_people=1), SATURDAY)
    for week in (1, 2, 3):
        town.shift(town.posts["巡逻"], SATURDAY + timedelta(weeks=week))
    plan = solved(cast)
    before = [list(PlanLine.objects.values_list("pk", "member_id")), Plan.objects.get().version]
    with django_assert_max_num_queries(32):
        why_not.others(plan, shift.pk, [m.pk for m in town.people.values()])
    assert before == [list(PlanLine.objects.values_list("pk", "member_id")), Plan.objects.get().version]
    assert drafts.line_pairs(plan).keys() == {(m, s) for m, s in PlanLine.objects.values_list("member_id", "shift_id")}
