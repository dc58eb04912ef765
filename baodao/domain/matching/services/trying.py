"""Doing what was tried on a copy: the change by hand first; the new solve that carries it out is asked for beside it."""

from __future__ import annotations

from typing import Any

from baodao.base.actor import Actor
from baodao.base.verdict import Absent, Refused
from baodao.domain.audit.services import record, service
from baodao.domain.matching import selectors
from baodao.domain.matching.facts import READER
from baodao.domain.matching.models import Plan
from baodao.domain.matching.services.drafts import lock, put, take_out
from baodao.domain.matching.services.steps import before, changeable, fields_of, remember, touch
from baodao.domain.matching.what_if import FORBID, LOCK, MORE, PUT, TIME, Change
from baodao.domain.service import selectors as served
from baodao.domain.service import services as serving


@service
def apply_change(*, actor: Actor, plan: Plan, change: Change) -> Plan:
    """Make the change that was tried: lock, take out, put, one more place or another time of a shift.

    One step, taken back like any other. The people follow with the next solve, whose draft can be taken back too.
    """
    changeable(actor, plan)
    if change.kind in (MORE, TIME):
        _change_shift(actor, plan, change)
    elif change.kind == PUT:
        other = selectors.line_or_none(plan, change.shift, change.instead)
        put(actor=actor, plan=plan, shift=change.shift, member=change.member, instead_of=other, leaves=_day(plan, change), anyway=True)
    elif change.kind in (LOCK, FORBID):
        line = selectors.line_for(plan, change.shift, change.member)
        if change.kind == LOCK:
            lock(actor=actor, plan=plan, lines=[line])
        else:
            take_out(actor=actor, plan=plan, line=line)
    else:
        raise Absent
    record("plan.tried", actor=actor, subject=plan, town=plan.town, data={"kind": change.kind, "shift": change.shift})
    return plan


def _day(plan: Plan, change: Change) -> Any:
    """The member's own line on that day, which the new place takes the place of."""
    row = served.visible(READER).filter(code=change.shift).first()
    if row is None:
        raise Absent
    mine = plan.lines.filter(member__code=change.member, shift__date=row.date, locked=False).exclude(shift=row)
    return mine.select_related("member", "shift").first()


def _change_shift(actor: Actor, plan: Plan, change: Change) -> None:
    was, row = before(plan), served.get_for(actor, change.shift)
    changes: dict[str, Any]
    if change.kind == MORE:
        wanted = row.desired_people + 1
        changes = {"desired_people": wanted, "max_people": max(row.max_people, wanted)}
    else:
        if change.start is None:
            raise Refused("选一个别的时间。", code="time")
        changes = {"start_at": change.start, "end_at": change.start + (row.end_at - row.start_at)}
    shift_was = fields_of(row, changes)
    serving.change_shift(actor=actor, shift=row, version=row.version, changes=changes)
    touch(plan)
    remember(plan, was, "try", shift=change.shift, shift_was=shift_was)
