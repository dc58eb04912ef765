"""Find the tables in the rows of a sheet: where the head is, what its columns mean, which rows are data.

Titles, section rows, subtotals, notes, repeated heads and rows with nothing but a number are
known and left out. A head of two rows with merged cells becomes ``group/heading``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from baodao.base.papers.sheet.reader import Cell, Merge, Sheet
from baodao.base.papers.sheet.words import Words, plain_heading
from baodao.base.text.controls import strip_controls

#: Headings that must be recognised before a row counts as a head; in narrow tables two do.
NEEDED, NEEDED_NARROW, NARROW = 3, 2, 4

_TOTAL = re.compile(
    r"[^，。,.]{0,12}(?:(?:合|小|总|共|累)计|总数|总人数)(?:\(.*\)|（.*）)?(?:\d+[人名条件]?)?|共\d+[人名条件]"
)
_NOTE = re.compile(
    r"[*※]|(?:注|备注|说明|填表说明|填写说明|注意|附注?|提示|示例|样例|例)\d*[:、.]|"
    r"(?:制表|填表|填报|审核|负责|联系|经办|分管领导|单位\(盖章\)|盖章|主管|书记|签字|日期|联系电话|"
    r"填报单位|制表单位|制表日期|填表日期)[人时间位]*(?:\(.*?\))?:|\(?(?:示例|样例|例)\)?$"
)
_SECTION = re.compile(
    r"^[一二三四五六七八九十]+、|^\(?(?:以下空白|此处空白|空白|无|略)\)?$|^[(（][一二三四五六七八九十]|(?:局|支部|总支|党委|社区|单位|学校|医院|公司|"
    r"中心|办公室|人员|名单|党员)$"
)
_SAME = ("同上", "〃", "″", '"', "“", "”", "同")
_NUMBERISH = re.compile(r"(?:\(?\d{1,4}(?:\.0)?\)?|[甲乙丙丁戊己庚辛]|[一二三四五六七八九十]{1,2}|[-—/])")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: place (0-based), heading as printed, and the field it is.

    ``forbidden`` names what must not be kept; ``repeated`` marks a field an earlier column has.
    """

    index: int
    heading: str
    field: str | None = None
    forbidden: str | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: the sheet's own row number (from 1) and its cells by field."""

    number: int
    values: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet; forbidden and unknown columns have no cells in ``rows``."""

    sheet: str
    head_row: int
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)

    def column(self, name: str) -> Column | None:
        """Return the column of a field, or None if the table lacks it."""
        return next((column for column in self.columns if column.field == name), None)

    @property
    def forbidden(self) -> list[Column]:
        """Columns that were dropped because they must not be kept."""
        return [column for column in self.columns if column.forbidden]

    @property
    def unknown(self) -> list[Column]:
        """Columns with a heading that means nothing here."""
        return [column for column in self.columns if not column.field and not column.forbidden]


def cell_text(cell: Cell) -> str:
    """Return a cell as plain text: whole floats without fraction, dates in ISO form, no invisible signs."""
    if isinstance(cell, str):
        return strip_controls(cell).strip().strip("\u3000\u00a0")
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def find_tables(sheets: Sequence[Sheet], words: Words) -> list[Table]:
    """Return every table with a recognised head, sheet by sheet."""
    return [table for sheet in sheets for table in _Scan(sheet, words).tables()]


@dataclass(slots=True)
class _Head:
    """A head that was found: its rows (0-based, first and last) and its headings by column."""

    first: int
    last: int
    headings: list[str]


class _Scan:
    """One walk through the rows of one sheet."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        self.sheet, self.words = sheet, words
        self.text = [[cell_text(cell) for cell in row] for row in sheet.rows]
        self.wide: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            if merge[3] > merge[1] and merge[0] < len(self.text):
                self.wide.setdefault(merge[0], []).append(merge)

    def tables(self) -> Iterator[Table]:
        heads = list(self._heads())
        for place, head in enumerate(heads):
            end = heads[place + 1].first if place + 1 < len(heads) else len(self.text)
            numbers = [index for index in range(head.last + 1, end) if self._is_data(index, head)]
            yield self._table(head, numbers)

    def _heads(self) -> Iterator[_Head]:
        """Yield heads from the top; the same head again is passed over."""
        current: _Head | None = None
        index = 0
        while index < len(self.text):
            head = self._head_at(index)
            if head is None:
                index += 1
                continue
            index = head.last + 1
            filled = [(column, text) for column, text in enumerate(self.text[head.first]) if text]
            if current is None or (head.headings != current.headings and not self._repeats(filled, current)):
                current = head
                yield head

    def _head_at(self, index: int) -> _Head | None:
        row = self.text[index]
        filled = [text for text in row if text]
        if len(filled) < 2:
            return None
        hits = {plain_heading(text) for text in filled if self.words.is_heading(text)}
        last = index + 1 if self._has_second_row(index) else index
        if last > index:
            hits |= {plain_heading(text) for text in self.text[last] if text and self.words.is_heading(text)}
        width = len({column for line in self.text[index : last + 1] for column, text in enumerate(line) if text})
        needed = NEEDED_NARROW if width <= NARROW else NEEDED
        if len(hits) < needed or not self._reads_as_head(index, last):
            return None
        return _Head(index, last, self._headings(index, last))

    def _reads_as_head(self, index: int, last: int) -> bool:
        """A head is mostly headings: no numbers, and at least a third of its cells is known."""
        cells = [text for line in self.text[index : last + 1] for text in line if text]
        known = sum(self.words.is_heading(text) for text in cells)
        numbers = sum(bool(re.fullmatch(r"[\d.\-+]+", text)) for text in cells)
        return numbers == 0 and known * 3 >= len(cells)

    def _has_second_row(self, index: int) -> bool:
        """Tell whether the next row carries sub-headings: known ones, only under cells that are none."""
        if index + 1 >= len(self.text):
            return False
        upper, lower = self._spread(index), self.text[index + 1]
        filled = [column for column, text in enumerate(lower) if text]
        known = [column for column in filled if self.words.is_heading(lower[column])]
        if not known or any(re.fullmatch(r"[\d.\-+]+", lower[column]) for column in filled):
            return False
        tall = {column for top, left, bottom, right in self.sheet.merges if top <= index < bottom for column in [left]}
        grouped = {column for merge in self.wide.get(index, []) for column in range(merge[1], merge[3] + 1)}
        under = [c for c in filled if c in grouped or not upper[c] or not self.words.is_heading(upper[c])]
        joined = bool(tall or grouped) or any(not self.text[index][column] for column in filled)
        first_alone = any(text and self.words.is_heading(text) for text in upper)
        return joined and len(under) == len(filled) and (first_alone or len(grouped) < len(upper))

    def _spread(self, index: int) -> list[str]:
        """Return a row in which a wide merged cell stands in all its columns."""
        row = list(self.text[index])
        for top, left, _, right in self.wide.get(index, []):
            row[left : right + 1] = [self.text[top][left]] * len(row[left : right + 1])
        return row

    def _headings(self, index: int, last: int) -> list[str]:
        upper = self._spread(index)
        if last == index:
            groups = self._groups_above(index)
            return [f"{group}/{text}" if group and text else text for group, text in zip(groups, upper, strict=True)]
        group, headings = "", []
        for column, (above, below) in enumerate(zip(upper, self.text[last], strict=True)):
            group = above or (group if below and not self.sheet.merges else "")
            headings.append(f"{group}/{below}" if group and below and below != group else group if above else below)
            if not below and self.text[index][column]:
                group = ""
        return headings

    def _groups_above(self, index: int) -> list[str]:
        """Return group names merged over part of the columns in the row above, if it has any."""
        width = len(self.text[index])
        if index == 0:
            return [""] * width
        filled = [text for text in self.text[index - 1] if text]
        merges = [merge for merge in self.wide.get(index - 1, []) if self.text[merge[0]][merge[1]]]
        partial = [merge for merge in merges if merge[3] - merge[1] + 1 < max(width - 1, 2)]
        groups = [""] * width
        if len(filled) < 2 or not partial:
            return groups
        for top, left, _, right in partial:
            groups[left : right + 1] = [self.text[top][left]] * len(groups[left : right + 1])
        return groups

    def _is_data(self, index: int, head: _Head) -> bool:
        row = self.text[index]
        filled = [(column, text) for column, text in enumerate(row) if text]
        if not filled or all(_NUMBERISH.fullmatch(text) for _, text in filled):
            return False
        key = next(
            (c for c, text in enumerate(head.headings) if self.words.meaning(text).field == self.words.key), None
        )
        first = re.sub(r"\s+", "", filled[0][1]).replace("：", ":").replace("（", "(").replace("）", ")")
        if any(_TOTAL.fullmatch(re.sub(r"[\s:：]+", "", text)) for _, text in filled[:2]) or self._repeats(
            filled, head
        ):
            return False
        if _NOTE.match(first) and not (filled[0][0] == key and len(filled) >= 3):
            return False
        return not self._is_section(index, filled, key)

    def _repeats(self, filled: list[tuple[int, str]], head: _Head) -> bool:
        """Tell whether every cell of a row says again what its column's heading says."""
        return all(
            plain_heading(text) in {plain_heading(part) for part in head.headings[column].split("/")}
            for column, text in filled
        )

    def _is_section(self, index: int, filled: list[tuple[int, str]], key: int | None) -> bool:
        """A section row says one thing only, and it is not a lone entry in the column every row must have."""
        if len({text for _, text in filled}) > 1:
            return False
        wide = any(merge[3] > merge[1] for merge in self.wide.get(index, []))
        return wide or len(filled) > 1 or filled[0][0] != key or bool(_SECTION.search(filled[0][1]))

    def _table(self, head: _Head, numbers: list[int]) -> Table:
        self._fill_down(head, numbers)
        columns: list[Column] = []
        taken: set[str] = set()
        for index, heading in enumerate(head.headings):
            if not heading:
                continue
            values = [self.text[number][index] for number in numbers]
            meaning = self.words.decide(heading, values)
            repeated = meaning.field in taken
            columns.append(Column(index, heading, None if repeated else meaning.field, meaning.forbidden, repeated))
            if meaning.field:
                taken.add(meaning.field)
        places = [(column.field, column.index) for column in columns if column.field]
        rows = [Row(n + 1, {name: self.sheet.rows[n][place] for name, place in places}) for n in numbers]
        return Table(self.sheet.name, head.last + 1, columns, rows)

    def _fill_down(self, head: _Head, numbers: list[int]) -> None:
        """Give rows of a tall merged cell, and rows that say 同上, the value above, where the field allows it."""
        wanted = {c for c, text in enumerate(head.headings) if self.words.meaning(text).field in self.words.fill}
        inside = set(numbers)
        for top, left, bottom, right in self.sheet.merges:
            if bottom > top and left == right and left in wanted:
                for number in range(top + 1, min(bottom + 1, len(self.text))):
                    if number in inside and not self.text[number][left]:
                        self.text[number][left] = self.text[top][left]
                        self.sheet.rows[number][left] = self.sheet.rows[top][left]
        for column in wanted:
            for above, number in pairwise(numbers):
                if self.text[number][column] in _SAME:
                    self.text[number][column] = self.text[above][column]
                    self.sheet.rows[number][column] = self.sheet.rows[above][column]
