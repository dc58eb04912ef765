"""Reasons, prices and shortages agree with the rows they cite and with whole solves."""

import pytest

from baodao.base.solver import Problem, check_plan, solve
from baodao.base.solver.explain import Explainer
from baodao.base.solver.prices import Move, Prices
from baodao.base.solver.synthetic import Dimensions, month
from tests.base.solver.small import drawn, pairs, problem, session

CODES = {"chosen", "H1", "H2", "H3", "H4", "H6", "H7", "no_group", "H8", "H9", "full_fit", "not_needed", "possible"}


def answered(**changes):
    made = Problem.from_json(problem(**changes))
    return Explainer(made, solve(made), {("m1", "s2"): "no_certificate"})


def test_reasons_by_rule():
    two = [session("s1", 1, 9, (1, 1, 1)), session("s2", 1, 14, (0, 1, 1))]
    e = answered(sessions=two, pairs=pairs((0, 0, 1), (1, 0, 9), (1, 1, 1)), forbidden=[])
    assert e.reason("m1", "s1").code == "chosen"
    assert e.reason("m1", "s2").code == "no_certificate"
    other = e.reason("m2", "s1")
    assert (other.code, other.text(), other.text("en")) == ("H2", "那时已去 s2。", "Already serving s2 at that time.")


def test_reason_of_a_full_session_names_the_price():
    e = answered(sessions=[session("s1", places=(1, 1, 2))], pairs=pairs((0, 0, 1), (1, 0, 9)))
    reason = e.reason("m2", "s1")
    assert (reason.code, reason.data) == ("full_fit", {"session": "s1", "desired": 1, "price": 8})
    assert reason.text() == "s1 已够 1 人，来的人更合适（多花 8）。"


@pytest.mark.parametrize(
    ("changes", "pair", "code"),
    [
        ({"sessions": [session("s1", places=(1, 1, 1))]}, ("m2", "s1"), "H3"),
        ({"sessions": [session("s1", places=(3, 3, 3), run_or_cancel=True)]}, ("m2", "s1"), "H6"),
        ({"sessions": [session("s1", joint_speciality="x")]}, ("m2", "s1"), "no_group"),
        (
            {
                "sessions": [session("s1", joint_speciality="x")],
                "groups": [{"id": "g1", "speciality": "x", "members": ["m1"]}],
            },
            ("m2", "s1"),
            "H7",
        ),
        ({"forbidden": [["m2", "s1"]]}, ("m2", "s1"), "H8"),
        ({"rules": {"apart": [["m1", "m2"]]}}, ("m2", "s1"), "H9"),
        ({"members": [{"id": "m1"}, {"id": "m2", "max_services": 0}]}, ("m2", "s1"), "H4"),
        ({"members": [{"id": "m1"}, {"id": "m2", "max_hours": 0.5}]}, ("m2", "s1"), "H4"),
    ],
)
def test_reason_codes(changes, pair, code):
    assert answered(**changes).reason(*pair).code == code


def test_every_pair_of_a_month_has_a_reason_and_it_is_true():
    made = month(4, Dimensions(members=80, sessions=30, communities=2, joint=4, supply=0.7))
    plan = solve(made)
    e = Explainer(made, plan)
    chosen = {(m, s) for m, s, _ in plan.assignments}
    data = made.to_json()
    for member in made.members:
        for row in made.sessions:
            reason = e.reason(member.id, row.id)
            assert reason.code in CODES
            assert (reason.code == "chosen") == ((member.id, row.id) in chosen)
            assert reason.text()
            assert reason.text("en") != reason.text()
            if reason.code in {"H2", "H3", "H4"}:
                more = {"format": "baodao-plan/1", "assignments": [*plan.assignments, (member.id, row.id, None)]}
                more["groups"] = [list(pair) for pair in plan.groups]
                assert reason.code in {violation.rule for violation in check_plan(data, more).violations}


@pytest.mark.parametrize("seed", range(600, 615))
def test_price_of_forcing_and_forbidding_is_that_of_a_whole_solve(seed):
    data = drawn(seed, groups=False, most=8)
    for row in data["sessions"]:
        row["run_or_cancel"] = False
    for member in data["members"]:
        member["max_hours"] = None
    data |= {"rules": {"clash": "day"}, "fixed": []}
    made = Problem.from_json(data)
    plan = solve(made)
    if plan.status == "infeasible":
        return
    prices = Prices(made, plan)
    named = [(data["members"][m]["id"], data["sessions"][s]["id"]) for m, s in zip(data["pairs"]["member"], data["pairs"]["session"], strict=True)]
    for pair in named:
        if list(pair) in data["forbidden"]:
            continue
        for name, found in (("fixed", prices.force(*pair)), ("forbidden", prices.forbid(*pair))):
            whole = solve(Problem.from_json({**data, name: [*data[name], list(pair)]}))
            assert found.possible == (whole.status != "infeasible")
            if found.possible:
                assert (found.exact, found.objective) == (True, whole.objective - plan.objective)
                assert found.levels.mandatory == whole.levels.mandatory - plan.levels.mandatory


def test_the_chain_names_who_would_move():
    two = [session("s1", 1, 9, (1, 1, 1)), session("s2", 1, 14, (1, 1, 1))]
    made = Problem.from_json(problem(sessions=two, pairs=pairs((0, 0, 1), (0, 1, 4), (1, 0, 9), (1, 1, 2))))
    price = Prices(made, solve(made)).force("m1", "s2")
    assert (price.objective, price.levels.fit, price.levels.mandatory) == (10, 10, 0)
    assert set(price.chain) == {Move("m1", "s1", "s2"), Move("m2", "s2", "s1")}
    assert Prices(made, solve(made)).force("m1", "s1").chain == ()


def test_a_pair_that_is_not_eligible_cannot_be_forced():
    made = Problem.from_json(problem(pairs=pairs((0, 0, 1))))
    assert not Prices(made, solve(made)).force("m2", "s1").possible


def test_shortages_say_what_would_help():
    nobody = answered(pairs=pairs())
    assert [reason.code for reason in nobody.shortage("s1")] == ["nobody"]
    few = answered(sessions=[session("s1", places=(3, 3, 3))])
    assert [(reason.code, reason.data) for reason in few.shortage("s1")] == [("few", {"eligible": 2, "min": 3, "missing": 1})]
    roles = [{"skill": "law", "count": 1}]
    skill = answered(sessions=[session("s1", roles=roles)])
    assert [reason.data for reason in skill.shortage("s1")] == [{"skill": "law", "holders": 0, "free": 0}]
    busy = answered(
        sessions=[session("s1", 1, 9, (2, 2, 2), tier="urgent"), session("s2", 1, 14), session("s3", 2, 9, (0, 0, 1))],
        pairs=pairs((0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1)),
    )
    assert [(reason.code, reason.data["day"], reason.data["free"]) for reason in busy.shortage("s2")] == [("day", "2026-12-02", 2)]
    limit = answered(
        members=[{"id": "m1", "max_services": 1}, {"id": "m2", "max_services": 1}],
        sessions=[session("s1", 1, 9, (2, 2, 2), tier="urgent"), session("s2", 2, 14)],
        pairs=pairs((0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1)),
    )
    assert [(reason.code, reason.data) for reason in limit.shortage("s2")] == [("limit", {"limited": 2, "gain": 2})]
    joint = {"sessions": [session("s1", joint_speciality="x")]}
    assert [(reason.code, reason.data) for reason in answered(**joint).shortage("s1")] == [("group", {"speciality": "x", "groups": 0})]
    one = [{"id": "g1", "speciality": "x", "members": ["m1", "m2"]}]
    two = {"sessions": [session("s1", 1, 9, (1, 2, 2), joint_speciality="x"), session("s2", 2, 9, (1, 2, 2), joint_speciality="x", tier="urgent")]}
    both = answered(**two, groups=one, pairs=pairs((0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1)))
    assert [(reason.code, reason.data) for reason in both.shortage("s1")] == [("groups", {"speciality": "x", "groups": 1})]
    assert answered().shortage("s1") == []
