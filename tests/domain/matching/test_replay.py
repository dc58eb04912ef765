"""A past month as an anonymous problem: nothing of the database in it, the same optimum, the deed kept."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from django.core.management import call_command

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.base.solver import Problem, read_problem, solve
from baodao.base.solver.anonymous import anonymous
from baodao.base.solver.synthetic import Dimensions, month
from baodao.base.verdict import Refused
from baodao.domain.audit.models import Entry
from baodao.domain.matching import services
from baodao.domain.matching.replay import facts_again, problem_again
from baodao.domain.members.models import Member, SkillOffered
from baodao.domain.orgs.models import Org, Unit
from baodao.domain.posts.models import Post
from baodao.domain.service.models import Shift
from tests.base.solver.small import drawn
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, full_month

LATER = datetime(2027, 1, 4, 12, 0)


@pytest.fixture
def town(cast):
    found = full_month(cast)
    services.solve_month(actor=PROGRAM, town=cast.town.path, month=MONTH, seed=3)
    Shift.objects.filter(pk=Shift.objects.order_by("pk").first().pk).update(state="cancelled")
    return found


def replayed(town, path):
    with clock.freeze(LATER):
        call_command("replay_month", "--town", town.cast.town.org_code, "--month", MONTH, "--out", str(path))
    return path.read_text(encoding="utf-8")


def codes_of_the_database():
    """Every name and code that stands for somebody or something."""
    found = set()
    for model in (Member, Shift, Post, Org, Unit):
        found |= set(model.objects.values_list("code", flat=True))
    for model in (Member, Post, Org, Unit):
        found |= set(model.objects.values_list("name", flat=True))
    found |= set(Org.objects.values_list("path", flat=True)) | set(Unit.objects.values_list("path", flat=True))
    found |= set(Org.objects.values_list("org_code", flat=True)) | set(Unit.objects.values_list("unit_code", flat=True))
    found |= set(SkillOffered.objects.values_list("skill", flat=True))
    return {str(word) for word in found if len(str(word)) > 1}


def test_none_of_the_codes_is_in_the_file(town, tmp_path):
    words = replayed(town, tmp_path / "p.json")
    known = codes_of_the_database()
    assert len(known) > 100
    assert [word for word in known if word in words] == []
    data = json.loads(words)
    assert all(re.fullmatch(r"m\d+", row["id"]) for row in data["members"])
    assert all(re.fullmatch(r"u\d+", row["unit"]) for row in data["members"] if row["unit"])
    assert all(re.fullmatch(r"s\d+", row["id"]) for row in data["sessions"])
    assert {skill[0] for row in data["members"] for skill in row["skills"]} == {"k"}
    assert (data["current"], data["fixed"], data["forbidden"]) == ([], [], [])


def test_times_stay_and_the_optimum_is_that_of_the_month(town, tmp_path):
    replayed(town, tmp_path / "p.json")
    found = read_problem(tmp_path / "p.json")
    held = Shift.objects.exclude(state="cancelled")
    assert sorted(row.start.isoformat() for row in found.sessions) == sorted(
        shift.start_at.astimezone(clock.ZONE).replace(tzinfo=None).isoformat() for shift in held
    )
    with clock.freeze(LATER):
        again = Problem.from_json(problem_again(facts_again(town.cast.town.path, MONTH, clock.today())))
    assert solve(found).levels == solve(again).levels
    assert solve(found).assignments


def test_names_are_drawn_anew_each_time(town, tmp_path):
    first, second = replayed(town, tmp_path / "a.json"), replayed(town, tmp_path / "b.json")
    assert first != second
    rows = [json.loads(words) for words in (first, second)]
    assert sorted(len(data["members"]) for data in rows) == [len(rows[0]["members"])] * 2
    order = [[row["start"] for row in data["sessions"]] for data in rows]
    assert order[0] != sorted(order[0])


def test_the_deed_stands_in_the_chain_without_names(town, tmp_path):
    words = replayed(town, tmp_path / "p.json")
    entry = Entry.objects.filter(action="month.replayed").get()
    data = json.loads(words)
    assert entry.data == {
        "month": MONTH, "members": len(data["members"]), "sessions": len(data["sessions"]), "pairs": len(data["pairs"]["cost"]),
    }  # fmt: skip


def test_a_running_or_empty_month_and_a_person_are_refused(town, tmp_path):
    where = town.cast.town.path
    with pytest.raises(Refused, match="还没有过完"):
        services.replay_month(actor=program("replay_month"), town=where, month=MONTH)
    with clock.freeze(LATER), pytest.raises(Refused, match="没有班次"):
        services.replay_month(actor=program("replay_month"), town=where, month="2026-06")
    with clock.freeze(LATER), pytest.raises(Refused, match="只能在服务器上用命令"):
        services.replay_month(actor=town.cast.actor("town"), town=where, month=MONTH)
    assert not Entry.objects.filter(action="month.replayed").exists()
    for wrong in (["--month", "2026-13"], ["--town", "ZZ"], ["--out", "/no/where.json"]):
        words = {"--town": town.cast.town.org_code, "--month": MONTH, "--out": str(tmp_path / "q.json")} | dict([wrong])
        with pytest.raises(SystemExit) as end:
            call_command("replay_month", *[part for pair in words.items() for part in pair])
        assert end.value.code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", range(300, 320))
def test_any_problem_keeps_its_optimum_under_drawn_names(seed):
    made = Problem.from_json(drawn(seed, extended=seed % 2 == 0))
    found = anonymous(made)
    one, other = solve(made), solve(found)
    assert (one.status, one.levels, one.objective) == (other.status, other.levels, other.objective)
    assert found.to_json()["rules"].keys() == made.to_json()["rules"].keys()


def test_a_month_with_groups_keeps_its_optimum():
    made = month(3, Dimensions(members=80, sessions=30, communities=2, joint=5, units=7))
    found = anonymous(made)
    assert solve(found).levels == solve(made).levels
    assert found.sha256 != made.sha256
    assert [member.id for member in found.members] != [member.id for member in made.members]
