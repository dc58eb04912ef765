"""The roll, helpers, records, confirmation, late additions; who may, when, what stays visible."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.days import clock
from baodao.base.verdict import Absent, Refused
from baodao.domain.audit.models import Entry
from baodao.domain.posts import services as posts
from baodao.domain.service import privacy, selectors, services
from baodao.domain.service.models import Booking, ServiceRecord, Shift
from baodao.domain.service.rows import LateRecord, NewBooking
from tests import scene
from tests.cast import PROGRAM, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew(cast):
    """A shift that ended an hour ago with three accepted places (陈党员 leads its post)."""
    shift = scene.ended(scene.post(cast, max_people=4))
    people = scene.people(cast, 3)
    rows = [NewBooking(shift, one, "offer", "", held=True) for one in people]
    bookings = services.take_many(actor=PROGRAM, bookings=services.book_many(actor=PROGRAM, rows=rows))
    shift.refresh_from_db()
    return cast, shift, bookings


def attendance():
    return list(Booking.objects.order_by("pk").values_list("attendance", flat=True))


def test_marks_by_taps_then_the_rest(crew):
    cast, shift, (first, second, _third) = crew
    leader = cast.actor("member")
    services.mark(actor=leader, booking=first, attendance="leave")
    services.mark(actor=leader, booking=second, attendance="present")
    assert ServiceRecord.objects.count() == 0
    made = services.roll_call(actor=leader, shift=shift, marks={}, rest="present")
    assert attendance() == ["leave", "present", "present"]
    assert sorted((r.minutes, r.evidence, r.state, r.unit_path, r.month) for r in made) == [
        (90, "roll_call", "pending", cast.unit.path, "2026-11")
    ] * 2
    assert (Shift.objects.get().state, Shift.objects.get().rolled_by) == ("done", cast.accounts["member"].pk)
    assert Entry.objects.get(action="shift.rolled").data == {"leave": 1, "present": 2}


def test_a_roll_can_be_mended_for_three_days(crew):
    cast, shift, (first, second, third) = crew
    marks = {one.code: ("present", None) for one in (first, second, third)}
    services.roll_call(actor=cast.actor("clerk"), shift=shift, marks=marks)
    services.roll_call(actor=cast.actor("clerk"), shift=shift, marks={first.code: ("absent", None), second.code: ("late", 60)})
    assert attendance() == ["absent", "late", "present"]
    assert sorted(ServiceRecord.objects.values_list("minutes", flat=True)) == [60, 90]
    services.confirm_records(actor=cast.actor("clerk"), records=[ServiceRecord.objects.get(booking=second)])
    with pytest.raises(Refused, match="已经确认"):
        services.roll_call(actor=cast.actor("clerk"), shift=shift, marks={second.code: ("absent", None)})
    assert attendance() == ["absent", "late", "present"]
    with clock.freeze(shift.end_at + timedelta(days=3, minutes=1)), pytest.raises(Refused, match="三天"):
        services.roll_call(actor=cast.actor("clerk"), shift=shift, marks={third.code: ("absent", None)})
    assert attendance() == ["absent", "late", "present"]


@pytest.mark.parametrize("login", ["clerk2", "liaison", "member2", "town", "county"])
def test_only_leader_and_community_call_the_roll(crew, login):
    cast, shift, bookings = crew
    with pytest.raises(Refused):
        services.roll_call(actor=cast.actor(login), shift=shift, marks={}, rest="present")
    with pytest.raises(Refused):
        services.mark(actor=cast.actor(login), booking=bookings[0], attendance="present")
    assert (attendance(), ServiceRecord.objects.count()) == (["unmarked"] * 3, 0)


def test_the_leader_named_by_the_shift_calls_it(crew):
    cast, shift, _bookings = crew
    other = scene.people(cast, 1)[0]
    named = account("named", "member", cast.xingfu.path, "党员", other.pk)
    Shift.objects.filter(pk=shift.pk).update(leader=other)
    shift = selectors.get_for(PROGRAM, shift.code)
    cast.accounts["named"] = named
    with pytest.raises(Refused):
        services.roll_call(actor=cast.actor("member"), shift=shift, marks={}, rest="present")
    assert len(services.roll_call(actor=cast.actor("named"), shift=shift, marks={}, rest="present")) == 3


def test_not_before_its_time(cast):
    shift = scene.shift(scene.post(cast))
    with pytest.raises(Refused, match="还没到时间"):
        services.roll_call(actor=cast.actor("clerk"), shift=shift, marks={}, rest="present")
    assert Shift.objects.get().state == "open"


@pytest.mark.parametrize("marks", [("here", None), ("present", 0), ("present", 721)])
def test_unknown_marks_are_refused(crew, marks):
    cast, shift, (first, *_rest) = crew
    with pytest.raises(Refused):
        services.roll_call(actor=cast.actor("clerk"), shift=shift, marks={first.code: marks})
    assert (attendance(), Shift.objects.get().state) == (["unmarked"] * 3, "open")


def test_i_am_here_is_a_favour(crew):
    cast, _shift, (first, *_rest) = crew
    mine = account("mine", "member", cast.xingfu.path, "党员", first.member_id)
    cast.accounts["mine"] = mine
    services.say_here(actor=cast.actor("mine"), booking=first)
    assert (Booking.objects.get(pk=first.pk).said_here_at, attendance()[0]) == (clock.now(), "unmarked")
    with pytest.raises(Refused):
        services.say_here(actor=cast.actor("member"), booking=first)


def test_a_helper_gets_a_place_while_there_is_room(crew):
    cast, shift, _bookings = crew
    services.add_helper(actor=cast.actor("member"), shift=shift, member=cast.chen)
    made = Booking.objects.get(member=cast.chen)
    assert (made.attendance, made.asked_how, made.source) == ("present", "in_person", "desk")
    extra = scene.people(cast, 1)[0]
    with pytest.raises(Refused, match="够了"):
        services.add_helper(actor=cast.actor("member"), shift=selectors.get_for(PROGRAM, shift.code), member=extra)
    assert Shift.objects.get().taken == 4


def test_patrols_note_places_from_the_list_only(cast):
    post = scene.post(cast, kind="patrol", min_people=2, two_person=True)
    shift = scene.ended(post)
    services.book(actor=PROGRAM, shift=shift, member=cast.chen, role="")
    with pytest.raises(Refused, match="认不出"):
        services.roll_call(actor=cast.actor("clerk"), shift=shift, marks={}, rest="present", findings=["stranger"])
    (one,) = services.roll_call(actor=cast.actor("clerk"), shift=shift, marks={}, rest="present", findings=["lamp_out"])
    assert one.findings == ["lamp_out"]
    with pytest.raises(Refused, match="不写字"):
        services.set_result(actor=cast.actor("clerk"), record_=one, result="done", words="看到王某")
    stored = ServiceRecord.objects.get()
    assert (stored.words, stored.findings) == ("", ["lamp_out"])


@pytest.fixture
def pending(crew):
    cast, shift, _bookings = crew
    services.roll_call(actor=cast.actor("member"), shift=shift, marks={}, rest="present")
    return cast, list(ServiceRecord.objects.select_related("shift__post", "member"))


def test_confirmed_by_the_desk_or_the_person_served(pending):
    cast, rows = pending
    services.confirm_records(actor=cast.actor("clerk"), records=rows[:2])
    services.confirm_records(actor=cast.actor("secretary"), records=rows[2:], served=True)
    assert list(ServiceRecord.objects.order_by("pk").values_list("state", "evidence")) == [
        ("confirmed", "roll_call"), ("confirmed", "roll_call"), ("confirmed", "resident"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="已经确认"):
        services.confirm_records(actor=cast.actor("clerk"), records=rows)
    assert ServiceRecord.objects.filter(confirmed_by=cast.accounts["clerk"].pk).count() == 2


def test_confirmed_by_the_posts_supervisor(pending):
    cast, rows = pending
    posts.change_post(actor=PROGRAM, post=rows[0].shift.post, version=rows[0].shift.post.version, changes={})
    type(rows[0].shift.post).objects.update(supervisor_account=cast.accounts["grid"].pk)
    fresh = list(ServiceRecord.objects.select_related("shift__post", "member"))
    assert len(services.confirm_records(actor=cast.actor("grid"), records=fresh)) == 3


@pytest.mark.parametrize("login", ["member", "clerk2", "liaison", "grid", "town"])
def test_nobody_else_confirms(pending, login):
    cast, rows = pending
    with pytest.raises(Refused):
        services.confirm_records(actor=cast.actor(login), records=rows)
    assert set(ServiceRecord.objects.values_list("state", flat=True)) == {"pending"}


def test_rejected_reopened_and_settled(pending):
    cast, (first, second, third) = pending
    services.reject_record(actor=cast.actor("clerk"), record_=first)
    services.reopen_record(actor=cast.actor("clerk"), record_=first)
    services.confirm_records(actor=cast.actor("clerk"), records=[first, second])
    services.settle_many(actor=cast.actor("town"), records=[first, second], month="2026-11")
    assert list(ServiceRecord.objects.order_by("pk").values_list("state", "counted_month")) == [
        ("settled", "2026-11"), ("settled", "2026-11"), ("pending", ""),
    ]  # fmt: skip
    with pytest.raises(Refused):
        services.settle_many(actor=cast.actor("clerk"), records=[third], month="2026-11")
    with pytest.raises(Refused):
        services.reopen_record(actor=cast.actor("clerk"), record_=second)


def test_late_additions_say_so_for_ever(pending):
    cast, _rows = pending
    shift = selectors.get_for(PROGRAM, Shift.objects.get().code)
    made = services.add_late(actor=cast.actor("clerk"), shift=shift, member=cast.chen, minutes=60, reason="忘了带名单")
    assert (made.added_late, made.evidence, made.needs_second, made.state) == (True, "late", False, "pending")
    services.confirm_records(actor=cast.actor("clerk"), records=[selectors.record_for(PROGRAM, made.code)], served=True)
    stored = ServiceRecord.objects.get(pk=made.pk)
    assert (stored.evidence, stored.added_late) == ("resident", True)
    with pytest.raises(Refused, match="已经有记录"):
        services.add_late(actor=cast.actor("clerk"), shift=shift, member=cast.chen, minutes=60, reason="再来")
    with pytest.raises(Refused, match="为什么"):
        services.add_late(actor=cast.actor("clerk"), shift=shift, member=cast.zhou, minutes=60, reason=" ")
    with clock.freeze(clock.now() + timedelta(days=800)):
        assert privacy.erase_due(actor=PROGRAM, today=clock.today()) == [("record_words", made.code)]
    stored.refresh_from_db()
    assert (stored.late_reason, stored.added_late) == ("", True)


def test_over_four_hours_needs_a_second_person(cast):
    shift = scene.ended(scene.post(cast), minutes=300)
    made = services.add_late(actor=cast.actor("clerk"), shift=shift, member=cast.chen, minutes=241, reason="停电")
    rows = [selectors.record_for(PROGRAM, made.code)]
    with pytest.raises(Refused, match="另一个人"):
        services.confirm_records(actor=cast.actor("clerk"), records=rows)
    assert ServiceRecord.objects.get().state == "pending"
    services.confirm_records(actor=cast.actor("secretary"), records=rows)
    assert ServiceRecord.objects.get().state == "confirmed"


def test_over_five_people_need_a_second_person_however_they_are_added(cast):
    shift = scene.ended(scene.post(cast, max_people=9))
    people = scene.people(cast, 6)
    services.add_late_many(
        actor=cast.actor("clerk"), shift=shift, rows=[LateRecord(one, 60) for one in people[:5]], reason="名单丢了"
    )
    assert ServiceRecord.objects.filter(needs_second=True).count() == 0
    services.add_late(actor=cast.actor("clerk"), shift=shift, member=people[5], minutes=60, reason="名单丢了")
    assert ServiceRecord.objects.filter(needs_second=True).count() == 6


def test_many_rolls_cost_the_same_queries(cast):
    post = scene.post(cast, max_people=9)
    shifts = [scene.ended(post, ago=timedelta(hours=3 * n + 1), minutes=60) for n in range(6)]
    people = scene.people(cast, 6)
    days = {}
    rows = []
    for shift, one in zip(shifts, people, strict=True):
        days.setdefault(shift.date, []).append(one)
        rows.append(NewBooking(shift, one, "offer", "", held=True))
    services.take_many(actor=PROGRAM, bookings=services.book_many(actor=PROGRAM, rows=rows))
    counts = []
    for part in (shifts[:1], shifts[1:]):
        with CaptureQueriesContext(connection) as seen:
            made = services.roll_call_many(actor=PROGRAM, rolls=[(one, {}) for one in part], rest="present")
            services.confirm_records(actor=PROGRAM, records=made)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert ServiceRecord.objects.filter(state="confirmed").count() == 6


def test_a_record_knows_the_member_of_its_place(crew):
    """Who was on the roll is loaded with the roll: confirming and telling ask for nobody again."""
    cast, shift, bookings = crew
    made = services.roll_call(actor=cast.actor("member"), shift=shift, marks={}, rest="present")
    with CaptureQueriesContext(connection) as none:
        assert [one.member.name for one in made] == [one.member.name for one in bookings]
    assert len(none.captured_queries) == 0
    counts = []
    for some in (made[:1], made[1:]):
        with CaptureQueriesContext(connection) as asked:
            services.confirm_records(actor=cast.actor("clerk"), records=some)
        counts.append(len([q for q in asked.captured_queries if "members_member" in q["sql"]]))
    assert counts == [0, 0]


def test_records_by_scope(pending):
    cast, rows = pending
    own, desk = selectors.visible_records(cast.actor("liaison")), selectors.visible_records(cast.actor("clerk"))
    assert (own.count(), desk.count()) == (0, 3)
    services.confirm_records(actor=cast.actor("clerk"), records=rows)
    assert own.count() == 3
    for login in ("clerk2", "member2", "town", "county", "sysadmin"):
        assert selectors.visible_records(cast.actor(login)).count() == 0, login
    with pytest.raises(Absent):
        selectors.record_for(cast.actor("clerk2"), rows[0].code)
