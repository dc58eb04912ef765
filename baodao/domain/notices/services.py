"""Writes of notices: tell somebody, mark as read, mark as told by voice or on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Absent, Refused, must
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit.services import record, service
from baodao.domain.notices import rules
from baodao.domain.notices.models import Notice
from baodao.domain.notices.states import Channel


@dataclass(slots=True)
class Telling:
    """One thing to tell: to a member, an account, or the desk of a path; ``data`` holds codes, dates and counts."""

    key: str
    member: Any = None
    account_id: int | None = None
    path: str = ""
    subject_code: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@service
def tell(
    *,
    actor: Actor,
    key: str,
    member: Any = None,
    account_id: int | None = None,
    path: str = "",
    subject_code: str = "",
    data: dict[str, Any] | None = None,
) -> Notice:
    """Tell one person one thing. A member without a login stays on the clerk's list until told in another way."""
    (made,) = tell_many(actor=actor, rows=[Telling(key, member, account_id, path, subject_code, data or {})])
    return made


@service
def tell_many(*, actor: Actor, rows: Sequence[Telling]) -> list[Notice]:
    """Tell many at once; two queries and one write, however many they are."""
    members = {row.member.pk for row in rows if row.member is not None}
    on_page = accounts.with_login(members)
    homes = _homes([row.member for row in rows if row.member is not None and not row.path])
    made = []
    for row in rows:
        member_id = row.member.pk if row.member is not None else None
        spoken = member_id is not None and member_id not in on_page
        notice = Notice(
            account_id=row.account_id,
            member_id=member_id,
            path=row.path or homes.get(member_id or 0, ""),
            key=row.key,
            subject_code=row.subject_code[:12],
            data=row.data,
            channel=Channel.PHONE if spoken else Channel.PAGE,
        )
        notice.stamp()
        made.append(notice)
    return Notice.objects.bulk_create(made, batch_size=500)


def _homes(members: Iterable[Any]) -> dict[int, str]:
    """The community each of these members is enrolled in now."""
    wanted = {member.pk for member in members}
    if not wanted:
        return {}
    related = Notice._meta.get_field("member").related_model
    rows = related.objects.filter(pk__in=wanted, enrolments__until__isnull=True)
    return dict(rows.values_list("pk", "enrolments__community_path"))


@service
def mark_read(*, actor: Actor, notices: Iterable[Notice]) -> int:
    """The person opened them."""
    own = [notice.pk for notice in notices if rules.is_own(actor, notice)]
    return Notice.objects.filter(pk__in=own, read_at__isnull=True).update(read_at=clock.now())


@service
def mark_seen(*, actor: Actor, notices: Iterable[Notice]) -> int:
    """The desk took note of what it was told."""
    wanted = list(notices)
    for notice in wanted:
        must(rules.may_see_to(actor, notice))
    return Notice.objects.filter(pk__in=[one.pk for one in wanted], read_at__isnull=True).update(
        read_at=clock.now(), told_by=actor.account_id
    )


@service
def mark_told(*, actor: Actor, notice: Notice, channel: str) -> Notice:
    """The clerk told the member by telephone, on paper or in person."""
    mark_told_many(actor=actor, notices=[notice], channel=channel)
    notice.refresh_from_db()
    return notice


@service
def mark_told_many(*, actor: Actor, notices: Iterable[Notice], channel: str) -> int:
    """The clerk told many in the same way (a list read out, slips handed over). Refused when one was told before."""
    wanted = list(notices)
    for notice in wanted:
        must(rules.may_mark_told(actor, notice))
        if notice.member_id is None:
            raise Absent
    if channel not in rules.SPOKEN:
        raise Refused("选一种：当面、电话、纸条、群里接龙。", code="channel")
    changed = Notice.objects.filter(pk__in=[one.pk for one in wanted], read_at__isnull=True).update(
        read_at=clock.now(), channel=channel, told_by=actor.account_id
    )
    if changed != len(wanted):
        raise Refused("已经告知过了。", code="state")
    for town in sorted({paths.town_of(one.path) for one in wanted}):
        rows = [one for one in wanted if paths.town_of(one.path) == town]
        record("notice.told", actor=actor, kind="notice", code=rows[0].code if len(rows) == 1 else "", town=town,
               data={"channel": channel, "count": len(rows)})
    return changed
