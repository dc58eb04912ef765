"""What a reader of a bulletin sees: sentences with figures that open to their rows, tables, checks, next step."""

from __future__ import annotations

from typing import Any

from baodao.base.days.months import Month
from baodao.domain.documents import selectors as documents
from baodao.domain.months import figures, sections, selectors
from baodao.domain.months.models import Bulletin


def reading(bulletin: Bulletin) -> dict[str, Any]:
    """The whole page of a bulletin."""
    shown = bulletin.figures or selectors.bulletin_figures(bulletin.town, bulletin.month)
    base = f"?path={bulletin.town}&month={bulletin.month}"
    lines = []
    for line in sections.summary(shown["town"]):
        href = f"/town/rows/{line['key']}/{base}" if line["key"] in figures.ROWS else ""
        if line["key"] in {"people_in_service", "people_community"}:
            href = f"/town/rows/people/{base}"
        lines.append({**line, "href": href})
    document = bulletin.document
    return {
        "bulletin": bulletin,
        "month": Month.parse(bulletin.month),
        "title": document.title if document else sections.title(_town_name(bulletin), bulletin.month),
        "lines": lines,
        "shown": shown,
        "written": [(heading, bulletin.words.get(key, "")) for key, heading in sections.WRITTEN.items()],
        "checks": _checks(bulletin, shown),
        "copies": documents.forms(document) if document else [],
        "receipts": documents.receipts(document) if document else None,
        "row_base": base,
    }


def _town_name(bulletin: Bulletin) -> str:
    return selectors.place_name(bulletin.town)


def _checks(bulletin: Bulletin, shown: dict[str, Any]) -> list[tuple[bool, str]]:
    """Checks said as sentences: each is computed, none is decoration."""
    live = figures.town_figures(bulletin.town, bulletin.month)
    same = all(live[key] == shown["town"].get(key) for key in ("times", "people", "minutes"))
    sums = sum(int(row["times"]) for row in shown["communities"]) == shown["town"]["times"]
    missing = [heading for key, heading in sections.WRITTEN.items() if not bulletin.words.get(key, "").strip()]
    return [
        (same, "数字和记录一致" if same else "结月以后记录有变化，通报仍用结月时的数字"),
        (sums, "各社区相加等于全镇" if sums else "各社区相加不等于全镇"),
        (not missing, "几段文字都写了" if not missing else f"还没写：{'、'.join(missing)}"),
        (
            not shown["left_out"],
            "没有漏下的记录" if not shown["left_out"] else f"{shown['left_out']} 条没确认的记录没有算进来",
        ),
    ]
