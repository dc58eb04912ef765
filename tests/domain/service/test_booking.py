"""Places: given once, one a day, kept seats, 代办, held and freed; what is refused leaves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from baodao.base.verdict import Absent, Refused
from baodao.domain.audit.models import Entry
from baodao.domain.members.models import BlockedDay, Member, SkillOffered
from baodao.domain.notices.models import Notice
from baodao.domain.service import selectors, services
from baodao.domain.service.models import Booking, Shift
from baodao.domain.service.rows import NewBooking
from tests import scene
from tests.cast import PROGRAM, member

pytestmark = pytest.mark.django_db


def state(shift):
    found = Shift.objects.get(pk=shift.pk)
    return found.taken, found.role_taken, Booking.objects.filter(shift=shift).exclude(state="freed").count()


def test_a_member_takes_a_place(cast):
    one = scene.shift(scene.post(cast))
    made = services.book(actor=cast.actor("member"), shift=one, member=cast.chen)
    assert (made.state, made.source, made.unit_path, made.community_path, made.date, made.asked_how) == (
        "taken", "self", cast.unit.path, cast.xingfu.path, scene.AT.date(), "",
    )  # fmt: skip
    assert state(one) == (1, 0, 1)
    entry = Entry.objects.get(action="booking.made")
    assert (entry.subject_code, entry.chain, entry.account_id) == (
        made.code, cast.town.path, cast.accounts["member"].pk,
    )  # fmt: skip


def test_the_last_place_is_given_once(cast):
    one = scene.shift(scene.post(cast, desired_people=1, max_people=1))
    first, second = scene.people(cast, 2)
    services.book(actor=PROGRAM, shift=one, member=first)
    with pytest.raises(Refused, match="人已经够了"):
        services.book(actor=PROGRAM, shift=one, member=second)
    assert state(one) == (1, 0, 1)


def test_the_database_refuses_more_than_the_maximum(cast):
    one = scene.shift(scene.post(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=one.pk).update(taken=4)
    assert state(one) == (0, 0, 0)


def test_one_service_a_day(cast):
    post = scene.post(cast)
    first, second = scene.shift(post), scene.shift(post, scene.AT - timedelta(hours=4))
    services.book(actor=cast.actor("member"), shift=first, member=cast.chen)
    with pytest.raises(Refused, match="那天"):
        services.book(actor=cast.actor("member"), shift=second, member=cast.chen)
    with pytest.raises(Refused, match="那天"):  # the constraint, where no rule is asked
        services.book(actor=PROGRAM, shift=second, member=cast.chen, role="")
    assert (state(first), state(second)) == ((1, 0, 1), (0, 0, 0))


@pytest.mark.parametrize(
    "prepare",
    [
        lambda cast: Member.objects.filter(pk=cast.zhou.pk).update(far_ok=False),
        lambda cast: Member.objects.filter(pk=cast.zhou.pk).update(far_ok=True, state="paused"),
        lambda cast: Member.objects.filter(pk=cast.zhou.pk).update(far_ok=True, state="left"),
    ],
)
def test_who_is_not_fit_gets_no_place(cast, prepare):
    prepare(cast)
    cast.zhou.refresh_from_db()
    one = scene.shift(scene.post(cast))
    with pytest.raises(Refused):
        services.book(actor=cast.actor("member2"), shift=one, member=cast.zhou)
    assert state(one) == (0, 0, 0)


def test_his_own_word_does_not_stop_a_member(cast):
    Member.objects.filter(pk=cast.chen.pk).update(slots=["workday_morning"], wishes=["legal"], max_per_month=0)
    BlockedDay.objects.create(member=cast.chen, first=scene.AT.date(), last=scene.AT.date())
    one = scene.shift(scene.post(cast))
    services.book(actor=cast.actor("member"), shift=one, member=Member.objects.get(pk=cast.chen.pk))
    assert state(one) == (1, 0, 1)


def test_a_planned_a_cancelled_and_a_past_shift_are_not_to_be_had(cast):
    post = scene.post(cast)
    planned = scene.shift(post, opened=False)
    past = scene.ended(post)
    gone = scene.shift(post, scene.AT + timedelta(days=1))
    services.cancel_shift(actor=cast.actor("clerk"), shift=gone, words="")
    for one in (planned, past, gone):
        with pytest.raises(Refused, match="不能认领"):
            services.book(actor=cast.actor("member"), shift=one, member=cast.chen)
    assert Booking.objects.count() == 0


def test_kept_seats_stay_free_for_their_holders(cast):
    post = scene.post(cast, min_people=2, desired_people=2, max_people=2, role_skill="electric", role_count=1)
    one = scene.shift(post)
    plain, other, holder = scene.people(cast, 3)
    SkillOffered.objects.create(member=holder, skill="electric", level="skilled")
    services.book(actor=cast.actor("clerk"), shift=one, member=plain, source="desk", asked_how="phone")
    with pytest.raises(Refused, match="人已经够了"):
        services.book(actor=cast.actor("clerk"), shift=one, member=other, source="desk", asked_how="phone")
    made = services.book(actor=cast.actor("clerk"), shift=one, member=holder, source="desk", asked_how="phone")
    assert (made.role, state(one)) == ("electric", (2, 1, 2))


def test_through_the_desk_says_how_and_is_told(cast):
    one = scene.shift(scene.post(cast))
    with pytest.raises(Refused, match="怎么说"):
        services.book(actor=cast.actor("clerk"), shift=one, member=cast.chen, source="desk")
    made = services.book(actor=cast.actor("clerk"), shift=one, member=cast.chen, source="desk", asked_how="chain")
    assert (made.asked_how, made.on_behalf_by) == ("chain", cast.accounts["clerk"].pk)
    assert Notice.objects.get().key == "booking.made"
    services.free(actor=cast.actor("member"), booking=made)
    assert state(one) == (0, 0, 0)


@pytest.mark.parametrize("login", ["liaison", "clerk2", "member2", "grid", "town"])
def test_nobody_else_books_for_a_member(cast, login):
    one = scene.shift(scene.post(cast))
    with pytest.raises(Refused):
        services.book(actor=cast.actor(login), shift=one, member=cast.chen, source="desk", asked_how="phone")
    assert state(one) == (0, 0, 0)


def test_an_open_offer_holds_its_place(cast):
    one = scene.shift(scene.post(cast, desired_people=1, max_people=1), opened=False)
    first, second = scene.people(cast, 2)
    held = services.book(actor=PROGRAM, shift=one, member=first, source="offer", held=True)
    assert (held.state, state(one)) == ("held", (1, 0, 1))
    with pytest.raises(Refused):
        services.book(actor=PROGRAM, shift=one, member=second, source="offer", held=True)
    services.take(actor=cast.actor("clerk"), booking=held, asked_how="phone")
    assert (Booking.objects.get().state, Booking.objects.get().asked_how, state(one)) == ("taken", "phone", (1, 0, 1))
    with pytest.raises(Refused):
        services.take(actor=cast.actor("clerk"), booking=held, asked_how="phone")


def test_two_offers_on_a_day_one_acceptance(cast):
    post = scene.post(cast)
    shifts = [scene.shift(post), scene.shift(post, scene.AT - timedelta(hours=4))]
    held = [services.book(actor=PROGRAM, shift=one, member=cast.chen, source="offer", held=True) for one in shifts]
    services.take(actor=cast.actor("member"), booking=held[0])
    with pytest.raises(Refused, match="那天"):
        services.take(actor=cast.actor("member"), booking=held[1])
    services.free(actor=PROGRAM, booking=held[1], by="offer")
    assert [state(one) for one in shifts] == [(1, 0, 1), (0, 0, 0)]


def test_the_unit_frees_for_duty_and_nothing_else(cast):
    one = scene.shift(scene.post(cast))
    made = services.book(actor=cast.actor("member"), shift=one, member=cast.chen)
    with pytest.raises(Refused):
        services.free(actor=cast.actor("liaison"), booking=made)
    services.free(actor=cast.actor("liaison"), booking=made, by="duty")
    assert (Booking.objects.get().freed_by, state(one)) == ("duty", (0, 0, 0))
    with pytest.raises(Refused, match="已经让出"):
        services.free(actor=cast.actor("liaison"), booking=made, by="duty")
    assert state(one) == (0, 0, 0)


def test_a_unit_sees_accepted_places_only(cast):
    post = scene.post(cast)
    held = services.book(actor=PROGRAM, shift=scene.shift(post), member=cast.chen, source="offer", held=True)
    assert list(selectors.visible_bookings(cast.actor("liaison"))) == []
    services.take(actor=cast.actor("member"), booking=held)
    assert list(selectors.visible_bookings(cast.actor("liaison"))) == [held]
    services.free(actor=cast.actor("member"), booking=held)
    assert list(selectors.visible_bookings(cast.actor("liaison"))) == []
    for login in ("clerk2", "town", "county", "member2"):
        assert list(selectors.visible_bookings(cast.actor(login))) == [], login
    with pytest.raises(Absent):
        selectors.booking_for(cast.actor("clerk2"), held.code)


def test_many_places_cost_the_same_queries(cast):
    post = scene.post(cast, max_people=20)
    shifts = [scene.shift(post, scene.AT + timedelta(days=n)) for n in range(3)]
    people = scene.people(cast, 12)
    rows = [NewBooking(shifts[n % 3], one, "offer", "", held=True) for n, one in enumerate(people)]
    counts = []
    for part in (rows[:3], rows[3:]):
        with CaptureQueriesContext(connection) as seen:
            services.take_many(actor=PROGRAM, bookings=services.book_many(actor=PROGRAM, rows=part))
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert sorted(Shift.objects.values_list("taken", flat=True)) == [4, 4, 4]


def test_partial_passes_over_what_has_no_room(cast):
    one = scene.shift(scene.post(cast, desired_people=2, max_people=2))
    people = scene.people(cast, 4)
    rows = [NewBooking(one, member_, "offer", "", held=True) for member_ in people]
    with pytest.raises(Refused):
        services.book_many(actor=PROGRAM, rows=rows)
    assert state(one) == (0, 0, 0)
    made = services.book_many(actor=PROGRAM, rows=rows, partial=True)
    assert ([booking.member_id for booking in made], state(one)) == ([people[0].pk, people[1].pk], (2, 0, 2))
    assert services.book_many(actor=PROGRAM, rows=rows[:1], partial=True) == []


def test_paired_units_serve_next_door(cast):
    from baodao.domain.posts import services as posts

    one = scene.shift(scene.post(cast, community=cast.jiankang, leader=cast.zhou))
    with pytest.raises(Refused, match="别的社区"):
        services.book(actor=cast.actor("member"), shift=one, member=cast.chen)
    posts.pair(actor=cast.actor("clerk2"), unit=cast.unit, community=cast.jiankang)
    made = services.book(actor=cast.actor("member"), shift=one, member=cast.chen)
    assert (made.community_path, made.unit_path) == (cast.jiankang.path, cast.unit.path)


def test_community_members_serve_too(cast):
    retired = member("老赵", cast.xingfu)
    one = scene.shift(scene.post(cast))
    made = services.book(actor=cast.actor("clerk"), shift=one, member=retired, source="desk", asked_how="in_person")
    assert made.unit_path == ""
