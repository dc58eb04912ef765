"""A file under work, whatever it holds: tables with their columns, rows with their cells as text, and the corrections beside.

A draft is a JSON object. Its cells hold no forbidden column, no identity number and no direction control; what somebody
corrects (columns, cells, choices) is kept beside the cells, so that the file's own words stay readable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from baodao.base.papers.sheet import copy, reader
from baodao.base.papers.sheet.faults import SheetFault
from baodao.base.papers.sheet.head import Column, Row, Table, cell_text, find_tables
from baodao.base.papers.sheet.reader import Cell
from baodao.base.papers.sheet.words import Words
from baodao.base.text.free import ID_PLACEHOLDER, take_out_ids

Draft = dict[str, Any]
#: (field, text of a cell) → the text that is kept.
Keep = Callable[[str | None, str], str]
CELL_LENGTH = 300


def read(
    data: bytes, filename: str, words: Words, *, no_head: tuple[str, str], keep: Keep | None = None, length: int = CELL_LENGTH
) -> tuple[Draft, bytes]:
    """(draft, clean copy) of a file. Raises ``SheetFault`` in words for what cannot be read or has no such table."""
    found: list[tuple[Table, list[list[Cell]]]] = []
    for sheet in reader.read(data, filename):
        found += [(table, sheet.rows) for table in find_tables([sheet], words)]
    if not any(table.column(words.key) for table, _rows in found):
        raise SheetFault(*no_head)
    draft: Draft = {"tables": [], "rows": [], "edits": {}, "choices": {}, "columns": {}, "words": {}}
    for place, (table, rows) in enumerate(found):
        draft["tables"].append(_table(table, words))
        if table.column(words.key):
            draft["rows"] += [_row(place, table, rows[row.number - 1], row.number, keep, length) for row in table.rows]
    for number, row in enumerate(draft["rows"]):
        row["n"] = number
    return draft, copy.without_columns(data, filename, words)


def _table(table: Table, words: Words) -> dict[str, Any]:
    columns = [
        {"i": c.index, "heading": clean_heading(c.heading), "field": c.field, "forbidden": c.forbidden,
         "repeated": (words.meaning(c.heading).field or "") if c.repeated else ""}
        for c in table.columns
    ]
    return {"sheet": table.sheet, "head_row": table.head_row, "named": bool(table.column(words.key)), "columns": columns}


def clean_heading(text: str) -> str:
    """A heading as it is kept: short, without identity numbers."""
    return take_out_ids(text)[0][:40]


def _row(place: int, table: Table, cells: list[Cell], number: int, keep: Keep | None, length: int) -> dict[str, Any]:
    kept: dict[str, str] = {}
    ids: list[int] = []
    for column in table.columns:
        if not column.forbidden:
            text, had_id = kept_text(cells[column.index])
            if keep is not None:
                text = keep(column.field, text)
            if text:
                kept[str(column.index)] = text[:length]
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
    """The field a column is, the correction first; an empty correction means: leave it out."""
    fixed = draft["columns"].get(f"{place}:{index}")
    if fixed is not None:
        return fixed or None
    column = next(c for c in draft["tables"][place]["columns"] if c["i"] == index)
    return str(column["field"]) if column["field"] else None


def fields_of(draft: Draft, place: int, *, without: Collection[str] = ()) -> dict[str, tuple[int, str]]:
    """field → (column, heading) of a table; of several columns for one field the first counts."""
    found: dict[str, tuple[int, str]] = {}
    for column in draft["tables"][place]["columns"]:
        name = None if column["forbidden"] else field_of(draft, place, column["i"])
        if name and name not in found and name not in without:
            found[name] = (column["i"], column["heading"])
    return found


def correct(
    draft: Draft,
    *,
    columns: Mapping[str, str] | None = None,
    edits: Mapping[str, Mapping[str, str]] | None = None,
    choices: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
    length: int = CELL_LENGTH,
) -> None:
    """Keep corrections beside the cells: what a column is, a cell's text, a row's choice, a word for many rows."""
    draft["columns"] |= columns or {}
    draft["choices"] |= choices or {}
    draft["words"] |= words or {}
    for row, cells in (edits or {}).items():
        clean = {name: kept_text(text)[0][:length] for name, text in cells.items()}
        draft["edits"][row] = draft["edits"].get(row, {}) | clean


def corrections(posted: Mapping[str, str], known: Collection[str]) -> dict[str, dict[str, Any]]:
    """A wizard's posted form as ``correct`` takes it; ``known`` are the fields there are.

    Names: ``h-<table>:<column>`` what a column is, ``e-<row>-<field>`` a mended cell, ``w-<kind>:<word>`` one fix for many
    rows, ``choice`` = ``<row>|<same:CODE|other|skip>`` an answer.
    """
    columns: dict[str, str] = {}
    edits: dict[str, dict[str, str]] = {}
    words: dict[str, str] = {}
    choices: dict[str, str] = {}
    for name, value in posted.items():
        kind, _dash, rest = name.partition("-")
        if kind == "h" and rest:
            columns[rest] = value if value in known else ""
        elif kind == "e" and rest.count("-") == 1:
            row, field = rest.split("-")
            if row.isdigit() and field in known:
                edits.setdefault(row, {})[field] = value.strip()
        elif kind == "w" and value.strip():
            words[rest] = value.strip()
        elif name == "choice" and "|" in value:
            row, _bar, answer = value.partition("|")
            if row.isdigit() and (answer in ("other", "skip", "") or answer.startswith("same:")):
                choices[row] = answer
    return {"columns": columns, "edits": edits, "words": words, "choices": choices}


def heads(draft: Draft, *, without: Collection[str] = ()) -> list[dict[str, Any]]:
    """Every table with its columns: heading, what it is read as, the first values (none of dropped columns)."""
    found = []
    for place, table in enumerate(draft["tables"]):
        rows = [row for row in draft["rows"] if row["t"] == place]
        columns = [
            {
                "key": f"{place}:{column['i']}",
                "heading": column["heading"],
                "forbidden": column["forbidden"],
                "field": field_of(draft, place, column["i"]) or "",
                "kept_out": field_of(draft, place, column["i"]) in without,
                "samples": [] if column["forbidden"] else _samples(rows, column["i"]),
            }
            for column in table["columns"]
        ]
        found.append({**table, "count": len(rows), "columns": columns})
    return found


def _samples(rows: list[dict[str, Any]], index: int) -> list[str]:
    values = [row["cells"].get(str(index), "") for row in rows[:20]]
    return [value[:16] for value in values if value][:3]


def tables(draft: Draft) -> Iterator[tuple[Table, list[int]]]:
    """The tables as they read with the corrections, and for each of its rows the number in the draft."""
    for place, held in enumerate(draft["tables"]):
        fields = fields_of(draft, place)
        at = {index: name for name, (index, _heading) in fields.items()}
        columns = [
            Column(c["i"], c["heading"], at.get(c["i"]), c["forbidden"], bool(c["repeated"])) for c in held["columns"]
        ]
        rows, numbers = [], []
        for row in draft["rows"]:
            if row["t"] == place:
                cells: dict[str, Cell] = {name: row["cells"].get(str(i), "") for name, (i, _h) in fields.items()}
                rows.append(Row(row["row"], cells | draft["edits"].get(str(row["n"]), {})))
                numbers.append(row["n"])
        yield Table(held["sheet"], held["head_row"], columns, rows), numbers
