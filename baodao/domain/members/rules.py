"""Who may change the ledger, and which values it takes. Every refusal is a sentence its reader can act on."""

from __future__ import annotations

from datetime import date
from typing import Any

from baodao.base.actor import Actor
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.members.models import Member
from baodao.domain.members.reading import LANGUAGES, WISHES
from baodao.domain.members.skills import LABELS as SKILLS
from baodao.domain.members.states import EnrolmentState, MemberState, NameForm, SkillLevel

CLERKS = ("clerk", "secretary")
LABELS = {
    "name": "姓名",
    "kind": "类别",
    "phone": "联系电话",
    "unit": "工作单位",
    "party_org": "所在党组织",
    "party_org_name": "所在党组织",
    "job_title": "职务",
    "community": "报到社区",
    "home_community": "居住社区",
    "estate": "小区",
    "skills": "特长",
    "wishes": "服务意向",
    "slots": "可服务时间",
    "time_note": "可服务时间（原话）",
    "languages": "服务语言",
    "reported_on": "报到时间",
    "receipt_on": "回执时间",
    "team_name": "编入队伍",
    "note": "备注",
    "max_per_month": "每月最多几次",
    "target_per_year": "一年想做几次",
    "takes_offers": "接受推荐",
    "far_ok": "愿意去邻近社区",
    "name_form": "公示姓名",
    "state": "状态",
    "pause_reason": "暂缓原因",
    "blocked_days": "来不了的日子",
}
LENGTHS = {"name": 100, "job_title": 40, "party_org_name": 60, "note": 120, "time_note": 60, "home_community": 60,
           "team_name": 40}  # fmt: skip


def why_not_paper_days(state: str, reported_on: date | None, receipt_on: date | None, today: date) -> Verdict:
    """Slip, report and receipt come in this order and none of them in the future; a receipt that went back has its day."""
    if reported_on is not None and reported_on > today:
        return no("报到的日子不能在将来。")
    if receipt_on is None:
        return no("回执要写哪天退的。") if state == EnrolmentState.RECEIPTED else YES
    if receipt_on > today:
        return no("回执的日子不能在将来。")
    if reported_on is not None and receipt_on < reported_on:
        return no("回执的日子不能早于报到。")
    return YES


def may_keep(actor: Actor, *, community_path: str = "", unit_path: str = "", member_id: int | None = None) -> Verdict:
    """May change a member's record: the clerk of the community, the liaison of the unit, the member; programs."""
    if actor.is_program:
        return YES
    if community_path and actor.has(*CLERKS, path=community_path):
        return YES
    if unit_path and actor.has("liaison", path=unit_path):
        return YES
    if actor.has("member") and actor.member_id is not None and actor.member_id == member_id:
        return YES
    return no("这个人不在你管的范围里。")


def may_add(actor: Actor, *, community_path: str, unit_path: str = "") -> Verdict:
    """May put a person on the ledger: clerk, the unit's liaison, the town for a first ledger; programs."""
    if actor.is_program or actor.has(*CLERKS, "town", path=community_path):
        return YES
    if unit_path and actor.has("liaison", path=unit_path):
        return YES
    return no("只能登记本社区或本单位的人。")


def may_speak_for(actor: Actor, *, community_path: str, member_id: int) -> Verdict:
    """May say what the member wants (time, skills, wishes): the member, or the clerk the member asked (代办)."""
    if actor.is_program or (actor.member_id is not None and actor.member_id == member_id):
        return YES
    if community_path and actor.has(*CLERKS, path=community_path):
        return YES
    return no("时间、特长和意愿由本人定，社区专干可以代办。")


def may_move(actor: Actor, *, community_path: str) -> Verdict:
    """May transfer, end, pause, receipt: the clerk or secretary of the community."""
    if actor.is_program or (community_path and actor.has(*CLERKS, path=community_path)):
        return YES
    return no("调动、离开、回执由报到社区办。")


def may_see_phone(actor: Actor, *, community_path: str, unit_path: str) -> Verdict:
    """May read a telephone in clear: the clerk of the community, the liaison of the unit. Each look is written down."""
    if community_path and actor.has(*CLERKS, path=community_path):
        return YES
    if unit_path and actor.has("liaison", path=unit_path):
        return YES
    return no("电话只给报到社区的专干和本单位联络员看。")


def may_open_list(actor: Actor, path: str) -> Verdict:
    """The town may open a community's list with a reason; the county sees totals only."""
    if actor.is_program or actor.has("town", "townlead", path=path):
        return YES
    return no("名单由镇里说明理由后打开。")


def may_invite(actor: Actor, *, community_path: str) -> Verdict:
    """May make a login for a member: the clerk or secretary of the community; programs."""
    if actor.is_program or (community_path and actor.has(*CLERKS, path=community_path)):
        return YES
    return no("党员的登录由报到社区的专干发。")


def may_import(actor: Actor, scope: str) -> Verdict:
    """May bring a file for a scope: a community, a unit, a town."""
    if actor.is_program or actor.has(*CLERKS, "town", "liaison", path=scope):
        return YES
    return no("导入台账由社区专干、单位联络员或镇里经办。")


def why_not_here(member: Member) -> Verdict:
    """Deeds need a person who is on the ledger."""
    return no("已经离开，不能再改。") if member.state == MemberState.LEFT else YES


def why_not_reason(reason: str) -> Verdict:
    """A look at a telephone needs a reason of 2 to 60 characters."""
    return YES if 2 <= len(reason.strip()) <= 60 else no("写一句为什么要看，2 到 60 个字。")


def why_not_values(values: dict[str, Any]) -> Verdict:
    """Codes must be known ones, texts short, counts in range."""
    for name, most in LENGTHS.items():
        if len(str(values.get(name) or "")) > most:
            return no(f"{LABELS[name]}最多 {most} 个字。")
    if "name" in values and not values["name"]:
        return no("姓名不能空着。")
    if set(values.get("wishes", ())) - set(WISHES):
        return no("服务意向里有认不出的。")
    if set(values.get("languages", ())) - set(LANGUAGES):
        return no("服务语言里有认不出的。")
    if any(code not in SKILLS or level not in SkillLevel.values for code, level in values.get("skills", ())):
        return no("特长里有认不出的。")
    if not 0 <= int(values.get("max_per_month", 0)) <= 31:
        return no("每月最多几次，填 0 到 31。")
    if not 0 <= int(values.get("target_per_year", 0)) <= 366:
        return no("一年想做几次，填 0 到 366。")
    if "name_form" in values and values["name_form"] not in NameForm.values:
        return no("公示姓名只有三种写法。")
    return YES


def why_not_days(first: date, last: date, today: date) -> Verdict:
    """Blocked days: in order, at most a year long, not over."""
    if last < first:
        return no("最后一天在第一天之前，改一下。")
    if last < today:
        return no("这些日子已经过去了。")
    if (last - first).days > 366:
        return no("一次最多写一年。长期来不了就暂缓。")
    return YES
