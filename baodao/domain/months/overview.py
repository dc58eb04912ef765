"""The town's month so far, for its overview: five figures with their base, tiles in fixed places, what waits for the town.

Nothing is in the order of a figure but the kinds of need (by count); communities stand in their official order.
"""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any

from django.db.models import Count, Sum

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.papers.svg import Bar, stacked_bars
from baodao.base.text.numbers import SMALL, count_table
from baodao.domain.calendar import selectors as calendar
from baodao.domain.members import selectors as members
from baodao.domain.members.states import MemberKind
from baodao.domain.months import figures, selectors
from baodao.domain.months import rows as counted
from baodao.domain.months.rules import persons
from baodao.domain.needs.states import Category, NeedState
from baodao.domain.notices import selectors as notices
from baodao.domain.orgs import selectors as orgs

FEW_NEEDS = 10
#: The counts of needs that the overview shows: received, and of these with an outcome that was told.
TOLD = ("needs_received", "needs_told")
_WAITING = frozenset({NeedState.REGISTERED, NeedState.ACCEPTED})
_UNDER_WAY = frozenset({NeedState.ASSIGNED, NeedState.DONE, NeedState.REFERRED})
LEGEND = ("有结果", "办理中", "没安排上")


def chosen_month(text: str) -> Month:
    """The month asked for, or the present one when it is no month."""
    try:
        return Month.parse(text)
    except ValueError:
        return Month.of(clock.today())


def town(actor: Actor, month: str) -> dict[str, Any]:
    """Everything of the overview; a constant number of queries."""
    path, before = actor.path, str(Month.parse(month).previous())
    communities = orgs.communities(path)
    where = [org.path for org in communities]
    now, then = (figures.needs_by_community(path, each, where, TOLD) for each in (month, before))
    late = Counter(counted.needs_late(path, month).values_list("community_path", flat=True))
    tiles = [_tile(org, now[org.path], then[org.path], late[org.path], month) for org in communities]
    totals, former = _sums(now), _sums(then)
    kinds = _kinds(path, month)
    return {
        "town": orgs.by_path(path),
        "figures": _five(path, month, totals, former),
        "tiles": tiles,
        "finding": _finding(tiles),
        "kinds": kinds,
        "kinds_finding": _kinds_finding(kinds),
        "chart": stacked_bars([Bar(k["label"], (k["done"], k["doing"], k["waiting"])) for k in kinds], LEGEND,
                              title="各类诉求"),
        "legend": LEGEND,
        "waits": _waits(actor, path, month),
        "received": totals["needs_received"],
        "until": clock.now(),
        "months": _months(path),
    }


def _sums(by_community: dict[str, dict[str, int]]) -> dict[str, int]:
    """Counts of things (never of persons, who may serve in two communities) of the whole town."""
    return {key: sum(counts[key] for counts in by_community.values()) for key in TOLD}


def _people(path: str, month: str) -> dict[str, int]:
    kinds = counted.records(path, month).order_by().values_list("member_kind")
    return dict(kinds.annotate(n=Count("member_id", distinct=True)))


def _five(path: str, month: str, now: dict[str, int], before: dict[str, int]) -> list[dict[str, str]]:
    people = _people(path, month)
    return [
        _figure("needs_received", "收到的诉求", now["needs_received"], "件", f"上月 {before['needs_received']}", path, month),
        _figure("needs_told", "有结果并告知", now["needs_told"], f"/ {now['needs_received']} 件",
                f"上月 {before['needs_told']} / {before['needs_received']}", path, month),
        _reply(path, month),
        _figure("people_in_service", "参加服务的在职党员", count_table(people.get(MemberKind.IN_SERVICE, 0)),
                f"/ {count_table(_in_service(path))} 人", f"另有社区党员 {people.get(MemberKind.COMMUNITY, 0)} 人", path, month),
        _load(path, month),
    ]


def _figure(key: str, label: str, value: object, unit: str, base: str, path: str, month: str) -> dict[str, str]:
    href = f"/town/rows/{key}/?path={path}&month={month}"
    return {"label": label, "value": str(value), "unit": unit, "base": base, "href": href}


def _in_service(path: str) -> int:
    return members.serving(path).filter(kind=MemberKind.IN_SERVICE).count()


def _reply(path: str, month: str) -> dict[str, str]:
    """Working time from registration to the first answer: median, and by when nine of ten had one."""
    pairs = counted.needs_replied(path, month).values_list("registered_at", "accepted_at", "community_path")
    minutes = sorted(max(0, calendar.working_minutes_left(start, end, where)) for start, end, where in pairs)
    if not minutes:
        return _figure("needs_replied", "首次答复，中位", "—", "", "没有数据", path, month)
    ninth = minutes[min(len(minutes) - 1, (len(minutes) * 9) // 10)]
    base = f"{len(minutes)} 件，样本少" if len(minutes) < SMALL else f"{len(minutes)} 件，九成在 {ninth / 60:.1f} 工时内"
    return _figure("needs_replied", "首次答复，中位", f"{median(minutes) / 60:.1f}", "工时", base, path, month)


def _load(path: str, month: str) -> dict[str, str]:
    """Which part of the hours the tenth of people with most hours gave: a sentence about fairness, no list of them."""
    here, before = _tenth(path, month), _tenth(path, str(Month.parse(month).previous()))
    then = "上月没有数据" if before is None else f"上月 {before}%"
    return _figure("hours", "出力最多的一成人承担", "—" if here is None else f"{here}%", "" if here is None else "时长",
                   "人数少，不算比例" if here is None else then, path, month)


def _tenth(path: str, month: str) -> int | None:
    totals = counted.records(path, month).order_by().values("member_id").annotate(total=Sum("minutes"))
    minutes = sorted(totals.values_list("total", flat=True), reverse=True)
    if len(minutes) < 2 * SMALL:
        return None
    return round(100 * sum(minutes[: max(1, len(minutes) // 10)]) / sum(minutes))


def _tile(org: Any, now: dict[str, int], then: dict[str, int], late: int, month: str) -> dict[str, Any]:
    received, change = now["needs_received"], now["needs_told"] - then["needs_told"]
    if late:
        words = f"{late} 件超时"
    elif received < FEW_NEEDS:
        words = "件数少，不算比例"
    elif not change:
        words = "和上月一样"
    else:
        words = f"有结果比上月 {change:+d}".replace("-", "−")
    key = "needs_late" if late else "needs_received"
    return {
        "name": org.short_name or org.name, "path": org.path, "answered": now["needs_told"], "received": received,
        "words": words, "late": late, "few": received < FEW_NEEDS and not late,
        "href": f"/town/rows/{key}/?path={org.path}&month={month}",
    }


def _finding(tiles: list[dict[str, Any]]) -> str:
    late = [tile["name"] for tile in tiles if tile["late"]]
    if not late:
        return "没有超时的诉求"
    return f"{'、'.join(late[:3])}{'等' if len(late) > 3 else ''}有诉求超时，要帮一把"


def _kinds(path: str, month: str) -> list[dict[str, Any]]:
    rows = Counter(counted.needs_received(path, month).values_list("category", "state"))
    found: dict[str, dict[str, Any]] = {}
    for (category, state), number in rows.items():
        label = str(Category(category).label) if category else "没选类别"
        line = found.setdefault(label, {"label": label, "done": 0, "doing": 0, "waiting": 0, "all": 0})
        line["waiting" if state in _WAITING else "doing" if state in _UNDER_WAY else "done"] += number
        line["all"] += number
    return sorted(found.values(), key=lambda line: (-line["all"], line["label"]))


def _kinds_finding(kinds: list[dict[str, Any]]) -> str:
    lacking = [line for line in kinds if line["waiting"]]
    if not kinds:
        return "这个月还没有诉求"
    if not lacking:
        return "各类诉求都安排上了"
    worst = max(lacking, key=lambda line: line["waiting"])
    return f"{worst['label']}最缺人：{worst['all']} 件里 {worst['waiting']} 件没安排上"


def _waits(actor: Actor, path: str, month: str) -> list[dict[str, str]]:
    """What waits beside the steps of the month: messages to the town's desk, shifts without people."""
    found = []
    told = notices.for_desk(actor).count()
    if told:
        found.append({"words": f"给镇里的消息 {told} 条", "verb": "去看", "href": "/town/messages/"})
    short = counted.shifts_short(path, month).count()
    if short:
        found.append({"words": f"还有 {short} 个班没排够人", "verb": "看班次",
                      "href": f"/town/rows/shifts_short/?path={path}&month={month}"})
    return found


def _months(path: str) -> list[Month]:
    last, known = Month.of(clock.today()), [Month.parse(row.month) for row in selectors.closes(path)[:23]]
    return sorted({last, last.previous(), *known}, reverse=True)


def towns(actor: Actor, month: str) -> list[dict[str, Any]]:
    """The county's view: totals of each town, nothing below the town.

    Persons and needs under five are hidden, and with them the times and hours of so few people.
    """
    found = []
    for org in orgs.towns():
        if not actor.has("county", path=org.path):
            continue
        counts = figures.town_figures(org.path, month)
        few = counts["people"] < SMALL
        shown = {key: persons(counts[key]) for key in ("needs_received", "needs_answered", "needs_in_time")}
        found.append({"name": org.name, **shown, "in_service": persons(counts["people_in_service"]),
                      "community": persons(counts["people_community"]), "times": "—" if few else str(counts["times"]),
                      "hours": "—" if few else f"{counts['minutes'] / 60:.0f}",
                      "shifts": counts["shifts"], "shifts_done": counts["shifts_done"]})  # fmt: skip
    return found


def communities(actor: Actor, month: str) -> dict[str, Any]:
    """The month so far by community, official order, each count a link to its rows."""
    listed = orgs.communities(actor.path)
    counts = figures.by_community(actor.path, month, [org.path for org in listed])
    serving = members.serving_counts(actor.path)
    lines = [
        {"org": org, "serving": serving.get(org.path, 0), "base": f"?path={org.path}&month={month}",
         **_hours(counts[org.path])}
        for org in listed
    ]
    return {"lines": lines, "month": Month.parse(month), "months": _months(actor.path)}


def units(actor: Actor, month: str) -> dict[str, Any]:
    """The month so far by unit, official order; units nobody of whom serves here are left out."""
    listed = orgs.units(paths.county_of(actor.path))
    counts = figures.by_unit(actor.path, month, [unit.path for unit in listed])
    lines = [
        {"unit": unit, "base": f"?path={actor.path}&month={month}&unit={unit.path}", **_hours(counts[unit.path])}
        for unit in listed
        if counts[unit.path]["members"] or counts[unit.path]["times"]
    ]
    return {"lines": lines, "month": Month.parse(month), "months": _months(actor.path)}


def _hours(counts: dict[str, int]) -> dict[str, Any]:
    return {**counts, "hours": f"{counts['minutes'] / 60:.1f}"}
