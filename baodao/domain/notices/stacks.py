"""Piles of notices: a stack printed as slips and told when it was handed out, or many told at once; undone within a day.

How, when and by whom stays on every notice. Notices told in another way meanwhile are no longer part of an open stack.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, service
from baodao.domain.notices import rules
from baodao.domain.notices.models import Notice, Stack
from baodao.domain.notices.services import mark_told_many
from baodao.domain.notices.states import Channel


@service
def print_stack(*, actor: Actor, notices: Iterable[Notice]) -> Stack:
    """Put notices on one pile of slips. They stay to be told until the pile is marked as handed out."""
    return _stack(actor, notices, printed=True)


def _stack(actor: Actor, notices: Iterable[Notice], *, printed: bool) -> Stack:
    wanted = list(notices)
    if not wanted:
        raise Refused("没有要告知的，先选人。", code="empty")
    for notice in wanted:
        must(rules.may_mark_told(actor, notice))
    path = paths.community_of(wanted[0].path) or wanted[0].path
    if any(not paths.covers(path, notice.path) for notice in wanted):
        raise Refused("一叠只放一个社区的。", code="scope")
    people = len({notice.member_id for notice in wanted})
    stack = Stack(path=path, made_by=actor.account_id, people=people, printed_at=clock.now() if printed else None)
    stack.save()
    Notice.objects.filter(pk__in=[one.pk for one in wanted], read_at__isnull=True).update(stack=stack)
    if printed:
        record("notice.printed", actor=actor, subject=stack, town=paths.town_of(path), data={"count": len(wanted)})
    return stack


@service
def tell_together(*, actor: Actor, notices: Iterable[Notice], channel: str) -> Stack:
    """These were all told in the same way; the pile they form can be taken back."""
    stack = _stack(actor, notices, printed=False)
    return tell_stack(actor=actor, stack=stack, channel=channel)


@service
def tell_stack(*, actor: Actor, stack: Stack, channel: str, but: Collection[str] = ()) -> Stack:
    """A pile was handed out (or read out). ``but``: codes of members who did not get theirs; they stay to be told."""
    must(rules.may_keep_stack(actor, stack.path))
    stack = Stack.objects.select_for_update().get(pk=stack.pk)
    if stack.told_at is not None:
        raise Refused("这一叠已经记过了。", code="state")
    rows = list(stack.notices.filter(read_at__isnull=True).select_related("member"))
    kept = [notice for notice in rows if notice.member is not None and notice.member.code in but]
    given = [notice for notice in rows if notice not in kept]
    if not given:
        raise Refused("没有要记的：这一叠都没给，或者都告知过了。", code="empty")
    Notice.objects.filter(pk__in=[one.pk for one in kept]).update(stack=None)
    mark_told_many(actor=actor, notices=given, channel=channel)
    stack.told_at, stack.told_by, stack.channel = clock.now(), actor.account_id, channel
    stack.people = len({notice.member_id for notice in given})
    stack.save(update_fields=["told_at", "told_by", "channel", "people"])
    return stack


@service
def untell_stack(*, actor: Actor, stack: Stack) -> Stack:
    """Take the telling of a pile back within a day: its notices are to be told again. A printed pile stays a pile."""
    must(rules.may_keep_stack(actor, stack.path))
    stack = Stack.objects.select_for_update().get(pk=stack.pk)
    must(rules.why_not_undo(stack, clock.now()))
    rows = stack.notices.filter(told_by__isnull=False)
    count = rows.update(read_at=None, told_by=None, channel=Channel.PHONE, stack=stack if stack.printed_at else None)
    stack.told_at, stack.told_by, stack.channel = None, None, ""
    stack.save(update_fields=["told_at", "told_by", "channel"])
    record("notice.untold", actor=actor, subject=stack, town=paths.town_of(stack.path), data={"count": count})
    return stack
