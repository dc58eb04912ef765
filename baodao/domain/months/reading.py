"""What a reader of a bulletin sees: sentences with figures that open to their rows, tables, checks, next step."""

from __future__ import annotations

import re
from typing import Any

from baodao.base.days.months import Month
from baodao.base.text import free
from baodao.domain.documents import selectors as documents
from baodao.domain.months import figures, papers, sections, selectors
from baodao.domain.months.models import Bulletin
from baodao.domain.months.rows import ROWS


def reading(bulletin: Bulletin) -> dict[str, Any]:
    """The whole page of a bulletin."""
    shown = bulletin.figures or selectors.bulletin_figures(bulletin.town, bulletin.month)
    month = Month.parse(bulletin.month)
    document = bulletin.document
    return {
        "bulletin": bulletin,
        "month": month,
        "paper": papers.content(bulletin),
        "sentences": _sentences(shown["town"], f"?path={bulletin.town}&month={bulletin.month}"),
        "shown": shown,
        "written": [(heading, bulletin.words.get(key, "")) for key, heading in sections.WRITTEN.items()],
        "checks": _checks(bulletin, shown),
        "compared": _compared(bulletin, shown),
        "copies": documents.forms(document) if document else [],
        "receipts": documents.receipts(document) if document else None,
        "units": sum(1 for _line in shown["units"]),
    }


def _sentences(figures: dict[str, int], base: str) -> list[list[dict[str, str]]]:
    return [
        [{**part, "href": f"/town/rows/{part['key']}/{base}" if part["key"] in ROWS else ""} for part in parts]
        for parts in sections.summary(figures)
    ]


def _compared(bulletin: Bulletin, shown: dict[str, Any]) -> list[dict[str, str]]:
    """The same figures a month before, side by side; no arrow says which is better."""
    before = str(Month.parse(bulletin.month).previous())
    close = selectors.close_of(bulletin.town, before)
    if close is None:
        return []
    then, now = close.figures, shown["town"]
    return [
        {"label": "在职党员", "then": f"{then['people_in_service']}", "now": f"{now['people_in_service']} 人"},
        {"label": "人次", "then": f"{then['times']}", "now": f"{now['times']}"},
        {
            "label": "有结果 / 收到",
            "then": f"{then['needs_answered']} / {then['needs_received']}",
            "now": f"{now['needs_answered']} / {now['needs_received']}",
        },
        {"label": "小时", "then": f"{then['minutes'] / 60:.1f}", "now": f"{now['minutes'] / 60:.1f}"},
    ]


def _checks(bulletin: Bulletin, shown: dict[str, Any]) -> list[tuple[bool, str]]:
    """Checks said as sentences: each is computed, none is decoration."""
    live = figures.town_figures(bulletin.town, bulletin.month)
    same = all(live[key] == shown["town"].get(key) for key in ("times", "people", "minutes", "needs_received"))
    sums = sum(int(row["times"]) for row in shown["communities"]) == shown["town"]["times"]
    missing = [heading for key, heading in sections.WRITTEN.items() if not bulletin.words.get(key, "").strip()]
    return [
        (same, f"正文 {_count(shown)} 个数字都对得上记录" if same else "结月以后记录有变化，通报仍用结月时的数字"),
        (sums, "各社区相加等于全镇" if sums else "各社区相加不等于全镇"),
        (not _personal(bulletin), "没有电话和身份证号" if not _personal(bulletin) else "文字里有电话或身份证号，改掉再签"),
        (True, "单位按规范次序，不排名次"),
        (not missing, "几段文字都写了" if not missing else f"还没写：{'、'.join(missing)}"),
        (
            not shown["left_out"],
            "没有漏下的记录" if not shown["left_out"] else f"{shown['left_out']} 条没确认的记录没有算进来",
        ),
    ]


def _count(shown: dict[str, Any]) -> int:
    return sum(len(parts) for parts in sections.summary(shown["town"]))


def _personal(bulletin: Bulletin) -> bool:
    """Does a written section hold a mobile or an identity number."""
    text = " ".join(bulletin.words.values())
    return bool(free.find_ids(text)) or re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text) is not None
