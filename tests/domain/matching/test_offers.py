"""Offers: one open offer per free place, held until answered or lapsed; only the member accepts; silence is neutral."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from baodao.base.days import clock
from baodao.base.verdict import Absent, Refused
from baodao.domain.audit.models import Entry
from baodao.domain.matching import selectors, services
from baodao.domain.matching.models import Offer, Plan
from baodao.domain.notices.models import Notice
from baodao.domain.service.models import Booking, Shift
from tests.cast import PROGRAM, acting
from tests.domain.matching.small_town import MONTH, SATURDAY, SUNDAY, SmallTown


@pytest.fixture
def town(cast):
    """Two people of 幸福社区 for a shift of two, one of them the cast's 陈晨 with a login."""
    small = SmallTown(cast)
    cast.chen.slots, cast.chen.max_per_month, cast.chen.state = ["saturday_evening"], 4, "active"
    cast.chen.save()
    small.people["陈晨"] = cast.chen
    small.person("丁一", unit=None)
    post = small.post("巡逻", desired_people=2, max_people=2)
    small.shift(post, SATURDAY, key="sat")
    return small


@pytest.fixture
def plan(town):
    plan = services.solve_month(actor=town.cast.actor("clerk"), town=town.cast.town.path, month=MONTH, rung="greedy")[0]
    services.submit(actor=town.cast.actor("clerk"), plan=plan)
    services.approve(actor=town.cast.actor("secretary"), plan=plan)
    return plan


@pytest.fixture
def offers(town, plan):
    return {o.member.name: o for o in services.publish(actor=town.cast.actor("clerk"), plan=plan)}


def places(town):
    shift = Shift.objects.get(pk=town.shifts["sat"].pk)
    return shift.taken, dict(Booking.objects.filter(shift=shift).values_list("member__name", "state"))


def test_publishing_holds_a_place_for_each_offer(town, plan, offers):
    assert set(offers) == {"陈晨", "丁一"}
    assert places(town) == (2, {"陈晨": "held", "丁一": "held"})
    offer = offers["陈晨"]
    assert (offer.sent_at, offer.expires_at) == (clock.now(), clock.now() + timedelta(days=3))
    assert Plan.objects.get(pk=plan.pk).state == "published"
    assert Shift.objects.get(pk=town.shifts["sat"].pk).state == "open"
    told = Notice.objects.filter(key="offer.sent").values_list("member__name", "channel")
    assert sorted(told) == [("丁一", "phone"), ("陈晨", "page")]


def test_an_offer_ends_a_day_before_the_shift(town, plan):
    with clock.freeze(datetime(2026, 12, 3, 9, 0)):
        offers = services.publish(actor=town.cast.actor("clerk"), plan=plan)
    start = town.shifts["sat"].start_at
    assert {offer.expires_at for offer in offers} == {start - timedelta(hours=24)}


def test_too_near_to_ask_sends_nothing(town, plan):
    with clock.freeze(datetime(2026, 12, 5, 9, 0)):
        assert services.publish(actor=town.cast.actor("clerk"), plan=plan) == []
    assert places(town) == (0, {})


@pytest.mark.parametrize("login", ["clerk2", "liaison", "member", "grid", "town"])
def test_who_may_not_publish(town, plan, login):
    with pytest.raises(Refused):
        services.publish(actor=town.cast.actor(login), plan=plan)
    assert (Offer.objects.count(), places(town)) == (0, (0, {}))


def test_nothing_is_sent_before_the_secretary_agreed(town):
    plan = services.solve_month(actor=PROGRAM, town=town.cast.town.path, month=MONTH, rung="greedy")[0]
    with pytest.raises(Refused, match="书记批准以后"):
        services.publish(actor=town.cast.actor("clerk"), plan=plan)
    with pytest.raises(Refused, match="社区书记批准"):
        services.approve(actor=town.cast.actor("clerk"), plan=plan)


def test_a_place_that_went_meanwhile_is_passed_over(town, plan):
    Shift.objects.filter(pk=town.shifts["sat"].pk).update(taken=1, max_people=2)
    assert len(services.publish(actor=town.cast.actor("clerk"), plan=plan)) == 1


def test_the_member_accepts(town, offers):
    services.answer(actor=town.cast.actor("member"), offer=offers["陈晨"], accept=True)
    offer = Offer.objects.get(pk=offers["陈晨"].pk)
    assert (offer.state, offer.answered_at, offer.on_behalf_by) == ("accepted", clock.now(), None)
    assert places(town) == (2, {"陈晨": "taken", "丁一": "held"})


def test_a_refusal_frees_the_place_and_leaves_no_trace_elsewhere(town, offers):
    services.answer(actor=town.cast.actor("member"), offer=offers["陈晨"], accept=False, reason="far")
    offer = Offer.objects.get(pk=offers["陈晨"].pk)
    assert (offer.state, offer.reason) == ("declined", "far")
    assert places(town) == (1, {"陈晨": "freed", "丁一": "held"})
    entry = Entry.objects.get(action="offer.answered")
    assert entry.data == {"shift": town.shifts["sat"].code}
    assert not any("far" in str(e.data) for e in Entry.objects.all())


def test_a_second_answer_is_refused(town, offers):
    services.answer(actor=town.cast.actor("member"), offer=offers["陈晨"], accept=False)
    with pytest.raises(Refused, match="已经有答复"):
        services.answer(actor=town.cast.actor("member"), offer=offers["陈晨"], accept=True)
    assert places(town)[0] == 1


@pytest.mark.parametrize("login", ["member2", "liaison", "clerk2", "town", "townlead", "grid"])
def test_nobody_else_answers(town, offers, login):
    with pytest.raises(Refused):
        services.answer(actor=town.cast.actor(login), offer=offers["陈晨"], accept=True, asked_how="phone")
    assert Offer.objects.get(pk=offers["陈晨"].pk).state == "sent"


def test_the_desk_answers_only_by_the_members_word(town, offers):
    clerk = town.cast.actor("clerk")
    with pytest.raises(Refused, match="怎么说的"):
        services.answer(actor=clerk, offer=offers["丁一"], accept=True)
    services.answer(actor=clerk, offer=offers["丁一"], accept=True, asked_how="phone")
    offer = Offer.objects.get(pk=offers["丁一"].pk)
    assert (offer.state, offer.on_behalf_by, offer.asked_how) == ("accepted", clerk.account_id, "phone")
    booking = Booking.objects.get(member__name="丁一")
    assert (booking.state, booking.on_behalf_by, booking.asked_how) == ("taken", clerk.account_id, "phone")
    assert Notice.objects.filter(key="offer.accepted", member__name="丁一").count() == 1


def test_what_was_accepted_on_behalf_is_undone_within_seven_days(town, offers):
    offer = services.answer(actor=town.cast.actor("clerk"), offer=offers["陈晨"], accept=True, asked_how="paper")
    with clock.freeze(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(Refused, match="过了 7 天"):
        services.undo_on_behalf(actor=town.cast.actor("member"), offer=offer)
    with clock.freeze(clock.now() + timedelta(days=6)):
        services.undo_on_behalf(actor=town.cast.actor("member"), offer=offer)
    assert Offer.objects.get(pk=offer.pk).state == "declined"
    assert places(town) == (1, {"陈晨": "freed", "丁一": "held"})


def test_what_was_refused_on_behalf_becomes_a_new_offer(town, offers):
    offer = services.answer(actor=town.cast.actor("clerk"), offer=offers["陈晨"], accept=False, asked_how="phone")
    again = services.undo_on_behalf(actor=town.cast.actor("member"), offer=offer)
    assert (again.state, Offer.objects.get(pk=offer.pk).state) == ("sent", "withdrawn")
    assert Shift.objects.get(pk=town.shifts["sat"].pk).taken == 2


def test_a_members_own_answer_is_not_undone_as_on_behalf(town, offers):
    offer = services.answer(actor=town.cast.actor("member"), offer=offers["陈晨"], accept=True)
    with pytest.raises(Refused, match="只有代办"):
        services.undo_on_behalf(actor=town.cast.actor("member"), offer=offer)


def test_silence_lapses_neutrally(town, offers):
    assert services.lapse_due(actor=PROGRAM) == 0
    with clock.freeze(clock.now() + timedelta(days=3)):
        with pytest.raises(Refused, match="到期"):
            services.answer(actor=town.cast.actor("member"), offer=offers["陈晨"], accept=True)
        assert services.lapse_due(actor=PROGRAM) == 2
        assert services.lapse_due(actor=PROGRAM) == 0
    assert {o.state for o in Offer.objects.all()} == {"lapsed"}
    assert {(o.reason, o.answered_at) for o in Offer.objects.all()} == {("", None)}
    assert places(town) == (0, {"陈晨": "freed", "丁一": "freed"})


def test_who_sees_offers(town, offers):
    def seen(login):
        return set(selectors.visible(town.cast.actor(login)).values_list("member__name", flat=True))

    assert seen("clerk") == seen("secretary") == {"陈晨", "丁一"}
    assert seen("member") == {"陈晨"}
    for login in ("clerk2", "member2", "liaison", "town", "townlead", "county", "grid", "sysadmin"):
        assert seen(login) == set()
    with pytest.raises(Absent):
        selectors.get_for(town.cast.actor("liaison"), offers["陈晨"].code)


def test_one_member_is_not_asked_twice_for_a_shift(town, offers):
    services.answer(actor=town.cast.actor("member"), offer=offers["陈晨"], accept=False)
    with pytest.raises(Refused, match="邀请过"):
        services.offer_place(actor=town.cast.actor("clerk"), shift=town.shifts["sat"], member=town.cast.chen)
    plan = services.solve_month(actor=town.cast.actor("clerk"), town=town.cast.town.path, month=MONTH, rung="greedy")[0]
    assert plan.lines.count() == 0


def test_an_offer_by_hand(town, plan):
    shift = town.shift(town.posts["巡逻"], SUNDAY, key="sun")
    Shift.objects.filter(pk=shift.pk).update(state="open")
    shift.refresh_from_db()
    clerk = town.cast.actor("clerk")
    with pytest.raises(Refused, match="没说有空"):
        services.offer_place(actor=clerk, shift=shift, member=town.people["丁一"])
    offer = services.offer_place(actor=clerk, shift=shift, member=town.people["丁一"], anyway=True)
    assert (offer.state, offer.plan, Shift.objects.get(pk=shift.pk).taken) == ("sent", None, 1)
    services.withdraw(actor=clerk, offer=offer)
    assert (Offer.objects.get(pk=offer.pk).state, Shift.objects.get(pk=shift.pk).taken) == ("withdrawn", 0)
    with pytest.raises(Refused):
        services.offer_place(actor=acting("liaison", town.cast.unit.path), shift=shift, member=town.people["丁一"])


def test_many_offers_take_a_constant_number_of_queries(town, django_assert_max_num_queries):
    for number in range(12):
        town.person(f"人{number:02d}", unit=None, max_per_month=4)
    for week in range(1, 3):
        town.shift(town.posts["巡逻"], SATURDAY + timedelta(weeks=week), max_people=6, desired_people=6)
    plan = services.solve_month(actor=PROGRAM, town=town.cast.town.path, month=MONTH, rung="greedy")[0]
    services.submit(actor=PROGRAM, plan=plan)
    services.approve(actor=PROGRAM, plan=plan)
    with django_assert_max_num_queries(34):
        offers = services.publish(actor=PROGRAM, plan=plan)
    assert len(offers) == 14
    with django_assert_max_num_queries(24):
        services.answer_many(actor=PROGRAM, rows=[services.Answer(o, True, asked_how="phone") for o in offers])
    assert Booking.objects.filter(state="taken").count() == 14


def test_reasons_go_after_a_year(town, offers):
    from baodao.domain.matching import privacy

    services.answer(actor=town.cast.actor("clerk"), offer=offers["丁一"], accept=False, reason="far", asked_how="phone")
    privacy.erase_due(actor=PROGRAM, today=(clock.now() + timedelta(days=365)).date())
    assert Offer.objects.get(pk=offers["丁一"].pk).reason == "far"
    privacy.erase_due(actor=PROGRAM, today=(clock.now() + timedelta(days=367)).date())
    offer = Offer.objects.get(pk=offers["丁一"].pk)
    assert (offer.reason, offer.asked_how, offer.state) == ("", "", "declined")


def test_an_offer_whose_shift_was_cancelled_cannot_be_answered(town, offers):
    from baodao.domain.service import services as serving

    shift = Shift.objects.get(pk=town.shifts["sat"].pk)
    serving.cancel_shift(actor=town.cast.actor("clerk"), shift=shift, words="下雨")
    with pytest.raises(Refused):
        services.answer(actor=town.cast.actor("member"), offer=selectors.get_for(PROGRAM, offers["陈晨"].code), accept=True)
    with clock.freeze(clock.now() + timedelta(days=3)):
        services.lapse_due(actor=PROGRAM)
    assert {o.state for o in Offer.objects.all()} == {"withdrawn"}
    assert Booking.objects.exclude(state="freed").count() == 0
