"""Papers: numbers without gaps or repeats, archived bytes that never change, deliveries and receipts."""

import pytest

from baodao.base.verdict import Absent, Refused
from baodao.domain.documents import selectors, services
from baodao.domain.documents.models import Copy, Delivery, Document
from tests.cast import PROGRAM


def reserve(cast, actor=PROGRAM, **more):
    values = {"town": cast.town.path, "kind": "bulletin", "month": "2026-10", "title": "通报", **more}
    return services.reserve(actor=actor, **values)


@pytest.fixture
def paper(cast):
    return services.seal(actor=PROGRAM, document=reserve(cast), copies={"pdf": b"%PDF-1", "docx": b"PK"})


def test_numbers_run_within_town_kind_and_year(cast):
    made = [reserve(cast), reserve(cast, month="2026-11"), reserve(cast, kind="plan"), reserve(cast)]
    assert [one.number for one in made] == [1, 2, 1, 1]
    assert made[3] == made[0]  # the same paper keeps its number


def test_sealing_keeps_the_bytes_and_their_digest(cast, paper):
    assert selectors.copy_bytes(paper, "pdf") == b"%PDF-1"
    assert paper.state == "sealed"
    with pytest.raises(Refused):
        services.seal(actor=PROGRAM, document=paper, copies={"pdf": b"other"})
    assert selectors.copy_bytes(paper, "pdf") == b"%PDF-1"
    with pytest.raises(Absent):
        selectors.copy_bytes(paper, "png")


def test_nothing_to_seal_is_refused(cast):
    held = reserve(cast)
    with pytest.raises(Refused):
        services.seal(actor=PROGRAM, document=held, copies={})
    assert (Document.objects.get().state, Copy.objects.count()) == ("reserved", 0)


def test_what_is_not_sealed_is_not_delivered(cast):
    with pytest.raises(Refused, match="存档以后"):
        services.deliver_many(actor=PROGRAM, document=reserve(cast), paths=[cast.unit.path])
    assert Delivery.objects.count() == 0


def test_nobody_gets_it_twice(cast, paper):
    services.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path, cast.unit.path])
    services.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path, cast.unit2.path])
    assert sorted(Delivery.objects.values_list("path", flat=True)) == [cast.unit.path, cast.unit2.path]


def test_a_receipt_is_given_once_by_whom_it_was_delivered_to(cast, paper):
    first, second = services.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path, cast.unit2.path])
    with pytest.raises(Refused):
        services.receive(actor=cast.actor("liaison"), delivery=second)
    given = services.receive(actor=cast.actor("liaison"), delivery=first).received_at
    assert services.receive(actor=cast.actor("liaison"), delivery=first).received_at == given
    assert selectors.receipts(paper) == (1, 2)
    assert services.receive_many(actor=PROGRAM, deliveries=[first, second]) == 1


@pytest.mark.parametrize("login", ["clerk", "liaison", "member", "county", "sysadmin"])
def test_who_may_not_issue_for_the_town(cast, login):
    with pytest.raises(Refused):
        reserve(cast, cast.actor(login))
    assert Document.objects.count() == 0


def test_a_community_issues_its_own(cast):
    made = reserve(cast, cast.actor("secretary"), community=cast.xingfu.path, kind="plan")
    assert made.community == cast.xingfu.path
    with pytest.raises(Refused):
        reserve(cast, cast.actor("clerk2"), community=cast.xingfu.path, kind="plan")


def test_who_sees_it(cast, paper):
    services.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path, cast.xingfu.path])
    seen = {login: list(selectors.visible(cast.actor(login))) == [paper] for login in cast.accounts}
    assert {login for login, sees in seen.items() if sees} == {"town", "townlead", "secretary", "clerk", "liaison"}
    with pytest.raises(Absent):
        selectors.get_for(cast.actor("clerk2"), paper.code)
    delivery = Delivery.objects.get(path=cast.unit.path)
    assert selectors.delivery_for(cast.actor("liaison"), delivery.code) == delivery
    with pytest.raises(Absent):
        selectors.delivery_for(cast.actor("clerk2"), delivery.code)
