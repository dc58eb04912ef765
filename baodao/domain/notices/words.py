"""The sentence of every notice. A key is chosen by the area that tells; its data hold codes, dates and counts only.

An unknown key is shown as a plain line, so that a notice is never lost; a test asks that every key in use stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "offer.sent": gettext_lazy("有一个班想请你：%(date)s %(post)s，能不能来回一声。"),
    "offer.accepted": gettext_lazy("代你接受了 %(date)s 的 %(post)s，7 天内可以撤。"),
    "offer.declined": gettext_lazy("代你回了 %(date)s 的 %(post)s 来不了，7 天内可以撤。"),
    "offer.lapsed": gettext_lazy("%(date)s 的 %(post)s 没等到答复，位子放给大家了，不影响什么。"),
    "shift.changed": gettext_lazy("%(date)s 的 %(post)s 改了时间或地点，看一下。"),
    "shift.cancelled": gettext_lazy("%(date)s 的 %(post)s 取消了。"),
    "booking.made": gettext_lazy("代你报了 %(date)s 的 %(post)s，7 天内可以撤。"),
    "booking.freed": gettext_lazy("%(date)s 的 %(post)s 位子已经让出。"),
    "record.confirmed": gettext_lazy("%(date)s 的服务确认了，%(hours)s 小时。"),
    "record.rejected": gettext_lazy("%(date)s 的服务没有确认：看原因，可以补说明。"),
    "commitment.returned": gettext_lazy("承诺退回来改几个字：%(words)s"),
    "commitment.approved": gettext_lazy("承诺已经公示。"),
    "commitment.drafted": gettext_lazy("代你写了一条承诺，7 天内可以撤。"),
    "claim.held": gettext_lazy("你认领的岗位定下来了：%(post)s。"),
    "fixing.offered": gettext_lazy("想请你长期管这个岗：%(post)s，%(time)s。"),
    "report.receipt": gettext_lazy("报到回执已经给到单位。"),
    "contact.seen": gettext_lazy("你的电话被看过一次：%(reason)s。"),
    "suggestion.answered": gettext_lazy("你的意见有答复了。"),
    "need.assigned": gettext_lazy("有一件居民的事派给你：编号 %(number)s。"),
    "points.reversed": gettext_lazy("有一笔积分更正了。"),
    "list.changed": gettext_lazy("%(unit)s交来了改过的名单：新增 %(added)s 人，更新 %(updated)s 人。"),
    "list.left": gettext_lazy("%(unit)s说这位党员调出了，核对以后办离开或转接。"),
    "list.joins": gettext_lazy("%(unit)s说这位党员调来了，核对以后改单位。"),
    "list.undone": gettext_lazy("%(unit)s把刚交的名单撤回了，前面说的调进调出不算。"),
    "bulletin.delivered": gettext_lazy("%(month)s 的通报到了。"),
    "plan.delivered": gettext_lazy("%(month)s 的月计划到了。"),
    "bulletin.reminded": gettext_lazy("%(month)s 的通报还没有签收，方便的时候看一下。"),
    "plan.reminded": gettext_lazy("%(month)s 的月计划还没有签收，方便的时候看一下。"),
}


class _Blank(dict[str, Any]):
    """Data in which a missing word is a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def sentence(key: str, data: Mapping[str, Any]) -> str:
    """What the reader sees; words that came along stand behind, a date reads as a date."""
    ready = {name: _day(value) if name == "date" else value for name, value in data.items()}
    pattern = SENTENCES.get(key)
    if pattern is None:
        return _("有一条新消息（%(key)s）。") % {"key": key}
    said = str(pattern) % _Blank(ready)
    extra = ready.get("words")
    return f"{said}{extra}" if extra and "%(words)s" not in str(pattern) else said


def _day(value: Any) -> Any:
    """2026-11-28 as 11月28日; anything else as it is."""
    try:
        read = date.fromisoformat(str(value))
    except ValueError:
        return value
    return f"{read.month}月{read.day}日"
