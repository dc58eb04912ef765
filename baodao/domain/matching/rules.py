"""Who plans, approves, sends and answers; when an offer ends. Pure decisions with reasons for their reader."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from baodao.base.actor import Actor
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.matching.states import OfferState, PlanState
from baodao.domain.posts.states import AskedHow

OPEN_FOR = timedelta(days=3)
BEFORE_SHIFT = timedelta(hours=24)
UNDO_FOR = timedelta(days=7)
DESK = ("clerk", "secretary")


def may_plan(actor: Actor, path: str) -> Verdict:
    """A community's clerk or secretary for it, the town for all of them."""
    if actor.is_program or actor.has(*DESK, "town", path=path):
        return YES
    return no("月计划由社区专干排，全镇的由镇里排。")


def may_change(actor: Actor, community: str, state: str) -> Verdict:
    """Only a draft is changed; what waits for the secretary is sent back first."""
    allowed = may_plan(actor, community)
    if not allowed:
        return allowed
    if state == PlanState.DRAFT:
        return YES
    if state in (PlanState.SUBMITTED, PlanState.APPROVED):
        return no("计划已经送审或批准，退回草案再改。")
    return no("这份计划已经发出或作废，重新安排一份再改。")


def may_approve(actor: Actor, community: str) -> Verdict:
    """The community's secretary; a command does it in the demo town only and says so in the audit."""
    if actor.is_program or actor.has("secretary", path=community):
        return YES
    return no("月计划由社区书记批准。")


def may_publish(actor: Actor, community: str, state: str) -> Verdict:
    """An approved plan is sent by the community's desk."""
    if not (actor.is_program or actor.has(*DESK, path=community)):
        return no("邀请由社区发。")
    return YES if state == PlanState.APPROVED else no("书记批准以后才能发邀请。")


def may_offer(actor: Actor, community: str) -> Verdict:
    """One place offered by hand."""
    if actor.is_program or actor.has(*DESK, path=community):
        return YES
    return no("邀请由社区专干发。")


def may_answer(actor: Actor, *, member_id: int, community: str, asked_how: str) -> Verdict:
    """The member; or the clerk of the shift's community who says how the member asked for it."""
    if actor.is_program or (actor.member_id is not None and actor.member_id == member_id):
        return YES
    if not actor.has(*DESK, path=community):
        return no("邀请只由本人答复，或者由社区专干按他的话代办。")
    if asked_how not in AskedHow.values:
        return no("代办要选他是怎么说的：当面、电话、纸质或接龙。")
    return YES


def may_undo(
    actor: Actor, *, member_id: int, community: str, answered_at: datetime | None, on_behalf: bool, now: datetime
) -> Verdict:
    """What was done on behalf of a member may be undone for seven days, by the member or at their word, no reason asked."""
    if not on_behalf or answered_at is None:
        return no("只有代办的答复可以撤销。")
    if now - answered_at > UNDO_FOR:
        return no("代办已经过了 7 天，来不了的话在班次里退出就行，不扣分。")
    if actor.is_program or actor.member_id == member_id or actor.has(*DESK, path=community):
        return YES
    return no("代办由本人或社区专干撤销。")


def may_mark_duty(actor: Actor, unit_path: str) -> Verdict:
    """The liaison of the member's unit: frees the shift, neutrally. Nothing else."""
    if actor.is_program or (unit_path and actor.has("liaison", path=unit_path)):
        return YES
    return no("那天值班由本人单位的联络员标。")


def may_keep_unit_month(actor: Actor, unit_path: str) -> Verdict:
    """The unit's liaison."""
    if actor.is_program or actor.has("liaison", path=unit_path):
        return YES
    return no("名单和计划由单位联络员确认。")


def expires(sent: datetime, start: datetime) -> datetime:
    """When an open offer ends: three days after sending, at latest a day before the shift."""
    return min(sent + OPEN_FOR, start - BEFORE_SHIFT)


def may_send(sent: datetime, start: datetime) -> Verdict:
    """Too late to ask anybody who needs a day to think."""
    if expires(sent, start) > sent:
        return YES
    return no("离开始不到一天，不再发邀请；空位大家都能认领。")


def may_solve_month(first: date, last: date, today: date) -> Verdict:
    """A month that is over is not planned."""
    if last < today:
        return no("这个月已经过完，不能再排。")
    return YES if (first - today).days <= 100 else no("离现在太远，三个月以内的月份才排。")


def may_replay(actor: Actor) -> Verdict:
    """A past month leaves as an anonymous problem by the command on the server alone."""
    return YES if actor.is_program else no("只能在服务器上用命令。")


def may_refresh(actor: Actor) -> Verdict:
    """The table of whom to ask is kept by the worker."""
    return YES if actor.is_program else no("这张表由后台自己更新。")


def is_answerable(state: str) -> Verdict:
    """Only an open offer is answered."""
    if state == OfferState.SENT:
        return YES
    return no("这个邀请已经有答复或者到期了。")
