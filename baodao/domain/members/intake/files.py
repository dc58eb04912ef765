"""Bytes to a draft: tables with their columns, rows with their cells as text; what must not be kept never gets in.

A draft is a JSON object. Its cells hold no forbidden column, no identity number and no direction control; the clerk's
corrections (columns, cells, choices) are kept beside the cells, so that the file's own words stay readable.
"""

from __future__ import annotations

import re
from typing import Any

from baodao.base.papers.sheet import copy, reader
from baodao.base.papers.sheet.faults import SheetFault
from baodao.base.papers.sheet.head import Table, cell_text, find_tables
from baodao.base.papers.sheet.ledger_words import FORBIDDEN, LEDGER
from baodao.base.papers.sheet.reader import Cell
from baodao.base.text.free import ID_PLACEHOLDER, take_out_ids
from baodao.domain.members.intake.problems import HEADINGS, Problem

Draft = dict[str, Any]
NO_HEAD = ("没有认出表头", "表头里要有姓名，再有工作单位、联系电话中的一项；可以先下载空白表对照")
NO_NAME = ("这张表没有姓名列，没有读", "是汇总表就不用管；是名单就补上“姓名”这一列")
REMARK_PLACEHOLDER = "（不能留的内容已删去）"
PHONE_PLACEHOLDER = "（电话已删去）"
#: What a unit's liaison does not say for a member: it is the member's own word, or the community's to write down.
NOT_A_UNITS = ("skills", "wishes", "availability", "languages", "reported_on", "receipt_on", "team", "note")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)")
_PEOPLES = re.compile(
    r"(?:汉|维吾尔|哈萨克|回|蒙古|柯尔克孜|塔吉克|锡伯|满|乌孜别克|藏|俄罗斯|达斡尔|塔塔尔|壮|苗|土家|东乡|少数民)族"
)


def read(data: bytes, filename: str) -> tuple[Draft, bytes]:
    """(draft, clean copy) of a file. Raises ``SheetFault`` in words for what cannot be read."""
    found: list[tuple[Table, list[list[Cell]]]] = []
    for sheet in reader.read(data, filename):
        found += [(table, sheet.rows) for table in find_tables([sheet], LEDGER)]
    if not any(table.column("name") for table, _rows in found):
        raise SheetFault(*NO_HEAD)
    draft: Draft = {"tables": [], "rows": [], "edits": {}, "choices": {}, "columns": {}, "words": {}}
    for place, (table, rows) in enumerate(found):
        draft["tables"].append(_table(table))
        if table.column("name"):
            draft["rows"] += [_row(place, table, rows[row.number - 1], row.number) for row in table.rows]
    for number, row in enumerate(draft["rows"]):
        row["n"] = number
    return draft, copy.without_columns(data, filename, LEDGER)


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {"i": c.index, "heading": clean_heading(c.heading), "field": c.field, "forbidden": c.forbidden,
         "repeated": (LEDGER.meaning(c.heading).field or "") if c.repeated else ""}
        for c in table.columns
    ]
    return {"sheet": table.sheet, "head_row": table.head_row, "named": bool(table.column("name")), "columns": columns}


def clean_heading(text: str) -> str:
    """A heading as it is kept: short, without identity numbers."""
    return take_out_ids(text)[0][:40]


def _row(place: int, table: Table, cells: list[Cell], number: int) -> dict[str, Any]:
    kept: dict[str, str] = {}
    ids: list[int] = []
    for column in table.columns:
        if not column.forbidden:
            text, had_id = kept_text(cells[column.index])
            if column.field == "note" and forbidden_in(text):
                text = REMARK_PLACEHOLDER
            if text:
                kept[str(column.index)] = text[:300]
            if had_id:
                ids.append(column.index)
    return {"t": place, "row": number, "cells": kept, "ids": ids}


def kept_text(cell: Cell) -> tuple[str, bool]:
    """(text of a cell without identity numbers, were there any): those kept as a rounded number too."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**14:
        return ID_PLACEHOLDER, True
    text = cell_text(cell)
    if re.fullmatch(r"\d(\.\d+)?[eE]\+1[4-8]", text):
        return ID_PLACEHOLDER, True
    clean, count = take_out_ids(text)
    return clean, bool(count)


def field_of(draft: Draft, place: int, index: int) -> str | None:
    """The field a column is, the clerk's correction first; an empty correction means: leave it out."""
    fixed = draft["columns"].get(f"{place}:{index}")
    if fixed is not None:
        return fixed or None
    column = next(c for c in draft["tables"][place]["columns"] if c["i"] == index)
    return column["field"]


def kept_out(draft: Draft) -> tuple[str, ...]:
    """The fields that are not read of this file, because whoever brought it may not say them."""
    return NOT_A_UNITS if draft.get("by_unit") else ()


def fields_of(draft: Draft, place: int) -> dict[str, tuple[int, str]]:
    """field → (column, heading) of a table; of several columns for one field the first counts."""
    found: dict[str, tuple[int, str]] = {}
    for column in draft["tables"][place]["columns"]:
        name = None if column["forbidden"] else field_of(draft, place, column["i"])
        if name and name not in found and name not in kept_out(draft):
            found[name] = (column["i"], column["heading"])
    return found


def spares(draft: Draft, place: int) -> dict[str, list[int]]:
    """field → further columns of a table that mean the same: they count where the first one is empty."""
    found: dict[str, list[int]] = {}
    for column in draft["tables"][place]["columns"]:
        if column["repeated"] and f"{place}:{column['i']}" not in draft["columns"]:
            found.setdefault(column["repeated"], []).append(column["i"])
    return found


def without_phones(text: str) -> tuple[str, bool]:
    """(a free text without mobile numbers, were there any): a number belongs into its own sealed column."""
    clean = _MOBILE.sub(PHONE_PLACEHOLDER, text)
    return clean, clean != text


def forbidden_in(text: str) -> str:
    """What a free remark tells about a person that must not be kept, or an empty string."""
    if text == REMARK_PLACEHOLDER:
        return "不能留"
    text = text.replace(ID_PLACEHOLDER, "")
    if _PEOPLES.search(text):
        return "民族"
    return next((label for label, pattern in FORBIDDEN.items() if pattern.search(text)), "")


def column_problems(draft: Draft) -> list[Problem]:
    """Warnings about whole columns and tables: dropped, not understood, without names."""
    found = []
    for place, table in enumerate(draft["tables"]):
        if not table["named"]:
            found.append(Problem(table["sheet"], table["head_row"], None, None, "file", *NO_NAME))
            continue
        for column in table["columns"]:
            if column["forbidden"]:
                found.append(
                    Problem(table["sheet"], None, column["heading"], None, "forbidden_column",
                            f"“{column['heading']}”这一列不保存，已经去掉", "这一列的内容不会留在任何地方")
                )
            elif field_of(draft, place, column["i"]) in kept_out(draft):
                found.append(
                    Problem(table["sheet"], None, column["heading"], None, "not_a_units",
                            f"“{column['heading']}”这一列由本人说、社区记，没有读", "要改请党员告诉社区专干")
                )
            elif field_of(draft, place, column["i"]) is None and not column["repeated"]:
                found.append(
                    Problem(table["sheet"], None, column["heading"], None, "unknown_column",
                            f"“{column['heading']}”这一列认不出，没有读", "要读就在“认表头”里指定，或改成常用的表头")
                )
    return found


def choices() -> list[tuple[str, str]]:
    """The fields a column may be said to be, for the correction of heads."""
    return [("", "不读这一列"), *((key, word) for key, word in HEADINGS.items() if key != "seq")]
