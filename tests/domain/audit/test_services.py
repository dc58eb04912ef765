"""The transaction of every deed: entries, chain, keys."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.audit import selectors
from baodao.domain.audit.models import ChainHead, Entry, UsedKey
from baodao.domain.audit.privacy import erase_due
from baodao.domain.audit.services import FormKey, KeyUsed, form_key, record, service
from baodao.domain.journal import opened
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db


@service
def deed(*, actions: list[str], fail: bool = False) -> None:
    for action in actions:
        record(action, actor=PROGRAM, kind="thing", code="ABC", town="SX/SZ/", data={"n": len(actions)})
    if fail:
        raise Refused("不行。")


def test_entries_are_chained_and_hold():
    deed(actions=["a.done", "b.done"])
    deed(actions=["c.done"])
    assert list(Entry.objects.order_by("seq").values_list("chain", "seq", "action")) == [
        ("SX/SZ/", 1, "a.done"),
        ("SX/SZ/", 2, "b.done"),
        ("SX/SZ/", 3, "c.done"),
    ]
    assert list(selectors.broken_links()) == []


def test_refusal_leaves_nothing():
    with pytest.raises(Refused):
        deed(actions=["a.done"], fail=True)
    assert (Entry.objects.count(), ChainHead.objects.count()) == (0, 0)


def test_changed_head_is_found():
    deed(actions=["a.done"])
    ChainHead.objects.update(digest="0" * 64)
    assert list(selectors.broken_links()) == ["SX/SZ/：链到第 1 条为止，链头记的是第 1 条，对不上"]


@pytest.mark.parametrize("change", [lambda: Entry.objects.update(action="x"), lambda: Entry.objects.all().delete()])
def test_entries_refuse_change(change):
    deed(actions=["a.done"])
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert Entry.objects.get().action == "a.done"


def test_record_outside_a_service_is_a_mistake():
    with pytest.raises(RuntimeError):
        record("a.done", actor=PROGRAM)


def test_a_key_is_used_once_with_its_deed():
    token = form_key.set(FormKey("k1", 7))
    try:
        deed(actions=["a.done"])
        form_key.set(FormKey("k1", 7))
        with pytest.raises(KeyUsed):
            deed(actions=["a.done"])
    finally:
        form_key.reset(token)
    assert Entry.objects.count() == 1
    assert UsedKey.objects.count() == 1


def test_a_refused_deed_does_not_use_the_key():
    token = form_key.set(FormKey("k2", 7))
    try:
        with pytest.raises(Refused):
            deed(actions=["a.done"], fail=True)
    finally:
        form_key.reset(token)
    assert UsedKey.objects.count() == 0


def grown(count: int, start: datetime) -> None:
    """A chain of deeds a day apart."""
    for day in range(count):
        with clock.freeze(start + timedelta(days=day)):
            deed(actions=[f"a{day}.done"])


def test_what_retention_lets_go_leaves_a_chain_that_holds():
    start = datetime(2026, 1, 1, 12, tzinfo=clock.ZONE)
    grown(4, start)
    erase_due(actor=PROGRAM, today=date(2029, 1, 3))  # three years after the first two
    assert list(Entry.objects.filter(chain="SX/SZ/").order_by("seq").values_list("seq", flat=True)) == [3, 4]
    assert list(selectors.broken_links()) == []


def test_a_chain_of_which_everything_was_let_go_still_holds():
    grown(3, datetime(2026, 1, 1, 12, tzinfo=clock.ZONE))
    erase_due(actor=PROGRAM, today=date(2030, 1, 1))
    assert not Entry.objects.filter(chain="SX/SZ/").exists()
    assert list(selectors.broken_links()) == []
    deed(actions=["b.done"])
    assert Entry.objects.get(chain="SX/SZ/").seq == 4
    assert list(selectors.broken_links()) == []


def test_a_beginning_somebody_else_took_away_is_found():
    grown(3, datetime(2026, 1, 1, 12, tzinfo=clock.ZONE))
    with opened(connection, "audit_entry"):
        Entry.objects.filter(chain="SX/SZ/", seq=1).delete()
    assert list(selectors.broken_links()) == ["SX/SZ/：第 1 条没有了"]
