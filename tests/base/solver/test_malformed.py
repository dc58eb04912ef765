"""A malformed problem is refused with one sentence that begins with the place."""

import copy
import json

import pytest

from baodao.base.solver import Malformed, Problem, read_problem, write_problem
from baodao.base.solver.synthetic import Dimensions, month
from tests.base.solver.small import pairs, problem, session


def at(path, value):
    """A change: set (or with ``...`` delete) the value at a path of the good problem."""

    def change(data):
        *way, last = path
        for step in way:
            data = data[step]
        if value is ...:
            del data[last]
        else:
            data[last] = value

    return change


FAULTS = {
    "format": (at(["format"], "baodao-problem/2"), "format"),
    "no members": (at(["members"], []), "members"),
    "no sessions": (at(["sessions"], []), "sessions"),
    "missing key": (at(["pairs"], ...), ""),
    "unknown key": (at(["colour"], 1), ""),
    "unknown key of a member": (at(["members", 0, "age"], 40), "members[0]"),
    "members not a list": (at(["members"], {"m1": 1}), "members"),
    "id not text": (at(["members", 0, "id"], 7), "members[0].id"),
    "id empty": (at(["sessions", 0, "id"], " "), "sessions[0].id"),
    "member twice": (at(["members", 1, "id"], "m1"), "members[1].id"),
    "negative places": (at(["sessions", 0, "places", "min"], -1), "sessions[0].places.min"),
    "min over max": (at(["sessions", 0, "places"], {"min": 4, "desired": 4, "max": 3}), "sessions[0].places"),
    "desired under min": (at(["sessions", 0, "places"], {"min": 2, "desired": 1, "max": 3}), "sessions[0].places"),
    "places half": (at(["sessions", 0, "places"], {"min": 2}), "sessions[0].places"),
    "end before start": (at(["sessions", 0, "end"], "2026-12-01T08:00"), "sessions[0]"),
    "end alone": (at(["sessions", 0, "start"], None), "sessions[0]"),
    "no time": (at(["sessions", 0, "start"], "tomorrow"), "sessions[0].start"),
    "time zone": (at(["sessions", 0, "start"], "2026-12-01T09:00+08:00"), "sessions[0].start"),
    "tier": (at(["sessions", 0, "tier"], "soon"), "sessions[0].tier"),
    "role twice": (
        at(["sessions", 0, "roles"], [{"skill": "a", "count": 1}, {"skill": "a", "count": 2}]),
        "sessions[0].roles",
    ),
    "negative role": (at(["sessions", 0, "roles"], [{"skill": "a", "count": -1}]), "sessions[0].roles[0].count"),
    "flag not a flag": (at(["sessions", 0, "run_or_cancel"], 1), "sessions[0].run_or_cancel"),
    "fraction": (at(["members", 0, "max_services"], 1.5), "members[0].max_services"),
    "flag as number": (at(["members", 0, "served"], True), "members[0].served"),
    "minimum over maximum": (
        at(["members", 0], {"id": "m1", "min_services": 3, "max_services": 2}),
        "members[0].min_services",
    ),
    "NaN hours": (at(["members", 0, "max_hours"], float("nan")), "members[0].max_hours"),
    "infinite hours": (at(["members", 0, "max_hours"], float("inf")), "members[0].max_hours"),
    "NaN pair hours": (at(["pairs", "hours"], [1, float("nan")]), "pairs.hours[1]"),
    "cost 10^12": (at(["pairs", "cost"], [5, 10**12]), "pairs.cost[1]"),
    "cost 10^30": (at(["pairs", "cost"], [5, 10**30]), "pairs.cost[1]"),
    "cost fraction": (at(["pairs", "cost"], [5.5, 7]), "pairs.cost[0]"),
    "cost NaN": (at(["pairs", "cost"], [float("nan"), 7]), "pairs.cost[0]"),
    "cost text": (at(["pairs", "cost"], ["5", 7]), "pairs.cost[0]"),
    "cost flag": (at(["pairs", "cost"], [True, 7]), "pairs.cost[0]"),
    "cost nested": (at(["pairs", "cost"], [[5], [7]]), "pairs.cost[0]"),
    "ragged": (at(["pairs", "cost"], [5]), "pairs"),
    "pair twice": (at(["pairs"], pairs((0, 0, 1), (1, 0, 2), (0, 0, 3))), "pairs"),
    "pair of no member": (at(["pairs", "member"], [0, 2]), "pairs.member[1]"),
    "pair of no session": (at(["pairs", "session"], [0, -1]), "pairs.session[1]"),
    "group of a stranger": (
        at(["groups"], [{"id": "g", "speciality": "x", "members": ["m9"]}]),
        "groups[0].members[0]",
    ),
    "empty group": (at(["groups"], [{"id": "g", "speciality": "x", "members": []}]), "groups[0].members"),
    "group twice the same": (
        at(["groups"], [{"id": "g", "speciality": "x", "members": ["m1", "m1"]}]),
        "groups[0].members",
    ),
    "fixed stranger": (at(["fixed"], [["m1", "s1"], ["m1", "s9"]]), "fixed[1][1]"),
    "fixed no pair": (at(["fixed"], [["m1"]]), "fixed[0]"),
    "fixed twice": (at(["fixed"], [["m1", "s1"], ["m1", "s1"]]), "fixed[1]"),
    "clash": (at(["rules"], {"clash": "week"}), "rules.clash"),
    "share over 1": (at(["rules"], {"unit_share": 1.2}), "rules.unit_share"),
    "apart stranger": (at(["rules"], {"apart": [["m1", "m9"]]}), "rules.apart[0][1]"),
    "no start for a clash": (at(["sessions"], [{"id": "s1", "places": {"min": 0, "desired": 1, "max": 1}}]), "sessions[0].start"),
    "objective": (at(["objective"], "best"), "objective"),
    "negative weight": (at(["weights"], {"load": -1}), "weights.load"),
    "weights beyond exact sums": (at(["weights"], {"mandatory": 10**9, "desired": 10**9}), "weights"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_refused_by_its_place(name):
    change, place = FAULTS[name]
    data = problem(sessions=[session("s1", places=(1, 2, 3))])
    if name == "weights beyond exact sums":
        data["sessions"] = [session(f"s{k}", places=(10**6, 10**6, 10**6)) for k in range(9)]
    good = copy.deepcopy(data)
    change(data)
    with pytest.raises(Malformed) as caught:
        Problem.from_json(data)
    assert caught.value.place == place
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("。")
    assert Problem.from_json(good)


@pytest.mark.parametrize("data", [None, 3, [], "x", {}])
def test_what_is_no_object_is_refused(data):
    with pytest.raises(Malformed):
        Problem.from_json(data)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{", "不是 JSON"),
        ("", "不是 JSON"),
        ('{"format": NaN}', "NaN"),
        ('{"format": "a", "format": "b"}', "format"),
        ("[" * 100_000, "嵌套太深"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path, words, said):
    path = tmp_path / "p.json"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(Malformed, match=said) as caught:
        read_problem(path)
    assert caught.value.place == str(path)


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(Malformed, match="读不了"):
        read_problem(tmp_path / "none.json")
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Malformed, match="UTF-8"):
        read_problem(tmp_path / "b.json")


def test_written_and_read_again_is_the_same(tmp_path):
    made = month(3, Dimensions(members=60, sessions=20, communities=2, joint=4))
    write_problem(made, tmp_path / "p.json")
    again = read_problem(tmp_path / "p.json")
    assert again == made
    assert again.sha256 == made.sha256
    assert list(tmp_path.iterdir()) == [tmp_path / "p.json"]


def test_defaults_are_those_of_the_format():
    data = Problem.from_json(problem()).to_json()
    assert data["weights"] == {
        "mandatory": 100000,
        "behind": 20000,
        "desired": 2000,
        "load": 30,
        "year": 30,
        "change": 50,
    }
    assert data["rules"] == {
        "clash": "day",
        "travel_minutes": 0,
        "max_per_7_days": None,
        "consecutive_weekends": True,
        "unit_share": None,
        "unit_slot_cap": None,
        "apart": [],
        "together": [],
    }
    assert data["members"][0] == {
        "id": "m1",
        "max_services": None,
        "min_services": 0,
        "max_hours": None,
        "served": 0,
        "target": 0,
        "skills": [],
        "unit": None,
    }
    assert json.loads(json.dumps(data)) == data
