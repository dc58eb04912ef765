"""Word files by python-docx: official documents after GB/T 9704-2012 and plain office papers.

Fonts are named, never embedded (offices have 仿宋_GB2312 and 方正小标宋简体; ``altName`` leads Windows' own names to
them). What a user typed becomes text of a run and nothing else. Values: reference domain.md §8.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from baodao.base.text.controls import strip_controls

FANGSONG, KAITI, HEITI, XIAOBIAOSONG, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
_ALT = {FANGSONG: "仿宋", KAITI: "楷体", XIAOBIAOSONG: "宋体"}
_LINE = 28.95  # points: 22 lines on 225 mm
_ALIGN = {"left": 0, "center": 1, "right": 2}


def _fonts(run: Any, font: str, size: float, colour: str = "") -> None:
    run.font.name = "Times New Roman"
    run.font.size = Pt(size)
    fonts = run._element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:cs"), "Times New Roman")
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


class Paper:
    """A Word file under construction; methods append in reading order, ``content`` gives the bytes."""

    def __init__(self, *, official: bool = False, landscape: bool = False, title: str = "") -> None:
        self.official = official
        self._document: Any = Document()
        self._document.core_properties.title = title
        self._document.core_properties.author = ""
        self._document.core_properties.comments = ""
        self._base_style()
        self._page(landscape)

    def _base_style(self) -> None:
        style = self._document.styles["Normal"]
        size = 16.0 if self.official else 12.0
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG if self.official else SONGTI)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
        if self.official:
            style.paragraph_format.line_spacing = Pt(_LINE)
            spacing = OxmlElement("w:spacing")
            spacing.set(qn("w:val"), "-5")
            style.element.rPr.append(spacing)

    def _page(self, landscape: bool) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        if not self.official:
            section.top_margin = section.bottom_margin = Mm(18)
            section.left_margin = section.right_margin = Mm(18)
            return
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin, section.footer_distance = Mm(28), Mm(26), Mm(23)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), "579")
        self._page_numbers(section)

    def _page_numbers(self, section: Any) -> None:
        self._document.settings.odd_and_even_pages_header_footer = True
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = _ALIGN[side]
            indent = paragraph.paragraph_format
            indent.right_indent, indent.left_indent = (Pt(14), None) if side == "right" else (None, Pt(14))
            for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
                run = paragraph.add_run(text)
                _fonts(run, SONGTI, 14)
                if field:
                    run._element.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="begin"/>'))
                    run._element.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve">{field}</w:instrText>'))
                    run._element.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>'))

    def line(
        self, text: str, *, font: str = "", size: float = 0, align: str = "left", indent: float = 0, height: float = 0,
        colour: str = "", right: float = 0, keep: bool = False, new_page: bool = False,
    ) -> Any:
        """One paragraph; ``indent`` (first line) and ``right`` in characters of its size, ``height`` the exact line.

        ``keep`` holds it with the next paragraph, ``new_page`` begins a page with it.
        """
        size = size or (16 if self.official else 12)
        paragraph = self._document.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        _fonts(paragraph.add_run(strip_controls(text)), font or (FANGSONG if self.official else SONGTI), size, colour)
        if height:  # its own exact height, off the grid of lines
            paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'))
            paragraph.paragraph_format.line_spacing = Pt(height)
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(indent * size)
        if right:
            paragraph.paragraph_format.right_indent = Pt(right * size)
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.paragraph_format.page_break_before = new_page
        return paragraph

    def gap(self, lines: int = 1) -> None:
        """So many empty lines."""
        for _ in range(lines):
            self.line("")

    def red_head(self, issuer: str, number: str) -> None:
        """发文机关标志, the number and the red line below it; at most 22 characters stand on one line of the mark."""
        name = strip_controls(issuer) + ("" if issuer.endswith("文件") else "文件")
        size = min(38.0, 440 / max(len(name), 1))
        self.line("", height=_LINE * 0.6)
        self.line(name, font=XIAOBIAOSONG, size=size, align="center", height=max(size * 1.5, _LINE), colour="FF0000")
        self.gap(2)
        self.red_line(self.line(number, align="center"))
        self.gap(2)

    def red_line(self, paragraph: Any) -> None:
        """The red separating line, 4 mm below a paragraph."""
        borders = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr>'
        )
        paragraph._p.get_or_add_pPr().append(borders)

    def title(self, text: str, *, size: float = 22, new_page: bool = False) -> None:
        """The title: 2号小标宋, centred; a long one breaks by itself."""
        font = XIAOBIAOSONG if self.official else HEITI
        self.line(text, font=font, size=size, align="center", height=size * 1.55, keep=True, new_page=new_page)

    def heading(self, text: str) -> None:
        """一、 in 黑体."""
        paragraph = self.line(text, font=HEITI, indent=2 if self.official else 0, size=0 if self.official else 13, keep=True)
        if not self.official:
            paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(10), Pt(4)

    def body(self, text: str) -> None:
        """A paragraph of text with the two-character indent."""
        self.line(text, indent=2)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float = 10.5,
        spans: Sequence[int] = (), height: float = 0, names: bool = False,
    ) -> None:
        """A ruled table whose head repeats on every page; widths in millimetres; rows never break across pages.

        ``spans`` names rows whose second cell runs over the rest of the width; with ``names`` the first column holds
        names and is set flush left. Built as XML in one go, because cell-by-cell building of 131 rows takes a second.
        """
        table = parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:jc w:val=\"center\"/>"
            f"<w:tblBorders>{_borders()}</w:tblBorders><w:tblLayout w:type=\"fixed\"/>"
            '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{_columns(widths)}</w:tblGrid></w:tbl>"
        )
        table.append(_row([_cell(text, width, size, HEITI, "center") for text, width in zip(head, widths, strict=True)],
                          head=True, height=height))
        for index, row in enumerate(rows):
            if index in spans:
                cells = [_cell(row[0], widths[0], size, SONGTI, "left"),
                         _cell(row[1], sum(widths[1:]), size, SONGTI, "left", span=len(widths) - 1)]
            else:
                cells = [
                    _cell(text, width, size, SONGTI, "left" if names and place == 0 else _side(text))
                    for place, (text, width) in enumerate(zip(row, widths, strict=True))
                ]
            table.append(_row(cells, height=height))
        self._document.element.body.insert(len(self._document.element.body) - 1, table)
        self.line("", height=8, size=6)

    def sign_off(self, issuer: str, day: str) -> None:
        """Issuer and date with room for the seal, which is applied by hand."""
        self.gap(3)
        self.line(issuer, align="right", right=max(0, 4 + (_wide(day) - _wide(issuer)) / 2), keep=True)
        self.line(day, align="right", right=4)

    def imprint(self, copies_to: str, issuer: str, day: str) -> None:
        """版记: copies to whom, who printed it and when; never split over two pages."""
        self.line("", height=12, keep=True)
        table = parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w=\"{_twips(156)}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>"
            '<w:top w:val="single" w:sz="8" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:color="000000"/>'
            '<w:insideH w:val="single" w:sz="6" w:color="000000"/></w:tblBorders><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:left w:w="280" w:type="dxa"/><w:right w:w="280" w:type="dxa"/></w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{_columns((84, 72))}</w:tblGrid></w:tbl>"
        )
        table.append(_row([_cell(f"抄送：{copies_to}。", 156, 14, FANGSONG, "left", span=2)]))
        table.append(_row([_cell(issuer, 84, 14, FANGSONG, "left"), _cell(f"{day}印发", 72, 14, FANGSONG, "right")]))
        self._document.element.body.insert(len(self._document.element.body) - 1, table)

    def content(self) -> bytes:
        """The file, with a final look at the table of fonts."""
        self._name_alternatives()
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _name_alternatives(self) -> None:
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith("/fontTable"):
                fonts = "".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                    for name, other in _ALT.items()
                )
                blob = relation.target_part.blob.decode()
                relation.target_part._blob = blob.replace("</w:fonts>", fonts + "</w:fonts>").encode()


def _twips(millimetres: float) -> int:
    return round(millimetres * 56.6929)


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in sides)


def _columns(widths: Sequence[float]) -> str:
    return "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)


def _wide(text: str) -> float:
    """The width of a text in characters: Latin letters and digits take half of one."""
    return sum(0.5 if ord(sign) < 0x100 else 1.0 for sign in text)


def _side(text: str) -> str:
    return "center" if len(text) <= 8 else "left"


_CELL = parse_xml(
    f"<w:tc {nsdecls('w')}><w:tcPr><w:tcW w:w=\"0\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
    '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>'
    '<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:spacing w:val="0"/><w:sz w:val="21"/>'
    '<w:szCs w:val="21"/></w:rPr><w:t xml:space="preserve"></w:t></w:r></w:p></w:tc>'
)


def _cell(text: str, width: float, size: float, font: str, align: str, *, span: int = 1) -> Any:
    cell = deepcopy(_CELL)
    cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), str(_twips(width)))
    if span > 1:
        grid = OxmlElement("w:gridSpan")
        grid.set(qn("w:val"), str(span))
        cell.tcPr.insert(1, grid)
    paragraph = cell.find(qn("w:p"))
    paragraph.find(qn("w:pPr")).find(qn("w:jc")).set(qn("w:val"), align)
    run = paragraph.find(qn("w:r"))
    run.rPr.rFonts.set(qn("w:eastAsia"), font)
    for name in ("w:sz", "w:szCs"):
        run.rPr.find(qn(name)).set(qn("w:val"), str(round(size * 2)))
    run.find(qn("w:t")).text = strip_controls(text)
    return cell


def _row(cells: Sequence[Any], *, head: bool = False, height: float = 0) -> Any:
    extra = "<w:tblHeader/>" if head else ""
    tall = f'<w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/>' if height else ""
    row = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{tall}{extra}</w:trPr></w:tr>")
    for cell in cells:
        row.append(cell)
    return row
