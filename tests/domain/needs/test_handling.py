"""Triage, handling and telling: a need never closes without an outcome that was told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from baodao.base.days.clock import ZONE
from baodao.base.verdict import Refused
from baodao.domain.audit.models import Look
from baodao.domain.needs import selectors, services
from baodao.domain.needs.models import Need, NeedContact
from tests.domain.needs.asked import accepted, asked, closed, done

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("weight", "urgency", "wished", "tier", "due"),
    [
        ("light", "urgent", None, "urgent", datetime(2026, 11, 25, 12, 0)),
        ("heavy", "urgent", None, "urgent", datetime(2026, 11, 25, 12, 0)),
        ("heavy", "slow", None, "important", datetime(2026, 11, 27, 12, 0)),
        ("light", "slow", date(2026, 11, 28), "ordinary", datetime(2026, 11, 28, 19, 30)),
        ("light", "slow", None, "can_wait", datetime(2026, 12, 8, 12, 0)),
    ],
)
def test_triage_gives_tier_and_due_time(cast, weight, urgency, wished, tier, due):
    need = asked(cast).need
    services.accept(actor=cast.actor("clerk"), need=need, weight=weight, urgency=urgency, wished_on=wished)
    need.refresh_from_db()
    assert (need.state, need.tier, need.due_at) == ("accepted", tier, due.replace(tzinfo=ZONE))


def test_another_tier_needs_a_reason(cast):
    need = asked(cast).need
    with pytest.raises(Refused):
        services.accept(actor=cast.actor("clerk"), need=need, weight="light", urgency="slow", tier="urgent")
    need.refresh_from_db()
    assert need.state == "registered"
    services.accept(
        actor=cast.actor("clerk"), need=need, weight="light", urgency="slow", tier="urgent", tier_reason="天要下雨"
    )
    assert (need.tier, need.tier_reason) == ("urgent", "天要下雨")


@pytest.mark.parametrize("login", ["clerk2", "grid", "member", "town", "liaison"])
def test_only_the_community_handles(cast, login):
    need = asked(cast).need
    with pytest.raises(Refused):
        services.accept(actor=cast.actor(login), need=need, weight="light", urgency="slow")
    need.refresh_from_db()
    assert need.state == "registered"


def test_the_whole_way_to_closed(cast):
    need = closed(cast)
    need.refresh_from_db()
    assert (need.state, need.outcome, need.told) == ("closed", "灯换好了", "in_person")
    assert [event.kind for event in selectors.timeline(need)] == ["registered", "accepted", "assigned", "done", "told"]


def test_done_without_words_is_refused(cast):
    need = services.assign(actor=cast.actor("clerk"), need=accepted(cast))
    with pytest.raises(Refused):
        services.finish(actor=cast.actor("clerk"), need=need, outcome=" ")
    need.refresh_from_db()
    assert need.state == "assigned"


def test_telling_before_an_outcome_is_refused(cast):
    need = accepted(cast)
    with pytest.raises(Refused):
        services.tell(actor=cast.actor("clerk"), need=need, told="phone")
    need.refresh_from_db()
    assert (need.state, need.told) == ("accepted", "")


def test_the_page_is_not_enough_for_somebody_who_left_a_phone(cast):
    need = done(cast, contact_phone="13800000001")
    with pytest.raises(Refused):
        services.tell(actor=cast.actor("clerk"), need=need, told="page")
    services.tell(actor=cast.actor("clerk"), need=need, told="phone")
    assert need.state == "closed"
    services.tell(actor=cast.actor("clerk"), need=done(cast), told="page")


def test_the_database_refuses_closing_without_telling(cast):
    need = done(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(state="closed")


def test_refusing_needs_words_and_waits_for_being_told(cast):
    need = asked(cast).need
    with pytest.raises(Refused):
        services.refuse(actor=cast.actor("clerk"), need=need, words="")
    services.refuse(actor=cast.actor("clerk"), need=need, words="这件事要去不动产登记中心办")
    need.refresh_from_db()
    assert (need.state, need.closed_at) == ("refused", None)
    assert [column.count for column in selectors.board(cast.actor("clerk"), cast.xingfu.path)] == [0, 0, 0, 1]
    services.tell(actor=cast.actor("clerk"), need=need, told="page")
    need.refresh_from_db()
    assert (need.state, need.told, need.closed_at is not None) == ("refused", "page", True)
    assert [column.count for column in selectors.board(cast.actor("clerk"), cast.xingfu.path)] == [0, 0, 0, 0]


def test_referred_elsewhere_and_told(cast):
    need = services.refer(actor=cast.actor("clerk"), need=asked(cast).need, to="12345", words="已经转给供水公司")
    assert (need.state, need.referred_to) == ("referred", "12345")
    services.tell(actor=cast.actor("clerk"), need=need, told="page")
    assert need.state == "closed"


def test_merged_askers_are_told_too(cast):
    main, other = accepted(cast), asked(cast, contact_phone="13800000001").need
    services.merge(actor=cast.actor("clerk"), need=other, into=main)
    with pytest.raises(Refused):
        services.tell(actor=cast.actor("clerk"), need=other, told="phone")
    services.assign(actor=cast.actor("clerk"), need=main)
    services.finish(actor=cast.actor("clerk"), need=main, outcome="灯换好了")
    services.tell(actor=cast.actor("clerk"), need=main, told="page")
    (column,) = [c for c in selectors.board(cast.actor("clerk"), cast.xingfu.path) if c.key == "done"]
    assert [need.pk for need in column.needs] == [other.pk]
    other = selectors.get_for(cast.actor("clerk"), other.code)
    services.tell(actor=cast.actor("clerk"), need=other, told="phone")
    other.refresh_from_db()
    assert (other.state, other.outcome, other.told) == ("merged", "灯换好了", "phone")


def test_no_merging_into_itself_or_into_a_closed_one(cast):
    need = accepted(cast)
    for into in (need, closed(cast)):
        with pytest.raises(Refused):
            services.merge(actor=cast.actor("clerk"), need=need, into=into)
    need.refresh_from_db()
    assert need.state == "accepted"


def test_about_a_person_deletes_text_and_contact_at_once(cast):
    need = asked(cast, contact_phone="13800000001").need
    services.add_words(actor=cast.actor("clerk"), need=need, words="再说一句")
    services.about_person(actor=cast.actor("clerk"), need=need)
    need.refresh_from_db()
    assert (need.state, need.text, need.secret_hash) == ("about_person", "", "")
    assert list(need.events.exclude(words="")) == []
    assert bytes(NeedContact.objects.get().wrapped_key) == b""


def test_a_step_is_taken_back(cast):
    need = accepted(cast)
    services.take_back(actor=cast.actor("clerk"), need=need)
    need.refresh_from_db()
    assert (need.state, need.weight, need.tier, need.accepted_at) == ("registered", "", "important", None)
    told = closed(cast)
    with pytest.raises(Refused):
        services.take_back(actor=cast.actor("clerk"), need=told)


def test_a_closed_need_is_reopened(cast):
    need = services.reopen(actor=cast.actor("clerk"), need=closed(cast), words="又坏了")
    need.refresh_from_db()
    assert (need.state, need.told, need.outcome, need.closed_at) == ("assigned", "", "", None)


def test_the_look_at_a_contact_is_written_down(cast):
    need = asked(cast, contact_name="王阿姨", contact_phone="13800000001", place_detail="3栋").need
    shown = services.show_contact(actor=cast.actor("clerk"), need=need, reason="电话回访")
    assert (shown.name, shown.phone, shown.place_detail) == ("王阿姨", "13800000001", "3栋")
    assert list(Look.objects.values_list("subject_code", "account_id", "reason")) == [
        (need.code, cast.accounts["clerk"].pk, "电话回访")
    ]


@pytest.mark.parametrize("login", ["clerk2", "grid", "member", "town", "county", "sysadmin", "auditor"])
def test_nobody_else_sees_the_contact(cast, login):
    need = asked(cast, contact_phone="13800000001").need
    with pytest.raises(Refused):
        services.show_contact(actor=cast.actor(login), need=need, reason="看看")
    assert Look.objects.count() == 0


def test_the_assigned_member_sees_it_while_it_is_done(cast):
    need = accepted(cast, contact_phone="13800000001")
    services.assign(actor=cast.actor("clerk"), need=need, member=cast.chen)
    assert services.show_contact(actor=cast.actor("member"), need=need, reason="上门").phone == "13800000001"
    services.finish(actor=cast.actor("clerk"), need=need, outcome="修好了")
    with pytest.raises(Refused):
        services.show_contact(actor=cast.actor("member"), need=need, reason="上门")
