"""What the import wizard shows of a needs register: heads, rows in doubt, what importing does; and the blank to fill in.

Residents' names, numbers and doors are not shown: whoever imports has the paper. Words about a person are shown nowhere.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from baodao.base.papers.sheet import draft as sheet_draft
from baodao.base.papers.sheet.template import Blank, build
from baodao.domain.members import services as batches
from baodao.domain.needs.intake import ADDED, HEADINGS, REJECTED, SKIPPED
from baodao.domain.needs.rows import Intake, IntakeLine
from baodao.domain.needs.states import Category, Source, Urgency, Weight

#: Faults in short, for the line that counts them.
KINDS = {"missing": "缺内容", "too_long": "太长", "emergency": "紧急情况", "about_person": "说的是别人", "phone": "电话不对",
         "lost_digits": "电话被截断", "date": "日期"}  # fmt: skip
SHOWN = ("registered_at", "estate", "category", "text")
EXPLANATIONS = (
    "诉求登记表填写说明",
    "内容必填，写自己的事或公共地方的事，不写别人怎么样；紧急的事打 110、119、120。",
    "称呼和联系方式可以不填；填了加密保存，办结 30 天后删除。",
    "不收集性别、民族、宗教、身份证号、出生年月、家庭情况、健康状况，填了也会去掉。",
)


def heads(batch: Any) -> list[dict[str, Any]]:
    """Every table with its columns; samples of names and numbers are left out."""
    found = sheet_draft.heads(batches.rows_of(batch))
    for table in found:
        for column in table["columns"]:
            if column["field"] in ("contact_name", "contact_phone", "place_detail"):
                column["samples"] = ["（不显示）"] if column["samples"] else []
    return found


def choices() -> list[tuple[str, str]]:
    """The fields a column may be said to be."""
    return [("", "不读这一列"), *((name, word) for name, word in HEADINGS.items() if name not in ("seq", "note"))]


def corrections(posted: Any) -> dict[str, dict[str, Any]]:
    """The corrections of a posted form, as ``services.correct`` takes them."""
    return sheet_draft.corrections(posted, HEADINGS)


def doubtful(line: IntakeLine) -> bool:
    """Does somebody have to look at this row."""
    return line.state != SKIPPED and bool(line.faults or line.notes)


def lines(report: Intake, *, everything: bool) -> list[dict[str, Any]]:
    """Rows for the check page: those in doubt (faults first), or all of them in the file's order."""
    rows = [line for line in report.lines if everything or doubtful(line)]
    if not everything:
        rows.sort(key=lambda line: (line.state != REJECTED, line.n))
    return [_line(line) for line in rows]


def _line(line: IntakeLine) -> dict[str, Any]:
    faulty = {name for name, _problem in line.faults}
    more = sorted(faulty - set(SHOWN))
    hidden = any(problem.code == "about_person" for _name, problem in line.faults)
    return {
        "n": line.n,
        "row": line.row,
        "state": line.state,
        "cells": [
            {"field": name, "label": HEADINGS[name], "fault": name in faulty, "long": name == "text",
             "written": "" if hidden and name == "text" else line.written[name]}
            for name in (*SHOWN, *more)
        ],
        "problems": [("error", p.message, p.suggestion) for _name, p in line.faults]
        + [("warn", p.message, p.suggestion) for _name, p in line.notes],
    }  # fmt: skip


def summary(report: Intake) -> dict[str, Any]:
    """How many rows are in doubt and why; headings dropped or not understood, each named once."""
    columns = [problem for problem in report.warnings if problem.row is None]
    found = Counter(code for line in report.lines for code in {p.code for _name, p in line.faults})
    named = {code: list(dict.fromkeys(p.column for p in columns if p.code == code)) for code in ("forbidden_column", "unknown_column")}
    return {
        "doubtful": sum(doubtful(line) for line in report.lines),
        "kinds": [(KINDS.get(code, code), count) for code, count in found.most_common()],
        "dropped": named["forbidden_column"],
        "unknown": named["unknown_column"],
    }


def changes(report: Intake) -> dict[str, Any]:
    """What committing would do: the new needs with their triage, and what is passed over."""
    added = [
        {"row": line.row, "text": line.need.text, "estate": line.need.estate.name if line.need.estate else "",
         "category": Category(line.need.category).label if line.need.category else "", "at": line.need.registered_at,
         "accepted": bool(line.need.weight)}
        for line in report.lines if line.state == ADDED
    ]  # fmt: skip
    skipped = [
        {"row": line.row, "why": next((p.message for _name, p in line.notes if p.code == "duplicate"), "选了不导这一行")}
        for line in report.lines if line.state == SKIPPED
    ]  # fmt: skip
    return {"added": added, "skipped": skipped, "counts": report.counts}


def blank_book(estates: list[str]) -> bytes:
    """The blank register as .xlsx, with the estates of the community as choices."""
    blanks = [
        Blank("登记时间", "写成 2026-11-24 或 2026-11-24 15:30", is_date=True),
        Blank("来源", choices=[str(one.label) for one in Source if one != Source.IMPORT], is_open=True),
        Blank("称呼", "可不填"),
        Blank("联系方式", "可不填；11 位手机号，或带区号的固定电话", is_code=True),
        Blank("小区", "写到小区", choices=estates, is_open=True),
        Blank("具体位置", "公共地方写地点；门牌加密保存"),
        Blank("类别", choices=[str(one.label) for one in Category], is_open=True),
        Blank("内容", "一行写一件事，最多 300 个字", is_required=True),
        Blank("轻重", choices=[str(one.label) for one in Weight]),
        Blank("缓急", choices=[str(one.label) for one in Urgency]),
        Blank("希望时间", "写成 2026-12-01", is_date=True),
        Blank("语言", "用什么话方便"),
    ]
    return build(blanks, EXPLANATIONS)
