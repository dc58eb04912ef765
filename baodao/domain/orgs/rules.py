"""The settings a town may choose, their defaults and meaning; and who may change organisations."""

from __future__ import annotations

from dataclasses import dataclass

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.orgs.states import BELOW, OrgKind


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting: its default, what it decides, the values it may take."""

    default: object
    words: str
    allowed: tuple[object, ...] = ()


SETTINGS: dict[str, Choice] = {
    "issued_by": Choice("town", "月计划和通报由谁发：community 各社区，town 镇里统一", ("town", "community")),
    "hours_urgent": Choice(8, "急：多少工时内答复"),
    "hours_important": Choice(24, "重：多少工时内答复"),
    "hours_can_wait": Choice(80, "缓：多少工时内答复"),
    "name_order": Choice("surname", "姓名排序：surname 姓氏笔画，name 姓名笔画", ("surname", "name")),
    "document_word": Choice("示党", "发文机关代字"),
    "issuer": Choice("", "发文机关全称；空着用镇的全称"),
    "done": Choice([], "设置步骤里已完成或跳过的"),
}


def may_shape_orgs(actor: Actor) -> Verdict:
    """Organisations, calendar and settings belong to the system administrator."""
    if actor.is_program or actor.has("sysadmin"):
        return YES
    return no("组织、工时和设置由系统管理员改。")


#: What a town's own desk may choose about its papers; hours and the rest belong to the system administrator.
OF_THE_TOWN = frozenset({"issued_by", "issuer", "document_word", "name_order"})


def may_choose(actor: Actor, town: str, key: str) -> Verdict:
    """A setting is chosen by the system administrator; those of the town's papers by the town as well."""
    if key in OF_THE_TOWN and actor.has("town", "townlead", path=town):
        return YES
    if key == "done" and (actor.has("secadmin") or paths.covers(town, actor.path)):
        return YES  # the first day's steps are skipped by whoever they belong to
    return may_shape_orgs(actor)


LABELS = {
    "name": "名称",
    "short_name": "简称",
    "phone": "电话",
    "address": "地址",
    "households": "户数",
    "residents": "人数",
    "seq": "次序",
    "kind": "类型",
    "until": "到哪天",
}


def may_stand_below(kind: str, parent: str | None) -> Verdict:
    """Each storey stands directly below the one before."""
    if parent is None:
        return YES if kind == OrgKind.COUNTY else no("只有县没有上级。")
    if BELOW.get(OrgKind(parent)) == kind:
        return YES
    return no(f"{OrgKind(kind).label}不能放在{OrgKind(parent).label}下面。")


def why_not_names(code: str, name: str) -> Verdict:
    """Codes are letters, digits and hyphens; names are not empty."""
    if not code or len(code) > 12 or not all(c.isascii() and (c.isalnum() or c == "-") for c in code):
        return no("代码用字母、数字和短横，最多 12 个。")
    if not name or len(name) > 60:
        return no("名称要有 1 到 60 个字。")
    return YES


def why_not_setting(key: str, value: object) -> Verdict:
    """Is this a declared setting, with a value it may take."""
    choice = SETTINGS.get(key)
    if choice is None:
        return no(f"没有“{key}”这个设置。")
    if choice.allowed and value not in choice.allowed:
        return no(f"{choice.words}：只能是 {'、'.join(str(v) for v in choice.allowed)}。")
    if type(value) is not type(choice.default):
        return no(f"{choice.words}：类型不对。")
    if isinstance(value, int) and not 1 <= value <= 400:
        return no(f"{choice.words}：填 1 到 400。")
    return YES
