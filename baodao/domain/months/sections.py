"""The words of a bulletin: which sections a person writes, and the first draft of each from the figures.

Content blocks in the order of domain.md §4.3; numbers stand in sentences the program makes, words stand beside them.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from baodao.base.days.months import Month
from baodao.base.text import free
from baodao.base.text.controls import strip_controls
from baodao.base.text.numbers import share_zh
from baodao.base.verdict import Refused
from baodao.domain.months.rules import persons

LIMIT = 300
# section key → (heading, may it stay empty)
WRITTEN: dict[str, str] = {
    "good": "好做法和感谢",
    "asked": "群众反映较多的问题和去向",
    "undone": "未完成事项及原因",
    "short": "存在的不足",
    "next": "下月重点",
}


def title(town: str, month: str) -> str:
    """The title line of the paper."""
    return f"中共{town}委员会关于{Month.parse(month).label}在职党员到社区报到服务情况的通报"


def draft_words(figures: dict[str, Any], month: str) -> dict[str, str]:
    """First words for each written section; the clerk edits them."""
    following = Month.parse(month).next().label
    open_left = figures["shifts"] - figures["shifts_done"]
    undone = (
        f"有{open_left}个班次没有点名，由所在社区在下月5日前核实补记或说明。" if open_left else "本月计划的班次都已点名。"
    )
    return {
        "good": "本月没有填写。",
        "asked": "各社区按类别汇总，详见社区情况表。",
        "undone": undone,
        "short": "个别班次报名的人少，岗位时间要再和党员的空闲时间对一对。",
        "next": f"按{following}计划办好班次，先办急的、重的诉求。",
    }


def clean_words(words: dict[str, str]) -> dict[str, str]:
    """Check what a person wrote: known sections, length, no ID number. Raises Refused naming the section."""
    cleaned = {}
    for key, text in words.items():
        if key not in WRITTEN:
            continue
        value = " ".join(strip_controls(text).split())
        if len(value) > LIMIT:
            raise Refused(_("“%(name)s”写多了，最多 300 字。") % {"name": WRITTEN[key]}, code=key)
        if free.find_ids(value):
            raise Refused(_("“%(name)s”里有身份证号，删掉再存。") % {"name": WRITTEN[key]}, code=key)
        cleaned[key] = value
    return cleaned


def summary(figures: dict[str, Any]) -> list[dict[str, str]]:
    """The sentences of section one: each number with the key of its rows."""
    hours = f"{figures['minutes'] / 60:.1f}"
    return [
        {"key": "shifts", "before": "本月安排班次", "value": str(figures["shifts"]), "after": "个"},
        {"key": "shifts_done", "before": "其中已办", "value": str(figures["shifts_done"]), "after": "个"},
        {"key": "people", "before": "参加服务的党员", "value": persons(figures["people"]), "after": "人"},
        {
            "key": "people_in_service",
            "before": "其中在职党员",
            "value": persons(figures["people_in_service"]),
            "after": "人",
        },
        {
            "key": "people_community",
            "before": "社区党员",
            "value": persons(figures["people_community"]),
            "after": "人",
        },
        {"key": "times", "before": "服务", "value": str(figures["times"]), "after": "人次"},
        {"key": "hours", "before": "时长", "value": hours, "after": "小时"},
        {"key": "needs_received", "before": "收到诉求", "value": str(figures["needs_received"]), "after": "件"},
        {"key": "needs_answered", "before": "有结果并告知", "value": str(figures["needs_answered"]), "after": "件"},
        {
            "key": "needs_in_time",
            "before": "按时",
            "value": share_zh(figures["needs_in_time"], figures["needs_answered"]),
            "after": "",
        },
        {
            "key": "needs_good",
            "before": "居民评价满意",
            "value": share_zh(figures["needs_good"], figures["needs_rated"]),
            "after": "",
        },
        {"key": "late", "before": "补计以前月份的服务", "value": str(figures["late"]), "after": "次"},
    ]
