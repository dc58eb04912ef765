"""Who may mark a notice."""

from __future__ import annotations

from datetime import datetime, timedelta

from baodao.base.actor import Actor
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.notices.models import Notice, Stack

SPOKEN = ("in_person", "phone", "paper", "chain")
UNDO = timedelta(hours=24)


def is_own(actor: Actor, notice: Notice) -> bool:
    """Is the notice for this person."""
    if actor.account_id is not None and notice.account_id == actor.account_id:
        return True
    return actor.member_id is not None and notice.member_id == actor.member_id


def may_see_to(actor: Actor, notice: Notice) -> Verdict:
    """The desk a notice without a person came to: the community's, or the town's own."""
    at_desk = actor.has("clerk", "secretary", path=notice.path) or notice.path in actor.paths_of("town")
    if actor.is_program or (notice.member_id is None and notice.path and at_desk):
        return YES
    return no("这条由收到的社区或镇里看。")


def may_mark_told(actor: Actor, notice: Notice) -> Verdict:
    """The clerk or secretary whose desk the member belongs to; programs."""
    if actor.is_program or (notice.path and actor.has("clerk", "secretary", path=notice.path)):
        return YES
    return no("这条由本社区专干告知。")


def may_keep_stack(actor: Actor, path: str) -> Verdict:
    """The clerk or secretary of the community the pile belongs to."""
    if actor.is_program or (path and actor.has("clerk", "secretary", path=path)):
        return YES
    return no("这一叠由本社区专干办。")


def why_not_undo(stack: Stack, now: datetime) -> Verdict:
    """A telling is taken back within a day."""
    if stack.told_at is None:
        return no("这一叠还没有记成告知过。")
    return YES if now - stack.told_at <= UNDO else no("告知过了一天，不能撤销了。")
