"""Undo step by step, two plans side by side, a change tried on a copy and then done."""

from __future__ import annotations

from datetime import datetime

import pytest

from baodao.base.days.clock import ZONE
from baodao.base.verdict import Absent, Refused
from baodao.domain.matching import comparing, pricing, remedies, services, stepping, what_if
from baodao.domain.matching.models import Plan, PlanLine, PlanRun
from baodao.domain.matching.what_if import Change
from baodao.domain.service.models import Shift
from tests.domain.matching.small_town import MONTH, SATURDAY, SUNDAY, SmallTown, full_month


@pytest.fixture
def town(cast):
    small = SmallTown(cast)
    for name in ("甲一", "乙二", "丙三"):
        small.person(name, unit=None)
    small.shift(small.post("巡逻", desired_people=2, max_people=2), SATURDAY, key="sat")
    return small


@pytest.fixture
def plan(town, cast):
    return services.solve_month(
        actor=cast.actor("clerk"), town=cast.town.path, month=MONTH, communities=[cast.xingfu.path]
    )[0]


def state(plan):
    rows = plan.lines.order_by("member_id", "shift_id").values_list("member_id", "shift_id", "role", "locked", "by_hand")
    return list(rows), Plan.objects.get(pk=plan.pk).notes.get("out", [])


def outside(plan, town):
    return next(m for m in town.people.values() if not plan.lines.filter(member=m).exists())


def test_each_step_by_hand_is_taken_back_the_last_first(plan, town, cast):
    actor, sat, states = cast.actor("clerk"), town.shifts["sat"], [state(plan)]
    other, first = outside(plan, town), plan.lines.order_by("pk").first()
    services.put(actor=actor, plan=plan, shift=sat.code, member=other.code, instead_of=first)
    states.append(state(plan))
    services.lock(actor=actor, plan=plan, lines=plan.lines.filter(locked=False))
    states.append(state(plan))
    services.take_out(actor=actor, plan=plan, line=plan.lines.get(member=other))
    assert stepping.last_step(plan).count == 3 and stepping.last_step(plan).words == f"拿下{other.name}（12-05 巡逻）"
    for wanted, words in ((2, "锁定"), (1, "换上"), (0, "")):
        services.undo_step(actor=actor, plan=Plan.objects.get(pk=plan.pk))
        assert state(plan) == states[wanted]
        left = stepping.last_step(Plan.objects.get(pk=plan.pk))
        assert (left.words.startswith(words) if words else left is None), left
    with pytest.raises(Refused, match="没有手工改过的"):
        services.undo_step(actor=actor, plan=plan)


def test_a_mended_shift_goes_back_to_its_time(town, cast):
    for number in range(3):
        town.person(f"午{number}", unit=None, slots=("sunday_afternoon",))
    town.shift(town.post("辅导", min_people=1, desired_people=3, max_people=4), SUNDAY, "20:30", "22:00", key="late")
    plan = services.solve_month(actor=cast.actor("clerk"), town=cast.town.path, month=MONTH, communities=[cast.xingfu.path])[0]
    before, was = state(plan), town.shifts["late"].start_at
    facts = pricing.facts_and_lines(plan)[0]
    place = facts.places[town.shifts["late"].pk]
    remedy = remedies.offered(facts, place, [(m, s) for m, s, *_x in before[0]])[0]
    services.apply_remedy(actor=cast.actor("clerk"), plan=plan, shift=place.code, key=remedy.key)
    assert Shift.objects.get(pk=place.pk).start_at != was and plan.lines.filter(shift_id=place.pk).exists()
    services.undo_step(actor=cast.actor("clerk"), plan=plan)
    assert (state(plan), Shift.objects.get(pk=place.pk).start_at) == (before, was)


def test_only_who_plans_takes_back_and_only_a_draft(plan, town, cast):
    services.take_out(actor=cast.actor("clerk"), plan=plan, line=plan.lines.first())
    with pytest.raises(Refused):
        services.undo_step(actor=cast.actor("clerk2"), plan=plan)
    services.submit(actor=cast.actor("clerk"), plan=plan)
    assert stepping.last_step(plan) is None
    with pytest.raises(Refused, match="退回草案再改"):
        services.undo_step(actor=cast.actor("clerk"), plan=plan)
    assert plan.lines.count() == 1


def test_two_plans_side_by_side(plan, town, cast):
    actor, first = cast.actor("clerk"), plan.lines.order_by("pk").first()
    other = outside(plan, town)
    services.take_out(actor=actor, plan=plan, line=first)
    second = services.solve_month(actor=actor, town=cast.town.path, month=MONTH, communities=[cast.xingfu.path])[0]
    found = comparing.drafts(actor, cast.xingfu.path, MONTH)
    assert [p.draft for p in found] == [2, 1]
    old, new = comparing.pair_of(found, "", "")
    assert (old.draft, new.draft) == (1, 2)
    both = comparing.compare(old, new)
    assert (both.come, both.gone, both.changed, both.people) == (1, 0, 0, 1)
    assert (both.left.filled, both.right.filled, both.left.full, both.right.full) == (1, 2, 0, 1)
    (row,) = both.rows
    assert row.shift == town.shifts["sat"]
    assert {(s.name, s.mark) for s in row.right} == {(other.name, "only"), (row.left[0].name, "")}
    assert comparing.compare(new, new).rows == []
    with pytest.raises(Absent):
        comparing.pair_of(found, "1", "7")
    assert second.pk == new.pk and comparing.drafts(cast.actor("clerk2"), cast.xingfu.path, MONTH) == []


def turns(trial):
    return [level.turn for level in trial.levels]


def test_a_trial_changes_nothing_and_is_carried_out_as_shown(plan, town, cast):
    actor, sat = cast.actor("clerk"), town.shifts["sat"]
    gone, other = plan.lines.order_by("pk").first().member, outside(plan, town)
    before = (state(plan), list(Plan.objects.values_list("version", "state")), list(PlanLine.objects.values_list("pk")))
    change = Change("forbid", sat.code, gone.code)
    trial = what_if.tried(plan, change)
    assert before == (state(plan), list(Plan.objects.values_list("version", "state")), list(PlanLine.objects.values_list("pk")))
    assert trial.settled and trial.proved and turns(trial) == ["same"] * 4
    assert set(trial.moves) == {f"{other.name}：排上 12-05 巡逻", f"{gone.name}：12-05 巡逻 不排"}
    services.apply_change(actor=actor, plan=plan, change=change)
    made = services.solve_month(actor=actor, town=cast.town.path, month=MONTH, communities=[cast.xingfu.path])[0]
    assert gone.pk not in made.lines.values_list("member_id", flat=True)
    assert other.pk in made.lines.values_list("member_id", flat=True)


def test_the_four_levels_of_a_trial(town, cast):
    law = town.person("丁四", unit=None, skills=("law",), max_per_month=1)
    town.shift(town.post("调解", kind="legal", skill="law", desired_people=1, max_people=1), SUNDAY, "16:00", "18:00", key="law")
    plan = services.solve_month(actor=cast.actor("clerk"), town=cast.town.path, month=MONTH, communities=[cast.xingfu.path])[0]
    inside = plan.lines.filter(shift=town.shifts["sat"]).first().member
    trial = what_if.tried(plan, Change("put", town.shifts["sat"].code, law.code, inside.code))
    assert turns(trial)[0] == "worse" and trial.levels[0].words == "12-06 周日的调解少 1 人"
    assert trial.title == f"12-05 周六的巡逻由{inside.name}换成丁四"
    assert "丁四：12-06 调解 换到 12-05 巡逻" in trial.moves


def test_one_more_place_and_another_time(plan, town, cast):
    actor, sat, other = cast.actor("clerk"), town.shifts["sat"], outside(plan, town)
    trial = what_if.tried(plan, Change("more", sat.code))
    assert trial.moves == (f"{other.name}：排上 12-05 巡逻",) and turns(trial)[:3] == ["same"] * 3
    sunday = datetime(2026, 12, 6, 16, 0, tzinfo=ZONE)
    moved = what_if.tried(plan, Change("time", sat.code, start=sunday))
    assert moved.title == "12-05 周六的巡逻改到 12-06 16:00" and moved.is_nothing
    late = what_if.tried(plan, Change("time", sat.code, start=datetime(2026, 12, 9, 3, 0, tzinfo=ZONE)))
    assert turns(late)[0] == "worse" and len(late.moves) == 2
    services.apply_change(actor=actor, plan=plan, change=Change("more", sat.code))
    sat.refresh_from_db()
    assert (sat.desired_people, sat.max_people) == (3, 3)
    services.undo_step(actor=actor, plan=plan)
    sat.refresh_from_db()
    assert (sat.desired_people, sat.max_people) == (2, 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("time", "SAT", start=datetime(2027, 1, 2, 16, 0, tzinfo=ZONE)), "只在这个月里改"),
        (Change("time", "SAT"), "选一个别的时间"),
        (Change("time", "SAT", start=datetime(2026, 12, 5, 20, 30, tzinfo=ZONE)), "选一个别的时间"),
    ],
)
def test_what_cannot_be_tried_says_why(plan, town, change, words):
    town.shifts["sat"].__class__.objects.filter(pk=town.shifts["sat"].pk).update(code="SAT")
    with pytest.raises(Refused, match=words):
        what_if.tried(plan, change)


def test_a_member_against_a_rule_cannot_be_tried(plan, town):
    never = town.person("戊五", unit=None, max_per_month=0)
    with pytest.raises(Refused, match="说一个月最多 0 次"):
        what_if.tried(plan, Change("put", town.shifts["sat"].code, never.code))
    for change in (Change("put", "NONE", never.code), Change("put", town.shifts["sat"].code, "NONE"), Change("zap", town.shifts["sat"].code, never.code)):
        with pytest.raises(Absent):
            what_if.tried(plan, change)


def test_a_trial_of_a_month_finds_what_the_new_solve_finds(cast):
    """For some names of a larger month: what the trial showed is what the solve after it stores."""
    full_month(cast, people=24)
    actor = cast.actor("clerk")
    plan = services.solve_month(actor=actor, town=cast.town.path, month=MONTH, communities=[cast.xingfu.path])[0]
    line = plan.lines.select_related("member", "shift").order_by("pk")[3]
    change = Change("forbid", line.shift.code, line.member.code)
    trial = what_if.tried(plan, change)
    services.apply_change(actor=actor, plan=plan, change=change)
    run = services.ask_run(actor=actor, town=cast.town.path, month=MONTH, community=cast.xingfu.path, seed=plan.seed)
    assert services.execute(run.code).state == "done" and PlanRun.objects.count() == 1
    made = Plan.objects.get(code=PlanRun.objects.get().plans[0])
    assert (line.member_id, line.shift_id) not in set(made.lines.values_list("member_id", "shift_id"))
    gone = {words.split("：")[0] for words in trial.moves}
    before, after = (set(p.lines.values_list("member__name", "shift_id")) for p in (plan, made))
    moved = {name for name, _shift in (before | {(line.member.name, line.shift_id)}) ^ after}
    assert line.member.name in gone
    if trial.settled:
        assert moved == gone
