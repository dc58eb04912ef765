"""Read .xlsx, .xls, .csv and .txt from bytes, in memory, without trusting a byte of them.

Size, packing and kind of a file are checked before any parser sees it. Only visible sheets are
returned, with every row from the first, so that row numbers are those the sender sees.
"""

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

import python_calamine

from baodao.base.papers.sheet import faults
from baodao.base.papers.sheet.faults import SheetFault

Cell = str | int | float | bool | date | datetime | time | timedelta
#: (first row, first column, last row, last column), counted from 0.
Merge = tuple[int, int, int, int]

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 200
#: Cells of one sheet, counted as rows × columns: a ledger of 100,000 rows with 100 columns.
MAX_AREA = 10_000_000
# Small entries may be packed tighter than MAX_RATIO: empty sheets are.
_RATIO_FLOOR = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_WORKBOOKS = {".xlsx": _ZIP, ".xlsm": _ZIP, ".xls": _OLE}
_TEXTS = (".csv", ".txt", ".tsv")
_FOREIGN = (_OLE, b"PK", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"\x1f\x8b")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta|head)", re.IGNORECASE)
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d+)\"")
_COLUMN = re.compile(rb"\br=\"([A-Z]{1,3})\d+\"")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: its name, all rows from row 1, and its merged ranges (0-based)."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)


def read(data: bytes, filename: str) -> list[Sheet]:
    """Return the visible sheets of a file. Raises ``SheetFault`` with a sentence for anything else.

    ``filename`` is only asked for its ending, which has to agree with the content.
    """
    ending = PurePath(filename.strip()).suffix.lower()
    _check_kind(data, ending)
    sheets = [_read_text(data)] if ending in _TEXTS else _read_workbook(data, ending)
    if not any(any(cell != "" for cell in row) for sheet in sheets for row in sheet.rows):
        raise SheetFault(*faults.NOTHING_SEEN)
    return sheets


def _check_kind(data: bytes, ending: str) -> None:
    if not data:
        raise SheetFault(*faults.EMPTY)
    if len(data) > MAX_BYTES:
        raise SheetFault(*faults.TOO_LARGE)
    if ending == ".et":
        raise SheetFault(*faults.WPS_ET)
    if ending not in _WORKBOOKS and ending not in _TEXTS:
        raise SheetFault(*faults.UNKNOWN_TYPE)
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise SheetFault(*faults.LOCKED)
    foreign = data.startswith(_FOREIGN) or _MARKUP.match(data)
    if foreign if ending in _TEXTS else not data.startswith(_WORKBOOKS[ending]):
        raise SheetFault(*faults.DISGUISED)


def _read_workbook(data: bytes, ending: str) -> list[Sheet]:
    if ending != ".xls":
        _check_package(data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == python_calamine.SheetVisibleEnum.Visible
            and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return [_read_sheet(book.get_sheet_by_name(name), name) for name in visible]
    except python_calamine.PasswordError as fault:
        raise SheetFault(*faults.LOCKED) from fault
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as fault:
        raise SheetFault(*faults.BROKEN) from fault


def _read_sheet(sheet: python_calamine.CalamineSheet, name: str) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    merges = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    return Sheet(name, rows, merges)


def _check_package(data: bytes) -> None:
    """Look through the packed parts: number, size, ratio, locks, checksums, and the area of each sheet.

    Each part is unpacked once, no further than the size it declares, so a part that declares too
    little fails its checksum here and never reaches the parser.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_parts(parts)
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise SheetFault(*faults.DISGUISED)
            for part in parts:
                content = package.read(part)
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _check_area(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as fault:
        raise SheetFault(*faults.BROKEN) from fault


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise SheetFault(*faults.LOCKED)
    tight = any(
        part.file_size > _RATIO_FLOOR and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
    )
    if tight or len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetFault(*faults.BOMB)


def _check_area(xml: bytes) -> None:
    """Refuse a sheet whose farthest cells would span more than ``MAX_AREA`` (the parser keeps all between)."""
    rows = max((int(match[1]) for match in _ROW_NUMBER.finditer(xml)), default=0)
    letters = {match[1] for match in _COLUMN.finditer(xml)}
    width = max((_column_number(name) for name in letters), default=0)
    if rows * width > MAX_AREA:
        raise SheetFault(*faults.BOMB)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read_text(data: bytes) -> Sheet:
    text = _decode(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as fault:
        raise SheetFault(*faults.BROKEN) from fault
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MAX_AREA:
        raise SheetFault(*faults.BOMB)
    return Sheet("", [[*row, *[""] * (width - len(row))] for row in rows])


def _decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or GB18030 (in this order of trying)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries = ["utf-16"]
    elif b"\x00" in data[:2000]:
        tries = ["utf-16-le" if data[1:2000:2].count(0) > data[:2000:2].count(0) else "utf-16-be"]
    else:
        tries = ["utf-8-sig", "gb18030"]
    for encoding in tries:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise SheetFault(*faults.WRONG_LETTERS)


def _delimiter(text: str) -> str:
    """Return comma, tab or semicolon: the one that parts most of the first lines (quoted text left out)."""
    lines = [line for line in re.sub(r'"[^"]*"', "", text[:20_000]).splitlines() if line.strip()][:30]
    return max(",\t;", key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)))
