"""The ledger and the report-in sheet on paper."""

import io

import openpyxl
import pytest

from baodao.domain.audit.models import Look
from baodao.domain.members import contacts, papers
from baodao.domain.members.models import LanguageOffered, MemberContact, SkillOffered
from tests import pictures
from tests.cast import PROGRAM, member


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def rows(page):
    head = next(row for row in page.iter_rows(values_only=True) if row[0] == "序号")
    return [dict(zip(head, row, strict=True)) for row in page.iter_rows(values_only=True) if isinstance(row[0], int)]


@pytest.fixture
def people(cast):
    found = [member(name, cast.xingfu, cast.unit, slots=["workday_evening"], wishes=["patrol"], job_title="=科员")
             for name in ("欧阳文斌", "艾尔肯·阿不都热依木江", "丁一")]  # fmt: skip
    for number, one in enumerate(found):
        MemberContact.objects.create(member=one, **contacts.sealed(one.pk, f"1380000000{number}"))
        SkillOffered.objects.create(member=one, skill="electric", level="certified")
        LanguageOffered.objects.create(member=one, language="ug")
    return found


def test_the_ledger_in_stroke_order_with_text_phones(cast, people):
    found = rows(opened(papers.ledger(cast.actor("clerk"), cast.xingfu.path)))
    assert [row["姓名"] for row in found] == ["丁一", "艾尔肯·阿不都热依木江", "陈晨", "欧阳文斌"]
    assert (found[0]["联系电话"], found[0]["特长"], found[0]["职务"]) == ("13800000002", "电工（持证）", "'=科员")


def test_no_language_in_it(cast, people):
    page = opened(papers.ledger(PROGRAM, cast.xingfu.path))
    said = str(list(page.iter_rows(values_only=True)))
    assert "语言" not in said and "维吾尔" not in said


def test_it_prints_on_a4_landscape_and_counts(cast, people):
    page = opened(papers.ledger(PROGRAM, cast.xingfu.path))
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", 9, True)
    assert "共 4 人：在职 4 人，社区 0 人。（按姓氏笔画为序）" in str(list(page.iter_rows(values_only=True)))


def test_another_community_gets_nothing_of_it(cast, people):
    assert rows(opened(papers.ledger(cast.actor("clerk2"), cast.xingfu.path))) == []
    assert [row["姓名"] for row in rows(opened(papers.ledger(PROGRAM, cast.town.path, unit=cast.unit2.path)))] == ["周平"]


def test_taking_the_numbers_is_written_down(cast, people):
    papers.ledger(cast.actor("clerk"), cast.xingfu.path)
    look = Look.objects.get()
    assert (look.field, look.account_id, look.subject) == ("phone", cast.accounts["clerk"].pk, "ledger")
    papers.ledger(PROGRAM, cast.xingfu.path)
    assert Look.objects.count() == 1


def test_the_ledger_costs_the_same_for_many(cast, people, django_assert_max_num_queries):
    with django_assert_max_num_queries(14) as first:
        papers.ledger(PROGRAM, cast.xingfu.path)
    for number in range(5):
        member(f"新人{number}", cast.xingfu, cast.unit)
    with django_assert_max_num_queries(len(first.captured_queries)):
        papers.ledger(PROGRAM, cast.xingfu.path)


def test_three_parts_on_one_sheet_with_cut_lines(cast, people):
    content = papers.report_slips(PROGRAM, cast.xingfu.path, member=people[0].code)
    (page,) = pictures.pages(content)
    said = pictures.text(content)
    assert page.size == (210, 297)
    assert pictures.margins_are_free(page, 6)
    assert (said.count("沿虚线剪开"), said.count("欧阳文斌")) == (2, 3)
    assert all(words in said for words in ("第一联单位留存", "第二联交社区", "第三联社区盖章后退单位", "单位党组织意见（盖章）", "本人签名"))


def test_the_receipt_carries_team_and_posts(cast, people):
    row = people[0].enrolments.get()
    row.team_name, row.reported_on = "水电服务队", cast.xingfu.since
    row.save()
    posts = {people[0].pk: "家政服务"}
    said = pictures.text(papers.receipts(PROGRAM, cast.xingfu.path, member=people[0].code, posts=posts))
    assert "编入队伍或网格水电服务队" in said and "认领岗位家政服务" in said
    bare = pictures.text(papers.report_slips(PROGRAM, cast.xingfu.path, member=people[0].code))
    assert "水电服务队" not in bare and "家政服务" not in bare


def test_nobody_gives_a_blank_form(cast):
    content = papers.report_slips(PROGRAM, cast.jiankang.path, unit=cast.unit.path)
    assert len(pictures.pages(content)) == 1
    assert "周平" not in pictures.text(content)
