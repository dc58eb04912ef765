"""Notices: to whom, by which channel, told or not."""

from __future__ import annotations

import pytest

from baodao.base.verdict import Absent, Refused
from baodao.domain.notices import privacy, selectors, services
from baodao.domain.notices.models import Notice
from baodao.domain.notices.services import Telling
from baodao.domain.notices.words import sentence
from tests.cast import PROGRAM, member

pytestmark = pytest.mark.django_db


def test_a_member_with_a_login_reads_it(cast):
    made = services.tell(actor=PROGRAM, key="shift.cancelled", member=cast.chen, data={"date": "11-28", "post": "巡逻"})
    assert (made.channel, made.path) == ("page", "SX/SZ/SZ01/")
    assert list(selectors.inbox(cast.actor("member"))) == [made]
    assert list(selectors.inbox(cast.actor("member2"))) == []
    assert list(selectors.to_tell(cast.actor("clerk"))) == []
    assert sentence(made.key, made.data) == "11-28 的 巡逻 取消了。"
    assert services.mark_read(actor=cast.actor("member2"), notices=[made]) == 0
    assert services.mark_read(actor=cast.actor("member"), notices=[made]) == 1
    assert selectors.unread_count(cast.actor("member")) == 0


def test_a_member_without_login_is_told_by_the_clerk(cast):
    quiet = member("王强", cast.xingfu, cast.unit)
    made = services.tell(actor=PROGRAM, key="offer.sent", member=quiet)
    assert made.channel == "phone"
    assert list(selectors.to_tell(cast.actor("clerk"))) == [made]
    assert list(selectors.to_tell(cast.actor("clerk2"))) == []
    with pytest.raises(Absent):
        selectors.get_for(cast.actor("clerk2"), made.code)
    with pytest.raises(Refused):
        services.mark_told(actor=cast.actor("clerk2"), notice=made, channel="phone")
    with pytest.raises(Refused):
        services.mark_told(actor=cast.actor("clerk"), notice=made, channel="page")
    services.mark_told(actor=cast.actor("clerk"), notice=made, channel="in_person")
    made.refresh_from_db()
    assert (made.channel, made.told_by) == ("in_person", cast.accounts["clerk"].pk)
    assert selectors.to_tell_count(cast.actor("clerk")) == 0
    with pytest.raises(Refused):
        services.mark_told(actor=cast.actor("clerk"), notice=made, channel="phone")


def test_many_take_as_many_queries_as_one(cast, django_assert_max_num_queries):
    rows = [Telling("offer.sent", member=cast.chen, data={"date": str(n)}) for n in range(100)]
    with django_assert_max_num_queries(6):
        services.tell_many(actor=PROGRAM, rows=rows)
    assert Notice.objects.count() == 100


def test_a_missing_word_or_key_loses_nothing():
    assert sentence("shift.cancelled", {}) == "— 的 — 取消了。"
    assert "new.key" in sentence("new.key", {})


def test_a_notice_goes_after_a_year(cast):
    from datetime import date

    services.tell(actor=PROGRAM, key="offer.sent", member=cast.chen)
    privacy.erase_due(actor=PROGRAM, today=date(2027, 11, 24))
    assert Notice.objects.count() == 1
    privacy.erase_due(actor=PROGRAM, today=date(2027, 11, 26))
    assert Notice.objects.count() == 0
