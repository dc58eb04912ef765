"""减负自查: each prohibition of 国办函〔2026〕12号 (domain.md §6.2) with its present setting, read from the program itself.

Nothing here is typed in: columns are looked up in the tables, pages in the address table, choices in the rule sets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.urls import Resolver404, resolve

from baodao.domain.months import sections
from baodao.domain.points import selectors as points
from baodao.domain.points.rules import why_not_params

_PLACE = ("latitude", "longitude", "location", "gps", "geo", "coordinate", "track_point")
_LOGIN = ("login_count", "last_login", "online_seconds", "online_minutes", "visit_count", "screen_time")
_PHOTO = ("photo", "image", "picture", "video")
_RANK = ("rank", "ranking", "place_in_list", "quota", "veto", "star")


@dataclass(frozen=True, slots=True)
class Item:
    """One prohibition: what the rule says, how it stands here, what shows it."""

    key: str
    prohibition: str
    setting: str
    green: bool
    shown_by: str


def _columns() -> list[tuple[str, str, models.Field]]:  # type: ignore[type-arg]
    return [
        (model._meta.label, field.name, field)
        for model in apps.get_models()
        if model.__module__.startswith("baodao.")
        for field in model._meta.concrete_fields
    ]


def _named(words: tuple[str, ...]) -> list[str]:
    parts = set(words)
    return [
        f"{table}.{name}"
        for table, name, field in _columns()
        if any(word == name or word in name.split("_") for word in parts)
        or (words is _PHOTO and isinstance(field, (models.FileField, models.ImageField)))
    ]


def _check_in() -> Item:
    field = apps.get_model("service", "Booking")._meta.get_field("said_here_at")
    free = bool(getattr(field, "null", False))
    return Item("check_in", "强制打卡签到", "没有打卡。点名由班组长做，“我到了”点不点都行" if free else "必填", free,
                "“我到了”可以不点；记录只看被服务的人或负责人的确认")


def _ranking() -> Item:
    found = _named(_RANK)
    refused = not why_not_params("preset_1h1p_cap2h", {"rank": 1}).ok
    return Item("ranking", "积分排名、党员或单位排名", "没有排名的页面、字段和规则" if not found else "、".join(found),
                not found and refused, "没有名次列；带排名、扣分、一票否决的规则会被拒绝")


def _online() -> Item:
    found = _named(_LOGIN)
    return Item("online_time", "统计登录次数、在线时长", "不收集" if not found else "、".join(found), not found,
                "所有表里没有这类列")


def _photos() -> Item:
    found = _named(_PHOTO)
    return Item("photos", "强制上传照片、视频", "服务记录没有照片" if not found else "、".join(found), not found,
                "所有表里没有照片列")


def _location() -> Item:
    found = _named(_PLACE)
    return Item("location", "收集位置和行动轨迹", "不问、不传、不存位置" if not found else "、".join(found), not found,
                "所有表里没有位置列")


def _open_to_all(address: str) -> bool:
    """Is this a page without login, by the guard that stands before it."""
    try:
        return getattr(resolve(address).func, "audience", frozenset()) == frozenset({"anybody"})
    except Resolver404:
        return False


def _install() -> Item:
    free = _open_to_all("/q/SZ01/need") and _open_to_all("/t/")
    return Item("install", "强制安装、强制注册登录", "居民不用登录；党员可以由社区代办" if free else "要登录", free,
                "提诉求和查进度的页面不用登录")


def _bulletin() -> Item:
    said = " ".join(sections.draft_words({"shifts": 0, "shifts_done": 0}, "2026-01").values())
    clean = not any(word in said for word in ("激活", "安装率", "登录率", "活跃度"))
    return Item("bulletin", "通报安装率、使用率", "通报里没有登录和使用的数字" if clean else said, clean, "通报模板里没有这些数字")


def _repeat() -> Item:
    kept = [
        f"{table}.{name}"
        for table, name, _field in _columns()
        if table.startswith("members.") and (name == "phone" or (table == "members.Member" and name == "name"))
    ]
    once = sorted(kept) == ["members.Member.name", "members.MemberContact.phone"]
    return Item("repeat", "重复填表", "一个人的姓名、电话只存一处，导入一次，各种表都从这里出" if once else "、".join(kept), once,
                "再次导入同样的人不产生改动；单位每月只说有没有变化")


def _voice() -> Item:
    open_page = _open_to_all("/suggest/")
    return Item("voice", "要有意见反映的渠道", "每一页下面都有电话和意见建议" if open_page else "没有", open_page,
                "意见建议的页面不用登录")


def _commerce() -> Item:
    return Item("commerce", "商业活动和广告", "没有广告、没有买卖", not _named(("price", "advert", "coupon")), "没有价格和广告的列")


CHECKS: tuple[Callable[[], Item], ...] = (
    _check_in, _ranking, _online, _photos, _location, _install, _bulletin, _repeat, _voice, _commerce,
)  # fmt: skip


def items() -> list[Item]:
    """Every prohibition with its present setting."""
    return [check() for check in CHECKS]


def points_note(town: str) -> str:
    """Whether the town gives points, in words for the same page."""
    return "积分：本镇记服务积分，只有本人和管分的两个人看得到。" if points.uses_points(town) else "积分：本镇不记积分。"
