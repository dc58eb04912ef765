"""签到表: big rows, names in the order in which the roll-call page shows them, a code that leads to that page.

No telephone, no signature is asked for: the leader ticks. A sheet is kept by the community until the roll is entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.service_days import weekday_label
from baodao.base.papers import pdf as typeset
from baodao.base.papers import qr
from baodao.domain.members import selectors as members
from baodao.domain.orgs import selectors as orgs
from baodao.domain.service import selectors
from baodao.domain.service.models import Shift
from baodao.domain.service.states import ShiftState

TEMPLATE = Path(__file__).with_name("sign_in.typ")
SPARE_ROWS = 4


def sign_in_sheet(shift: Shift, site: str) -> bytes:
    """The sheet of one shift."""
    return typeset.pdf(TEMPLATE, {"sheets": [_sheet(shift, site)], "title": f"签到表 {shift.post.name}"})


def sign_in_sheets(actor: Actor, path: str, month: str, site: str) -> bytes:
    """The sheets of a community's month that are offered or done, one a page; with no shift, one blank sheet."""
    rows = selectors.visible(actor).filter(pk__in=selectors.month_of(path, month).values("pk"))
    shifts: Sequence[Shift] = list(rows.filter(state__in=[ShiftState.OPEN, ShiftState.DONE]))
    sheets = [_sheet(shift, site) for shift in shifts] or [_blank(path)]
    return typeset.pdf(TEMPLATE, {"sheets": sheets, "title": f"{month} 签到表"})


def _sheet(shift: Shift, site: str) -> dict[str, Any]:
    start, end = shift.start_at.astimezone(clock.ZONE), shift.end_at.astimezone(clock.ZONE)
    leader = shift.leader or shift.post.leader
    return {
        "community": orgs.by_path(shift.community_path).name,
        "post": shift.post.name,
        "day": f"{start.year}年{start.month}月{start.day}日 {weekday_label(shift.date)}",
        "hours": f"{start:%H:%M}–{end:%H:%M}",
        "place": shift.place or shift.post.place or ("远程" if shift.post.remote else ""),
        "leader": leader.name if leader else "",
        "code": shift.code,
        "qr": qr.svg(f"{site}/me/roll/{shift.code}/"),
        "rows": [_line(booking) for booking in selectors.roll_of(shift)],
        "spare": SPARE_ROWS,
        "minutes": round((end - start).total_seconds() / 60),
    }


def _line(booking: Any) -> dict[str, str]:
    unit = members.unit_of(booking.member)
    return {"name": booking.member.name, "unit": (unit.short_name or unit.name) if unit else "社区党员"}


def _blank(path: str) -> dict[str, Any]:
    keys = ("post", "day", "hours", "place", "leader", "code", "qr")
    return dict.fromkeys(keys, "") | {"community": orgs.by_path(path).name, "rows": [], "spare": 14, "minutes": ""}
