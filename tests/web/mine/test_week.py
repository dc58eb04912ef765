"""My week, what is open to me, places taken and handed back, offers answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.matching import services as matching
from baodao.domain.matching.models import Offer
from baodao.domain.service import services
from baodao.domain.service.models import Booking
from tests import scene
from tests.cast import PROGRAM, SINCE, member

pytestmark = pytest.mark.django_db


def shift_of(cast, **more):
    return scene.shift(scene.post(cast, place="幸福小区北门", **more))


def test_an_empty_week_says_what_one_can_do(enter):
    page = enter("member").get("/me/").content.decode()
    assert "这周没有安排" in page and "两周内没有正合适的班" in page


def test_what_fits_stands_there_with_its_reasons(cast, enter):
    shift_of(cast)
    page = enter("member").get("/me/").content.decode()
    assert "适合你的 1 个" in page and "夜间平安巡逻" in page and "就在你报到的社区" in page


def test_another_communitys_shift_is_told_with_its_reason_only_when_asked(cast, enter):
    scene.shift(scene.post(cast, community=cast.jiankang, leader=cast.zhou))
    client = enter("member")
    day = scene.AT.date().isoformat()
    assert "夜间平安巡逻" not in client.get(f"/me/shifts/?day={day}").content.decode()
    page = client.get(f"/me/shifts/?day={day}&all=1").content.decode()
    assert "夜间平安巡逻" in page and "这个岗位在别的社区" in page


def test_take_a_place_and_hand_it_back(cast, enter, send):
    one = shift_of(cast)
    enter("member")
    answer = send(f"/me/shifts/{one.code}/take/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me/")
    booking = Booking.objects.get()
    assert (booking.member_id, booking.state, booking.source) == (cast.chen.pk, "taken", "self")
    answer = send(f"/me/places/{booking.code}/free/")
    assert answer.status_code == 303
    one.refresh_from_db()
    assert (Booking.objects.get().state, one.taken) == ("freed", 0)


def test_a_full_shift_answers_with_the_reason_and_takes_nothing(cast, enter, send):
    one = shift_of(cast, desired_people=1, max_people=1)
    services.book(actor=PROGRAM, shift=one, member=scene.people(cast, 1)[0])
    enter("member")
    answer = send(f"/me/shifts/{one.code}/take/")
    assert answer.status_code == 422 and "人已经够了" in answer.content.decode()
    assert Booking.objects.filter(member=cast.chen).count() == 0


def test_the_same_form_twice_takes_one_place(cast, enter, client):
    from baodao.web.frame.keys import new_key

    one, key = shift_of(cast), new_key()
    enter("member")
    first = client.post(f"/me/shifts/{one.code}/take/", {"_key": key})
    second = client.post(f"/me/shifts/{one.code}/take/", {"_key": key})
    assert (first.status_code, second.status_code, second.headers["Location"]) == (303, 303, "/me/")
    assert Booking.objects.count() == 1


@pytest.fixture
def offer(cast):
    return matching.offer_place(actor=cast.actor("clerk"), shift=shift_of(cast), member=cast.chen)


def test_an_offer_is_answered_in_one_press(offer, enter, send):
    client = enter("member")
    assert "我会来" in client.get("/me/").content.decode()
    assert send(f"/me/offers/{offer.code}/", {"answer": "yes"}).status_code == 303
    offer.refresh_from_db()
    offer.booking.refresh_from_db()
    assert (offer.state, offer.booking.state) == ("accepted", "taken")


def test_an_offer_says_why_i_was_asked_and_only_what_is_true(cast, offer, enter):
    """The member's own words decide each sentence; changed words change the sentences."""
    from baodao.base.days.clock import ZONE
    from baodao.domain.members.models import Member
    from baodao.domain.posts.models import Claim, Fixing

    client = enter("member")
    assert "为什么请我" in client.get("/me/").content.decode()
    at, shift = f"/me/offers/{offer.code}/", offer.shift
    Member.objects.filter(pk=cast.chen.pk).update(slots=[], wishes=[])
    page = client.get(at).content.decode()
    assert f"{shift.post.place} · {cast.xingfu.name}" in page
    assert "为什么请你" in page and "你没说过时间" in page and "是你选的服务意向" not in page and "你认领了" not in page
    Member.objects.filter(pk=cast.chen.pk).update(slots=["workday_noon"], wishes=[shift.post.kind])
    page = client.get(at).content.decode()
    assert "不在你说的时间里，社区想问问你能不能来" in page and "是你选的服务意向" in page
    Claim.objects.create(post=shift.post, member=cast.chen, state="held", since=SINCE)
    start = shift.start_at.astimezone(ZONE).time()
    Fixing.objects.create(
        post=shift.post, member=cast.chen, weekday=shift.date.weekday(), start=start, since=SINCE, state="accepted"
    )
    page = client.get(at).content.decode()
    assert "你认领了这个岗位" in page and "你同意固定每" in page and "不在你说的时间里" not in page


def test_no_is_as_easy_and_needs_no_reason(offer, enter, send):
    enter("member")
    assert send(f"/me/offers/{offer.code}/", {"answer": "no", "reason": ""}).status_code == 303
    offer.refresh_from_db()
    offer.shift.refresh_from_db()
    assert (offer.state, offer.reason, offer.shift.taken) == ("declined", "", 0)


def test_what_the_desk_answered_is_undone_without_a_reason(cast, offer, enter, send):
    matching.answer(actor=cast.actor("clerk"), offer=offer, accept=True, asked_how="phone")
    client = enter("member")
    assert "不是我的意思" in client.get(f"/me/offers/{offer.code}/").content.decode()
    assert send(f"/me/offers/{offer.code}/undo/").status_code == 303
    offer.refresh_from_db()
    assert (offer.state, Booking.objects.get().state) == ("declined", "freed")


def test_another_members_offer_and_place_are_absent(cast, offer, enter, send):
    enter("member2")
    assert send(f"/me/offers/{offer.code}/", {"answer": "yes"}).status_code == 404
    assert send(f"/me/places/{offer.booking.code}/free/").status_code == 404
    assert Offer.objects.get().state == "sent"


def test_the_week_costs_the_same_with_one_and_three_rows(cast, enter):
    client, counts = enter("member"), []
    post = scene.post(cast)
    client.get("/me/shifts/")  # the calendar is read once a process
    for number in range(3):
        scene.shift(post, scene.AT + timedelta(days=7 * number))
        if number in (0, 2):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/me/shifts/?day={scene.AT.date()}").status_code == 200
            counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_week_of_openings_is_few_queries(cast, enter):
    client = enter("member")
    shift_of(cast)
    client.get("/me/shifts/")
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/me/shifts/?day={scene.AT.date()}")
    assert len(seen) <= 12, "\n".join(q["sql"][:120] for q in seen)


def test_somebody_elses_leader_page_is_absent(cast, enter):
    one = shift_of(cast)
    other = member("马强", cast.xingfu, cast.unit)
    assert enter("member2").get(f"/me/roll/{one.code}/").status_code == 404
    assert other.pk
