"""The transaction of every deed, and what it leaves behind.

``service`` marks a verb: the outermost one owns the transaction, uses up the form's key and writes all queued entries
with one lock of each chain's head immediately before commit. ``record`` queues an entry and rings the handlers that
``config/wiring.py`` bound to the action; a handler may ring one level deeper, no further.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, models, transaction

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Difference, Refused, Stale
from baodao.domain.audit.models import ChainHead, Entry, Look, UsedKey
from baodao.domain.audit.rules import SYSTEM, entry_digest

P = ParamSpec("P")
R = TypeVar("R")
Handler = Callable[..., None]
MAX_RING = 2


class KeyUsed(Exception):
    """The form was already sent: where the first sending led ("" while nobody wrote it down), and the code of its result."""

    def __init__(self, location: str, result: str = "") -> None:
        super().__init__(location)
        self.location, self.result = location, result


@dataclass(slots=True)
class FormKey:
    """The key of the form being answered: which it is, whose, and whether a deed has used it up."""

    key: str
    account_id: int
    used: bool = False


@dataclass(slots=True)
class _Unit:
    """What the outermost service collects."""

    entries: list[Entry] = field(default_factory=list)
    ringing: int = 0
    result: str = ""


_unit: ContextVar[_Unit | None] = ContextVar("baodao_unit", default=None)
form_key: ContextVar[FormKey | None] = ContextVar("baodao_form_key", default=None)
_handlers: dict[str, list[Handler]] = {}


def bind(table: dict[str, list[Handler]]) -> None:
    """Set the handlers of each action; called once, by ``config.wiring``."""
    _handlers.clear()
    _handlers.update(table)


def service(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function a verb: one transaction, entries and key written with it or not at all."""

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _unit.get() is not None:
            return verb(*args, **kwargs)
        unit = _Unit()
        token = _unit.set(unit)
        try:
            with transaction.atomic():
                _use_key_early()
                result = verb(*args, **kwargs)
                _finish(unit, result)
            held = form_key.get()
            if held is not None:
                held.used = True
            return result
        finally:
            _unit.reset(token)

    run.is_service = True  # type: ignore[attr-defined]
    return run


def _use_key_early() -> None:
    """Claim the key before the deed, so that a second sending waits and then learns that it came second."""
    held = form_key.get()
    if held is None or held.used:
        return
    try:
        with transaction.atomic():
            UsedKey.objects.create(key=held.key, account_id=held.account_id, at=clock.now())
    except IntegrityError:
        first = UsedKey.objects.filter(key=held.key, account_id=held.account_id).first()
        raise KeyUsed(first.led_to if first else "", first.result if first else "") from None


def _finish(unit: _Unit, result: object) -> None:
    held = form_key.get()
    if held is not None and not held.used:
        code = str(getattr(result, "code", "") or "")[:80]
        if code:
            UsedKey.objects.filter(key=held.key, account_id=held.account_id).update(result=code)
    for chain in sorted({entry.chain for entry in unit.entries}):
        _append(chain, [entry for entry in unit.entries if entry.chain == chain])


def _append(chain: str, entries: list[Entry]) -> None:
    ChainHead.objects.get_or_create(chain=chain)
    head = ChainHead.objects.select_for_update().get(chain=chain)
    for entry in entries:
        entry.seq = head.seq + 1
        entry.prev = head.digest
        entry.digest = entry_digest(entry)
        head.seq, head.digest = entry.seq, entry.digest
    Entry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["seq", "digest"])


def record(
    action: str,
    *,
    actor: Actor,
    subject: models.Model | None = None,
    kind: str = "",
    code: str = "",
    town: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Queue an entry and ring the handlers of ``action``.

    ``town`` chooses the chain (the system's when empty); ``data`` holds codes, counts and states only. Must run inside
    a service: outside it raises RuntimeError, because the deed would have no transaction.
    """
    unit = _unit.get()
    if unit is None:
        raise RuntimeError(f"record({action!r}) outside a service")
    if subject is not None:
        kind = kind or subject._meta.model_name or ""
        code = code or str(getattr(subject, "code", ""))
    said = data or {}
    unit.entries.append(
        Entry(
            chain=town or SYSTEM,
            at=clock.now(),
            action=action,
            account_id=actor.account_id,
            role=actor.role,
            path=actor.path,
            subject=kind,
            subject_code=code,
            data=said,
        )
    )
    _ring(unit, action, actor, code, said)


def _ring(unit: _Unit, action: str, actor: Actor, code: str, data: dict[str, Any]) -> None:
    handlers = _handlers.get(action)
    if not handlers:
        return
    if unit.ringing >= MAX_RING:
        raise RuntimeError(f"{action!r} rings deeper than {MAX_RING} levels")
    unit.ringing += 1
    try:
        for handler in handlers:
            handler(actor=actor, code=code, data=data)
    finally:
        unit.ringing -= 1


def save_if_version(
    row: models.Model, *, version: int, changes: dict[str, Any], labels: dict[str, str] | None = None
) -> None:
    """Write ``changes`` to ``row`` if it still has ``version``; raise Stale with both texts otherwise.

    The row in memory gets the new values and version. Fields that did not change are not compared.
    """
    manager = type(row)._default_manager
    moment = clock.now()
    written = manager.filter(pk=row.pk, version=version).update(**changes, version=version + 1, changed_at=moment)
    if not written:
        now = manager.filter(pk=row.pk).first()
        differences = [
            Difference(name, (labels or {}).get(name, name), str(value), str(getattr(now, name, "")))
            for name, value in changes.items()
            if now is not None and getattr(now, name, None) != value
        ]
        raise Stale(str(row._meta.verbose_name), differences)
    for name, value in changes.items():
        setattr(row, name, value)
    row.version = version + 1  # type: ignore[attr-defined]
    row.changed_at = moment  # type: ignore[attr-defined]


def move(row: models.Model, *, to: str, transitions: dict[str, frozenset[str]], column: str = "state") -> str:
    """Move a row to another state if its table allows it; the database decides between two who try at once.

    Returns the state it came from; raises Refused when the step does not exist or somebody was faster.
    """
    old = str(getattr(row, column))
    if to not in transitions.get(old, frozenset()):
        raise Refused("现在的状态不能这样做，刷新看看。", code="state")
    moment = clock.now()
    changes: dict[str, Any] = {column: to, "changed_at": moment}
    if hasattr(row, "version"):
        changes["version"] = models.F("version") + 1
    moved = type(row)._default_manager.filter(pk=row.pk, **{column: old}).update(**changes)
    if not moved:
        raise Refused("别人刚刚改过，刷新看看。", code="state")
    setattr(row, column, to)
    if hasattr(row, "version"):
        row.version += 1
    return old


@service
def looked(*, actor: Actor, subject: str, code: str, field: str, reason: str) -> None:
    """Write down that an unmasked personal value was read, by whom and why; the person can see it."""
    if actor.account_id is None:
        raise Refused("只有登录的工作人员能看。")
    Look.objects.create(
        at=clock.now(),
        account_id=actor.account_id,
        role=actor.role,
        path=actor.path,
        subject=subject,
        subject_code=code,
        field=field,
        reason=reason[:60],
    )


@service
def remember_location(*, key: FormKey, location: str) -> None:
    """Keep where a sent form led, for whoever sends it again."""
    UsedKey.objects.filter(key=key.key, account_id=key.account_id).update(led_to=location[:300])
