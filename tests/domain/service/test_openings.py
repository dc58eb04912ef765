"""What is open to a member: what speaks against it, reasons, own week; queries do not grow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.verdict import Absent, Refused
from baodao.domain.members.models import Member
from baodao.domain.posts import services as posts
from baodao.domain.service import selectors, services
from tests import scene

pytestmark = pytest.mark.django_db
DAY = scene.AT.date()
WEEK = (DAY - timedelta(days=5), DAY + timedelta(days=1))


def seen(who, **more):
    return [(one.shift.post.name, one.code, one.mine) for one in selectors.open_to_member(who, *WEEK, **more)]


def test_what_fits_and_why(cast):
    Member.objects.filter(pk=cast.chen.pk).update(slots=["saturday_evening"], wishes=["volunteer"])
    scene.shift(scene.post(cast, "清扫"))
    scene.shift(scene.post(cast, "法律", kind="legal"))
    scene.shift(scene.post(cast, "隔壁", community=cast.jiankang, leader=cast.zhou))
    scene.shift(scene.post(cast, "没开"), opened=False)
    actor = cast.actor("member")
    assert seen(actor) == [("清扫", None, "")]
    assert seen(actor, every=True) == [("清扫", None, ""), ("法律", "kind", ""), ("隔壁", "community", "")]
    (one,) = selectors.open_to_member(actor, *WEEK)
    assert one.reasons == ["你说周六晚上有空", "是你选的服务意向", "就在你报到的社区"]
    assert (one.community, one.missing, one.can_take) == ("幸福社区", 2, True)
    others = selectors.open_to_member(actor, *WEEK, every=True)[1:]
    assert [(o.can_take, o.why_not) for o in others] == [
        (True, "不在你选的服务意向里。"), (False, "这个岗位在别的社区，也不是你单位结对的社区。"),
    ]  # fmt: skip


def test_what_may_be_taken_can_be_taken(cast):
    Member.objects.filter(pk=cast.chen.pk).update(wishes=["volunteer"])
    actor = cast.actor("member")
    for name, more in (("陪聊", {}), ("法律咨询", {"skill": "law"})):
        scene.shift(scene.post(cast, name, kind="legal", **more))
    found = selectors.open_to_member(actor, *WEEK, every=True)
    assert [(one.shift.post.name, one.can_take) for one in found] == [("陪聊", True), ("法律咨询", False)]
    for one in found:
        if one.can_take:
            services.book(actor=actor, shift=selectors.get_for(actor, one.shift.code), member=cast.chen)
        else:
            with pytest.raises(Refused, match="这个岗位要的特长"):
                services.book(actor=actor, shift=selectors.get_for(actor, one.shift.code), member=cast.chen)


def test_pairing_opens_next_door(cast):
    scene.shift(scene.post(cast, "隔壁", community=cast.jiankang, leader=cast.zhou))
    posts.pair(actor=cast.actor("clerk2"), unit=cast.unit, community=cast.jiankang)
    (one,) = selectors.open_to_member(cast.actor("member"), *WEEK)
    assert one.reasons == ["是你单位结对的社区"]


def test_mine_and_the_day(cast):
    post = scene.post(cast, "清扫")
    first, later = scene.shift(post), scene.shift(post, scene.AT - timedelta(hours=5))
    services.book(actor=cast.actor("member"), shift=first, member=cast.chen)
    assert seen(cast.actor("member"), every=True) == [("清扫", "day_taken", ""), ("清扫", None, "taken")]
    assert selectors.opening_for(cast.actor("member"), later).why_not == "那天你已经有一个班。"
    week = selectors.my_week(cast.chen, *WEEK)
    assert [(day.date, [b.shift_id for b in day.bookings]) for day in week] == [(DAY, [first.pk])]
    assert selectors.next_of(cast.chen).shift_id == first.pk


def test_another_town_is_absent(cast):
    shift = scene.shift(scene.post(cast))
    type(shift).objects.update(town="SX/XX/")
    with pytest.raises(Absent):
        selectors.opening_for(cast.actor("member"), selectors.get_for(cast.actor("clerk"), shift.code))


def test_a_week_costs_at_most_twelve_queries_however_full(cast):
    post = scene.post(cast)
    counts = []
    for extra in (1, 30):
        for number in range(extra):
            scene.shift(post, scene.AT + timedelta(minutes=7 * number + extra))
        with CaptureQueriesContext(connection) as run:
            selectors.open_to_member(cast.actor("member"), *WEEK, every=True)
        counts.append(len(run) - 2)  # the actor itself: account and grants
    assert counts[0] == counts[1] <= 12
