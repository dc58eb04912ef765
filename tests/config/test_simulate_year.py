"""A year from outside: the table, the same figures again, refusals."""

import json

from django.core.management import call_command

ASKED = ("--members", "60", "--months", "3", "--minimum", "1", "--json")


def told(capsys, *words):
    status = 0
    try:
        call_command("simulate_year", *words)
    except SystemExit as end:
        status = end.code
    out = capsys.readouterr()
    return status, out.out, out.err


def test_four_ways_in_one_table(capsys, tmp_path):
    status, said, errors = told(capsys, *ASKED, "--out", str(tmp_path / "year.json"))
    assert (status, errors) == (0, "")
    found = json.loads(said)
    assert list(found) == ["ledger", "sign-up", "greedy", "ours"]
    assert json.loads((tmp_path / "year.json").read_text(encoding="utf-8")) == found
    assert found["ours"]["mandatory"] <= min(found[way]["mandatory"] for way in found)
    assert found["ours"]["gini"] < found["sign-up"]["gini"]
    again = json.loads(told(capsys, *ASKED, "--ways", "ours")[1])
    assert {**again["ours"], "cpu_seconds": 0} == {**found["ours"], "cpu_seconds": 0}


def test_a_table_for_people(capsys):
    said = told(capsys, "--members", "40", "--months", "1", "--ways", "ledger,greedy")[1].splitlines()
    assert len(said) == 3
    assert said[0].split()[:2] == ["达到", "6"]
    assert [line.split()[0] for line in said[1:]] == ["按台账轮", "贪心"]


def test_wrong_arguments_are_status_2(capsys):
    for wrong in (("--ways", "magic"), ("--ways", ""), ("--members", "5"), ("--months", "0"), ("--seconds", "0"), ("--out", "/no/where.json")):
        status, said, errors = told(capsys, *wrong)
        assert (status, said, len(errors.splitlines())) == (2, "", 1)
