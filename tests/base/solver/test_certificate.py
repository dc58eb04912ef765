"""Certificates: what they state, that their prices prove the bound by independent arithmetic, and refusals."""

import ast
from pathlib import Path

import pytest

import baodao.base.solver.check_bound as check_bound
from baodao.base.solver import Certificate, Malformed, Problem, certified, check_certificate, solve
from baodao.base.solver.check_bound import bound_by_prices
from baodao.base.solver.synthetic import Dimensions, month
from tests.base.solver.small import drawn, every_plan, pairs, problem, session

SMALL = Dimensions(members=150, sessions=60, communities=3, joint=6, units=10)


def made(data):
    found = Problem.from_json(data)
    return found, *certified(found)


@pytest.mark.parametrize("objective", ["service", "cost"])
@pytest.mark.parametrize("seed", range(700, 730))
def test_prices_prove_the_bound_by_other_arithmetic(seed, objective):
    data = drawn(seed, objective=objective, extended=seed % 3 == 0)
    found, plan, certificate = made(data)
    report = check_certificate(data, plan.to_json(), certificate.to_json())
    assert report.violations == []
    if report.bound is not None and plan.objective is not None:
        assert report.bound <= plan.objective
        if certificate.relaxation == "linear" and not found.rules.extended:
            assert report.bound >= plan.bound


@pytest.mark.parametrize("seed", range(740, 760))
def test_no_prices_at_all_can_prove_too_much(seed):
    """The sum of everybody's best stays under the best plan, whatever nonsense the prices are."""
    data = drawn(seed, most=7)
    plans = every_plan(data)
    if not plans:
        return
    best = min(report.objective for _, report in plans)
    sessions = [row["id"] for row in data["sessions"]]
    people = [row["id"] for row in data["members"]]
    for price in (0, 10**6, 90 * 10**6, 2 * 10**11, -(10**8)):
        nonsense = {
            "session": [[name, price * (number + 1)] for number, name in enumerate(sessions)],
            "role": [[name, "a", price // 2] for name in sessions],
            "joint": [[who, name, price // 3] for who in people for name in sessions],
            "group": [[row["id"], price // 5] for row in data.get("groups", [])],
            "hours": [[who, price // 7] for who in people],
            "link": [[who, name, price // 11] for who in people for name in sessions],
        }
        assert bound_by_prices(data, nonsense) <= best


@pytest.mark.parametrize("clash", ["day", "interval"])
def test_a_month_is_proved_without_the_solver(clash):
    found = month(5, Dimensions(members=150, sessions=60, communities=3, joint=6, units=10, clash=clash))
    plan, certificate = certified(found)
    report = check_certificate(found.to_json(), plan.to_json(), certificate.to_json())
    assert report.agrees
    assert plan.status == "optimal"
    assert report.gap <= 1e-3
    if certificate.relaxation == "linear":
        assert (report.bound, report.gap) == (plan.objective, 0)


def test_prices_of_single_places_prove_a_month_in_which_half_the_people_are_missing():
    found = month(4, Dimensions(members=150, sessions=60, communities=3, joint=0, units=10, cancel_share=0.9, supply=0.5, min_share=0.9))
    plan, certificate = certified(found)
    data, proof = found.to_json(), certificate.to_json()
    assert check_certificate(data, plan.to_json(), proof).bound == plan.objective
    assert proof["prices"]["link"]
    assert bound_by_prices(data, proof["prices"] | {"link": []}) < plan.objective
    assert Certificate.from_json(proof) == certificate


def test_it_says_what_was_proved_and_why_it_ended():
    _, plan, certificate = made(problem())
    assert (certificate.relaxation, certificate.ended, certificate.bound) == ("capacity", "proof", plan.bound)
    assert certificate.statement() == "没有方案的总值低于 12：各班次的空位和各人的费用各自取最好；方案的总值是 12。"
    assert certificate.statement("en").startswith("No plan is below 12")
    clashing, plan, certificate = made(problem(fixed=[["m1", "s1"]], pairs=pairs((1, 0, 0))))
    assert (certificate.relaxation, plan.status) == ("clash", "infeasible")
    assert check_certificate(clashing.to_json(), plan.to_json(), certificate.to_json()).agrees


def test_each_limit_ends_the_search_and_stands_in_the_certificate():
    found = month(5, SMALL)
    assert certified(found)[1].ended == "proof"
    assert certified(found, rung="greedy")[1].ended == "rung"
    assert certified(found, seconds=0.0001)[1].ended == "time"
    assert certified(found, cancel=lambda: True)[1].ended == "cancel"
    plan, certificate = certified(found, memory_mb=1)
    assert (plan.rung, certificate.ended) == ("greedy", "memory")
    hard = month(0, Dimensions(120, 2, 60, units=12, joint=15, supply=0.45, min_share=0.5, cancel_share=0.6))
    plan, certificate = certified(hard, nodes=3, seconds=60)
    assert (certificate.ended, certificate.relaxation) == ("nodes", "branching")
    assert 3 <= certificate.nodes <= 5
    again, _ = certified(hard, nodes=3, seconds=60)
    assert again.assignments == plan.assignments
    for wrong in ({"nodes": 0}, {"memory_mb": 0}):
        with pytest.raises(ValueError, match="at least one"):
            solve(found, **wrong)


@pytest.mark.parametrize("rung", ["greedy", "flow", "lp", "mip"])
def test_every_rung_is_usable_and_reports_bound_and_gap(rung):
    plan, certificate = certified(month(5, SMALL), rung=rung)
    assert plan.assignments
    last = certificate.ladder[-1]
    assert (last.objective, last.bound) == (plan.objective, plan.bound)
    assert last.gap is not None
    assert next(step.rung for step in certificate.ladder) == "greedy"


def corrupted():
    """Changes that make a certificate untrue, with what is said of them."""
    return {
        "another problem": (lambda c: c | {"problem_sha256": "0" * 64}, "problem_sha256"),
        "another plan": (lambda c: c | {"plan_sha256": "0" * 64}, "plan_sha256"),
        "a better bound": (lambda c: c | {"bound": c["bound"] + 1, "objective": c["objective"] + 1}, "objective"),
        "another seed": (lambda c: c | {"seed": 9}, "seed"),
        "prices lowered": (lambda c: c | {"prices": c["prices"] | {"session": []}}, "prices"),
        "a ladder that falls": (lambda c: c | {"ladder": [*c["ladder"], c["ladder"][0]]}, "ladder"),
    }


@pytest.mark.parametrize("name", corrupted())
def test_untrue_certificates_are_refused(name):
    found = month(4, SMALL)
    plan, certificate = certified(found)
    assert certificate.relaxation == "linear"
    change, rule = corrupted()[name]
    report = check_certificate(found.to_json(), plan.to_json(), change(certificate.to_json()))
    assert rule in {violation.rule for violation in report.violations}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"bound": 13}, "bound"),
        ({"bound": 11}, "status"),
        ({"relaxation": "faith"}, "relaxation"),
        ({"format": "baodao-certificate/9"}, "format"),
        ({"prices": {"unit": 1}}, "prices"),
        ({"more": 1}, ""),
        ({"objective": "12"}, "objective"),
    ],
)
def test_a_certificate_that_contradicts_itself_is_malformed(changes, place):
    data = made(problem())[2].to_json() | changes
    with pytest.raises(Malformed) as refused:
        Certificate.from_json(data)
    assert refused.value.place == place


def test_written_and_read_again_is_the_same():
    certificate = certified(month(4, SMALL))[1]
    assert Certificate.from_json(certificate.to_json()) == certificate


def test_two_stages_have_no_prices_and_say_so():
    data = problem(objective="members_used", sessions=[session("s1", places=(1, 1, 1))])
    _, plan, certificate = made(data)
    assert certificate.relaxation == "two_stages"
    report = check_certificate(data, plan.to_json(), certificate.to_json())
    assert (report.agrees, report.bound) == (True, None)


def test_the_check_of_the_bound_shares_no_code_with_the_search():
    tree = ast.parse(Path(check_bound.__file__).read_text(encoding="utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name for name in names if "baodao" in name} == {"baodao.base.solver.check_seen"}
    assert not names & {"numpy", "highspy"}
