"""月通报: one content, two forms. Word after GB/T 9704 for the office, PDF for the archive and the boards.

The figures come frozen from the bulletin once it is signed; counts of persons under five are hidden before they get
here. The public version has no table of units. Content blocks stand in the order of domain.md §4.3.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.papers import pdf as typeset
from baodao.base.papers.word import HEITI, Paper
from baodao.domain.months import sections, selectors
from baodao.domain.months.models import Bulletin
from baodao.domain.orgs import selectors as orgs

TEMPLATE = Path(__file__).with_name("bulletin.typ")
_NUMERALS = "一二三四五六七八九十"
_COMMUNITY_COLUMNS = (
    ("name", "社区", 24), ("shifts", "班次", 12), ("shifts_done", "已办", 12), ("people_in_service", "在职党员", 18),
    ("people_community", "社区党员", 18), ("times", "人次", 14), ("hours", "小时", 14), ("needs_received", "收到诉求", 18),
    ("needs_answered", "告知结果", 18),
)  # fmt: skip
_UNIT_COLUMNS = (
    ("name", "单位", 56), ("members", "应报到", 18), ("reported", "已报到", 18), ("people", "参加服务", 20),
    ("times", "人次", 18), ("hours", "小时", 20),
)  # fmt: skip


def content(bulletin: Bulletin, *, public: bool = False) -> dict[str, Any]:
    """Everything the paper says, as texts in reading order."""
    town = orgs.by_path(bulletin.town)
    shown = bulletin.figures or selectors.bulletin_figures(bulletin.town, bulletin.month)
    document = bulletin.document
    issuer = str(orgs.setting(bulletin.town, "issuer") or f"中共{town.name}委员会")
    word = orgs.setting(bulletin.town, "document_word")
    day = (bulletin.signed_at or clock.now()).astimezone(clock.ZONE).date()
    county = orgs.by_path(paths.county_of(bulletin.town))
    tables = [_table("各社区情况", _COMMUNITY_COLUMNS, shown["communities"])]
    if not public:
        tables.append(_table("各单位情况（按规范次序，不排名次）", _UNIT_COLUMNS, shown["units"]))
    return {
        "issuer": issuer,
        "number": f"{word}〔{document.year}〕{document.number}号" if document else f"{word}〔{day.year}〕　号",
        "is_draft": document is None,
        "title": sections.title(town.name, bulletin.month),
        "to": "各社区党组织、各有关单位党组织：" if not public else "",
        "opening": f"现将{Month.parse(bulletin.month).label}在职党员到社区报到服务情况通报如下。",
        "sections": _sections(bulletin, shown),
        "tables": tables,
        "day": f"{day.year}年{day.month}月{day.day}日",
        "copies_to": f"中共{county.name}委员会组织部" if not public else "",
        "office": f"{issuer}办公室",
        "is_public": public,
        "ask": f"有话要说，打{town.name}电话 {town.phone}。" if public and town.phone else "",
        "note": "人数不到五人的写“少于5”，服务以被服务的人或岗位负责人的确认为准。",
    }


def _sections(bulletin: Bulletin, shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The counted section first, then what a person wrote; an empty one is left out."""
    counted = [sections.sentence(parts) for parts in sections.summary(shown["town"])]
    if shown["left_out"]:
        counted.append(f"另有{shown['left_out']}条服务记录没有确认，没有计入，确认后计入确认的月份。")
    blocks = [("总体情况", counted)]
    for key, heading in sections.WRITTEN.items():
        text = bulletin.words.get(key, "").strip()
        if text:
            blocks.append((heading, [text]))
    return [
        {"heading": f"{_NUMERALS[index]}、{heading}", "paragraphs": texts} for index, (heading, texts) in enumerate(blocks)
    ]


def _table(title: str, columns: tuple[tuple[str, str, int], ...], lines: list[dict[str, str]]) -> dict[str, Any]:
    rows, spans = [], []
    for index, line in enumerate(lines):
        if line.get("small"):
            spans.append(index)
        rows.append([str(line.get(key, "")) for key, _head, _width in columns])
    return {
        "title": title,
        "head": [head for _key, head, _width in columns],
        "widths": [width for _key, _head, width in columns],
        "rows": rows,
        "spans": spans,
    }


def docx(bulletin: Bulletin, *, public: bool = False) -> bytes:
    """The official Word document."""
    said = content(bulletin, public=public)
    paper = Paper(official=True, title=said["title"])
    paper.red_head(said["issuer"], said["number"])
    paper.title(said["title"])
    paper.gap()
    if said["to"]:
        paper.line(said["to"])
    paper.body(said["opening"])
    for section in said["sections"]:
        paper.heading(section["heading"])
        for text in section["paragraphs"]:
            paper.body(text)
    paper.gap()
    for index, table in enumerate(said["tables"]):
        paper.line(f"{'附件：' if index == 0 else '　　　'}{index + 1}.{table['title']}", indent=2)
    paper.sign_off(said["issuer"], said["day"])
    for index, table in enumerate(said["tables"]):
        paper.line(f"附件{index + 1}", font=HEITI, new_page=True)
        paper.title(table["title"], size=18)
        paper.gap()
        paper.table(table["head"], table["rows"], table["widths"], spans=table["spans"], height=7.5, names=True)
    paper.line(said["note"], size=10.5, height=18)
    if said["ask"]:
        paper.line(said["ask"], size=12, height=24)
    if said["copies_to"]:
        paper.imprint(said["copies_to"], said["office"], said["day"])
    return paper.content()


def pdf(bulletin: Bulletin, *, public: bool = False) -> bytes:
    """The same as PDF."""
    return typeset.pdf(TEMPLATE, content(bulletin, public=public))


def png(bulletin: Bulletin, *, public: bool = False) -> list[bytes]:
    """The same as pictures of its pages."""
    return typeset.png(TEMPLATE, content(bulletin, public=public))
