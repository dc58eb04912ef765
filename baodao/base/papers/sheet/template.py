"""Blank sheets to be filled in elsewhere: 填写, 说明 and a hidden 字典 that offers the choices."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from baodao.base.papers.sheet.writer import safe_text, text_width

#: Rows of a blank sheet that carry validation and formats.
PREPARED_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Blank:
    """One column to fill in.

    ``choices`` offers a list (others may be typed where ``is_open``); ``is_code`` keeps phones
    and codes as text; ``is_date`` asks for a date; ``hint`` shows beside the cell.
    """

    heading: str
    hint: str = ""
    choices: Sequence[str] = ()
    is_open: bool = False
    is_code: bool = False
    is_date: bool = False
    is_required: bool = False


def build(blanks: Sequence[Blank], explanations: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """Return a template as .xlsx; ``rows`` are filled in beforehand (for a correction to hand back)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page, told, words = (book.add_worksheet(name) for name in ("填写", "说明", "字典"))
        formats = _formats(book)
        references = _write_words(words, blanks)
        for place, blank in enumerate(blanks):
            _write_blank(page, formats, place, blank, references.get(place))
        for number, row in enumerate(rows, 1):
            for place, text in enumerate(row):
                style = formats["code"] if place < len(blanks) and blanks[place].is_code else formats["text"]
                page.write_string(number, place, safe_text(text), style)
        _set_page(page)
        _write_explanations(told, blanks, explanations, formats)
        words.hide()
        page.activate()
    return out.getvalue()


def _formats(book: xlsxwriter.Workbook) -> dict[str, xlsxwriter.format.Format]:
    head = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "font_name": "宋体"}
    return {
        "head": book.add_format(head),
        "required": book.add_format(head | {"bg_color": "#FFF2CC"}),
        "text": book.add_format({"font_name": "宋体"}),
        "code": book.add_format({"font_name": "宋体", "num_format": "@"}),
        "day": book.add_format({"font_name": "宋体", "num_format": "yyyy-mm-dd"}),
    }


def _write_words(words: Worksheet, blanks: Sequence[Blank]) -> dict[int, str]:
    """Write each list of choices into the hidden sheet; return its absolute reference by column."""
    references = {}
    for place, blank in enumerate(blanks):
        if blank.choices:
            words.write_string(0, place, safe_text(blank.heading))
            for number, choice in enumerate(blank.choices, 1):
                words.write_string(number, place, safe_text(choice))
            letter = xl_col_to_name(place, col_abs=True)
            references[place] = f"=字典!{letter}$2:{letter}${len(blank.choices) + 1}"
    return references


def _write_blank(
    page: Worksheet,
    formats: Mapping[str, xlsxwriter.format.Format],
    place: int,
    blank: Blank,
    reference: str | None,
) -> None:
    style = formats["code" if blank.is_code else "day" if blank.is_date else "text"]
    page.set_column(place, place, max(text_width(blank.heading) + 4, 12), style)
    page.write_string(0, place, safe_text(blank.heading), formats["required" if blank.is_required else "head"])
    rule: dict[str, object] = {"input_message": blank.hint[:255]} if blank.hint else {}
    if reference:
        rule |= {"validate": "list", "source": reference, "error_type": "information" if blank.is_open else "stop"}
        rule |= {"error_title": "不在名单里", "error_message": "从下拉名单里选一项"}
    elif blank.is_date:
        rule |= {"validate": "date", "criteria": ">=", "value": "=DATE(1990,1,1)", "error_type": "information"}
        rule |= {"error_title": "日期", "error_message": "写成 2026-03-05 的样子"}
    elif rule:
        rule |= {"validate": "any"}
    if rule:
        page.data_validation(1, place, PREPARED_ROWS, place, rule)


def _set_page(page: Worksheet) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_explanations(
    page: Worksheet,
    blanks: Sequence[Blank],
    explanations: Sequence[str],
    formats: Mapping[str, xlsxwriter.format.Format],
) -> None:
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 80)
    for number, text in enumerate(explanations):
        page.write_string(number, 0, safe_text(text))
    start = len(explanations) + 1
    for number, blank in enumerate(blanks, start):
        page.write_string(number, 0, safe_text(blank.heading), formats["text"])
        page.write_string(number, 1, safe_text(("必填。" if blank.is_required else "") + blank.hint), formats["text"])
