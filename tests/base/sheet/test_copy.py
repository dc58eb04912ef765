"""The clean copy of an upload holds nothing that must not be kept."""

import io
import zipfile

import pytest
import xlsxwriter

from baodao.base.papers.sheet import reader
from baodao.base.papers.sheet.copy import without_columns
from baodao.base.papers.sheet.ledger_words import LEDGER

HEAD = ["序号", "姓名", "工作单位", "联系电话"]


def test_the_clean_copy_holds_nothing_that_was_dropped():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"author": "不可留作者"})
        page = book.add_worksheet("台账不可留")
        page.write_row(0, 0, ["不可留标题"])
        page.write_row(1, 0, [*HEAD, "民族", "家庭情况", "备注"])
        page.write_row(2, 0, [1, "王强", "水利局", "13800000001", "不可留族", "不可留家", "号码 11010519491231002X"])
        page.write_comment(2, 1, "不可留批注")
        hidden = book.add_worksheet("旧")
        hidden.write_row(0, 0, HEAD)
        hidden.write_row(1, 0, [1, "不可留人", "x", "y"])
        hidden.hide()
    clean = without_columns(out.getvalue(), "a.xlsx", LEDGER)
    sheets = reader.read(clean, "copy.xlsx")
    assert [sheet.rows for sheet in sheets] == [
        [
            ["", "", "", "", ""],
            ["序号", "姓名", "工作单位", "联系电话", "备注"],
            ["1", "王强", "水利局", "13800000001", "号码 （身份证号已删去）"],
        ]
    ]
    with zipfile.ZipFile(io.BytesIO(clean)) as package:
        everything = "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    assert "不可留" not in everything
    assert "11010519491231002" not in everything


def test_the_clean_copy_of_a_file_without_tables_is_empty():
    clean = without_columns("甲,乙\n1,2\n".encode(), "a.csv", LEDGER)
    with pytest.raises(reader.SheetFault):
        reader.read(clean, "copy.xlsx")


def test_an_identity_number_kept_as_a_number_is_not_copied():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("台账")
        page.write_row(0, 0, [*HEAD, "其他号"])
        page.write_row(1, 0, [1, "王强", "水利局", 13800000001, 652922199001010017])
    rows = reader.read(without_columns(out.getvalue(), "a.xlsx", LEDGER), "copy.xlsx")[0].rows
    assert rows[1] == ["1", "王强", "水利局", "13800000001", "（身份证号已删去）"]
