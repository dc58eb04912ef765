"""A remedy keeps its promise: after it the shift has as many people more as it said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baodao.base.verdict import Refused
from baodao.domain.matching import remedies, services
from baodao.domain.matching.facts import load
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.service.models import Shift
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown


def short_town(cast, count=10):
    """As many shifts at a time when hardly anybody can, with people who could the next day."""
    town = SmallTown(cast)
    for number in range(6):
        town.person(f"周日{number}", unit=None, slots=("sunday_afternoon", "sunday_morning"), max_per_month=20)
    town.person("周六", unit=None, slots=("saturday_morning",), max_per_month=20)
    for number in range(count):
        post = town.post(f"岗{number}", min_people=2, desired_people=2, max_people=2, two_person=number % 2 == 0)
        town.shift(post, SATURDAY + timedelta(weeks=number % 3), "10:30", "12:30", key=str(number))
    return town


def test_ten_unfilled_shifts_are_each_better_filled(cast):
    town = short_town(cast)
    plan = services.solve_month(actor=PROGRAM, town=cast.town.path, month=MONTH, rung="greedy")
    assert plan[0].lines.count() == 0
    plan, done = plan[0], 0
    for shift in town.shifts.values():
        facts = load(cast.town.path, MONTH, [cast.xingfu.path])
        pairs = list(plan.lines.values_list("member_id", "shift_id"))
        offered = remedies.offered(facts, facts.places[shift.pk], pairs)
        if not offered:
            continue
        before = plan.lines.filter(shift=shift).count()
        services.apply_remedy(actor=cast.actor("clerk"), plan=plan, shift=shift.code, key=offered[0].key)
        assert plan.lines.filter(shift=shift).count() == before + offered[0].gain > before
        done += 1
    assert done == 10
    lines = list(PlanLine.objects.select_related("shift", "member"))
    assert len({(line.member_id, line.shift.date) for line in lines}) == len(lines)
    for line in lines:
        assert any(slot.startswith("sunday" if line.shift.date.weekday() == 6 else "saturday") for slot in line.member.slots)


def test_a_single_person_starts_a_shift_that_is_not_for_two(cast):
    town = SmallTown(cast)
    town.person("甲", unit=None)
    post = town.post("清扫", min_people=2, desired_people=3, max_people=3)
    shift = town.shift(post, SATURDAY)
    plan = services.solve_month(actor=PROGRAM, town=cast.town.path, month=MONTH, rung="greedy")[0]
    facts = load(cast.town.path, MONTH)
    offered = remedies.offered(facts, facts.places[shift.pk], [])
    assert [(r.kind, r.words, r.gain) for r in offered] == [("lower", "最少改成 1 人就能开", 1)]
    services.apply_remedy(actor=cast.actor("clerk"), plan=plan, shift=shift.code, key="lower:1")
    assert (Shift.objects.get(pk=shift.pk).min_people, plan.lines.get().member.name) == (1, "甲")


def test_two_person_posts_are_never_lowered_to_one(cast):
    town = SmallTown(cast)
    town.person("甲", unit=None)
    shift = town.shift(town.post("巡逻", min_people=2, two_person=True), SATURDAY)
    facts = load(cast.town.path, MONTH)
    assert remedies.offered(facts, facts.places[shift.pk], []) == []


def test_a_full_shift_needs_no_remedy(cast):
    town = SmallTown(cast)
    people = [town.person(name, unit=None) for name in "甲乙"]
    shift = town.shift(town.post("巡逻"), SATURDAY)
    facts = load(cast.town.path, MONTH)
    assert remedies.offered(facts, facts.places[shift.pk], [(p.pk, shift.pk) for p in people]) == []


def test_a_remedy_that_no_longer_holds_is_refused(cast):
    town = short_town(cast, 1)
    plan = services.solve_month(actor=PROGRAM, town=cast.town.path, month=MONTH, rung="greedy")[0]
    shift = town.shifts["0"]
    with pytest.raises(Refused, match="用不上"):
        services.apply_remedy(actor=cast.actor("clerk"), plan=plan, shift=shift.code, key="lower:1")
    with pytest.raises(Refused):
        services.apply_remedy(actor=cast.actor("clerk2"), plan=plan, shift=shift.code, key="lower:1")
    assert (Plan.objects.get(pk=plan.pk).version, Shift.objects.get(pk=shift.pk).start_at) == (1, shift.start_at)
