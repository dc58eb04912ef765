"""Slip, report and receipt keep their true days: from the counter, from a file, in the demo, on paper, after a coming back."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from baodao.base.verdict import Refused
from baodao.domain.members import papers, selectors, services
from baodao.domain.members.models import Enrolment, ImportBatch, Member
from baodao.domain.members.rows import NewMember
from tests import pictures
from tests.cast import PROGRAM
from tests.domain.members.sheets import HEAD, book, person

TODAY = date(2026, 11, 24)


def days(name):
    row = Enrolment.objects.filter(member__name=name).latest("pk")
    return row.state, row.reported_on, row.receipt_on


def add(cast, **more):
    return services.add_member(actor=PROGRAM, row=NewMember(
        name="王强", phone="13800010001", unit=cast.unit, community=cast.xingfu, **more))


def bring(cast, *rows, head=(*HEAD, "回执时间")):
    data = book(rows, list(head))
    report, _batch = services.import_file(
        actor=cast.actor("clerk"), data=data, filename="名单.xlsx", scope=cast.xingfu.path, partial=True)
    return report


def test_a_receipt_with_its_day_makes_the_state(cast):
    add(cast, reported_on=date(2026, 3, 5), receipt_on=date(2026, 3, 9))
    assert days("王强") == ("receipted", date(2026, 3, 5), date(2026, 3, 9))


@pytest.mark.parametrize(("more", "words"), [
    ({"enrolment_state": "receipted"}, "哪天退"),
    ({"receipt_on": date(2026, 11, 25)}, "将来"),
    ({"reported_on": date(2026, 11, 25)}, "将来"),
    ({"reported_on": date(2026, 3, 9), "receipt_on": date(2026, 3, 5)}, "早于报到"),
])
def test_impossible_days_are_refused(cast, more, words):
    with pytest.raises(Refused, match=words):
        add(cast, **more)
    assert not Member.objects.filter(name="王强").exists()


def test_a_receipt_is_not_before_the_report_nor_in_the_future(cast):
    row = selectors.enrolment_of(add(cast, reported_on=date(2026, 11, 20)))
    for on in (date(2026, 11, 19), date(2026, 11, 25)):
        with pytest.raises(Refused):
            services.receipt(actor=cast.actor("clerk"), enrolment=row, on=on)
        assert days("王强") == ("reported", date(2026, 11, 20), None)


def test_the_database_knows_no_receipt_without_a_day(cast):
    add(cast, reported_on=date(2026, 3, 5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(member__name="王强").update(state="receipted")


@pytest.mark.parametrize(("more", "then"), [
    ({"enrolment_state": "issued"}, ("issued", None, None)),
    ({"reported_on": date(2026, 3, 5)}, ("reported", date(2026, 3, 5), None)),
    ({"receipt_on": date(2026, 3, 9)}, ("receipted", date(2026, 3, 9), date(2026, 3, 9))),
])
def test_coming_back_finds_slip_and_receipt_as_they_were(cast, more, then):
    clerk, made = cast.actor("clerk"), add(cast, **more)
    services.leave(actor=clerk, member=made)
    assert days("王强")[0] == "ended"
    services.come_back(actor=clerk, member=Member.objects.get(pk=made.pk))
    assert days("王强") == then


def test_a_file_brings_both_days_and_again_changes_nothing(cast):
    row = [*person("王强", "13800010001", reported="2026-03-05"), "2026.3.9"]
    assert bring(cast, row).counts["added"] == 1
    assert days("王强") == ("receipted", date(2026, 3, 5), date(2026, 3, 9))
    assert bring(cast, row).counts["unchanged"] == 1


def test_a_file_brings_the_receipt_later_and_the_undo_takes_it_back(cast):
    bring(cast, person("王强", "13800010001"), head=HEAD)
    assert days("王强") == ("reported", None, None)
    bring(cast, [*person("王强", "13800010001"), "2026-03-09"])
    assert days("王强") == ("receipted", date(2026, 3, 9), date(2026, 3, 9))
    services.undo_import(actor=cast.actor("clerk"), batch=ImportBatch.objects.latest("pk"))
    assert days("王强") == ("reported", None, None)


def test_a_receipt_before_the_report_is_left_out_with_a_word(cast):
    report = bring(cast, [*person("王强", "13800010001", reported="2026-03-05"), "2026-03-01"])
    assert [(p.column, p.code) for p in report.lines[0].checked.warnings] == [("回执时间", "date")]
    assert days("王强") == ("reported", date(2026, 3, 5), None)
    report = bring(cast, [*person("王强", "13800010001"), "2026-03-01"])
    assert report.counts["unchanged"] == 1 and "回执早于报到" in report.lines[0].checked.notes[0]
    assert days("王强") == ("reported", date(2026, 3, 5), None)


def test_community_members_have_no_receipt(cast):
    head = ["姓名", "类别", "联系电话", "报到社区", "报到时间", "回执时间"]
    row = ["李芳", "社区", "13800010002", "幸福社区", "2026-03-05", "2026-03-09"]
    bring(cast, row, head=head)
    assert days("李芳") == ("reported", date(2026, 3, 5), None)
    assert bring(cast, row, head=head).counts["unchanged"] == 1


def said(cast, member, paper):
    text = pictures.text(paper(PROGRAM, cast.xingfu.path, member=member.code))
    found = re.search(r"开具日期(.*?)经办人", text), re.search(r"报到日期(.*?)接收社区", text)
    return *(part.group(1) if part else None for part in found), text


def test_the_papers_say_the_days_that_are_kept(cast):
    made = add(cast, since=date(2026, 3, 2), reported_on=date(2026, 3, 5), receipt_on=date(2026, 3, 9))
    issued, reported, text = said(cast, made, papers.receipts)
    assert (issued, reported) == ("2026年3月2日", "2026年3月5日")
    assert text.count("2026年3月9日") == 1 and "2026年11月24日" not in text


def test_what_has_not_happened_leaves_a_line_to_write_on(cast):
    made = add(cast, since=date(2026, 3, 2), enrolment_state="issued")
    issued, reported, text = said(cast, made, papers.receipts)
    assert (issued, reported) == ("2026年3月2日", "年月日")
    assert "2026年11月24日" not in text


def test_the_day_of_the_slip_is_not_after_the_report(cast):
    made = add(cast, enrolment_state="issued")
    services.report_in(actor=cast.actor("clerk"), enrolment=selectors.enrolment_of(made), on=date(2026, 11, 20))
    assert said(cast, made, papers.report_slips)[0] == "2026年11月20日"


def test_rows_of_before_get_their_days_in_order(cast):
    from importlib import import_module

    from django.apps import apps

    row = Enrolment.objects.get(member=cast.chen)
    Enrolment.objects.filter(pk=row.pk).update(reported_on=date(2026, 3, 9), receipt_on=date(2026, 3, 9), state="receipted")
    import_module("baodao.domain.members.migrations.0002_receipt_days").date_receipts(apps, None)
    assert days("陈晨") == ("receipted", date(2026, 3, 9), date(2026, 3, 9))
    assert not Enrolment.objects.filter(state="receipted", reported_on__gt=F("receipt_on")).exists()
