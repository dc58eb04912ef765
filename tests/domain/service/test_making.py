"""Shifts from patterns on the calendar, batches on chosen days, changes and cancellations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from baodao.base.days import clock
from baodao.base.verdict import Absent, Refused, Stale
from baodao.domain.calendar.models import Day
from baodao.domain.calendar.selectors import forget
from baodao.domain.notices.models import Notice
from baodao.domain.posts import services as posts
from baodao.domain.posts.eligibility import has_turn
from baodao.domain.service import selectors, services
from baodao.domain.service.models import Batch, Booking, Shift
from baodao.domain.service.rows import NewShift
from baodao.domain.service.services.making import BatchTimes
from tests import scene
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db


@pytest.fixture
def december(cast):
    """12-12 is a make-up Saturday, 12-26 a holiday; everything else as the week says."""
    Day.objects.create(date=date(2026, 12, 12), path="", kind="make_up", name="")
    Day.objects.create(date=date(2026, 12, 25), path="", kind="holiday", name="放假")
    forget()
    yield cast
    forget()


def days(rows):
    return [row.date.day for row in rows]


def test_a_month_follows_the_calendar(december):
    cast = december
    scene.post(cast)
    scene.post(cast, "护学岗", pattern=[{"day": "4", "start": "18:30", "end": "19:15"}])
    scene.post(cast, "暂停的", opened=False)
    made = services.make_month(actor=cast.actor("clerk"), community=cast.xingfu, month="2026-12")
    by_post = {name: days([s for s in made if s.post.name == name]) for name in ("夜间平安巡逻", "护学岗")}
    assert by_post == {"夜间平安巡逻": [5, 19, 26], "护学岗": [4, 11, 18]}
    assert {(s.state, s.month, s.taken, s.max_people) for s in made} == {("planned", "2026-12", 0, 3)}


def test_making_a_month_twice_changes_nothing(december):
    cast = december
    scene.post(cast)
    services.make_month(actor=cast.actor("clerk"), community=cast.xingfu, month="2026-12")
    assert services.make_month(actor=cast.actor("clerk"), community=cast.xingfu, month="2026-12") == []
    assert Shift.objects.count() == 3


@pytest.mark.parametrize("login", ["clerk2", "grid", "liaison", "member", "town", "county"])
def test_only_the_community_makes_shifts(cast, login):
    post = scene.post(cast)
    with pytest.raises(Refused):
        services.make_month(actor=cast.actor(login), community=cast.xingfu, month="2026-12")
    with pytest.raises(Refused):
        services.make_shift(actor=cast.actor(login), row=NewShift(post, scene.AT, scene.AT + timedelta(hours=1)))
    assert Shift.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 0}, {"minutes": 721}, {"min_people": 0}, {"max_people": 1}, {"desired_people": 9}],
)
def test_a_shift_that_cannot_be_is_refused(cast, wrong):
    post = scene.post(cast)
    with pytest.raises(Refused):
        scene.shift(post, opened=False, **wrong)
    assert Shift.objects.count() == 0


def test_a_paused_post_makes_no_shift(cast):
    post = scene.post(cast)
    posts.pause_post(actor=cast.actor("clerk"), post=post)
    with pytest.raises(Refused, match="没有开放"):
        scene.shift(post)
    assert Shift.objects.count() == 0


def test_the_same_moment_twice_is_refused(cast):
    post = scene.post(cast)
    scene.shift(post)
    with pytest.raises(Refused, match="已经有一个班"):
        scene.shift(post)
    assert Shift.objects.count() == 1


def test_a_batch_joins_what_is_there(cast):
    post, other = scene.post(cast), scene.post(cast, "清扫", pattern=[], desired_people=6, max_people=15)
    there = scene.shift(post, datetime(2026, 12, 5, 20, 30, tzinfo=clock.ZONE), opened=False)
    wanted = [date(2026, 12, 5), date(2026, 12, 6)]
    batch = services.make_batch(
        actor=cast.actor("clerk"), community=cast.xingfu, month="2026-12", name="元旦前", days=wanted, posts=[post],
    )  # fmt: skip
    services.make_batch(
        actor=cast.actor("clerk"), community=cast.xingfu, month="2026-12", name="清扫", days=wanted, posts=[other],
        times=BatchTimes(time(11, 0), time(12, 30)), tier="important",
    )  # fmt: skip
    there.refresh_from_db()
    assert (there.batch_id, Shift.objects.count()) == (batch.pk, 4)
    listed = selectors.batches(cast.actor("clerk"), cast.xingfu.path, "2026-12")
    assert [(one.name, one.shift_count, one.wanted) for one in listed] == [("元旦前", 2, 4), ("清扫", 2, 12)]
    with pytest.raises(Absent):
        selectors.batch_for(cast.actor("clerk2"), batch.code)


@pytest.mark.parametrize("wrong", [{"name": " "}, {"days": []}, {"posts": []}, {"days": [date(2026, 11, 30)]}])
def test_a_batch_that_cannot_be_is_refused(cast, wrong):
    values = {"name": "元旦前", "days": [date(2026, 12, 5)], "posts": [scene.post(cast)]} | wrong
    with pytest.raises(Refused):
        services.make_batch(actor=cast.actor("clerk"), community=cast.xingfu, month="2026-12", **values)
    assert (Batch.objects.count(), Shift.objects.count()) == (0, 0)


def test_a_big_turn_out_asks_nobody_for_every_day(cast):
    post = scene.post(cast, desired_people=6, max_people=15)
    wanted = [date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 7)]
    services.make_batch(
        actor=cast.actor("clerk"), community=cast.xingfu, month="2026-12", name="清扫", days=wanted, posts=[post]
    )
    slots = list(selectors.slots_of(selectors.month_of(cast.xingfu.path, "2026-12")).values())
    assert [one.turn for one in slots] == [(0, 3), (1, 3), (2, 3)]
    asked = [[has_turn(f"M{n}", one.batch, one.turn) for one in slots] for n in range(60)]
    assert {sum(row) for row in asked} == {1}
    assert all(sum(column) > 5 for column in zip(*asked, strict=True))


def test_change_tells_and_keeps_the_day(cast):
    one = scene.shift(scene.post(cast))
    services.book(actor=cast.actor("member"), shift=one, member=cast.chen)
    later = {"start_at": one.start_at + timedelta(minutes=30), "end_at": one.end_at + timedelta(minutes=30)}
    services.change_shift(actor=cast.actor("clerk"), shift=one, version=one.version, changes=later, words="路上有冰")
    assert list(Notice.objects.values_list("key", "member__name")) == [("shift.changed", "陈晨")]
    other = {key: value + timedelta(days=1) for key, value in later.items()}
    with pytest.raises(Refused, match="不能改日子"):
        services.change_shift(actor=cast.actor("clerk"), shift=one, version=one.version, changes=other)
    with pytest.raises(Refused, match="最多的人数不能再少"):
        few = {"min_people": 1, "desired_people": 1, "max_people": 1}
        services.book(actor=PROGRAM, shift=one, member=scene.people(cast, 1)[0], role="")
        one.refresh_from_db()
        services.change_shift(actor=cast.actor("clerk"), shift=one, version=one.version, changes=few)
    with pytest.raises(Stale):
        services.change_shift(actor=cast.actor("clerk"), shift=one, version=1, changes={"place": "北门"})
    assert Shift.objects.get().date == scene.AT.date()


def test_cancelling_frees_and_tells(cast):
    one = scene.shift(scene.post(cast))
    services.book(actor=cast.actor("member"), shift=one, member=cast.chen)
    one.refresh_from_db()
    with pytest.raises(Refused, match="为什么"):
        services.cancel_shift(actor=cast.actor("clerk"), shift=one, words=" ")
    services.cancel_shift(actor=cast.actor("clerk"), shift=one, words="暴雪")
    stored, booking = Shift.objects.get(), Booking.objects.get()
    assert (stored.state, stored.taken, booking.state, booking.freed_by) == ("cancelled", 0, "freed", "shift")
    assert Notice.objects.get().key == "shift.cancelled"
    services.restore_shift(actor=cast.actor("clerk"), shift=stored)
    assert Shift.objects.get().state == "planned"


def test_queries_do_not_grow_with_the_month(cast, django_assert_max_num_queries):
    scene.post(cast, pattern=[{"day": "workday", "start": "20:30", "end": "22:00"}])
    with django_assert_max_num_queries(15):
        services.make_month(actor=PROGRAM, community=cast.xingfu, month="2026-12")
    assert Shift.objects.count() > 20
    with django_assert_max_num_queries(1):
        assert len(list(selectors.month_of(cast.town.path, "2026-12"))) > 20
