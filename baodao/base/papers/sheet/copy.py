"""A clean copy of an upload, for the archive: its tables without what must not be kept.

The copy is written fresh, so nothing hidden in the sender's workbook (other sheets, comments,
properties, old versions) comes along.
"""

import io
from collections.abc import Iterable

import xlsxwriter

from baodao.base.papers.sheet import reader
from baodao.base.papers.sheet.head import Table, cell_text, find_tables
from baodao.base.papers.sheet.reader import Cell, Sheet
from baodao.base.papers.sheet.words import Words
from baodao.base.papers.sheet.writer import safe_text
from baodao.base.text.free import ID_PLACEHOLDER, take_out_ids


def without_columns(data: bytes, filename: str, words: Words) -> bytes:
    """Return the tables of a file as .xlsx without forbidden columns, titles, notes and hidden sheets.

    Rows keep their numbers. Identity numbers inside other cells are taken out. Raises
    ``SheetFault`` for a file that cannot be read.
    """
    sheets = reader.read(data, filename)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number, sheet in enumerate(sheets, 1):
            tables = find_tables([sheet], words)
            if tables:
                _write_sheet(book.add_worksheet(f"表{number}"), sheet, tables)
        if not book.worksheets():
            book.add_worksheet("空")
    return out.getvalue()


def _write_sheet(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, tables: Iterable[Table]) -> None:
    for table in tables:
        kept = [column for column in table.columns if not column.forbidden]
        for place, column in enumerate(kept):
            page.write_string(table.head_row - 1, place, safe_text(column.heading))
        for row in table.rows:
            for place, column in enumerate(kept):
                text = _kept_text(sheet.rows[row.number - 1][column.index])
                page.write_string(row.number - 1, place, safe_text(text))


def _kept_text(cell: Cell) -> str:
    """Return the text of a cell without identity numbers, those kept as a number (and rounded) included."""
    if isinstance(cell, int | float) and abs(cell) >= 10**14:
        return ID_PLACEHOLDER
    return take_out_ids(cell_text(cell))[0]
