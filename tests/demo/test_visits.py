"""A thing asked for in a home gets a shift of its own, offered to two who fit; the asker's word confirms it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baodao.base.days import clock
from baodao.demo.people import People
from baodao.demo.visits import Visits
from baodao.domain.matching.models import Offer
from baodao.domain.members.models import SkillOffered
from baodao.domain.needs import services as needs
from baodao.domain.needs.models import Need
from baodao.domain.service.models import ServiceRecord, Shift
from tests import scene
from tests.domain.needs.asked import accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """A need for a home, the post that does it, and four who may be asked: two of them have the evening free."""
    post = scene.post(cast, "理发陪诊", kind="home_service", role_skill="care", role_count=1, min_people=2, desired_people=2)
    need = needs.assign(actor=cast.actor("clerk"), need=accepted(cast, category="home"), subject_code=post.code, words="理发陪诊")
    people = scene.people(cast, 4, slots=["workday_evening"])
    people[2].slots, people[3].takes_offers = ["saturday_morning"], False
    for one in people:
        one.save()
        one.enrolled_in = cast.xingfu.path
    SkillOffered.objects.create(member=people[1], skill="care")
    return cast, post, need, Visits(cast.xingfu.path, People(people, cast.chen, cast.zhou))


def plan(asked, days=4):
    cast, post, need, visits = asked
    now = clock.now()
    return visits.plan(cast.actor("clerk"), need, post, now + timedelta(days=days), now.date() + timedelta(days=9))


def test_two_who_fit_are_asked_come_and_are_confirmed_by_the_asker(asked):
    cast, _post, need, visits = asked
    shift = plan(asked)
    assert (shift.need_id, Shift.objects.get().taken) == (need.pk, 2)
    assert [(o.member.name, o.state, o.asked_how) for o in Offer.objects.order_by("pk")] == [
        ("党员01", "accepted", "phone"), ("党员00", "accepted", "phone")]
    with clock.freeze(shift.end_at + timedelta(hours=12)):
        visits.roll(cast.actor("clerk"), shift)
        visits.roll(cast.actor("clerk"), shift)  # the Monday's sitting may have been there first
        assert [one.state for one in ServiceRecord.objects.all()] == ["pending", "pending"]
        done = needs.finish(actor=cast.actor("clerk"), need=Need.objects.get(), outcome="理好了")
        needs.tell(actor=cast.actor("clerk"), need=done, told="in_person", solved=True)
    assert {(one.state, one.evidence) for one in ServiceRecord.objects.all()} == {("confirmed", "resident")}


def test_nobody_is_asked_when_it_is_done_too_soon_or_nobody_holds_the_seat(asked):
    assert plan(asked, days=1) is None
    SkillOffered.objects.all().delete()
    assert plan(asked) is None
    assert (Shift.objects.count(), Offer.objects.count()) == (0, 0)
