"""The one place that writes sheets: every text as text, phones and codes never as numbers.

``as_form`` looks like the paper ledger offices know (title, unit and date, total, signatures);
``as_data`` is flat, for machines. Nothing a user typed can become a formula.
"""

import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from baodao.base.days.clock import ZONE

Value = str | int | float | date | datetime | None

#: Signs with which a spreadsheet begins a formula, also in full width, and signs that hide one.
_LEADING = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\", "（）：＊？／＼")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: key in the rows, heading, width in characters.

    ``is_code`` marks phones and codes, which stay text; ``is_total`` columns are added up.
    """

    key: str
    heading: str
    width: float = 12
    is_code: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What stands around a table on paper.

    ``made_by`` is the unit, ``made_on`` the day; ``signatures`` are the words before the blanks;
    ``note`` is one line under the table, such as the order that was chosen.
    """

    title: str
    made_by: str = ""
    made_on: date | None = None
    note: str = ""
    signatures: Sequence[str] = ()


def safe_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: a leading sign gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_LEADING) else text


def sheet_name(text: str) -> str:
    """Return a name a workbook allows: 31 characters, none of ``[]:*?/\\``, never empty."""
    return text.translate(_FORBIDDEN_IN_NAMES).strip("' ")[:31] or "表"


def as_form(fields: Sequence[Field], rows: Iterable[Mapping[str, Value]], form: Form) -> bytes:
    """Return a sheet as printed: A4 landscape, fitted to the width, its head on every page."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet_name(form.title))
        styles = _Styles(book)
        head = _write_title(page, styles, fields, form)
        _write_head(page, styles, fields, head)
        listed = list(rows)
        for number, row in enumerate(listed, head + 1):
            _write_row(page, styles, fields, number, row)
            page.set_row(number, _row_height(fields, row))
        foot = _write_total(page, styles, fields, listed, head + 1 + len(listed))
        _write_foot(page, styles, fields, form, foot)
        _set_print(page, fields, head)
    return out.getvalue()


def as_data(fields: Sequence[Field], rows: Iterable[Mapping[str, Value]], name: str = "数据") -> bytes:
    """Return a flat sheet: one head row, then the rows, nothing else."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet_name(name))
        styles = _Styles(book, bordered=False)
        _write_head(page, styles, fields, 0)
        number = 0
        for number, row in enumerate(rows, 1):
            _write_row(page, styles, fields, number, row)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, number, len(fields) - 1)
    return out.getvalue()


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, *, bordered: bool = True) -> None:
        line: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": bordered}
        line |= {"border": 1} if bordered else {}
        self.title: Format = book.add_format(
            {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"}
        )
        self.line: Format = book.add_format({"font_name": "宋体", "font_size": 11, "valign": "vcenter"})
        self.head: Format = book.add_format(line | {"bold": True, "align": "center"})
        self.text: Format = book.add_format(line)
        self.code: Format = book.add_format(line | {"num_format": "@"})
        self.typed: Format = book.add_format({"font_name": "宋体", "font_size": 11, "num_format": "@"})
        self.number: Format = book.add_format(line | {"align": "right"})
        self.day: Format = book.add_format(line | {"num_format": "yyyy-mm-dd", "align": "center"})
        self.moment: Format = book.add_format(line | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"})
        self.total: Format = book.add_format(line | {"bold": True, "align": "right"})


def _write_title(page: Worksheet, styles: _Styles, fields: Sequence[Field], form: Form) -> int:
    """Write the title and the line of unit and date; return the row of the head."""
    last = len(fields) - 1
    _write_across(page, 0, 0, last, form.title, styles.title)
    page.set_row(0, 32)
    made_on = f"制表日期：{form.made_on.year}年{form.made_on.month}月{form.made_on.day}日" if form.made_on else ""
    made_by = f"制表单位：{form.made_by}" if form.made_by else ""
    if made_by or made_on:
        _write_across(page, 1, 0, last, "　　　　".join(part for part in (made_by, made_on) if part), styles.line)
        return 2
    return 1


def _write_across(page: Worksheet, row: int, first: int, last: int, text: str, style: Format) -> None:
    """Write a text over several columns, merged where there are several."""
    if last > first:
        page.merge_range(row, first, row, last, "", style)
    page.write_string(row, first, safe_text(text), style)


def _write_head(page: Worksheet, styles: _Styles, fields: Sequence[Field], number: int) -> None:
    for place, column in enumerate(fields):
        page.set_column(place, place, column.width, styles.typed if column.is_code else None)
        page.write_string(number, place, safe_text(column.heading), styles.head)


def _write_row(
    page: Worksheet, styles: _Styles, fields: Sequence[Field], number: int, row: Mapping[str, Value]
) -> None:
    for place, column in enumerate(fields):
        write_value(page, styles, number, place, row.get(column.key), is_code=column.is_code)


def _row_height(fields: Sequence[Field], row: Mapping[str, Value]) -> float:
    """The height in points that the row's longest cell needs once it is wrapped."""
    lines = max((-(-text_width(str(row.get(one.key) or "")) // max(int(one.width) - 1, 1)) for one in fields), default=1)
    return 6.0 + 14.5 * max(1, lines)


def write_value(page: Worksheet, styles: _Styles, row: int, place: int, value: Value, *, is_code: bool = False) -> None:
    """Write one cell by its type: text always as text, codes as text, dates as dates."""
    if value is None or value == "":
        page.write_blank(row, place, None, styles.code if is_code else styles.text)
    elif isinstance(value, datetime):
        local = value.astimezone(ZONE).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(row, place, local, styles.moment)
    elif isinstance(value, date):
        page.write_datetime(row, place, datetime(value.year, value.month, value.day), styles.day)
    elif isinstance(value, int | float) and not isinstance(value, bool) and not is_code:
        page.write_number(row, place, value, styles.number)
    else:
        text = {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
        page.write_string(row, place, safe_text(text), styles.code if is_code else styles.text)


def _write_total(
    page: Worksheet, styles: _Styles, fields: Sequence[Field], rows: Sequence[Mapping[str, Value]], number: int
) -> int:
    """Write the 合计 row if a column is added up; return the next free row."""
    if not any(column.is_total for column in fields):
        return number
    for place, column in enumerate(fields):
        if column.is_total:
            values = [value for value in (row.get(column.key) for row in rows) if isinstance(value, int | float)]
            page.write_number(number, place, round(sum(values), 6), styles.total)
        else:
            page.write(number, place, "合计" if place == 0 else None, styles.head)
    return number + 1


def _write_foot(page: Worksheet, styles: _Styles, fields: Sequence[Field], form: Form, number: int) -> None:
    last = len(fields) - 1
    if form.note:
        _write_across(page, number, 0, last, form.note, styles.line)
        number += 1
    if form.signatures:
        blanks = "　　".join(f"{word}：＿＿＿＿＿＿＿＿" for word in form.signatures)
        _write_across(page, number + 1, 0, last, blanks, styles.line)


def _set_print(page: Worksheet, fields: Sequence[Field], head: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&C第 &P 页，共 &N 页")
    page.freeze_panes(head + 1, 0)


def text_width(text: str) -> int:
    """Return the width of a text in characters of a column: Han and full-width signs count two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
