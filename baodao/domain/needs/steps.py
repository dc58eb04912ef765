"""Small writes that several verbs of needs share: a step of the timeline, the destruction of a contact."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.domain import erasures
from baodao.domain.needs.models import Need, NeedContact, NeedEvent


def step(need: Need, kind: str, actor: Actor, words: str = "", at: datetime | None = None) -> NeedEvent:
    """A step of the timeline, not yet saved."""
    return NeedEvent(need=need, at=at or clock.now(), kind=kind, words=words, account_id=actor.account_id)


def row_key(need: Need) -> str:
    """What the data key of a need's contact is bound to."""
    return f"needs_needcontact/{need.code}"


def destroy_contact(need: Need) -> bool:
    """Destroy the data key and overwrite the sealed bytes; says whether there was anything."""
    rows = NeedContact.objects.filter(need=need).exclude(wrapped_key=b"")
    gone = rows.update(
        wrapped_key=b"", name=b"", phone=b"", place_detail=b"", language=b"", erased_at=clock.now()
    )
    return bool(gone)


def note_erased(kind: str, code: str) -> None:
    """Write the erasure into the log outside the database, once it is committed."""
    transaction.on_commit(lambda: erasures.append([(kind, code)]))
