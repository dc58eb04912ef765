"""The town's month so far, for its overview: totals, tiles in official order, what is late."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.text.numbers import share_zh
from baodao.domain.months import figures, selectors
from baodao.domain.months.rules import persons
from baodao.domain.needs import selectors as needs
from baodao.domain.needs.states import OPEN
from baodao.domain.orgs import selectors as orgs


def chosen_month(text: str) -> Month:
    """The month asked for, or the present one when it is no month."""
    try:
        return Month.parse(text)
    except ValueError:
        return Month.of(clock.today())


def town(actor: Actor, month: str) -> dict[str, Any]:
    """Everything of the overview; a constant number of queries."""
    path = actor.path
    communities = orgs.communities(path)
    now, before = figures.town_figures(path, month), figures.town_figures(path, str(Month.parse(month).previous()))
    counts = figures.by_community(path, month, [org.path for org in communities])
    late = needs.visible(figures.COUNTER).filter(town=path, state__in=OPEN, due_at__lt=clock.now())
    return {
        "town": orgs.by_path(path),
        "figures": _numbers(now, before, path, month),
        "tiles": [_tile(org, counts[org.path]) for org in communities],
        "late_needs": late.count(),
        "unfilled": figures.shifts(path, month).filter(taken__lt=F("min_people"), date__gte=clock.today()).count(),
        "bulletins": list(selectors.visible(actor)[:3]),
    }


def _numbers(now: dict[str, int], before: dict[str, int], path: str, month: str) -> list[dict[str, str]]:
    rows = f"/town/rows/%s/?path={path}&month={month}"
    return [
        {"label": "服务", "value": str(now["times"]), "unit": "人次", "base": f"上月 {before['times']}", "href": rows % "times"},
        {"label": "参加党员", "value": str(now["people"]), "unit": "人", "base": f"上月 {before['people']}", "href": rows % "people"},
        {
            "label": "时长",
            "value": f"{now['minutes'] / 60:.0f}",
            "unit": "小时",
            "base": f"上月 {before['minutes'] / 60:.0f}",
            "href": rows % "hours",
        },
        {
            "label": "诉求有结果",
            "value": str(now["needs_answered"]),
            "unit": f"件 / 收到 {now['needs_received']}",
            "base": f"按时 {share_zh(now['needs_in_time'], now['needs_answered'])}",
            "href": rows % "needs_answered",
        },
        {
            "label": "班次",
            "value": str(now["shifts_done"]),
            "unit": f"/ {now['shifts']} 已办",
            "base": f"排上 {share_zh(now['places_filled'], now['places'])}",
            "href": rows % "shifts_done",
        },
    ]


def _tile(org: Any, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "name": org.short_name or org.name,
        "path": org.path,
        "times": counts["times"],
        "answered": counts["needs_answered"],
        "received": counts["needs_received"],
        "filled": share_zh(counts["places_filled"], counts["places"]),
    }


def towns(actor: Actor, month: str) -> list[dict[str, Any]]:
    """The county's view: totals of each town, persons under five hidden, nothing below the town."""
    found = []
    for org in orgs.towns():
        if not actor.has("county", path=org.path):
            continue
        counts = figures.town_figures(org.path, month)
        found.append({"name": org.name, **counts, "people_shown": persons(counts["people"]),
                      "hours": f"{counts['minutes'] / 60:.0f}"})
    return found
