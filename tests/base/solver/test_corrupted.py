"""Plans corrupted in different ways are all refused, each by the rule it breaks."""

import copy

import pytest

from baodao.base.solver import Problem, check_plan, solve
from tests.base.solver.small import pairs, problem, session


def good():
    """A problem with every feature, and its optimal plan."""
    data = problem(
        members=[
            {"id": "m1", "skills": ["law"], "max_services": 2, "unit": "U1"},
            {"id": "m2", "unit": "U1", "max_hours": 2},
            {"id": "m3", "unit": "U2", "min_services": 1},
            {"id": "m4", "unit": "U2"},
            {"id": "m5"},
        ],
        sessions=[
            session("s1", 5, 9, (1, 2, 2), roles=[{"skill": "law", "count": 1}], tier="urgent"),
            session("s2", 8, 9, (2, 2, 3), joint_speciality="medical"),
            session("s3", 12, 9, (2, 2, 2), run_or_cancel=True),
            session("s4", 12, 14, (0, 1, 1)),
            session("s5", 6, 9, (0, 0, 1)),
        ],
        groups=[
            {"id": "g1", "speciality": "medical", "members": ["m3", "m4"]},
            {"id": "g2", "speciality": "legal", "members": ["m1", "m2"]},
        ],
        pairs=pairs(
            (0, 0, 5), (1, 0, 5), (2, 1, 1), (3, 1, 1), (0, 1, 90), (1, 1, 90), (3, 2, 2), (4, 2, 3), (4, 3, 9), (3, 4, 50), (1, 4, 50)
        ),
        fixed=[["m5", "s3"]],
        forbidden=[["m5", "s4"]],
        rules={"max_per_7_days": 2, "consecutive_weekends": True, "unit_slot_cap": 2, "apart": [["m1", "m5"]]},
    )  # fmt: skip
    return data, solve(Problem.from_json(data)).to_json()


def rows(change):
    def corrupt(plan, _data):
        plan["assignments"] = change(plan["assignments"])

    return corrupt


def without(member, where):
    return rows(lambda found: [row for row in found if row[:2] != [member, where]])


def with_row(*row):
    return rows(lambda found: [*found, list(row)])


def stated(name, value):
    def corrupt(plan, _data):
        plan[name] = value(plan[name]) if callable(value) else value

    return corrupt


def rule(name, value):
    def corrupt(_plan, data):
        data["rules"][name] = value

    return corrupt


def session_has(number, **changes):
    def corrupt(_plan, data):
        data["sessions"][number] |= changes

    return corrupt


def member_has(number, **changes):
    def corrupt(_plan, data):
        data["members"][number] |= changes

    return corrupt


CORRUPTIONS = {
    "not a format": (stated("format", "baodao-plan/2"), "format"),
    "no list": (stated("assignments", None), "format"),
    "row too short": (with_row("m1", "s1"), "format"),
    "row of numbers": (with_row(1, 2, None), "format"),
    "stranger": (with_row("m9", "s1", None), "H1"),
    "no such session": (with_row("m1", "s9", None), "H1"),
    "not eligible": (with_row("m5", "s1", None), "H1"),
    "same day": (with_row("m5", "s4", None), "H2"),
    "too many": (session_has(0, places={"min": 1, "desired": 1, "max": 1}), "H3"),
    "too many services": (member_has(3, max_services=1), "H4"),
    "too many hours": (member_has(1, max_hours=0.5), "H4"),
    "too few services": (member_has(2, min_services=2), "H4"),
    "seat twice": (with_row("m1", "s1", None), "H5"),
    "role without skill": (
        rows(lambda found: [[m, s, "law" if (m, s) == ("m2", "s1") else role] for m, s, role in found]),
        "H5",
    ),
    "role not asked for": (
        rows(lambda found: [[m, s, "law" if s == "s3" else role] for m, s, role in found]),
        "H5",
    ),
    "runs short": (without("m4", "s3"), "H6"),
    "half a group": (without("m4", "s2"), "H7"),
    "joint without a group": (stated("groups", []), "H7"),
    "wrong group": (stated("groups", [["g2", "s2"]]), "H7"),
    "unknown group": (stated("groups", [["g9", "s2"]]), "H7"),
    "group on a single session": (stated("groups", [["g1", "s2"], ["g2", "s1"]]), "H7"),
    "group twice": (stated("groups", [["g1", "s2"], ["g1", "s2"]]), "H7"),
    "fixed left out": (without("m5", "s3"), "H8"),
    "forbidden put in": (with_row("m5", "s4", None), "H8"),
    "seven days": (rule("max_per_7_days", 0), "H9"),
    "weekends": (with_row("m4", "s5", None), None),
    "unit share": (rule("unit_share", 0.5), "H9"),
    "slot cap": (rule("unit_slot_cap", 1), "H9"),
    "apart": (rule("apart", [["m1", "m2"]]), "H9"),
    "together": (rule("together", [["m3", "m5"]]), "H9"),
    "levels": (stated("levels", lambda levels: {**levels, "fit": levels["fit"] - 1}), "levels"),
    "levels missing one": (stated("levels", {"mandatory": 0}), "levels"),
    "objective": (stated("objective", lambda value: value - 1), "objective"),
    "objective text": (stated("objective", "12"), "objective"),
    "bound over objective": (stated("bound", lambda value: value + 5), "bound"),
    "bound NaN": (stated("bound", float("nan")), "bound"),
    "optimal without proof": (stated("bound", lambda value: value - 50), "status"),
    "gap": (stated("gap", 0.5), "gap"),
    "status": (stated("status", "infeasible"), "status"),
    "another problem": (stated("problem_sha256", "0" * 64), "problem_sha256"),
    "cost changed": (lambda _plan, data: data["pairs"]["cost"].__setitem__(0, 6), "levels"),
}


def test_the_plan_itself_is_good():
    data, plan = good()
    assert check_plan(data, plan).violations == []
    assert plan["status"] == "optimal"
    assert plan["groups"] == [["g1", "s2"]]
    assert len(plan["assignments"]) == 6


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_corrupted_plan_is_refused(name):
    data, plan = copy.deepcopy(good())
    corrupt, broken = CORRUPTIONS[name]
    corrupt(plan, data)
    report = check_plan(data, plan)
    assert not report.feasible
    assert report.to_json()["feasible"] is False
    if broken is not None:
        assert broken in {violation.rule for violation in report.violations}
    assert all(violation.text for violation in report.violations)


@pytest.mark.parametrize("plan", [None, [], "x", 3, {}, {"format": "baodao-plan/1"}])
def test_what_is_no_plan_is_refused(plan):
    report = check_plan(good()[0], plan)
    assert [violation.rule for violation in report.violations] == ["format"]


def test_figures_a_plan_does_not_state_are_recomputed():
    data, plan = good()
    bare = {"format": plan["format"], "assignments": plan["assignments"], "groups": plan["groups"]}
    report = check_plan(data, bare)
    assert report.feasible
    assert (report.levels, report.objective) == (plan["levels"], plan["objective"])


def test_the_file_s_own_digest_is_accepted():
    data, plan = good()
    plan["problem_sha256"] = "f" * 64
    assert check_plan(data, plan, also_sha256="f" * 64).feasible


def test_checker_shares_no_code_with_the_search():
    import ast
    from pathlib import Path

    import baodao.base.solver as package

    folder = Path(package.__file__).parent
    for path in folder.glob("check*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert not name.startswith("baodao") or name.split(".")[-1].startswith("check"), (path.name, name)
                assert name not in {"numpy", "highspy"}
