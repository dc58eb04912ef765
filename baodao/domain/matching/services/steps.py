"""Steps by hand in a draft, remembered so that each can be taken back, the last first.

A step holds what it changed: lines gone and come, locks as they were, who had been taken out, a shift as it was. A new
solve starts a new draft and with it a new list; going back to the draft before finds its steps again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, service
from baodao.domain.matching import rules, selectors
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.matching.problem import Pair
from baodao.domain.service import selectors as served
from baodao.domain.service import services as serving

KEPT = 40
TIMES = ("start_at", "end_at")


@dataclass(frozen=True, slots=True)
class Before:
    """A draft as it stood before a step: its lines, who was taken out, how many steps it had."""

    lines: dict[Pair, tuple[str, bool, bool]]
    out: list[list[int]]
    steps: int


def changeable(actor: Actor, plan: Plan) -> None:
    """Hold a draft for a change by hand; refuse what is no draft, or a draft that is being planned again at this moment."""
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.state, plan.notes, plan.version = held.state, held.notes, held.version
    must(rules.may_change(actor, plan.community_path, plan.state))
    rests(plan)


def rests(plan: Plan) -> None:
    """Refuse while a run works on the plan."""
    if selectors.run_over(plan.community_path, plan.month) is not None:
        raise Refused("正在重新安排，等它排完或者先停下，再改。", code="running")


def touch(plan: Plan, notes: dict[str, Any] | None = None) -> None:
    """Count the plan's version up, perhaps with new notes."""
    changes: dict[str, Any] = {"version": F("version") + 1, "changed_at": clock.now()}
    if notes is not None:
        changes["notes"] = plan.notes = notes
    Plan.objects.filter(pk=plan.pk).update(**changes)
    plan.version += 1


def before(plan: Plan) -> Before:
    """The draft as it stands."""
    rows = plan.lines.values_list("member_id", "shift_id", "role", "locked", "by_hand")
    lines = {(m, s): (role, locked, hand) for m, s, role, locked, hand in rows}
    return Before(lines, list(plan.notes.get("out", [])), len(plan.notes.get("steps", [])))


def remember(plan: Plan, was: Before, verb: str, *, shift: str = "", shift_was: dict[str, Any] | None = None) -> None:
    """Add the step from ``was`` to the draft as it stands; smaller steps inside it become one."""
    now = before(plan)
    step: dict[str, Any] = {
        "verb": verb,
        "gone": [[*pair, *was.lines[pair]] for pair in sorted(was.lines.keys() - now.lines.keys())],
        "come": [list(pair) for pair in sorted(now.lines.keys() - was.lines.keys())],
        "locks": [
            [*pair, was.lines[pair][1]]
            for pair in sorted(was.lines.keys() & now.lines.keys())
            if was.lines[pair][1] != now.lines[pair][1]
        ],
        "out": was.out,
    }
    if shift_was:
        held = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in shift_was.items()}
        step |= {"shift": shift, "was": held}
    steps = [*plan.notes.get("steps", [])[: was.steps], step][-KEPT:]
    plan.notes = {**plan.notes, "steps": steps}
    Plan.objects.filter(pk=plan.pk).update(notes=plan.notes)


@service
def undo_step(*, actor: Actor, plan: Plan) -> Plan:
    """Take back the last change by hand of a draft, whole: lines, locks, who was taken out, the shift's time or numbers."""
    changeable(actor, plan)
    steps = list(plan.notes.get("steps", []))
    if not steps:
        raise Refused("这份草案没有手工改过的可以撤。", code="none")
    step = steps.pop()
    if "shift" in step:
        row = served.get_for(actor, step["shift"])
        changes = {key: datetime.fromisoformat(v) if key in TIMES else v for key, v in step["was"].items()}
        serving.change_shift(actor=actor, shift=row, version=row.version, changes=changes)
    _restore(plan, step)
    touch(plan, {**plan.notes, "steps": steps, "out": step["out"]})
    data = {"verb": step["verb"], "left": len(steps)}
    record("plan.step_undone", actor=actor, subject=plan, town=plan.town, data=data)
    return plan


def _restore(plan: Plan, step: dict[str, Any]) -> None:
    for member, shift in step["come"]:
        plan.lines.filter(member_id=member, shift_id=shift).delete()
    for member, shift, locked in step["locks"]:
        plan.lines.filter(member_id=member, shift_id=shift).update(locked=locked)
    there = set(plan.lines.values_list("member_id", "shift_id"))
    PlanLine.objects.bulk_create(
        PlanLine(plan=plan, member_id=m, shift_id=s, role=role, locked=locked, by_hand=hand)
        for m, s, role, locked, hand in step["gone"]
        if (m, s) not in there
    )


def fields_of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Some fields of a shift as they are, to be remembered."""
    return {name: getattr(row, name) for name in names}
