"""Sheets are written as offices know them, and nothing in them can become a formula."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from baodao.base.papers.sheet import reader, template, writer
from baodao.base.papers.sheet.head import find_tables
from baodao.base.papers.sheet.ledger_words import LEDGER
from baodao.base.papers.sheet.writer import Field, Form

FIELDS = [
    Field("seq", "序号", 6),
    Field("name", "姓名", 14),
    Field("phone", "联系电话", 16, is_code=True),
    Field("hours", "工时", 8, is_total=True),
    Field("on", "日期", 12),
    Field("note", "备注", 20),
]
ROWS = [
    {"seq": 1, "name": "王强", "phone": "013800000001", "hours": 1.5, "on": date(2026, 3, 5), "note": "=1+1"},
    {
        "seq": 2,
        "name": "阿依古丽·吐尔逊",
        "phone": 13800000002,
        "hours": 2,
        "on": datetime(2026, 3, 5, 2, 30, tzinfo=UTC),
    },
]
FORM = Form("三月服务台账", "幸福社区", date(2026, 4, 1), "（按姓氏笔画为序）", ("制表", "审核"))


def sheet_of(data):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_a_form_looks_like_the_paper_ledger():
    page = sheet_of(writer.as_form(FIELDS, ROWS, FORM))
    values = [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]
    assert values == [
        ["三月服务台账"],
        ["制表单位：幸福社区　　　　制表日期：2026年4月1日"],
        ["序号", "姓名", "联系电话", "工时", "日期", "备注"],
        [1, "王强", "013800000001", 1.5, datetime(2026, 3, 5), "'=1+1"],
        [2, "阿依古丽·吐尔逊", "13800000002", 2, datetime(2026, 3, 5, 10, 30)],
        ["合计", 3.5],
        ["（按姓氏笔画为序）"],
        [],
        ["制表：＿＿＿＿＿＿＿＿　　审核：＿＿＿＿＿＿＿＿"],
    ]
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:F1", "A2:F2", "A7:F7", "A9:F9"}
    assert page["C4"].number_format == "@"
    assert page["C5"].data_type == "s"


def test_a_form_is_set_up_for_paper():
    page = sheet_of(writer.as_form(FIELDS, ROWS, FORM))
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage is True
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "A4"


def test_a_form_reads_back_without_title_total_and_note():
    table = find_tables(reader.read(writer.as_form(FIELDS, ROWS, FORM), "a.xlsx"), LEDGER)[0]
    assert [row.values["name"] for row in table.rows] == ["王强", "阿依古丽·吐尔逊"]


def test_flat_data_has_one_head_and_the_rows():
    page = sheet_of(writer.as_data(FIELDS, ROWS, "数据/一"))
    assert page.title == "数据／一"
    assert [row[:3] for row in page.iter_rows(values_only=True)] == [
        ("序号", "姓名", "联系电话"),
        (1, "王强", "013800000001"),
        (2, "阿依古丽·吐尔逊", "13800000002"),
    ]
    assert page.merged_cells.ranges == set()


def test_an_empty_form_and_empty_data_are_written():
    assert sheet_of(writer.as_form(FIELDS, [], Form("空表"))).max_row == 3
    assert sheet_of(writer.as_data(FIELDS, [])).max_row == 1


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_text_becomes_a_formula(sign):
    hostile = f"{sign}HYPERLINK(1)"
    fields = [Field("a", hostile), Field("b", "乙", is_code=True)]
    form = Form(hostile, note=hostile, signatures=())
    for data in (
        writer.as_form(fields, [{"a": hostile, "b": hostile}], form),
        writer.as_data(fields, [{"a": hostile, "b": hostile}], hostile),
        template.build([template.Blank(hostile, hostile, [hostile])], [hostile], [[hostile]]),
    ):
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
        texts = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
        assert texts
        assert {cell.data_type for cell in texts} == {"s"}
        assert all(str(cell.value).replace("_x000D_", "\r").startswith(("'", "必填")) for cell in texts)


def test_a_link_stays_text():
    page = sheet_of(writer.as_data([Field("a", "甲")], [{"a": "https://example.org"}, {"a": "{=1}"}, {"a": "0123"}]))
    assert [row[0] for row in page.iter_rows(values_only=True)] == ["甲", "https://example.org", "{=1}", "0123"]
    assert page["A2"].hyperlink is None


def test_sheet_names_are_always_allowed():
    assert [writer.sheet_name(text) for text in ("", "a[b]:c*d?e/f\\g", "长" * 40, "'x'")] == [
        "表",
        "a（b）：c＊d？e／f＼g",
        "长" * 31,
        "x",
    ]


def test_a_template_offers_choices_from_a_hidden_sheet():
    blanks = [
        template.Blank("姓名", "和身份证上一样", is_required=True),
        template.Blank("类别", choices=("在职", "社区")),
        template.Blank("特长", choices=tuple(f"特长{n}" for n in range(300)), is_open=True),
        template.Blank("联系电话", "手机号", is_code=True),
        template.Blank("报到时间", is_date=True),
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(template.build(blanks, ["一行一人"], [["王强", "在职", "", "013800000001"]]))
    )
    assert [(page.title, page.sheet_state) for page in book.worksheets] == [
        ("填写", "visible"),
        ("说明", "visible"),
        ("字典", "hidden"),
    ]
    page = book["填写"]
    lists = {
        str(rule.sqref): (rule.formula1, rule.errorStyle)
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists == {
        "B2:B2001": ("字典!$B$2:$B$3", None),
        "C2:C2001": ("字典!$C$2:$C$301", "information"),
    }
    assert [cell.value for cell in book["字典"]["B"]][:3] == ["类别", "在职", "社区"]
    assert page["D2"].number_format == "@"
    assert page.column_dimensions["D"].width >= 12
    assert page.freeze_panes == "A2"


def test_a_template_filled_in_reads_back():
    blanks = [template.Blank(text) for text in ("姓名", "工作单位", "联系电话")]
    data = template.build(blanks, ["一行一人"], [["王强", "水利局", "13800000001"]])
    tables = find_tables(reader.read(data, "a.xlsx"), LEDGER)
    assert [(table.sheet, [row.values for row in table.rows]) for table in tables] == [
        ("填写", [{"name": "王强", "unit": "水利局", "phone": "13800000001"}])
    ]


def test_widths_count_han_signs_twice():
    assert writer.text_width("姓名ab") == 6
