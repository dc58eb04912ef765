"""Retention of needs, by the table of the contract."""

from __future__ import annotations

from datetime import date

import pytest

from baodao.domain.needs import privacy, services
from baodao.domain.needs.models import Need, NeedContact
from tests.cast import PROGRAM
from tests.domain.needs.asked import accepted, asked, closed

pytestmark = pytest.mark.django_db


def erase(day: date) -> set[tuple[str, str]]:
    return set(privacy.erase_due(actor=PROGRAM, today=day))


def test_contact_dies_thirty_days_after_closing(cast):
    need = closed(cast, contact_phone="13800000001")
    still = accepted(cast, contact_phone="13800000002")
    assert erase(date(2026, 12, 24)) == set()
    assert erase(date(2026, 12, 25)) == {("need_contact", need.code)}
    kept = {c.need_id: bytes(c.wrapped_key) != b"" for c in NeedContact.objects.all()}
    assert kept == {need.pk: False, still.pk: True}


def test_text_dies_after_a_year_and_the_month_remains(cast):
    need = closed(cast, estate=cast.estate)
    assert erase(date(2027, 11, 24)) == set()
    assert ("need_text", need.code) in erase(date(2027, 11, 26))
    need.refresh_from_db()
    assert (need.text, need.outcome, need.estate_id, need.category, need.community_id) == (
        "", "—", None, "facility", cast.xingfu.pk,
    )  # fmt: skip
    assert list(need.events.exclude(words="")) == []


def test_never_accepted_and_spam_are_deleted_after_thirty_days(cast):
    asked(cast, contact_phone="13800000001")
    junk = asked(cast).need
    services.spam(actor=cast.actor("clerk"), need=junk)
    kept = accepted(cast)
    assert erase(date(2026, 12, 24)) == set()
    erase(date(2026, 12, 26))
    assert list(Need.objects.all()) == [kept]


def test_an_erasure_can_be_replayed_after_a_restore(cast):
    need = closed(cast, contact_phone="13800000001")
    assert privacy.ERASERS["need_contact"]([need.code]) == 1
    assert privacy.ERASERS["need_contact"]([need.code]) == 0
    assert privacy.ERASERS["need_text"]([need.code]) == 1
    assert privacy.ERASERS["need"]([need.code]) == 1
    assert Need.objects.count() == 0
