"""Report-in, receipt, transfer, pause, leaving; and what is erased after it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.members import privacy, selectors, services
from baodao.domain.members.models import Member, MemberContact
from baodao.domain.members.rows import NewMember
from tests.cast import PROGRAM

TODAY = date(2026, 11, 24)


def test_slip_report_receipt(cast):
    clerk = cast.actor("clerk")
    made = services.add_member(
        actor=clerk, row=NewMember(name="王强", unit=cast.unit, community=cast.xingfu, enrolment_state="issued"))
    enrolment = selectors.enrolment_of(made)
    assert enrolment.state == "issued" and enrolment.slip_number.startswith("2026-")
    with pytest.raises(Refused):
        services.report_in(actor=cast.actor("clerk2"), enrolment=enrolment)
    services.report_in(actor=clerk, enrolment=enrolment, on=date(2026, 11, 20))
    services.receipt(actor=clerk, enrolment=enrolment)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.reported_on, enrolment.receipt_on) == ("receipted", date(2026, 11, 20), TODAY)
    with pytest.raises(Refused):
        services.receipt(actor=clerk, enrolment=enrolment)


def test_transfer_keeps_history_and_moves_the_view(cast):
    clerk, clerk2 = cast.actor("clerk"), cast.actor("clerk2")
    services.transfer(actor=clerk, member=cast.chen, community=cast.jiankang)
    rows = [(e.community.name, e.state, e.until) for e in cast.chen.enrolments.order_by("pk")]
    assert rows == [("幸福社区", "ended", TODAY), ("健康社区", "issued", None)]
    assert list(selectors.visible(clerk)) == []
    assert [m.name for m in selectors.visible(clerk2)] == ["陈晨", "周平"] or len(selectors.visible(clerk2)) == 2
    assert selectors.community_of(Member.objects.get(pk=cast.chen.pk)) == cast.jiankang
    cast.accounts["member"].refresh_from_db()
    assert [g.path for g in cast.accounts["member"].grants.filter(role="member", until__isnull=True)] == [cast.jiankang.path]
    with pytest.raises(Refused):
        services.transfer(actor=clerk2, member=Member.objects.get(pk=cast.chen.pk), community=cast.jiankang)


@pytest.mark.parametrize("login", ["liaison", "grid", "member", "town", "county", "sysadmin"])
def test_who_may_not_transfer(cast, login):
    with pytest.raises(Refused):
        services.transfer(actor=cast.actor(login), member=cast.chen, community=cast.jiankang)
    assert cast.chen.enrolments.count() == 1


def test_pause_and_resume(cast):
    services.pause(actor=cast.actor("member"), member=cast.chen, reason="rest")
    assert list(selectors.serving(cast.xingfu.path)) == []
    with pytest.raises(Refused):
        services.pause(actor=cast.actor("member"), member=cast.chen, reason="illness")
    services.resume(actor=cast.actor("clerk"), member=cast.chen)
    assert [m.name for m in selectors.serving(cast.xingfu.path)] == ["陈晨"]
    assert [(c.field, c.old, c.new) for c in cast.chen.changes.order_by("pk")] == [
        ("state", "在册", "暂缓"), ("state", "暂缓", "在册")]


def test_leaving_ends_rows_and_login_and_can_be_taken_back(cast):
    clerk = cast.actor("clerk")
    services.leave(actor=clerk, member=cast.chen)
    assert list(selectors.serving(cast.xingfu.path)) == []
    assert [m.name for m in selectors.visible(clerk)] == ["陈晨"]
    assert [m.name for m in selectors.visible(cast.actor("liaison"))] == ["陈晨"]
    cast.accounts["member"].refresh_from_db()
    assert not cast.accounts["member"].active
    with pytest.raises(Refused):
        services.set_wishes(actor=clerk, member=cast.chen, wishes=["patrol"])
    MemberContact.objects.get_or_create(member=cast.chen)
    services.come_back(actor=clerk, member=Member.objects.get(pk=cast.chen.pk))
    assert [m.name for m in selectors.serving(cast.xingfu.path)] == ["陈晨"]
    assert cast.chen.employments.filter(until__isnull=True).count() == 1


def test_after_leaving_first_the_number_goes_then_the_name(cast):
    clerk = cast.actor("clerk")
    made = services.add_member(
        actor=clerk, row=NewMember(name="王强", phone="13800010001", unit=cast.unit, community=cast.xingfu, note="值夜班",
                                   skill_words=["口技"], languages=["ug"], team_name="水电队"))
    services.leave(actor=clerk, member=made, on=TODAY)
    assert privacy.erase_due(actor=PROGRAM, today=TODAY + timedelta(days=29)) == []
    assert privacy.erase_due(actor=PROGRAM, today=TODAY + timedelta(days=30)) == [("member_contact", made.code)]
    contact = MemberContact.objects.get(member=made)
    assert (bytes(contact.wrapped_key), bytes(contact.phone), contact.phone_index, contact.tail_index) == (b"", b"", "", "")
    assert Member.objects.get(pk=made.pk).name == "王强"
    assert privacy.erase_due(actor=PROGRAM, today=TODAY + timedelta(days=365)) == [("member", made.code)]
    fresh = Member.objects.get(pk=made.pk)
    assert (fresh.name, fresh.note, fresh.name_initials, fresh.sort_surname) == (f"已离开-{made.code[:4]}", "", "", "")
    assert (fresh.skills.count(), fresh.languages.count(), fresh.changes.count()) == (0, 0, 0)
    assert fresh.enrolments.get().team_name == ""
    assert list(selectors.visible(clerk).filter(pk=made.pk)) == []
    assert privacy.erase_due(actor=PROGRAM, today=TODAY + timedelta(days=366)) == []


def test_a_card_makes_the_login_once_and_holds_no_number(cast):
    clerk = cast.actor("clerk")
    made = services.add_member(
        actor=clerk, row=NewMember(name="王强", phone="13800010001", unit=cast.unit, community=cast.xingfu))
    login, code = services.invite(actor=clerk, member=made)
    again, code2 = services.invite(actor=clerk, member=made)
    assert login == again and code != code2 and "1380" not in login
    from baodao.domain.accounts import selectors as accounts

    account = accounts.by_login(login)
    assert (account.member_id, [g.role for g in account.grants.all()]) == (made.pk, ["member"])
    with pytest.raises(Refused):
        services.invite(actor=cast.actor("clerk2"), member=made)
    with clock.freeze(datetime(2026, 11, 25, 9, 0)):
        assert services.one_time_code(actor=clerk, member=made)[0] == login


def test_the_town_opens_a_list_with_a_reason_that_is_written_down(cast):
    from baodao.domain.audit.models import Look

    found = services.open_list(actor=cast.actor("town"), path=cast.xingfu.path, reason="核对月通报")
    assert [m.name for m in found] == ["陈晨"]
    assert [(x.subject, x.role, x.reason) for x in Look.objects.all()] == [("ledger", "town", "核对月通报")]
    for login in ("county", "clerk", "sysadmin", "auditor", "liaison"):
        with pytest.raises(Refused):
            services.open_list(actor=cast.actor(login), path=cast.xingfu.path, reason="看看")
