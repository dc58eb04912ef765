"""Reads of notices: one's own, and those that a clerk passes on because the member has no login."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from baodao.base.actor import Actor
from baodao.base.verdict import Absent
from baodao.domain.columns import under_any
from baodao.domain.notices.models import Notice, Stack
from baodao.domain.notices.states import Channel
from baodao.domain.notices.words import sentence

__all__ = ["for_desk", "get_for", "inbox", "sentence", "stack_for", "stacks", "to_tell", "to_tell_count", "told_paths", "unread_count", "visible"]


def _own(actor: Actor) -> Q:
    wanted = Q(pk__in=[])
    if actor.account_id is not None:
        wanted |= Q(account_id=actor.account_id)
    if actor.member_id is not None:
        wanted |= Q(member_id=actor.member_id)
    return wanted


def inbox(actor: Actor) -> QuerySet[Notice]:
    """What this person was told, the newest first."""
    return Notice.objects.filter(_own(actor)).order_by("-created_at", "-pk")


def unread_count(actor: Actor) -> int:
    """How many of them were not opened yet."""
    return inbox(actor).filter(read_at__isnull=True).count()


def to_tell(actor: Actor) -> QuerySet[Notice]:
    """Notices to members without a login that a clerk or secretary still has to pass on, the oldest first."""
    wanted = under_any("path", actor.paths_of("clerk", "secretary"))
    rows = Notice.objects.filter(wanted, read_at__isnull=True, member__isnull=False).exclude(channel=Channel.PAGE)
    return rows.select_related("member", "stack").order_by("created_at", "pk")


def to_tell_count(actor: Actor) -> int:
    """How many those are."""
    return to_tell(actor).count()


def for_desk(actor: Actor) -> QuerySet[Notice]:
    """What a community's desk, or the town's, was told and has not ticked yet, the oldest first; no person is meant."""
    wanted = under_any("path", actor.paths_of("clerk", "secretary")) | Q(path__in=actor.paths_of("town"))
    rows = Notice.objects.filter(wanted, member__isnull=True, account_id__isnull=True, read_at__isnull=True)
    return rows.order_by("created_at", "pk")


def told_paths(subject_code: str) -> list[str]:
    """The desks that were told of a subject."""
    rows = Notice.objects.filter(subject_code=subject_code, member__isnull=True, account_id__isnull=True)
    return list(rows.order_by("path").values_list("path", flat=True).distinct())


def stacks(actor: Actor) -> QuerySet[Stack]:
    """The piles of the actor's desks, newest first."""
    return Stack.objects.filter(under_any("path", actor.paths_of("clerk", "secretary"))).order_by("-created_at", "-pk")


def stack_for(actor: Actor, code: str) -> Stack:
    """One pile of the actor's desk; Absent otherwise."""
    found = stacks(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def visible(actor: Actor) -> QuerySet[Notice]:
    """One's own notices, those one has to pass on (or passed on) and what came to one's desk; programs see all."""
    if actor.is_program:
        return Notice.objects.all()
    passed_on = under_any("path", actor.paths_of("clerk", "secretary")) & Q(member__isnull=False)
    at_desk = under_any("path", actor.paths_of("clerk", "secretary")) | Q(path__in=actor.paths_of("town"))
    passed_on |= at_desk & Q(member__isnull=True, account_id__isnull=True)
    return Notice.objects.filter(_own(actor) | passed_on).order_by("-created_at", "-pk")


def get_for(actor: Actor, code: str) -> Notice:
    """One notice; Absent when there is none for this actor."""
    found = visible(actor).select_related("member").filter(code=code).first()
    if found is None:
        raise Absent
    return found
