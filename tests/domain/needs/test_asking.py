"""The asker's own deeds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from baodao.base.actor import PUBLIC
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain import erasures
from baodao.domain.needs import services
from baodao.domain.needs.models import NeedContact, NeedRating
from tests.domain.needs.asked import accepted, asked, closed, done

pytestmark = pytest.mark.django_db


def test_words_are_added_and_guarded(cast):
    need = asked(cast).need
    services.add_words(actor=PUBLIC, need=need, words="是二单元")
    with pytest.raises(Refused):
        services.add_words(actor=PUBLIC, need=need, words="着火了")
    assert list(need.events.filter(kind="added").values_list("words", flat=True)) == ["是二单元"]


def test_hurry_once_a_day(cast):
    need = accepted(cast)
    services.hurry(actor=PUBLIC, need=need)
    with pytest.raises(Refused):
        services.hurry(actor=PUBLIC, need=need)
    with clock.freeze(clock.now() + timedelta(hours=24, minutes=1)):
        services.hurry(actor=PUBLIC, need=need)
    assert need.events.filter(kind="hurried").count() == 2


def test_withdraw_ends_it(cast):
    need = accepted(cast)
    services.withdraw(actor=PUBLIC, need=need)
    need.refresh_from_db()
    assert (need.state, need.closed_at is not None) == ("withdrawn", True)
    with pytest.raises(Refused):
        services.hurry(actor=PUBLIC, need=need)


def test_rating_once_when_done(cast):
    with pytest.raises(Refused):
        services.rate(actor=PUBLIC, need=accepted(cast), grade="good")
    need = done(cast)
    services.rate(actor=PUBLIC, need=need, grade="good", words="很快")
    with pytest.raises(Refused):
        services.rate(actor=PUBLIC, need=need, grade="poor")
    assert list(NeedRating.objects.values_list("grade", "words")) == [("good", "很快")]


def test_not_solved_reopens_within_fifteen_days(cast):
    need = closed(cast)
    with clock.freeze(datetime(2026, 12, 10, 12)), pytest.raises(Refused):
        services.not_solved(actor=PUBLIC, need=need)
    services.not_solved(actor=PUBLIC, need=need, words="晚上又不亮")
    need.refresh_from_db()
    assert (need.state, need.told) == ("assigned", "")
    with pytest.raises(Refused):
        services.not_solved(actor=PUBLIC, need=accepted(cast))


def test_contact_is_deleted_on_request_and_noted_outside(cast, django_capture_on_commit_callbacks, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    need = asked(cast, contact_phone="13800000001").need
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_contact(actor=PUBLIC, need=need)
    contact = NeedContact.objects.get()
    assert (bytes(contact.wrapped_key), bytes(contact.phone)) == (b"", b"")
    assert [row[:2] for row in erasures.read(tmp_path / "erasures.log")] == [("need_contact", need.code)]
    with pytest.raises(Refused):
        services.show_contact(actor=cast.actor("clerk"), need=need, reason="回访")
