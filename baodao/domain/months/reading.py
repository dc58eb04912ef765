"""What a reader of a bulletin sees: sentences with figures that open to their rows, tables, checks, next step."""

from __future__ import annotations

import re
from typing import Any

from baodao.base import paths
from baodao.base.days.months import Month
from baodao.base.text import free
from baodao.domain.accounts import selectors as accounts
from baodao.domain.documents import selectors as documents
from baodao.domain.months import figures, papers, sections, selectors
from baodao.domain.months.models import Bulletin
from baodao.domain.months.rows import ROWS
from baodao.domain.orgs import selectors as orgs


def reading(bulletin: Bulletin) -> dict[str, Any]:
    """The whole page of a bulletin."""
    shown = bulletin.figures or selectors.bulletin_figures(bulletin.town, bulletin.month)
    month = Month.parse(bulletin.month)
    document = bulletin.document
    people = accounts.names({one for one in (bulletin.drafted_by, bulletin.signed_by) if one})
    return {
        "bulletin": bulletin,
        "drafter": people.get(bulletin.drafted_by or 0, ""),
        "signer": people.get(bulletin.signed_by or 0, ""),
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
            "label": "告知结果 / 收到",
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
    listed = [unit.path for unit in orgs.units(paths.county_of(bulletin.town))]
    placed = [row["path"] for row in shown["units"] if row.get("path") in listed]
    ordered = placed == sorted(placed, key=listed.index)
    missing = [heading for key, heading in sections.WRITTEN.items() if not bulletin.words.get(key, "").strip()]
    return [
        (same, f"正文 {_count(shown)} 个数字都对得上记录" if same else "结月以后记录有变化，通报仍用结月时的数字"),
        (sums, "各社区相加等于全镇" if sums else "各社区相加不等于全镇"),
        (not _personal(bulletin), "没有电话和身份证号" if not _personal(bulletin) else "文字里有电话或身份证号，改掉再签"),
        (ordered, "单位按规范次序，不排名次" if ordered else "单位次序和规范次序不一样"),
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


def receipts_of(document: Any, *, waiting_only: bool = False) -> dict[str, Any]:
    """Deliveries of a sealed paper: to whom, signed when and by whom, or still open; in official order, never by figure."""
    county = paths.county_of(document.town)
    names = {unit.path: unit.name for unit in orgs.units(county)}
    names |= {org.path: org.name for org in orgs.communities(document.town)}
    given = {row.path: row for row in documents.deliveries(document)}
    people = accounts.names({row.received_by for row in given.values() if row.received_by})
    logins = accounts.at_paths(list(given), "liaison", "secretary", "clerk")
    lines = [
        {"name": name, "delivery": given[path], "by": people.get(given[path].received_by or 0, ""), "has_login": path in logins}
        for path, name in names.items()
        if path in given
    ]
    got = sum(1 for line in lines if line["delivery"].received_at)
    shown = [line for line in lines if not (waiting_only and line["delivery"].received_at)]
    last = max((row.reminded_at for row in given.values() if row.reminded_at and not row.received_at), default=None)
    return {"lines": shown, "got": got, "all": len(lines), "reminded_at": last, "waiting_only": waiting_only}


#: What a figure is called above its rows.
LABELS = {
    "people": "参加服务的党员", "people_in_service": "参加服务的在职党员", "people_community": "参加服务的社区党员",
    "times": "服务人次", "hours": "服务时长", "late": "以前月份、本月才确认的服务", "shifts": "班次", "shifts_done": "已办的班次",
    "places": "需要的人和排上的人", "shifts_short": "还没排够人的班次", "needs_received": "收到的诉求",
    "needs_answered": "这个月告知结果的诉求", "needs_told": "收到并已告知结果的诉求", "needs_in_time": "按时有结果的诉求", "needs_replied": "答复过的诉求",
    "needs_late": "超时的诉求", "needs_rated": "居民评价过的诉求", "needs_good": "评价满意的诉求",
}  # fmt: skip
