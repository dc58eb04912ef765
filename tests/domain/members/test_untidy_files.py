"""Files as offices send them: merged heads, several sheets, old encodings, totals, 同上, two telephone columns."""

from __future__ import annotations

import io
import time

import pytest
import xlsxwriter

from baodao.domain.members import selectors, services
from baodao.domain.members.models import Member
from tests.cast import PROGRAM
from tests.domain.members.sheets import book, person


def bring(cast, data, name="a.xlsx"):
    found, _batch = services.import_file(
        actor=PROGRAM, data=data, filename=name, scope=cast.town.path, town=cast.town.path, partial=True)
    return found


def rejected(found):
    return [(p.sheet, p.row, p.column, p.code) for p in found.rejected]


def test_a_merged_head_totals_notes_and_the_same_again(cast):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet("名单")
        page.merge_range(0, 0, 0, 6, "在职党员花名册")
        page.merge_range(1, 0, 2, 0, "序号")
        page.merge_range(1, 1, 1, 3, "基本情况")
        page.merge_range(1, 4, 1, 6, "报到情况")
        for place, text in enumerate(["姓名", "工作单位", "联系电话", "报到社区", "报到时间", "性别"], 1):
            page.write(2, place, text)
        page.merge_range(3, 2, 4, 2, "县水利局")
        page.write_row(3, 0, [1, "王强"]), page.write_row(3, 3, [13800010001, "幸福社区", "2026年3月5日", "某性"])
        page.write_row(4, 0, [2, "李芳"]), page.write_row(4, 3, ["13800010002", "同上", 46086, "某性"])
        page.write_row(5, 0, [3, "方圆", "同上", "13800010003", "幸福社区"])
        page.write_row(6, 0, ["合计", "3人"])
        page.write_row(7, 0, ["", "填表人：某人"])
    found = bring(cast, out.getvalue())
    assert (found.counts["rows"], found.counts["added"], rejected(found)) == (3, 3, [])
    assert {selectors.unit_of(m).unit_code for m in Member.objects.filter(name__in=["王强", "李芳", "方圆"])} == {"U001"}
    days = {m.name: selectors.enrolment_of(m).reported_on for m in Member.objects.filter(name__in=["王强", "李芳"])}
    assert [str(days[name]) for name in ("王强", "李芳")] == ["2026-03-05", "2026-03-05"]


def test_every_visible_sheet_is_read_and_a_summary_is_passed_over(cast):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for sheet, rows in (("机关", [["王强", "县水利局", "13800010001", "幸福社区"]]), ("学校", [["李芳", "县教育局", "13800010002", "健康社区"]])):
            page = made.add_worksheet(sheet)
            page.write_row(0, 0, ["姓名", "单位", "手机", "报到社区"])
            for number, row in enumerate(rows, 1):
                page.write_row(number, 0, row)
        page = made.add_worksheet("汇总")
        page.write_row(0, 0, ["单位", "联系电话", "报到社区"])
        page.write_row(1, 0, ["县水利局", "0997-1234567", "幸福社区"])
        hidden = made.add_worksheet("旧表")
        hidden.write_row(0, 0, ["姓名", "单位", "手机", "报到社区"])
        hidden.write_row(1, 0, ["方圆", "县水利局", "13800010003", "幸福社区"])
        hidden.hide()
    found = bring(cast, out.getvalue())
    assert (found.counts["rows"], found.counts["added"]) == (2, 2)
    assert [(p.sheet, p.code) for p in found.warnings] == [("汇总", "file")]
    assert not Member.objects.filter(name="方圆").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding(cast, encoding):
    text = "姓名,工作单位,联系电话,报到社区\n王强,县水利局,138 0001 0001,幸福社区\n李芳,县水利局,1.38E+10,幸福社区\n"
    found = bring(cast, text.encode(encoding), "a.csv")
    assert (found.counts["added"], rejected(found)) == (1, [("", 3, "联系电话", "lost_digits")])


def test_unit_and_post_in_one_cell(cast):
    found = bring(cast, book([["王强", "县水利局科员", "13800010001", "幸福社区"]], ["姓名", "工作单位及职务", "联系电话", "报到社区"]))
    assert (found.counts["added"], rejected(found)) == (1, [])
    assert Member.objects.get(name="王强").job_title == "科员"


def test_a_second_telephone_column_counts_where_the_first_is_empty(cast):
    head = ["姓名", "工作单位", "联系电话", "手机号码", "报到社区"]
    found = bring(cast, book([["王强", "县水利局", "", "13800010001", "幸福社区"], ["李芳", "县水利局", "0997-1234567", "13800010002", "幸福社区"]], head))
    assert (found.counts["added"], rejected(found)) == (2, [])
    masked = {m.name: selectors.contact_masked(m) for m in Member.objects.filter(name__in=["王强", "李芳"])}
    assert masked == {"王强": "138****0001", "李芳": "0997-***4567"}


def test_the_fixed_old_workbook_of_the_demo_is_read(cast):
    from baodao.demo.inputs import FIXED

    found = bring(cast, FIXED.read_bytes(), FIXED.name)
    assert found.counts["rows"] == 10
    assert ("lost_digits" in {p.code for p in found.rejected}) and ("phone" in {p.code for p in found.rejected})
    assert "forbidden_column" in {p.code for p in found.warnings}


def test_a_ledger_of_2200_rows_is_checked_in_less_than_three_seconds(cast):
    rows = [person(f"王{chr(0x4e00 + n // 50)}{chr(0x5e00 + n % 50)}", f"138{n:08d}", skills="电工、法律", when="周末") for n in range(2200)]
    data = book(rows)
    began = time.process_time()
    found, _batch = services.import_file(
        actor=PROGRAM, data=data, filename="a.xlsx", scope=cast.town.path, town=cast.town.path, dry_run=True)
    assert found.counts["added"] == 2200
    assert time.process_time() - began < 3
