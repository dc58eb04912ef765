"""Who issues and receives papers."""

from __future__ import annotations

from datetime import datetime, timedelta

from baodao.base.actor import Actor
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.documents.models import Delivery

#: A reminder may come again after so long, so that it stays a kindness.
QUIET = timedelta(days=3)


def may_issue(actor: Actor, town: str, community: str) -> Verdict:
    """The town for its papers, a community's secretary or clerk for the community's."""
    if actor.is_program or actor.has("town", "townlead", path=town):
        return YES
    if community and actor.has("secretary", "clerk", path=community):
        return YES
    return no("发文由镇里或社区书记办。")


def may_receive(actor: Actor, delivery: Delivery) -> Verdict:
    """The liaison of the unit, or the staff of the community, it was delivered to."""
    if actor.is_program or actor.has("liaison", "secretary", "clerk", path=delivery.path):
        return YES
    return no("回执由收文的单位签。")


def why_not_remind(last: datetime | None, now: datetime) -> Verdict:
    """At most one reminder in three days."""
    if last is not None and now - last < QUIET:
        return no("三天里提醒过一次了，过几天再提醒，或者打个电话。")
    return YES
