"""受理单: what the asker takes home (A6, or cut from A4). It opens the need, so it is never stored or archived."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from baodao.base.days import clock
from baodao.base.papers import pdf as typeset
from baodao.base.papers import qr
from baodao.domain.needs.models import Need
from baodao.domain.orgs import selectors as orgs

TEMPLATE = Path(__file__).with_name("printed_slip.typ")


def slip_pdf(need: Need, secret: str, site: str) -> bytes:
    """The slip of a need as PDF; ``secret`` in clear, as its maker hands it over."""
    return typeset.pdf(TEMPLATE, slip_data(need, secret, site))


def slip_png(need: Need, secret: str, site: str) -> bytes:
    """The same as a picture to keep on a phone."""
    return typeset.png(TEMPLATE, slip_data(need, secret, site), ppi=150)[0]


def slip_data(need: Need, secret: str, site: str) -> dict[str, Any]:
    """What stands on the slip: no name, no telephone of the asker, none of the words."""
    bare = "".join(sign for sign in secret.upper() if sign.isalnum())
    due, line = need.due_at.astimezone(clock.ZONE), orgs.help_line(need.community_path)
    day = need.registered_at.astimezone(clock.ZONE)
    return {
        "title": "受理单",
        "community": need.community.name,
        "number": f"{need.number[:4]} {need.number[4:]}",
        "secret": "-".join(bare[i : i + 4] for i in range(0, len(bare), 4)),
        "category": need.get_category_display() or "其他",
        "registered": f"{day.year}年{day.month}月{day.day}日 {day:%H:%M}",
        "due": f"{due.month}月{due.day}日 {due:%H:%M}",
        "phone": line.get("phone", ""),
        "site": site.split("://")[-1] + "/t/",
        "qr": qr.svg(f"{site}/t/#{need.number}.{bare}"),
    }
