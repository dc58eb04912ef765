"""``solve`` and ``check_plan`` from outside: exit status, standard output and error."""

import json

from baodao.base.solver.synthetic import Dimensions, month
from tests.base.solver.small import pairs, problem, session

TOWN = Dimensions(members=150, sessions=60, communities=3, joint=6, units=10)


def test_solve_and_check(call, written, tmp_path):
    path, out = written("p.json", problem()), tmp_path / "plan.json"
    status, said, errors = call("solve", path, "--out", out, "--seconds", "5", "--seed", "3")
    assert (status, errors) == (0, "")
    assert said.startswith("已证明最优：2 人次，总值 12，下界 12")
    plan = json.loads(out.read_text(encoding="utf-8"))
    assert (plan["status"], plan["objective"], plan["seed"]) == ("optimal", 12, 3)
    assert "clash" not in plan
    assert call("check_plan", path, out)[0] == 0
    status, said, errors = call("check_plan", path, out, "--json")
    assert (status, errors) == (0, "")
    assert json.loads(said) == {"feasible": True, "violations": [], "levels": plan["levels"], "objective": 12}


def test_infeasible_is_written_with_status_0_and_refused_by_the_checker(call, written, tmp_path):
    path, out = written("p.json", problem(fixed=[["m1", "s1"]], pairs=pairs((1, 0, 0)))), tmp_path / "plan.json"
    status, said, errors = call("solve", path, "--out", out)
    assert (status, said, errors) == (0, "不可行：m1、s1被固定，却不在可选之列。\n", "")
    plan = json.loads(out.read_text(encoding="utf-8"))
    assert plan["clash"] == [{"rule": "H1", "ids": ["m1", "s1"], "text": "m1、s1被固定，却不在可选之列。"}]
    assert (plan["status"], plan["assignments"]) == ("infeasible", [])
    assert call("check_plan", path, out)[0] == 1


def test_malformed_is_one_line_and_status_2(call, written, tmp_path):
    out = tmp_path / "plan.json"
    path = written("p.json", problem(sessions=[session("s1", places=(3, 3, 2))]))
    assert call("solve", path, "--out", out) == (2, "", "sessions[0].places：min 3 大于 max 2。\n")
    assert not out.exists()
    assert call("check_plan", path, out)[0] == 2
    path.write_text('{"format": NaN}', encoding="utf-8")
    assert call("solve", path, "--out", out)[0] == 2
    assert call("solve", tmp_path / "none.json", "--out", out)[0] == 2


def test_wrong_arguments_are_status_2(call, written, tmp_path):
    path = written("p.json", problem())
    out = tmp_path / "plan.json"
    assert call("solve", path, "--out", out, "--seconds", "0")[0] == 2
    assert call("solve", path, "--out", out, "--workers", "0")[0] == 2
    assert call("solve", path, "--out", tmp_path / "none" / "plan.json")[0] == 2
    assert call("solve", path)[0] == 2


def test_every_violation_is_one_line_and_status_1(call, written):
    path = written("p.json", problem(forbidden=[["m1", "s1"]]))
    plan = written(
        "plan.json",
        {"format": "baodao-plan/1", "assignments": [["m1", "s1", None], ["m9", "s1", None]], "objective": 3},
    )
    status, said, errors = call("check_plan", path, plan, "--json")
    assert status == 1
    assert len(errors.splitlines()) == 3
    found = json.loads(said)
    assert found["feasible"] is False
    assert [set(row) for row in found["violations"]] == [{"rule", "session", "member", "text"}] * 3
    assert [row["rule"] for row in found["violations"]] == ["H1", "H8", "objective"]


def test_json_prints_one_object(call, written, tmp_path):
    status, said, errors = call("solve", written("p.json", problem()), "--out", tmp_path / "o.json", "--json")
    assert (status, errors) == (0, "")
    assert json.loads(said)["objective"] == 12


def test_a_certificate_is_written_and_checked(call, written, tmp_path):
    path, out, proof = written("p.json", month(4, TOWN).to_json()), tmp_path / "plan.json", tmp_path / "proof.json"
    assert call("solve", path, "--out", out, "--certificate", proof)[0] == 0
    certificate = json.loads(proof.read_text(encoding="utf-8"))
    assert (certificate["relaxation"], certificate["ended"]) == ("linear", "proof")
    status, said, errors = call("check_plan", path, out, "--certificate", proof)
    bound = certificate["bound"]
    assert (status, errors) == (0, "")
    assert said.splitlines()[1] == f"证书：按其中的价格用整数重算，没有方案低于 {bound}，差距 0.0000%（证书写 {bound}）。"
    found = json.loads(call("check_plan", path, out, "--certificate", proof, "--json")[1])
    assert found["certificate"] == {"agrees": True, "violations": [], "bound": bound, "gap": 0.0}
    certificate["prices"]["session"] = []
    written("proof.json", certificate)
    status, said, errors = call("check_plan", path, out, "--certificate", proof)
    assert (status, said) == (1, "")
    assert errors.startswith("prices 按价格只能算得")
    assert len(errors.splitlines()) == 1
    written("proof.json", certificate | {"bound": None})
    assert call("check_plan", path, out, "--certificate", proof)[0] == 2


def test_limits_are_arguments(call, written, tmp_path):
    path, out, proof = written("p.json", month(4, TOWN).to_json()), tmp_path / "plan.json", tmp_path / "proof.json"
    for arguments, ended in (("--memory-mb", "1"), "memory"), (("--rung", "flow"), "rung"), (("--nodes", "1"), "proof"):
        assert call("solve", path, "--out", out, "--certificate", proof, *arguments)[0] == 0
        assert json.loads(proof.read_text(encoding="utf-8"))["ended"] == ended
    for wrong in (("--nodes", "0"), ("--memory-mb", "0"), ("--memory-mb", "nan"), ("--rung", "magic")):
        assert call("solve", path, "--out", out, *wrong)[0] == 2
