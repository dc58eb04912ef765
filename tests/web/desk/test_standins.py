"""Places given back shortly before: the desk sees them, asks the next one with one press, and nobody is assigned."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.days import clock
from baodao.domain.matching import services, standins
from baodao.domain.matching.models import Offer
from baodao.domain.service import services as serving
from baodao.domain.service.models import Booking
from tests.cast import PROGRAM
from tests.domain.matching.small_town import SATURDAY, SmallTown

PAGE = "/desk/standins/"


@pytest.fixture
def town(cast):
    return SmallTown(cast)


def given_back(town, key="巡逻", day=SATURDAY, *, people=2, wished=2, by="member"):
    """A shift with accepted places, one of which was given back."""
    post = town.posts.get(key) or town.post(key, desired_people=wished, max_people=3)
    shift = town.shift(post, day, state="open", key=f"{key}{day}")
    shift.__class__.objects.filter(pk=shift.pk).update(state="open")
    shift.refresh_from_db()
    made = [serving.book(actor=PROGRAM, shift=shift, member=town.person(f"{key}人{n}{day.day}", unit=None)) for n in range(people)]
    booking = Booking.objects.select_related("shift", "member").get(pk=made[0].pk)
    serving.free(actor=PROGRAM, booking=booking, by=by)
    shift.refresh_from_db()
    return shift, booking.member


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_nothing_was_given_back(enter, town):
    page = words(enter("clerk").get(PAGE))
    assert "没有要找人替的班" in page
    assert "要找人替的班" not in words(enter("clerk").get("/desk/"))


def test_the_next_one_is_asked_with_one_press(enter, send, town):
    shift, gone = given_back(town)
    first = town.person("甲一", unit=None, target_per_year=6)
    second = town.person("乙二", unit=None)
    client = enter("clerk")
    assert "要找人替的班 1 个" in words(client.get("/desk/"))
    page = words(client.get(PAGE))
    assert "1 个班要找人替" in page and "1 / 2" in page and "请甲一" in page and "乙二" in page
    assert gone.name not in page  # who could not come is nobody to be shown here
    answer = send(f"/desk/standins/{shift.code}/invite/", {"member": first.code})
    assert answer.headers["Location"] == PAGE
    offer = Offer.objects.get()
    assert (offer.member, offer.state, offer.booking.state) == (first, "sent", "held")
    page = client.get(PAGE)
    assert "没有要找人替的班" in words(page) and f"/desk/offers/{offer.code}/withdraw/" in page.content.decode()
    services.answer(actor=PROGRAM, offer=offer, accept=False)
    assert "请乙二" in words(client.get(PAGE))  # who was asked is not asked again
    assert [one.person.pk for one in standins.next_for(shift)] == [second.pk]


def test_the_order_is_that_of_the_plan(town):
    shift, _gone = given_back(town)
    far = town.person("远", unit=None, community="jiankang", far_ok=True)
    plain = town.person("近", unit=None)
    behind = town.person("想多来", unit=None, target_per_year=6)
    town.person("没空", unit=None, slots=("workday_noon",))
    town.person("满了", unit=None, max_per_month=0)
    assert [one.person.pk for one in standins.next_for(shift)] == [behind.pk, plain.pk, far.pk]


def test_another_stands_first_by_now_is_said(enter, send, town):
    shift, _gone = given_back(town)
    plain = town.person("近", unit=None)
    enter("clerk")
    town.person("想多来", unit=None, target_per_year=6)
    answer = send(f"/desk/standins/{shift.code}/invite/", {"member": plain.code})
    assert answer.status_code == 422 and "现在排在前面的是想多来" in answer.content.decode()
    assert Offer.objects.count() == 0


def test_too_late_to_ask_in_writing(enter, send, town):
    day = (clock.now() + timedelta(hours=10)).date()
    town.person("甲一", unit=None, slots=("workday_evening",))
    shift, _gone = given_back(town, day=day)
    page = words(enter("clerk").get(PAGE))
    assert "不到一天，打电话问" in page and "来的话代办" in page and "请甲一" not in page
    assert send(f"/desk/standins/{shift.code}/invite/").status_code == 422
    assert Offer.objects.count() == 0


def test_nobody_left_is_said(enter, send, town):
    shift, _gone = given_back(town)
    assert "没有合适、有空又没问过的人" in words(enter("clerk").get(PAGE))
    answer = send(f"/desk/standins/{shift.code}/invite/")
    assert answer.status_code == 422 and "没有合适" in answer.content.decode()


def test_what_lapsed_or_was_declined_is_no_hole(town, cast):
    """An unanswered or declined offer leaves a place open to all; it is not counted as given back (red line 7)."""
    given_back(town, by="offer")
    assert standins.holes(cast.actor("clerk")) == []


def test_next_door_sees_and_asks_nothing(enter, send, town):
    shift, _gone = given_back(town)
    town.person("甲一", unit=None)
    assert "没有要找人替的班" in words(enter("clerk2").get(PAGE))
    assert send(f"/desk/standins/{shift.code}/invite/").status_code == 404
    assert Offer.objects.count() == 0


def test_many_holes_take_as_many_queries(enter, town):
    given_back(town)
    client = enter("clerk")

    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        return len(seen)

    client.get(PAGE)
    before = count()
    given_back(town, "辅导", SATURDAY + timedelta(days=1))
    given_back(town, "清扫", SATURDAY + timedelta(days=7))
    assert count() == before <= 40
