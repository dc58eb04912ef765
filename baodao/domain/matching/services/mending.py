"""Applying a remedy to a shift that is not full: the shift is changed, and the people that were promised are put in."""

from __future__ import annotations

from typing import Any

from baodao.base.actor import Actor
from baodao.base.verdict import Refused
from baodao.domain.audit.services import record, service
from baodao.domain.matching import remedies
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.matching.services.drafts import facts_of, line_pairs
from baodao.domain.matching.services.steps import before, changeable, fields_of, remember, touch
from baodao.domain.posts.eligibility import holds_role
from baodao.domain.service import selectors as served
from baodao.domain.service import services as serving


@service
def apply_remedy(*, actor: Actor, plan: Plan, shift: str, key: str) -> Plan:
    """Do what a remedy promised: move the shift or lower its minimum, then put in everybody who comes with that.

    Refused when the remedy no longer holds, because people or times changed since it was shown.
    """
    changeable(actor, plan)
    facts, pairs, was = facts_of(plan), line_pairs(plan), before(plan)
    place = next((p for p in facts.places.values() if p.code == shift), None)
    remedy = remedies.by_key(facts, place, pairs, key) if place else None
    if place is None or remedy is None:
        raise Refused("情况变了，这个办法现在用不上，刷新看看。", code="remedy")
    row = served.get_for(actor, shift)
    changes: dict[str, Any] = {"min_people": remedy.least}
    if remedy.kind == "move":
        assert remedy.start is not None and remedy.end is not None
        changes = {"start_at": remedy.start, "end_at": remedy.end}
        place = remedies.at(place, remedy.start, remedy.end, plan.town)
    shift_was = fields_of(row, changes)
    serving.change_shift(actor=actor, shift=row, version=row.version, changes=changes)
    people = remedies.after(facts, place, pairs)
    _seat(plan, place, people)
    touch(plan)
    remember(plan, was, "mend", shift=shift, shift_was=shift_was)
    data = {"shift": shift, "kind": remedy.kind, "gain": remedy.gain}
    record("plan.mended", actor=actor, subject=plan, town=plan.town, data=data)
    return plan


def _seat(plan: Plan, place: Any, people: list[Any]) -> None:
    kept = place.where.role_count - place.where.role_taken
    had = {line.member_id: line for line in plan.lines.filter(shift_id=place.pk)}
    plan.lines.filter(shift_id=place.pk).exclude(member_id__in=[p.pk for p in people]).delete()
    rows = []
    for person in people:
        role = place.where.role_skill if kept and holds_role(person.who, place.where) else ""
        kept -= bool(role)
        if person.pk not in had:
            rows.append(PlanLine(plan=plan, shift_id=place.pk, member_id=person.pk, role=role))
    PlanLine.objects.bulk_create(rows)
