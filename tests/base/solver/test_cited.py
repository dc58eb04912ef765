"""Ten explanations beside their rows: each is recomputed from the stored rows by code that shares nothing with the solver."""

import json

import pytest

from baodao.base.solver import solve
from baodao.base.solver.synthetic import Dimensions, month
from tests.base.solver.small import pairs, problem, session

DIMS = Dimensions(members=90, sessions=45, communities=2, joint=5, units=9, supply=0.6, max_services=2)
PLACES = {"urgent": 8, "important": 4, "ordinary": 2, "can_wait": 1}


class Stored:
    """The two files as plain rows."""

    def __init__(self, data, plan):
        self.data, self.plan = data, plan
        self.members = {row["id"]: row for row in data["members"]}
        self.sessions = {row["id"]: row for row in data["sessions"]}
        ids = [row["id"] for row in data["members"]], [row["id"] for row in data["sessions"]]
        columns = data["pairs"]
        self.cost = {(ids[0][m], ids[1][s]): c for m, s, c in zip(columns["member"], columns["session"], columns["cost"], strict=True)}
        self.rows = {(m, s) for m, s, _ in plan["assignments"]}

        self.served_by = {s for _, s in plan["groups"]}

    def fitting(self, s):
        """Groups of the speciality whose size fits and all of whose members are eligible."""
        row = self.sessions[s]
        low = row["places"]["min"] if row["run_or_cancel"] else 0
        return [
            group
            for group in self.data["groups"]
            if group["speciality"] == row["joint_speciality"]
            and low <= len(group["members"]) <= row["places"]["max"]
            and all((who, s) in self.cost for who in group["members"])
        ]

    def people(self, s):
        return [m for m, where in self.rows if where == s]

    def services(self, m):
        return [s for who, s in self.rows if who == m]

    def same_day(self, one, other):
        return self.sessions[one]["start"][:10] == self.sessions[other]["start"][:10]

    def added(self, m, s):
        """What one more service would cost by the formulas of the format."""
        row, n = self.members[m], len(self.services(m))
        behind = 20_000 if row["served"] < row["target"] and n == 0 else 0
        return self.cost[m, s] + 30 * n + 30 * row["served"] - behind

    def taken_back(self, m, s):
        row, n = self.members[m], len(self.services(m))
        behind = 20_000 if row["served"] < row["target"] and n == 1 else 0
        return self.cost[m, s] + 30 * (n - 1) + 30 * row["served"] - behind

    def busy(self, m, s):
        return any(self.same_day(s, other) for other in self.services(m))

    def at_limit(self, m):
        most = self.members[m]["max_services"]
        return most is not None and len(self.services(m)) >= most

    def eligible(self, s):
        return [m for m, where in self.cost if where == s]


def holds(stored, found):
    """Is the sentence true of the rows?"""
    m, s, code, data = found["member"], found["session"], found["code"], found["data"]
    row, there = stored.sessions[s], stored.people(s)
    able = stored.eligible(s)
    away = [who for who in able if who not in there]
    rules = {
        "chosen": lambda: m in there,
        "H1": lambda: (m, s) not in stored.cost,
        "H2": lambda: data["other"] in stored.services(m) and stored.same_day(s, data["other"]),
        "H3": lambda: len(there) == row["places"]["max"] == data["most"],
        "H4": lambda: len(stored.services(m)) == stored.members[m]["max_services"] == data["most"],
        "H6": lambda: row["run_or_cancel"] and not there,
        "H7": lambda: row["joint_speciality"] is not None and s in stored.served_by and m not in there,
        "no_group": lambda: row["joint_speciality"] is not None and s not in stored.served_by and not there,
        "group": lambda: data == {"speciality": row["joint_speciality"], "groups": 0} and not stored.fitting(s),
        "groups": lambda: data["groups"] == len(stored.fitting(s)) and s not in stored.served_by,
        "H8": lambda: [m, s] in stored.data["forbidden"],
        "full_fit": lambda: len(there) >= row["places"]["desired"] == data["desired"]
        and data["price"] == stored.added(m, s) - max(stored.taken_back(who, s) for who in there),
        "not_needed": lambda: len(there) >= row["places"]["desired"] == data["desired"],
        "possible": lambda: len(there) < row["places"]["desired"] and not stored.busy(m, s) and not stored.at_limit(m),
        "nobody": lambda: not able,
        "few": lambda: data == {"eligible": len(able), "min": row["places"]["min"], "missing": row["places"]["min"] - len(able)},
        "skill": lambda: data["holders"] == sum(data["skill"] in stored.members[who]["skills"] for who in able),
        "day": lambda: data["busy"] == sum(stored.busy(who, s) for who in away)
        and data["free"] == sum(
            not stored.at_limit(who) and all(stored.sessions[o]["start"][:10] != data["day"] for o in stored.services(who))
            for who in away
        ),
        "limit": lambda: data["limited"] == sum(stored.at_limit(who) and not stored.busy(who, s) for who in away),
        "other": lambda: data["taken"] in (len(away), sum(stored.busy(who, s) for who in away)),
    }  # fmt: skip
    return rules[code]()


def cited_rows_stand_there(data, plan, found):
    """Every cited row is the row of the file at that place."""
    for cited in found["rows"]:
        name, _, number = cited["at"].partition("[")
        which, key = name.split(".")
        if cited["at"] == "problem.pairs":
            s = cited["row"]["session"]
            assert data["sessions"][s]["id"] == found["session"]
            assert cited["row"]["pairs"] == data["pairs"]["session"].count(s)
            continue
        number = int(number.rstrip("]"))
        rows = (data if which == "problem" else plan)[key]
        row = [rows[column][number] for column in ("member", "session", "cost")] if key == "pairs" else rows[number]
        assert cited["row"] == row


@pytest.mark.parametrize("seed", [11, 12])
def test_ten_explanations_agree_with_the_rows_they_cite(call, written, seed):
    made = month(seed, DIMS)
    data, plan = made.to_json(), json.loads(json.dumps(solve(made).to_json()))
    status, said, errors = call("explain_plan", written("p.json", data), written("plan.json", plan), "--json")
    assert (status, errors) == (0, "")
    found = json.loads(said)["reasons"]
    assert len(found) == 10
    assert len({reason["code"] for reason in found}) >= 8
    stored = Stored(data, plan)
    for reason in found:
        assert holds(stored, reason), reason
        cited_rows_stand_there(data, plan, reason)
        assert reason["rows"]
        assert reason["zh"] != reason["en"]


def test_a_hundred_more_agree(call, written):
    made = month(13, DIMS)
    data, plan = made.to_json(), json.loads(json.dumps(solve(made).to_json()))
    found = json.loads(call("explain_plan", written("p.json", data), written("q.json", plan), "--json", "--count", 100)[1])
    stored = Stored(data, plan)
    assert len(found["reasons"]) == 100
    assert [reason for reason in found["reasons"] if not holds(stored, reason)] == []


def test_one_pair_and_one_session_in_words(call, written):
    two = [session("s1", 1, 9, (1, 1, 1)), session("s2", 1, 14, (1, 2, 2))]
    data = problem(sessions=two, pairs=pairs((0, 0, 1), (0, 1, 9), (1, 1, 1)))
    path, plan = written("p.json", data), written("q.json", {"format": "baodao-plan/1", "assignments": [["m1", "s1", None], ["m2", "s2", None]]})
    status, said, _ = call("explain_plan", path, plan, "--member", "m1", "--session", "s2")
    assert status == 0
    assert said.splitlines()[:3] == ["1. m1 → s2  [H2]", "   那时已去 s1。", "   Already serving s1 at that time."]
    assert '   plan.assignments[0]          ["m1", "s1", null]' in said.splitlines()
    assert call("explain_plan", path, plan, "--session", "s1")[1] == "s1 的人够了。\n"
    assert "[other]" in call("explain_plan", path, plan, "--session", "s2")[1]


def test_wrong_files_ids_and_plans_are_refused(call, written):
    path = written("p.json", problem())
    good = written("q.json", {"format": "baodao-plan/1", "assignments": [["m1", "s1", None]]})
    assert call("explain_plan", path, good, "--member", "m9", "--session", "s1") == (2, "", "没有这个编号：m9。\n")
    assert call("explain_plan", path, good, "--member", "m1")[0] == 2
    assert call("explain_plan", path, good, "--count", "0")[0] == 2
    assert call("explain_plan", path, path)[0] == 1
    assert call("explain_plan", good, good)[0] == 2
