"""The bad inputs of the contract, one by one, through ``solve``: one clear sentence and status 2, or a named clash."""

import json

import pytest

from tests.base.solver.small import pairs, problem, session


def text(data, old, new):
    """The problem as text with something json.dumps would not write."""
    words = json.dumps(data)
    assert old in words
    return words.replace(old, new)


BAD = {
    "negative places": (problem(sessions=[session("s1", places=(-1, 2, 3))]), "sessions[0].places.min：-1 小于允许的最小值 0。"),
    "min over max": (problem(sessions=[session("s1", places=(4, 4, 3))]), "sessions[0].places：min 4 大于 max 3。"),
    "a pair of no member": (problem(pairs=pairs((0, 0, 1), (7, 0, 1))), "pairs.member[1]：7 超过允许的最大值 1。"),
    "an unknown id": (problem(fixed=[["m1", "s9"]]), "fixed[0][1]：没有这个编号：'s9'。"),
    "a pair twice": (problem(pairs=pairs((0, 0, 1), (0, 0, 2))), "pairs：第 1 对与第 0 对重复（member 0，session 0）。"),
    "a member twice": (problem(members=[{"id": "m1"}, {"id": "m1"}]), "members[1].id：'m1' 与 members[0] 重复。"),
    "an end before its start": (
        problem(sessions=[session("s1") | {"end": "2026-12-01T08:00"}]),
        "sessions[0]：end 2026-12-01T08:00 早于 start 2026-12-01T09:00。",
    ),
    "a cost of 10^12": (problem(pairs=pairs((0, 0, 10**12), (1, 0, 1))), "pairs.cost[0]：1000000000000 超过允许的最大值 1000000000。"),
    "weights beyond exact sums": (
        problem(weights={"mandatory": 10**9}, sessions=[session("s1", places=(10**7, 10**7, 10**7))]),
        "weights：费用与权重之和太大，超出能精确计算的范围。",
    ),
    "nobody": (problem(members=[], pairs=pairs()), "members：一个人也没有，没有什么可安排的。"),
    "nothing to do": (problem(sessions=[], pairs=pairs()), "sessions：一个班次也没有，没有什么可安排的。"),
    "an unknown key": (problem(colour="red"), "不认识的键 'colour'。"),
    "an empty object": ({}, "缺少键 format。"),
}
BROKEN = {
    "NaN": (text(problem(pairs=pairs((0, 0, 5), (1, 0, 7))), "[5, 7]", "[NaN, 7]"), "含有 NaN，不是有限的数。"),
    "infinity": (text(problem(members=[{"id": "m1", "max_hours": 1}, {"id": "m2"}]), '"max_hours": 1', '"max_hours": Infinity'), "含有 Infinity，不是有限的数。"),
    "1e999": (text(problem(members=[{"id": "m1", "max_hours": 1}, {"id": "m2"}]), '"max_hours": 1', '"max_hours": 1e999'), "members[0].max_hours：不是有限的数（NaN 或无穷）。"),
    "no text": ("", None),
    "half a file": (json.dumps(problem())[:60], None),
    "a list": ("[1, 2]", "应当是一个对象。"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_one_sentence_and_status_2(call, written, tmp_path, name):
    data, said = BAD[name]
    out = tmp_path / "plan.json"
    assert call("solve", written("p.json", data), "--out", out) == (2, "", said + "\n")
    assert not out.exists()


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_number_or_no_json(call, tmp_path, name):
    words, said = BROKEN[name]
    path, out = tmp_path / "p.json", tmp_path / "plan.json"
    path.write_text(words, encoding="utf-8")
    status, printed, errors = call("solve", path, "--out", out)
    assert (status, printed, len(errors.splitlines())) == (2, "", 1)
    assert said is None or errors.endswith(said + "\n")
    assert not out.exists()


CLASHING = {
    "fixed but not eligible": (problem(fixed=[["m1", "s1"]], pairs=pairs((1, 0, 1))), "H1", {"m1", "s1"}),
    "fixed and forbidden": (problem(fixed=[["m1", "s1"]], forbidden=[["m1", "s1"]]), "H8", {"m1", "s1"}),
    "fixed twice on a day": (
        problem(
            sessions=[session("s1"), session("s2", hour=14)],
            pairs=pairs((0, 0, 1), (0, 1, 1)),
            fixed=[["m1", "s1"], ["m1", "s2"]],
        ),
        "H2",
        {"m1", "s1", "s2"},
    ),
    "more wanted of a member than there is": (problem(members=[{"id": "m1", "min_services": 3}, {"id": "m2"}]), "H4", {"m1"}),
    "a hard minimum nobody can fill": (
        problem(objective="cost", sessions=[session("s1", places=(3, 3, 3))]),
        "H6",
        {"s1"},
    ),
}


@pytest.mark.parametrize("name", CLASHING)
def test_demands_that_clash_are_named(call, written, tmp_path, name):
    data, rule, ids = CLASHING[name]
    out = tmp_path / "plan.json"
    status, said, errors = call("solve", written("p.json", data), "--out", out)
    assert (status, errors) == (0, "")
    assert said.startswith("不可行：")
    plan = json.loads(out.read_text(encoding="utf-8"))
    assert plan["status"] == "infeasible"
    assert ids <= {name for row in plan["clash"] for name in row["ids"]}
    assert rule in {row["rule"] for row in plan["clash"]}
    assert all(row["text"] for row in plan["clash"])
