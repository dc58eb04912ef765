"""Sending offers: an approved plan becomes one open offer per free place; each holds its place until answered or lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F

from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.matching import reasons, rules, standins
from baodao.domain.matching.facts import READER, load
from baodao.domain.matching.fit import OWN_TIME, TAKEN_OUT
from baodao.domain.matching.models import Offer, Plan, PlanLine
from baodao.domain.matching.problem import bar
from baodao.domain.matching.states import OFFER_TRANSITIONS, PLAN_TRANSITIONS, OfferState, PlanState
from baodao.domain.members import selectors as members
from baodao.domain.notices import services as notices
from baodao.domain.posts.eligibility import seat_of
from baodao.domain.service import selectors as served
from baodao.domain.service import services as serving
from baodao.domain.service.rows import NewBooking
from baodao.domain.service.states import BookingSource, ShiftState


@service
def publish(*, actor: Actor, plan: Plan) -> list[Offer]:
    """Send the offers of one approved plan."""
    return publish_many(actor=actor, plans=[plan])


@service
def publish_many(*, actor: Actor, plans: Sequence[Plan]) -> list[Offer]:
    """Open the shifts of approved plans and send an offer for every line that still finds its place.

    A line whose place was taken meanwhile, or whose shift begins within a day, is passed over: the place is open to all.
    """
    for plan in plans:
        must(rules.may_publish(actor, plan.community_path, plan.state))
    for plan in plans:
        _open(actor, plan)
        move(plan, to=PlanState.PUBLISHED, transitions=PLAN_TRANSITIONS)
    Plan.objects.filter(pk__in=[plan.pk for plan in plans]).update(published_at=clock.now())
    made = _send(actor, _lines(plans))
    for plan in plans:
        sent = sum(offer.plan_id == plan.pk for offer in made)
        record("plan.published", actor=actor, subject=plan, town=plan.town, data={"month": plan.month, "offers": sent})
    return made


def _lines(plans: Sequence[Plan]) -> list[tuple[Any, Plan | None]]:
    """The lines of some plans in order of time, each shift, member and plan one object however often it occurs."""
    lines = list(PlanLine.objects.filter(plan__in=plans).order_by("shift__start_at", "pk"))
    shifts = served.visible(READER).in_bulk({line.shift_id for line in lines})
    people, by_key = members.by_ids({line.member_id for line in lines}), {plan.pk: plan for plan in plans}
    for line in lines:
        line.shift, line.member = shifts[line.shift_id], people[line.member_id]
    return [(line, by_key[line.plan_id]) for line in lines]


def _open(actor: Actor, plan: Plan) -> None:
    shifts = served.month_of(plan.community_path, plan.month).filter(state=ShiftState.PLANNED)
    serving.open_shifts_many(actor=actor, shifts=list(shifts))


def _send(actor: Actor, lines: Iterable[tuple[Any, Plan | None]]) -> list[Offer]:
    """Hold the places and make the offers; a line is anything with a member, a shift and a role."""
    now = clock.now()
    wanted = [(line, plan) for line, plan in lines if rules.may_send(now, line.shift.start_at)]
    of_plan = {(line.shift_id, line.member_id): plan for line, plan in wanted}
    rows = [
        NewBooking(line.shift, line.member, BookingSource.OFFER, line.role, held=True) for line, _plan in wanted
    ]
    made = []
    for booking in serving.book_many(actor=actor, rows=rows, partial=True):
        offer = Offer(
            code=random_code(),
            plan=of_plan[(booking.shift_id, booking.member_id)],
            shift=booking.shift,
            member=booking.member,
            booking=booking,
            sent_at=now,
            expires_at=rules.expires(now, booking.shift.start_at),
        )
        offer.stamp()
        made.append(offer)
    Offer.objects.bulk_create(made, batch_size=500)
    for offer in made:
        record("offer.sent", actor=actor, subject=offer, town=offer.shift.town, data={"shift": offer.shift.code})
    notices.tell_many(actor=actor, rows=[telling("offer.sent", offer) for offer in made])
    return made


def telling(key: str, offer: Offer) -> notices.Telling:
    """What a member is told of an offer."""
    data = {"date": f"{offer.shift.date:%m-%d}", "post": offer.shift.post.name}
    return notices.Telling(key, member=offer.member, path=offer.shift.community_path, subject_code=offer.code, data=data)


@service
def offer_place(*, actor: Actor, shift: Any, member: Any, anyway: bool = False) -> Offer:
    """Offer one free place to one member by hand; the rules of the plan hold, and asked is never the same person twice."""
    must(rules.may_offer(actor, shift.community_path))
    must(rules.may_send(clock.now(), shift.start_at))
    facts = load(shift.town, shift.month, [shift.community_path])
    place, person = facts.places.get(shift.pk), facts.people.get(member.pk)
    if place is None or person is None:
        raise Refused("这个班或者这个人现在不能邀请。", code="absent")
    code = bar(facts, person, place)
    if code and code != TAKEN_OUT and not (anyway and code == OWN_TIME):
        raise Refused(f"{person.name}：{reasons.words_of(code, person, place)}。", code=code)
    line = PlanLine(shift=shift, member=member, role=seat_of(person.who, place.where))
    made = _send(actor, [(line, None)])
    if not made:
        raise Refused("人已经够了。", code="full")
    return made[0]


@service
def offer_next(*, actor: Actor, shift: Any, member: str = "") -> Offer:
    """Ask the next one to stand in: the first of the order as it is now.

    ``member`` is whom the page showed first; if somebody else stands first by now, that is said instead of asking another.
    """
    must(rules.may_offer(actor, shift.community_path))
    must(rules.may_send(clock.now(), shift.start_at))
    order = standins.next_for(shift)
    if not order:
        raise Refused("现在没有合适、有空又没问过的人了。换个时间，或者请邻近社区支援。", code="nobody")
    first = order[0].person
    if member and first.code != member:
        raise Refused(f"情况变了，现在排在前面的是{first.name}，刷新看看再请。", code="order")
    person = members.by_ids({first.pk})[first.pk]
    return offer_place(actor=actor, shift=shift, member=person)


@service
def withdraw(*, actor: Actor, offer: Offer) -> Offer:
    """撤回: the desk takes an unanswered offer back; its place is open again."""
    must(rules.may_offer(actor, offer.shift.community_path))
    must(rules.is_answerable(offer.state))
    move(offer, to=OfferState.WITHDRAWN, transitions=OFFER_TRANSITIONS)
    if offer.booking is not None:
        serving.free(actor=actor, booking=offer.booking, by="offer")
    record("offer.withdrawn", actor=actor, subject=offer, town=offer.shift.town)
    return offer


def bump(offers: Iterable[Offer], **changes: Any) -> int:
    """Write the same changes to open offers; says how many were still open."""
    rows = Offer.objects.filter(pk__in=[offer.pk for offer in offers], state=OfferState.SENT)
    return rows.update(version=F("version") + 1, changed_at=clock.now(), **changes)
