"""The words of a bulletin: which sections a person writes, and the first draft of each from the figures.

Content blocks in the order of domain.md §4.3; numbers stand in sentences the program makes, words stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from baodao.base.days.months import Month
from baodao.base.text import free
from baodao.base.text.controls import strip_controls
from baodao.base.text.numbers import share_zh
from baodao.base.verdict import Refused
from baodao.domain.months.rules import persons

LIMIT = 300
NOTHING = share_zh(0, 0)
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


def draft_words(
    figures: dict[str, Any], month: str, kinds: Sequence[tuple[str, int]] = ()
) -> dict[str, str]:
    """First words for each written section; the clerk edits them. ``kinds`` are kinds of need with counts, most first.

    Good practice names people, so a person writes it: it starts empty and is left out while it is.
    """
    following = Month.parse(month).next().label
    open_left = figures["shifts"] - figures["shifts_done"]
    undone = (
        f"有{open_left}个班次没有点名，由所在社区在下月5日前核实补记或说明。" if open_left else "本月计划的班次都已点名。"
    )
    most = "、".join(f"{label}（{count}件）" for label, count in kinds[:3])
    return {
        "good": "",
        "asked": f"收到最多的是{most}。" if most else "",
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


def summary(figures: dict[str, Any]) -> list[list[dict[str, str]]]:
    """Section one as sentences, each a list of figures: words before, value, words after, and the key of its rows.

    In-service and community members are told apart and never added; a share without a base is left out.
    """
    hours = f"{figures['minutes'] / 60:.1f}"
    sentences = [
        [
            _part("shifts", "本月安排班次", figures["shifts"], "个"),
            _part("shifts_done", "已办", figures["shifts_done"], "个"),
            _part("places", "需要的人排上", share_zh(figures["places_filled"], figures["places"]), ""),
        ],
        [
            _part("people_in_service", "参加服务的在职党员", persons(figures["people_in_service"]), "人"),
            _part("people_community", "社区党员", persons(figures["people_community"]), "人"),
            _part("times", "服务", figures["times"], "人次"),
            _part("hours", "共", hours, "小时"),
        ],
        [
            _part("needs_received", "收到诉求", figures["needs_received"], "件"),
            _part("needs_answered", "告知结果（含以前收到的）", figures["needs_answered"], "件"),
            _part("needs_in_time", "其中按时", share_zh(figures["needs_in_time"], figures["needs_answered"]), ""),
            _part("needs_good", "居民评价满意", share_zh(figures["needs_good"], figures["needs_rated"]), ""),
        ],
        *([[_part("late", "另有以前月份的服务本月才确认", figures["late"], "次，单独计入本月")]] if figures["late"] else []),
    ]
    return [[part for part in parts if part["value"] != NOTHING] for parts in sentences]


def _part(key: str, before: str, value: object, after: str) -> dict[str, str]:
    return {"key": key, "before": before, "value": str(value), "after": after}


def sentence(parts: list[dict[str, str]]) -> str:
    """One sentence of the summary as text."""
    return "，".join(f"{part['before']}{part['value']}{part['after']}" for part in parts) + "。"
