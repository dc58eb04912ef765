"""The import wizard's reads and its input, the same for the desk and for a unit: heads, rows in doubt, changes, who is missing.

Names of fields in the wizard's forms: ``h-<table>:<column>`` what a column is, ``e-<row>-<field>`` a mended cell,
``w-<kind>:<word>`` one fix for many rows, ``choice`` = ``<row>|<same:CODE|other|skip>`` an answer.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from baodao.base.papers.sheet import draft as sheet_draft
from baodao.base.text import phones
from baodao.domain.members import contacts
from baodao.domain.members.intake import files, verdicts
from baodao.domain.members.intake.known import Person
from baodao.domain.members.intake.problems import HEADINGS, Problem
from baodao.domain.members.intake.verdicts import Line, Report
from baodao.domain.members.models import ImportBatch
from baodao.domain.members.rules import LABELS
from baodao.domain.members.services.batches import rows_of
from baodao.domain.members.services.history import SILENT, said

#: Faults in short, for the line that counts them.
KINDS = {"missing": "缺内容", "phone": "电话不对", "lost_digits": "电话被截断", "unit": "单位认不出", "community": "社区认不出",
         "duplicate": "重复", "homonym": "同名要选", "date": "日期", "too_long": "太长", "id_number": "身份证号",
         "forbidden_column": "不能留的内容"}  # fmt: skip
ALWAYS = ("phone", "unit", "community")


def heads(batch: ImportBatch) -> list[dict[str, Any]]:
    """Every table with its columns: heading, what it is read as, the first values (none of dropped columns)."""
    draft = rows_of(batch)
    return sheet_draft.heads(draft, without=files.kept_out(draft))


def corrections(posted: Any) -> dict[str, dict[str, Any]]:
    """The corrections of a posted form, as ``services.correct`` takes them."""
    return sheet_draft.corrections(posted, HEADINGS)


def doubtful(line: Line) -> bool:
    """Does somebody have to look at this row (rows passed over are told on the page of changes)."""
    return line.state != verdicts.SKIPPED and bool(line.checked.faults or line.checked.warnings or line.checked.notes)


def lines(report: Report, *, everything: bool = False) -> list[dict[str, Any]]:
    """Rows for the check page: those in doubt (faults first), or all of them in the file's order."""
    rows = [line for line in report.lines if everything or doubtful(line)]
    if not everything:
        rows.sort(key=lambda line: (line.state != verdicts.REJECTED, not line.checked.warnings, line.checked.n))
    return [_line(line) for line in rows]


def _line(line: Line) -> dict[str, Any]:
    checked = line.checked
    faulty = {_field(checked, problem) for problem in checked.faults}
    shown = [*ALWAYS, *sorted(faulty - {*ALWAYS, "name", ""})]
    values = checked.values
    names = {"unit": getattr(checked.unit, "name", ""), "community": getattr(checked.community, "name", ""),
             "phone": phones.display(values["phone"]) if values.get("phone") else ""}
    return {
        "n": checked.n,
        "sheet": checked.sheet,
        "row": checked.row,
        "name": checked.name or checked.written.get("name", ""),
        "name_fault": "name" in faulty and not checked.name,
        "state": line.state,
        "cells": [
            {"field": name, "label": HEADINGS[name], "fault": name in faulty, "written": checked.written.get(name, ""),
             "value": names.get(name) or checked.written.get(name, "")}
            for name in shown
        ],
        "problems": [("error", p.message, p.suggestion) for p in checked.faults]
        + [("warn", p.message, p.suggestion) for p in checked.warnings] + [("info", note, "") for note in checked.notes],
        "same": [{"code": one.member.code, "label": person_label(one)} for one in line.same],
        "asks": any(p.code in ("homonym", "duplicate") for p in checked.faults) and bool(line.same),
    }


def _field(checked: Any, problem: Problem) -> str:
    """The field of a problem's column."""
    known = {heading: name for name, heading in (HEADINGS | checked.headings).items()}
    return known.get(problem.column or "", "")


def person_label(one: Person) -> str:
    """Somebody on the ledger as told apart from others of the name: unit and last four digits."""
    digits = contacts.opened(getattr(one.member, "contact", None))
    where = one.unit.name if one.unit else (one.enrolment.community.name if one.enrolment else "")
    return f"{one.member.name}（{where}{f'，尾号 {phones.tail(digits)}' if digits else ''}）"


def groups(report: Report) -> list[dict[str, Any]]:
    """Words that many rows share and nobody knows, with the likeliest meaning: one fix for all of them."""
    found: Counter[tuple[str, str, str]] = Counter()
    for line in report.lines:
        for problem in line.checked.faults:
            if problem.code in ("unit", "community") and problem.value:
                likely = problem.suggestion.removeprefix("是不是").removesuffix("？")
                found[(problem.code, problem.value, likely if problem.suggestion.startswith("是不是") else "")] += 1
    return [
        {"kind": kind, "label": HEADINGS[kind], "word": word, "likely": likely, "count": count}
        for (kind, word, likely), count in found.most_common(12)
    ]


def column_words(report: Report) -> dict[str, Any]:
    """Headings that were dropped, headings not understood, tables without names: each named once."""
    named = {code: list(dict.fromkeys(p.column for p in report.columns if p.code == code))
             for code in ("forbidden_column", "unknown_column", "not_a_units")}
    return {"dropped": named["forbidden_column"], "unknown": named["unknown_column"], "kept_out": named["not_a_units"],
            "other_tables": [p for p in report.columns if p.code == "file"]}


def fault_counts(report: Report) -> list[tuple[str, int]]:
    """How many rows have each kind of fault, in words."""
    found = Counter(code for line in report.lines for code in {p.code for p in line.checked.faults})
    return [(KINDS.get(code, code), count) for code, count in found.most_common()]


def changes(report: Report) -> dict[str, Any]:
    """What committing would do: who is added, what changes from what to what, who is passed over, who is missing."""
    by_state: dict[str, list[Line]] = {}
    for line in report.lines:
        by_state.setdefault(line.state, []).append(line)
    return {
        "added": [_short(line) for line in by_state.get(verdicts.ADDED, [])],
        "updated": [{**_short(line), "changes": [_change(*one) for one in line.changes]}
                    for line in by_state.get(verdicts.UPDATED, [])],
        "skipped": [{**_short(line), "why": _why(line)} for line in by_state.get(verdicts.SKIPPED, [])],
        "missing": [{"code": one.member.code, "label": person_label(one)} for one in report.missing],
        "joining": len(report.joining),
        "counts": report.counts,
    }


def _short(line: Line) -> dict[str, Any]:
    checked = line.checked
    return {"row": checked.row, "sheet": checked.sheet, "name": checked.name, "unit": getattr(checked.unit, "name", ""),
            "community": getattr(checked.community, "name", ""),
            "code": line.person.member.code if line.person else ""}


def _change(field: str, old: Any, new: Any) -> dict[str, str]:
    words = ("", "") if field in SILENT else (said(field, old), said(field, new))
    return {"label": LABELS.get(field, field), "old": words[0], "new": words[1], "silent": "1" if field in SILENT else ""}


def _why(line: Line) -> str:
    return line.checked.warnings[-1].message if line.checked.warnings else "你选了不导这一行"
