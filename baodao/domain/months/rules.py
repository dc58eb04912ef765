"""Who closes a month, who drafts and signs; what the figures are called and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from baodao.base.actor import Actor
from baodao.base.text.numbers import share_zh
from baodao.base.verdict import YES, Verdict, no

NOT_MEASURED = _("没有数据")
SMALL = 5

# domain.md §4.2, each component a figure of its own with its base; no composite, no order but the official one
COMMUNITY_COMPONENTS: dict[str, str] = {
    "needs_in_time": _("诉求按时有结果"),
    "needs_satisfied": _("居民评价满意"),
    "places_filled": _("岗位排上人"),
    "plan_carried": _("计划的班次办了"),
    "members_served": _("党员本月服务过"),
    "hours_spread": _("时长集中程度（基尼系数）"),
}
# units: no open days, no resources, no share of members who served (red line 7 and the issue)
UNIT_COMPONENTS: dict[str, str] = {
    "reported": _("已到社区报到"),
    "places_kept": _("接受的班到了"),
}


@dataclass(frozen=True, slots=True)
class Component:
    """A figure of an assessment with its base; None means that there is nothing to measure."""

    key: str
    label: str
    part: int | None
    base: int | None

    @property
    def shown(self) -> str:
        """In words: a percentage from 200 on, otherwise 7/9; "没有数据" without a base."""
        if self.part is None or not self.base:
            return str(NOT_MEASURED)
        if self.key == "hours_spread":
            return f"{self.part / 100:.2f}"
        return share_zh(self.part, self.base)


def persons(number: int) -> str:
    """A count of persons for a paper: under five nobody can be told apart."""
    return f"少于{SMALL}" if number < SMALL else str(number)


def gini_hundredths(hours: list[int]) -> int | None:
    """The Gini coefficient × 100 of a list of minutes; None for fewer than five people."""
    if len(hours) < SMALL or not sum(hours):
        return None
    ordered = sorted(hours)
    count, total = len(ordered), sum(ordered)
    weighted = sum((index + 1) * value for index, value in enumerate(ordered))
    return round(100 * (2 * weighted / (count * total) - (count + 1) / count))


def may_close(actor: Actor, town: str) -> Verdict:
    """The town's desk, or the command."""
    if actor.is_program or actor.has("town", "townlead", path=town):
        return YES
    return no("结月由镇里办。")


def may_draft(actor: Actor, town: str) -> Verdict:
    """Who drafts the bulletin."""
    if actor.is_program or actor.has("town", path=town):
        return YES
    return no("通报由镇里经办人拟稿。")


def may_sign(actor: Actor, town: str, drafted_by: int | None) -> Verdict:
    """Who signs: the town's lead, who did not draft it."""
    if actor.is_program:
        return YES
    if not actor.has("townlead", path=town):
        return no("通报由镇党委签发人签。")
    if drafted_by is not None and drafted_by == actor.account_id:
        return no("拟稿的人不能自己签发。")
    return YES
