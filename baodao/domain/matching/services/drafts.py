"""Changes of a draft by hand, and its way to the secretary: lock, put, take out, exchange, go back, submit, approve.

A hand may do what the rules of the plan allow, and ask somebody outside the times they said; it never goes against the
member's consent, blocked days or own limit. What was put by hand stays through a new solve; what was taken out stays out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Absent, Refused, Stale, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.matching import reasons, rules, selectors
from baodao.domain.matching.facts import Facts, load
from baodao.domain.matching.fit import OWN_TIME, TAKEN_OUT, Person, Place
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.matching.problem import Pair, bar
from baodao.domain.matching.services.steps import before, changeable, remember, rests, touch
from baodao.domain.matching.states import PLAN_TRANSITIONS, PlanState
from baodao.domain.posts.eligibility import seat_of


def facts_of(plan: Plan) -> Facts:
    """The facts of a plan's community and month."""
    return load(plan.town, plan.month, [plan.community_path], whole_month=True)


def line_pairs(plan: Plan) -> dict[Pair, bool]:
    """A plan's (member, shift) → locked."""
    return {(m, s): locked for m, s, locked in plan.lines.values_list("member_id", "shift_id", "locked")}


@service
def lock(*, actor: Actor, plan: Plan, lines: Iterable[PlanLine], locked: bool = True) -> Plan:
    """Lock lines so that a new solve keeps them, or unlock them."""
    changeable(actor, plan)
    was = before(plan)
    wanted = [line.pk for line in lines if line.plan_id == plan.pk]
    changed = plan.lines.filter(pk__in=wanted).exclude(locked=locked).update(locked=locked)
    touch(plan)
    remember(plan, was, "lock" if locked else "unlock")
    data = {"lines": changed, "locked": locked}
    record("plan.locked", actor=actor, subject=plan, town=plan.town, data=data)
    return plan


@service
def unlock(*, actor: Actor, plan: Plan, lines: Iterable[PlanLine]) -> Plan:
    """Let a new solve move these lines."""
    return lock(actor=actor, plan=plan, lines=lines, locked=False)


@service
def take_out(*, actor: Actor, plan: Plan, line: PlanLine) -> Plan:
    """Take a person out of a shift; a new solve of this draft does not put them back there."""
    changeable(actor, plan)
    if line.plan_id != plan.pk:
        raise Absent
    was = before(plan)
    out = [*plan.notes.get("out", []), [line.member_id, line.shift_id]]
    plan.lines.filter(pk=line.pk).delete()
    touch(plan, {**plan.notes, "out": out})
    remember(plan, was, "out")
    data = {"shift": line.shift.code, "member": line.member.code}
    record("plan.taken_out", actor=actor, subject=plan, town=plan.town, data=data)
    return plan


@service
def put(
    *,
    actor: Actor,
    plan: Plan,
    shift: str,
    member: str,
    instead_of: PlanLine | None = None,
    leaves: PlanLine | None = None,
    anyway: bool = False,
) -> PlanLine:
    """Put a person into a shift by hand, perhaps for somebody else, perhaps out of another shift of the draft.

    ``anyway`` asks them outside the times they said. Every other rule holds; its sentence is the refusal.
    """
    changeable(actor, plan)
    facts = facts_of(plan)
    person, place = _named(facts, shift, member)
    pairs, was = line_pairs(plan), before(plan)
    for gone in (instead_of, leaves):
        if gone is not None and gone.plan_id == plan.pk:
            pairs.pop((gone.member_id, gone.shift_id), None)
            take_out(actor=actor, plan=plan, line=gone)
    line = _put(plan, facts, person, place, pairs, anyway=anyway)
    notes = {**plan.notes, "out": [p for p in plan.notes.get("out", []) if p != [person.pk, place.pk]]}
    touch(plan, notes)
    remember(plan, was, "put" if instead_of is None else "swap")
    data = {"shift": place.code, "member": person.code, "anyway": anyway}
    record("plan.put", actor=actor, subject=plan, town=plan.town, data=data)
    return line


def _named(facts: Facts, shift: str, member: str) -> tuple[Person, Place]:
    place = next((p for p in facts.places.values() if p.code == shift), None)
    person = next((p for p in facts.people.values() if p.code == member), None)
    if place is None or person is None:
        raise Absent
    return person, place


def _put(plan: Plan, facts: Facts, person: Person, place: Place, pairs: dict[Pair, bool], *, anyway: bool) -> PlanLine:
    after = facts.with_lines(pairs, apart_from=place.pk)
    who = after.people[person.pk]
    code = bar(after, who, place)
    if (person.pk, place.pk) in pairs:
        raise Refused("已经在这个班里。", code="here")
    if code and code != TAKEN_OUT and not (anyway and code == OWN_TIME):
        raise Refused(f"{person.name}：{reasons.words_of(code, who, place)}。", code=code)
    seated = plan.lines.filter(shift_id=place.pk)
    where = replace(
        place.where,
        taken=place.where.taken + seated.count(),
        role_taken=place.where.role_taken + seated.exclude(role="").count(),
    )
    role = seat_of(person.who, where)
    if where.taken >= where.max_people or (not role and _general_room(where) <= 0):
        raise Refused("这个班人已经够了，先拿下一个。", code="full")
    return PlanLine.objects.create(
        plan=plan, shift_id=place.pk, member_id=person.pk, role=role, locked=True, by_hand=True
    )


def _general_room(where: Any) -> int:
    return int(where.max_people - where.taken - (where.role_count - where.role_taken))


@service
def go_back(*, actor: Actor, plan: Plan) -> Plan:
    """Undo a new solve: this draft is dropped and the one it was made from counts again."""
    changeable(actor, plan)
    former = selectors.plan_before(plan)
    if former is None:
        raise Refused("这是第一份草案，没有上一份。", code="first")
    move(plan, to=PlanState.DROPPED, transitions=PLAN_TRANSITIONS)
    move(former, to=PlanState.DRAFT, transitions=PLAN_TRANSITIONS)
    record("plan.gone_back", actor=actor, subject=former, town=plan.town, data={"from": plan.draft, "to": former.draft})
    return former


def _seen(plan: Plan, version: int | None) -> None:
    """What is submitted or approved is what the person saw."""
    if version is not None and version != plan.version:
        raise Stale("月计划")


@service
def submit(*, actor: Actor, plan: Plan, version: int | None = None) -> Plan:
    """送书记审批."""
    must(rules.may_plan(actor, plan.community_path))
    _seen(plan, version)
    rests(plan)
    if not plan.lines.exists():
        raise Refused("计划里还没有人，先安排。", code="empty")
    move(plan, to=PlanState.SUBMITTED, transitions=PLAN_TRANSITIONS)
    record("plan.submitted", actor=actor, subject=plan, town=plan.town, data={"lines": plan.lines.count()})
    return plan


@service
def approve(*, actor: Actor, plan: Plan, version: int | None = None) -> Plan:
    """The secretary approves what she saw."""
    must(rules.may_approve(actor, plan.community_path))
    _seen(plan, version)
    move(plan, to=PlanState.APPROVED, transitions=PLAN_TRANSITIONS)
    plan.approved_by, plan.approved_at = actor.account_id, clock.now()
    plan.save(update_fields=["approved_by", "approved_at"])
    data = {"lines": plan.lines.count(), "by": "command" if actor.is_program else "person"}
    record("plan.approved", actor=actor, subject=plan, town=plan.town, data=data)
    return plan


@service
def send_back(*, actor: Actor, plan: Plan) -> Plan:
    """退回草案: by the secretary, or taken back by the clerk who sent it."""
    if plan.state == PlanState.APPROVED:
        must(rules.may_approve(actor, plan.community_path))
    must(rules.may_plan(actor, plan.community_path))
    move(plan, to=PlanState.DRAFT, transitions=PLAN_TRANSITIONS)
    record("plan.sent_back", actor=actor, subject=plan, town=plan.town, data={"draft": plan.draft})
    return plan
