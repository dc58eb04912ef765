"""Stated reasons are true: recomputed here from the stored rows by other code than the program's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baodao.base.days.service_days import SLOTS
from baodao.domain.matching import reasons, services
from baodao.domain.matching.facts import load
from baodao.domain.matching.models import PlanLine
from baodao.domain.members.models import Enrolment, LanguageOffered, SkillOffered
from baodao.domain.posts.eligibility import UNSAID_SLOTS
from baodao.domain.posts.models import Pairing
from tests.cast import PROGRAM, SINCE
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown, full_month


@pytest.fixture
def planned(cast):
    town = full_month(cast)
    Pairing.objects.create(unit=cast.unit2, community=cast.xingfu, community_path=cast.xingfu.path, since=SINCE)
    services.solve_month(actor=PROGRAM, town=cast.town.path, month=MONTH, rung="greedy")
    return town


def slot_of(shift):
    """Saturday evenings and Sunday afternoons are all there is in this month."""
    return "saturday_evening" if shift.date.weekday() == 5 else "sunday_afternoon"


def home(member):
    return Enrolment.objects.get(member=member, until=None).community_path


def first_failing(member, shift, held_days, month_count):
    """The first rule that fails, read from the rows."""
    post = shift.post
    paired = Pairing.objects.filter(unit__employments__member=member, community_path=shift.community_path).exists()
    skills = set(SkillOffered.objects.filter(member=member).values_list("skill", flat=True))
    checks = [
        ("community", home(member) == shift.community_path or member.far_ok or paired),
        ("kind", not member.wishes or post.kind in member.wishes),
        ("skill", not post.skill or post.skill in skills),
        ("time", slot_of(shift) in (member.slots or UNSAID_SLOTS)),
        ("day_taken", shift.date not in held_days),
        ("month_full", month_count < member.max_per_month),
        ("no_offers", member.takes_offers),
    ]
    return next((code for code, ok in checks if not ok), None)


def test_fifty_proposed_pairs_say_what_is_stored(planned):
    lines = list(PlanLine.objects.select_related("member", "shift", "shift__post").order_by("pk"))
    facts = load(planned.cast.town.path, MONTH)
    count = {line.member_id: sum(x.member_id == line.member_id for x in lines) for line in lines}
    checked = 0
    for line in lines[:50]:
        member, shift = line.member, line.shift
        said = {r.code: r.words for r in reasons.why(facts.people[member.pk], facts.places[shift.pk], lines=count[member.pk])}
        slot = slot_of(shift)
        expected = {"load": f"说一个月最多 {member.max_per_month} 次，现在排了 {count[member.pk]} 次"}
        if member.slots:
            assert slot in member.slots
            expected["time"] = f"{SLOTS[slot]}有空"
        else:
            expected["time_unsaid"] = f"没有说过时间，{SLOTS[slot]}在下班后或休息日"
        skills = set(member.skills.values_list("skill", flat=True))
        needed = shift.post.skill or shift.post.role_skill
        if needed in skills:
            expected["skill"] = said["skill"]
            assert said["skill"].startswith("会")
        if shift.post.kind in member.wishes:
            expected["wish"] = f"选了{shift.post.get_kind_display()}"
        if home(member) != shift.community_path:
            paired = Pairing.objects.filter(unit__employments__member=member, community_path=shift.community_path).exists()
            expected["paired" if paired else "far"] = "单位和本社区结对" if paired else "愿意去别的社区"
        if member.target_per_year:
            expected["year"] = f"一年想做 {member.target_per_year} 次，今年做过 0 次"
        assert said == expected
        checked += 1
    assert checked == min(50, len(lines)) >= 40


def test_fifty_refused_pairs_name_the_first_rule_that_fails(planned):
    lines = list(PlanLine.objects.select_related("member", "shift", "shift__post"))
    pairs = [(line.member_id, line.shift_id) for line in lines]
    facts = load(planned.cast.town.path, MONTH)
    checked, codes = 0, set()
    for row, shift in enumerate(planned.shifts.values()):
        after = facts.with_lines(pairs, apart_from=shift.pk)
        inside = {line.member_id for line in lines if line.shift_id == shift.pk}
        for number, member in enumerate(planned.people.values()):
            if member.pk in inside or (number + row) % 2:
                continue
            mine = [line for line in lines if line.member_id == member.pk]
            said = reasons.why_not(after, after.people[member.pk], after.places[shift.pk])
            expected = first_failing(member, shift, {line.shift.date for line in mine}, len(mine))
            assert (said.code if said else None) == expected, (member, shift)
            if said is not None:
                codes.add(said.code)
                checked += 1
    assert checked >= 50
    assert {"community", "kind", "skill", "time", "day_taken", "month_full"} <= codes


def test_a_needed_language_is_never_named_nor_counted(cast):
    town = SmallTown(cast)
    speaker = town.person("甲", unit=None)
    town.person("乙", unit=None)
    LanguageOffered.objects.create(member=speaker, language="ug")
    post = town.post("双语", kind="bilingual", language="ug", desired_people=2)
    shift = town.shift(post, SATURDAY)
    facts = load(cast.town.path, MONTH)
    refused = reasons.why_not(facts, facts.people[town.people["乙"].pk], facts.places[shift.pk])
    assert refused.words == "不符合这个岗位的另一项要求"
    short = reasons.shortage(facts, facts.places[shift.pk], [])
    assert [r.words for r in short] == ["符合要求的人都没空、已经排满，或者没有"]
    said = reasons.why(facts.people[speaker.pk], facts.places[shift.pk])
    assert {r.code for r in said} == {"time", "load"}


def test_who_else_and_what_it_costs(cast):
    town = SmallTown(cast)
    first, second = town.person("甲", unit=None, wishes=["patrol"]), town.person("乙", unit=None)
    full, elsewhere = town.person("丙", unit=None, max_per_month=0), town.person("丁", unit=None, max_per_month=1)
    busy = town.person("戊", unit=None, slots=("workday_morning",))
    patrol, sweep = town.post("巡逻"), town.post("清扫", kind="patrol")
    shift = town.shift(patrol, SATURDAY)
    other = town.shift(sweep, SATURDAY + timedelta(days=7), "20:30", "21:30")
    facts = load(cast.town.path, MONTH)
    lines = {(first.pk, shift.pk): False, (elsewhere.pk, other.pk): False}
    found = reasons.choices(facts, facts.places[shift.pk], lines, facts.people[first.pk])
    assert [(c.person.name, c.can, c.words) for c in found] == [
        ("乙", "yes", "没说想做这类"),
        ("丁", "move", "12-12 周六的清扫就少 1 人"),
        ("丙", "no", "说一个月最多 0 次，这会是第 1 次"),
        ("戊", "no", "周六晚上没说有空"),
    ]
    assert found[1].leaves == other.pk
    assert (second.pk, full.pk, busy.pk) == (found[0].person.pk, found[2].person.pk, found[3].person.pk)
    locked = reasons.choices(facts, facts.places[shift.pk], {**lines, (elsewhere.pk, other.pk): True}, facts.people[first.pk])
    assert [c.can for c in locked] == ["yes", "no", "no", "no"]


def test_why_a_shift_is_short(cast):
    town = SmallTown(cast)
    for name, more in {
        "甲": {"max_per_month": 1}, "乙": {"max_per_month": 1}, "丙": {"slots": ("workday_morning",)}, "丁": {}
    }.items():  # fmt: skip
        town.person(name, unit=None, skills=("tutoring",) if name != "丁" else (), **more)
    tutor = town.post("辅导", kind="culture", skill="tutoring", desired_people=3, max_people=3)
    patrol = town.post("巡逻")
    shift, other = town.shift(tutor, SATURDAY), town.shift(patrol, SATURDAY + timedelta(days=7))
    facts = load(cast.town.path, MONTH)
    lines = [(town.people["甲"].pk, other.pk), (town.people["乙"].pk, other.pk)]
    said = reasons.shortage(facts, facts.places[shift.pk], lines)
    assert [r.words for r in said] == ["合适的另有 3 人", "2 人已到自己说的次数", "1 人那个时间没空"]
