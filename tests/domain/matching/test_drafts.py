"""A draft changed by hand, compared, taken back, submitted and approved; accepted places survive every new solve."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baodao.base.verdict import Refused, Stale
from baodao.domain.calendar import services as calendar
from baodao.domain.matching import services, sheet
from baodao.domain.matching.models import Plan
from baodao.domain.service.models import Booking
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SUNDAY, SmallTown, full_month


@pytest.fixture
def town(cast):
    small = SmallTown(cast)
    for name in ("甲", "乙", "丙"):
        small.person(name, unit=None)
    small.person("远", community="jiankang", unit=None)
    small.shift(small.post("巡逻", desired_people=2, max_people=2), SATURDAY, key="sat")
    small.shift(small.post("清扫", desired_people=1, max_people=1), SUNDAY, "16:00", "18:00", key="sun")
    return small


def solve(town, login="clerk", **more):
    path = town.cast.xingfu.path
    return services.solve_month(
        actor=town.cast.actor(login), town=town.cast.town.path, month=MONTH, communities=[path], rung="greedy", **more
    )[0]


def names(plan, town, key):
    return sorted(plan.lines.filter(shift=town.shifts[key]).values_list("member__name", flat=True))


def outside(plan, town, key):
    return next(n for n in "甲乙丙" if n not in names(plan, town, key))


def test_exchange_by_hand_stays_through_a_new_solve(town):
    plan, clerk = solve(town), town.cast.actor("clerk")
    line = plan.lines.filter(shift=town.shifts["sat"]).order_by("pk").first()
    other = outside(plan, town, "sat")
    services.put(actor=clerk, plan=plan, shift=town.shifts["sat"].code, member=town.people[other].code, instead_of=line)
    assert other in names(plan, town, "sat") and line.member.name not in names(plan, town, "sat")
    again = solve(town)
    assert names(again, town, "sat") == names(plan, town, "sat")
    assert again.lines.get(shift=town.shifts["sat"], member__name=other).by_hand


def test_a_full_shift_takes_nobody_more(town):
    plan = solve(town)
    other = outside(plan, town, "sat")
    with pytest.raises(Refused, match="人已经够了"):
        services.put(actor=town.cast.actor("clerk"), plan=plan, shift=town.shifts["sat"].code, member=town.people[other].code)
    assert len(names(plan, town, "sat")) == 2


def test_hands_obey_the_rules_but_may_ask_outside_the_times_said(town):
    plan, clerk = solve(town), town.cast.actor("clerk")
    late = town.person("丁", unit=None, slots=("workday_morning",))
    done = town.person("戊", unit=None, max_per_month=0)
    line = plan.lines.get(shift=town.shifts["sun"])
    services.take_out(actor=clerk, plan=plan, line=line)
    with pytest.raises(Refused, match="没说有空"):
        services.put(actor=clerk, plan=plan, shift=town.shifts["sun"].code, member=late.code)
    with pytest.raises(Refused, match="最多 0 次"):
        services.put(actor=clerk, plan=plan, shift=town.shifts["sun"].code, member=done.code, anyway=True)
    services.put(actor=clerk, plan=plan, shift=town.shifts["sun"].code, member=late.code, anyway=True)
    assert names(plan, town, "sun") == ["丁"]
    assert names(solve(town), town, "sun") == ["丁"]


def test_who_was_taken_out_does_not_come_back_by_itself(town):
    plan, clerk = solve(town), town.cast.actor("clerk")
    line = plan.lines.get(shift=town.shifts["sun"])
    services.take_out(actor=clerk, plan=plan, line=line)
    assert line.member.name not in names(solve(town), town, "sun")


def test_moving_somebody_out_of_another_shift(town):
    plan, clerk = solve(town), town.cast.actor("clerk")
    extra = town.shift(town.posts["清扫"], SATURDAY, "20:00", "21:00", key="extra")
    leaving = plan.lines.filter(shift=town.shifts["sat"]).first()
    services.put(actor=clerk, plan=plan, shift=extra.code, member=leaving.member.code, leaves=leaving)
    assert names(plan, town, "extra") == [leaving.member.name]
    assert leaving.member.name not in names(plan, town, "sat")


@pytest.mark.parametrize("login", ["clerk2", "liaison", "member", "grid", "townlead", "county"])
def test_who_may_not_touch_a_draft(town, login):
    plan, actor = solve(town), town.cast.actor(login)
    line = plan.lines.first()
    for deed in (
        lambda: services.lock(actor=actor, plan=plan, lines=[line]),
        lambda: services.take_out(actor=actor, plan=plan, line=line),
        lambda: services.submit(actor=actor, plan=plan),
        lambda: services.go_back(actor=actor, plan=plan),
        lambda: solve(town, login),
    ):
        with pytest.raises(Refused):
            deed()
    assert (Plan.objects.get().version, plan.lines.count()) == (1, 3)


def test_going_back_takes_up_the_draft_before(town):
    first, clerk = solve(town), town.cast.actor("clerk")
    second = solve(town)
    assert (second.draft, services.go_back(actor=clerk, plan=second).pk) == (2, first.pk)
    assert dict(Plan.objects.values_list("draft", "state")) == {1: "draft", 2: "dropped"}
    with pytest.raises(Refused, match="第一份草案"):
        services.go_back(actor=clerk, plan=Plan.objects.get(draft=1))
    assert solve(town).draft == 3


def test_submitted_is_what_was_seen(town):
    plan, clerk = solve(town), town.cast.actor("clerk")
    services.lock(actor=town.cast.actor("secretary"), plan=Plan.objects.get(), lines=[plan.lines.first()])
    with pytest.raises(Stale):
        services.submit(actor=clerk, plan=Plan.objects.get(), version=1)
    services.submit(actor=clerk, plan=Plan.objects.get(), version=2)
    with pytest.raises(Refused, match="退回草案再改"):
        services.take_out(actor=clerk, plan=Plan.objects.get(), line=plan.lines.first())
    with pytest.raises(Refused, match="退回草案"):
        solve(town)
    services.send_back(actor=clerk, plan=Plan.objects.get())
    assert Plan.objects.get().state == "draft"


def test_a_town_solve_leaves_alone_what_waits_for_a_secretary(town):
    plan = solve(town)
    services.submit(actor=town.cast.actor("clerk"), plan=plan)
    with pytest.raises(Refused, match="退回草案"):  # the other community has no shifts, this one is submitted
        services.solve_month(actor=PROGRAM, town=town.cast.town.path, month=MONTH, communities=[town.cast.xingfu.path])
    town.shift(town.post("别处", community="jiankang"), SATURDAY, key="far")
    made = services.solve_month(actor=PROGRAM, town=town.cast.town.path, month=MONTH, rung="greedy")
    assert [p.community_path for p in made] == [town.cast.jiankang.path]
    assert Plan.objects.get(pk=plan.pk).state == "submitted"


def test_accepted_places_are_kept_after_a_lock_and_a_drop_out(cast):
    full_month(cast)
    clerk, path = cast.actor("clerk"), cast.xingfu.path
    plan = services.solve_month(actor=clerk, town=cast.town.path, month=MONTH, communities=[path], rung="greedy")[0]
    services.submit(actor=clerk, plan=plan)
    services.approve(actor=cast.actor("secretary"), plan=plan)
    offers = services.publish(actor=clerk, plan=plan)
    accepted = services.answer_many(
        actor=clerk, rows=[services.Answer(o, True, asked_how="phone") for o in offers[: len(offers) // 2]]
    )
    gone = accepted[0]
    services.undo_on_behalf(actor=PROGRAM, offer=gone)
    services.answer_many(actor=PROGRAM, rows=[services.Answer(o, False) for o in offers[len(offers) // 2 :]])
    kept = set(Booking.objects.filter(state="taken").values_list("member_id", "shift_id"))
    second = services.solve_month(actor=clerk, town=cast.town.path, month=MONTH, communities=[path], rung="greedy")[0]
    locked = second.lines.order_by("pk").first()
    services.lock(actor=clerk, plan=second, lines=[locked])
    third = services.solve_month(actor=clerk, town=cast.town.path, month=MONTH, communities=[path], rung="greedy")[0]
    assert third.lines.get(member_id=locked.member_id, shift_id=locked.shift_id).locked
    assert set(Booking.objects.filter(state="taken").values_list("member_id", "shift_id")) == kept
    assert (gone.member_id, gone.shift_id) not in set(third.lines.values_list("member_id", "shift_id"))
    page = sheet.read(clerk, path, MONTH)
    shown = {(c.code, r.shift.pk) for r in page.rows for c in r.chips if c.mark == "accepted"}
    assert len(shown) == len(kept) > 0


def test_comparing_with_the_draft_before(town):
    plan, clerk = solve(town), town.cast.actor("clerk")
    line = plan.lines.get(shift=town.shifts["sun"])
    services.take_out(actor=clerk, plan=plan, line=line)
    second = solve(town)
    page = sheet.read(clerk, town.cast.xingfu.path, MONTH)
    row = next(r for r in page.rows if r.shift.pk == town.shifts["sun"].pk)
    assert page.before.pk == plan.pk
    assert [c.changed for c in row.chips] == [True]
    assert page.changes == sum(len(r.gone) + sum(c.changed for c in r.chips) for r in page.rows) >= 1
    assert second.draft == 2


@pytest.fixture
def forgetting():
    yield
    calendar.selectors.forget()


def test_nobody_is_asked_for_every_holiday(cast, forgetting):
    town = SmallTown(cast)
    days = [SATURDAY + timedelta(days=n) for n in range(3)]
    for day in days:
        calendar.set_day(actor=PROGRAM, day=day, kind="holiday", name="节")
    for number in range(9):
        town.person(f"人{number}", unit=None, slots=("holiday_evening",), max_per_month=9)
    post = town.post("清扫", min_people=1, desired_people=9, max_people=9)
    for day in days:
        town.shift(post, day)
    plan = solve(town)
    asked = [plan.lines.filter(member=person).count() for person in town.people.values()]
    assert asked == [2] * 9
