"""What the keepers of points see: a month's ledger with its state, a member's year. Never in the order of points."""

from __future__ import annotations

from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.points import rules, selectors


def month_or_last(actor: Actor, text: str) -> Month:
    """The month asked for; when it is none, the newest with entries, else the last that is over."""
    try:
        return Month.parse(text)
    except ValueError:
        newest = selectors.visible(actor).order_by("-month").values_list("month", flat=True).first()
        return Month.parse(newest) if newest else Month.of(clock.today()).previous()


def ledger_of(actor: Actor, month: Month) -> dict[str, Any]:
    """How a community's month stands: its sum, since when it is confirmed, whether the actor may confirm it now."""
    path = actor.path
    counted = selectors.month_sums(actor, path, str(month))
    held = selectors.confirmation(path, str(month))
    open_entries = bool(counted["last"]) and (held is None or held.last_seq < counted["last"])
    recorders = selectors.recorders(path, str(month))
    return {
        "month": month,
        "months": selectors.months_with_entries(actor),
        "total": counted["tenths"] / 10,
        "people": counted["people"],
        "held": held,
        "waiting": open_entries,
        "verdict": rules.may_confirm(actor, path, recorders),
        "uses_points": selectors.uses_points(paths.town_of(path)),
        "threshold": selectors.threshold(paths.town_of(path)),
    }


def member_page(actor: Actor, member_id: int, year: int) -> dict[str, Any]:
    """A member's entries of a year and the sum that they make."""
    entries = list(selectors.entries(actor, member_id, year))
    return {"entries": entries, "year": year, "total": sum(entry.tenths for entry in entries) / 10}
