"""The plan goes to the units once, with a number, a digest and receipts; by the community or the town, as the town chose."""

from __future__ import annotations

import pytest

from baodao.base.verdict import Refused
from baodao.domain.documents.models import Delivery, Document
from baodao.domain.documents.services import receive
from baodao.domain.matching import issuing, services
from baodao.domain.orgs.models import Setting
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown


@pytest.fixture
def town(cast):
    small = SmallTown(cast)
    small.person("甲一", unit="unit")
    small.shift(small.post("巡逻"), SATURDAY)
    plan = services.solve_month(actor=PROGRAM, town=cast.town.path, month=MONTH)[0]
    services.submit(actor=PROGRAM, plan=plan)
    services.approve(actor=PROGRAM, plan=plan)
    small.plan = plan
    return small


def test_not_before_the_offers(town):
    with pytest.raises(Refused, match="先批准计划"):
        issuing.issue_plan(actor=town.cast.actor("town"), path=town.cast.town.path, month=MONTH)
    assert Document.objects.count() == 0


def test_the_town_sends_to_units_with_members_there_once(town):
    services.publish(actor=PROGRAM, plan=town.plan)
    actor, path = town.cast.actor("town"), town.cast.town.path
    assert issuing.status(path, MONTH) is None
    sent = issuing.issue_plan(actor=actor, path=path, month=MONTH)
    assert (sent.delivered, sent.received) == (1, 0)
    assert [d.path for d in Delivery.objects.all()] == [town.cast.unit.path]
    receive(actor=town.cast.actor("liaison"), delivery=Delivery.objects.get())
    again = issuing.issue_plan(actor=actor, path=path, month=MONTH)
    assert (again.document.pk, again.delivered, again.received) == (sent.document.pk, 1, 1)
    assert sorted(sent.document.copies.values_list("form", flat=True)) == ["docx", "xlsx"]


def test_who_sends_is_a_setting(town):
    services.publish(actor=PROGRAM, plan=town.plan)
    clerk, path = town.cast.actor("clerk"), town.cast.xingfu.path
    with pytest.raises(Refused, match="镇里统一发"):
        issuing.issue_plan(actor=clerk, path=path, month=MONTH)
    Setting.objects.create(town=town.cast.town, key="issued_by", value="community")
    assert issuing.issue_plan(actor=clerk, path=path, month=MONTH).delivered == 1
    with pytest.raises(Refused, match="各社区自己发"):
        issuing.issue_plan(actor=town.cast.actor("town"), path=town.cast.town.path, month=MONTH)
    with pytest.raises(Refused):
        issuing.issue_plan(actor=town.cast.actor("clerk2"), path=path, month=MONTH)


def test_a_number_reserved_before_a_crash_is_sealed_now(town):
    from baodao.domain.documents.services import reserve

    services.publish(actor=PROGRAM, plan=town.plan)
    held = reserve(actor=PROGRAM, town=town.cast.town.path, kind="plan", month=MONTH, title="月计划")
    sent = issuing.issue_plan(actor=town.cast.actor("town"), path=town.cast.town.path, month=MONTH)
    assert (sent.document.pk, Document.objects.count()) == (held.pk, 1)
