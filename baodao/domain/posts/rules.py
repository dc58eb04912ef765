"""Who may keep posts, review commitments, pair and fix; what a post needs before it is open. Pure decisions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.text.free import find_ids
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.posts.states import Hazard, PostKind

KEEPERS = ("clerk", "secretary")
READERS = ("clerk", "secretary", "grid", "town", "townlead")
NEEDS_INSURANCE = frozenset({Hazard.MEDIUM, Hazard.HIGH})

LABELS = {
    "kind": "类别",
    "name": "名称",
    "duties": "职责",
    "place": "地点",
    "estate": "小区",
    "skill": "要的特长",
    "role_skill": "留座的特长",
    "role_count": "留几个座",
    "certificate": "证件",
    "language": "语言",
    "hazard": "风险",
    "insurance": "保险",
    "two_person": "两人同行",
    "remote": "不用出门",
    "min_people": "最少",
    "desired_people": "希望",
    "max_people": "最多",
    "tier": "轻重缓急",
    "pattern": "时间",
    "minutes": "时长",
    "quality": "质量标准",
    "leader": "组长",
    "supervisor_account": "确认人",
    "until": "到哪天",
    "goal": "做到什么",
    "when": "什么时候",
}


def may_keep(actor: Actor, community: str) -> Verdict:
    """Posts, pairings, fixings and teams are kept by the community's clerk and secretary."""
    if actor.is_program or actor.has(*KEEPERS, path=community):
        return YES
    return no(_("岗位由本社区的专干或书记管。"))


def may_review(actor: Actor, community: str, written_by: int | None) -> Verdict:
    """审诺: the community's secretary, who did not write it for the member."""
    if actor.is_program:
        return YES
    if not actor.has("secretary", path=community):
        return no(_("承诺由社区书记审。"))
    if written_by is not None and written_by == actor.account_id:
        return no(_("代办的人不能自己审，换一位书记审。"))
    return YES


def may_lead(actor: Actor, leader_id: int | None) -> Verdict:
    """A leader's rights come from the post or the shift that names him."""
    if leader_id is not None and actor.member_id == leader_id:
        return YES
    return no(_("这个岗位的组长才能办。"))


def why_not_people(low: int, wished: int, high: int, *, two_person: bool, role_count: int) -> Verdict:
    """Do the numbers of people make sense."""
    if not 1 <= low <= wished <= high <= 60:
        return no(_("人数按“最少 ≤ 希望 ≤ 最多”填，最多 60 人。"))
    if two_person and low < 2:
        return no(_("两人同行的岗位，最少要 2 人。"))
    if role_count > high:
        return no(_("留的座不能比最多的人数还多。"))
    return YES


def why_not_post(values: dict[str, Any]) -> Verdict:
    """What a draft must already have: a name, sensible numbers, a known kind."""
    if not str(values["name"]).strip():
        return no(_("写上岗位名称。"))
    if values["kind"] not in PostKind.values:
        return no(_("没有这类岗位。"))
    if values.get("role_count") and not values.get("role_skill"):
        return no(_("留了座，就要写留给什么特长的人。"))
    return why_not_people(
        values["min_people"],
        values["desired_people"],
        values["max_people"],
        two_person=bool(values.get("two_person")),
        role_count=int(values.get("role_count") or 0),
    )


def missing_to_open(post: Any) -> list[str]:
    """What a post lacks before it can be offered, each as a sentence."""
    found = []
    if post.leader_id is None:
        found.append(_("还没有写组长。"))
    if post.hazard in NEEDS_INSURANCE and not post.insurance.strip():
        found.append(_("风险是中或高，要写明保险。"))
    if not post.quality.strip():
        found.append(_("还没有写质量标准。"))
    return found


def may_open(post: Any) -> Verdict:
    """May the post be offered now."""
    missing = missing_to_open(post)
    return no("".join(missing)) if missing else YES


def why_not_commitment(goal: str, when: str, quality: str) -> Verdict:
    """Goal, time and quality are all there, short, and hold no identity number."""
    for words, label, most in ((goal, "做到什么", 80), (when, "什么时候", 60), (quality, "做到多好", 80)):
        if not words.strip():
            return no(_("“%(what)s”还没有写。") % {"what": label})
        if len(words) > most:
            return no(_("“%(what)s”最多 %(most)d 个字。") % {"what": label, "most": most})
        if find_ids(words):
            return no(_("承诺会公示，不要写身份证号。"))
    return YES


def is_vague(goal: str, when: str) -> bool:
    """A promise without any number or day is hard to keep: a hint, never a refusal."""
    measures = set("0123456789一二两三四五六七八九十每周月天次当")
    return not (measures & set(goal + when))
