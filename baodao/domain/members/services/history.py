"""What every change leaves on the member's own record: field, old, new, who and when; contact values and languages never."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.service_days import SLOTS
from baodao.domain.members import reading, selectors, skills
from baodao.domain.members.models import Member, MemberChange
from baodao.domain.members.states import MemberKind, MemberState, NameForm, PauseReason

#: Fields of which the history keeps the name alone.
SILENT = frozenset({"phone", "languages", "blocked_days"})
_CHOICES: dict[str, Any] = {"kind": MemberKind, "state": MemberState, "name_form": NameForm, "pause_reason": PauseReason}


def said(field: str, value: Any) -> str:
    """A value as the history shows it, 120 characters at most; empty for fields that are silent."""
    if field in SILENT or value is None or value == "":
        return ""
    if field in _CHOICES:
        return str(_CHOICES[field](value).label)
    if field == "skills":
        return "、".join(skills.label(code) if code else words for code, _level, words in value)[:120]
    if field == "wishes":
        return reading.wishes_label(value)[:120]
    if field == "slots":
        return reading.slots_label([slot for slot in value if slot in SLOTS])[:120]
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)[:120]


def change_rows(
    member: Member, actor: Actor, changes: Iterable[tuple[str, Any, Any]], batch: str = ""
) -> list[MemberChange]:
    """Unsaved history rows of (field, old, new)."""
    moment = clock.now()
    return [
        MemberChange(
            member=member, at=moment, account_id=actor.account_id, field=field, old=said(field, old),
            new=said(field, new), batch=batch,
        )
        for field, old, new in changes
    ]


def note(member: Member, actor: Actor, *changes: tuple[str, Any, Any], batch: str = "") -> None:
    """Write the history of one member."""
    MemberChange.objects.bulk_create(change_rows(member, actor, changes, batch))


def town_of(member: Member) -> str:
    """The town whose chain a deed on this member belongs to; empty for someone who serves nowhere yet."""
    return paths.town_of(selectors.place_of(member)[0])
