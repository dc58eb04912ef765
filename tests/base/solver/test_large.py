"""Large files: columns are read into arrays piece by piece, judged like small ones, and written without a second copy."""

import json
from array import array

import pytest

from baodao.base.solver import Malformed, Problem, check_plan, read_problem, solve, write_problem
from baodao.base.solver.check_seen import digest_of
from baodao.base.solver.columns import LONG
from baodao.base.solver.files import read_json
from tests.base.solver.small import problem, session

PEOPLE, SHIFTS = 300, 200


def wide(**columns):
    """60,000 pairs, every list long enough to be cut out."""
    rows = [(m, s) for m in range(PEOPLE) for s in range(SHIFTS)]
    pairs = {
        "member": [m for m, _ in rows],
        "session": [s for _, s in rows],
        "cost": [1000 + (7 * m + 13 * s) % 90 for m, s in rows],
    }
    return problem(
        members=[{"id": f"m{number}"} for number in range(PEOPLE)],
        sessions=[session(f"s{number}", 1 + number % 28) for number in range(SHIFTS)],
        pairs=pairs | columns,
    )


@pytest.fixture
def written(tmp_path):
    def write(data, indent=None):
        path = tmp_path / "p.json"
        path.write_text(json.dumps(data, indent=indent), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("indent", [None, 1])
def test_long_columns_come_as_arrays_and_mean_the_same(written, indent):
    data = wide(hours=[1 + (number % 3) / 2 for number in range(PEOPLE * SHIFTS)])
    assert len(json.dumps(data["pairs"]["cost"])) > LONG
    path = written(data, indent)
    read = read_json(path)
    assert {name: type(column) for name, column in read["pairs"].items()} == dict.fromkeys(data["pairs"], array)
    assert {name: column.tolist() for name, column in read["pairs"].items()} == data["pairs"]
    found, small = Problem.from_json(read), Problem.from_json(data)
    assert found == small
    assert found.sha256 == small.sha256 == digest_of(data) == digest_of(read)


def test_the_checker_reads_the_arrays(written):
    data = wide()
    path = written(data)
    plan = solve(read_problem(path), rung="greedy").to_json()
    assert check_plan(read_json(path), plan).to_json() == check_plan(data, plan).to_json()
    plan["assignments"][0][2] = "law"
    assert not check_plan(read_json(path), plan).feasible


def test_written_piece_by_piece_is_the_same_file(tmp_path):
    found = Problem.from_json(wide())
    write_problem(found, tmp_path / "p.json")
    assert json.loads((tmp_path / "p.json").read_text(encoding="utf-8")) == found.to_json()
    assert read_problem(tmp_path / "p.json") == found


def spoiled(name, at, value):
    data = wide(hours=[1.5] * (PEOPLE * SHIFTS))
    data["pairs"][name][at] = value
    return data


@pytest.mark.parametrize(
    ("name", "at", "value", "said"),
    [
        ("member", 31_000, 300, "pairs.member[31000]：300 超过允许的最大值 299。"),
        ("session", 59_999, -1, "pairs.session[59999]：-1 小于允许的最小值 0。"),
        ("cost", 45_678, 10**12, "pairs.cost[45678]：1000000000000 超过允许的最大值 1000000000。"),
        ("cost", 45_678, 10**30, "pairs.cost[45678]：1000000000000000000000000000000 超过允许的最大值 1000000000。"),
        ("cost", 3, 2.5, "pairs.cost[3]：应当是整数，而不是 2.5。"),
        ("cost", 3, True, "pairs.cost[3]：应当是整数，而不是 True。"),
        ("cost", 3, None, "pairs.cost[3]：应当是整数，而不是 None。"),
        ("hours", 7, -1.0, "pairs.hours[7]：-1.0 不在 0 到 1e+09 之间。"),
        ("session", 1, 0, "pairs：第 1 对与第 0 对重复（member 0，session 0）。"),
    ],
)
def test_a_fault_in_a_long_column_is_told_by_its_place(written, name, at, value, said):
    with pytest.raises(Malformed) as refused:
        read_problem(written(spoiled(name, at, value)))
    assert str(refused.value) == said


@pytest.mark.parametrize(("old", "new"), [("1000, ", "1000,, "), ("1000, ", "1000 "), ("1000, ", "01000, "), ("]", ",]"), ("1000", "-")])
def test_broken_json_in_a_long_column_is_refused(tmp_path, old, new):
    words = json.dumps(wide())
    at = words.index('"cost"')
    path = tmp_path / "p.json"
    path.write_text(words[:at] + words[at:].replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Malformed, match="不是 JSON"):
        read_problem(path)


def test_columns_of_unequal_length_and_lists_in_other_places(written):
    data = wide()
    data["pairs"]["cost"].pop()
    with pytest.raises(Malformed, match="各列长短不一：member 60000、session 60000、cost 59999。"):
        read_problem(written(data))
    data = wide()
    data["fixed"] = list(range(40_000))
    with pytest.raises(Malformed, match=r"^fixed\[0\]"):
        read_problem(written(data))
    path = written({"format": "baodao-problem/1", "members": "\x00column 0", "pairs": {"cost": "\x00column 5"}})
    assert read_json(path)["pairs"]["cost"] == "\x00column 5"
