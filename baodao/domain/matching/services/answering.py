"""Answers: only the member accepts, perhaps by the voice of the clerk (代办); silence and refusal leave nothing but the
offer's neutral state.

The audit entry of an answer does not say which answer it was; the place's own entry does, because a place must be
accounted for. A reason is kept on the offer alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baodao.base.actor import Actor, program
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.matching import rules, selectors
from baodao.domain.matching.models import Offer
from baodao.domain.matching.services.publishing import bump, offer_place, telling
from baodao.domain.matching.states import OFFER_TRANSITIONS, DeclineReason, OfferState
from baodao.domain.notices import services as notices
from baodao.domain.service import services as serving
from baodao.domain.service.states import BookingState


@dataclass(slots=True)
class Answer:
    """One answer: yes or no, perhaps a reason; how and when the member said it when the desk writes it down."""

    offer: Offer
    accept: bool
    reason: str = ""
    asked_how: str = ""
    asked_at: datetime | None = None


@service
def answer(
    *, actor: Actor, offer: Offer, accept: bool, reason: str = "", asked_how: str = "", asked_at: datetime | None = None
) -> Offer:
    """Answer one offer: the member, or the desk because the member said so."""
    return answer_many(actor=actor, rows=[Answer(offer, accept, reason, asked_how, asked_at)])[0]


@service
def answer_many(*, actor: Actor, rows: Sequence[Answer]) -> list[Offer]:
    """Answer many offers in a constant number of writes per way of asking. All or nothing."""
    now = clock.now()
    groups: dict[tuple[bool, str, str, datetime | None], list[Offer]] = defaultdict(list)
    for row in rows:
        _allowed(actor, row, now)
        groups[(row.accept, row.reason, row.asked_how, row.asked_at)].append(row.offer)
    for (accept, reason, asked_how, asked_at), offers in groups.items():
        behalf = _behalf(actor, asked_how, asked_at, now)
        _move_places(actor, offers, accept=accept, asked_how=asked_how, asked_at=asked_at)
        state = OfferState.ACCEPTED if accept else OfferState.DECLINED
        if bump(offers, state=state, reason="" if accept else reason, answered_at=now, **behalf) != len(offers):
            raise Refused("这个邀请已经有答复或者到期了，刷新看看。", code="state")
        for offer in offers:
            offer.state, offer.answered_at, offer.reason = state, now, "" if accept else reason
            for name, value in behalf.items():
                setattr(offer, name, value)
            data = {"shift": offer.shift.code, **({"asked_how": asked_how} if asked_how else {})}
            record("offer.answered", actor=actor, subject=offer, town=offer.shift.town, data=data)
        if asked_how:
            key = "offer.accepted" if accept else "offer.declined"
            notices.tell_many(actor=actor, rows=[telling(key, offer) for offer in offers])
    return [row.offer for row in rows]


def _allowed(actor: Actor, row: Answer, now: datetime) -> None:
    offer = row.offer
    must(rules.may_answer(actor, member_id=offer.member_id, community=offer.shift.community_path, asked_how=row.asked_how))
    must(rules.is_answerable(offer.state))
    if offer.expires_at <= now and not actor.is_program:
        raise Refused("这个邀请已经到期，位置放给大家了；还有空位的话直接认领。", code="lapsed")
    if row.reason and row.reason not in DeclineReason.values:
        raise Refused("原因选一个，不选也行。", code="reason")
    if offer.booking is None:
        raise Refused("这个位置已经不在了。", code="state")


def _behalf(actor: Actor, asked_how: str, asked_at: datetime | None, now: datetime) -> dict[str, Any]:
    if not asked_how:
        return {}
    return {"on_behalf_by": actor.account_id, "asked_how": asked_how, "asked_at": asked_at or now}


def _move_places(
    actor: Actor, offers: list[Offer], *, accept: bool, asked_how: str, asked_at: datetime | None
) -> None:
    bookings = []
    for offer in offers:
        assert offer.booking is not None  # checked in _allowed
        offer.booking.shift = offer.shift
        bookings.append(offer.booking)
    if accept:
        serving.take_many(actor=actor, bookings=bookings, asked_how=asked_how, asked_at=asked_at)
    else:
        serving.free_many(actor=actor, bookings=bookings, by="offer", asked_how=asked_how)


@service
def undo_on_behalf(*, actor: Actor, offer: Offer) -> Offer:
    """Take back what the desk answered for a member, within seven days and without a reason.

    An acceptance becomes a refusal and the place is open again; a refusal becomes a new open offer if there is room.
    """
    must(
        rules.may_undo(
            actor,
            member_id=offer.member_id,
            community=offer.shift.community_path,
            answered_at=offer.answered_at,
            on_behalf=bool(offer.asked_how),
            now=clock.now(),
        )
    )
    if offer.state == OfferState.ACCEPTED:
        move(offer, to=OfferState.DECLINED, transitions=OFFER_TRANSITIONS)
        if offer.booking is not None and offer.booking.state == BookingState.TAKEN:
            offer.booking.shift = offer.shift
            serving.free(actor=actor, booking=offer.booking, by="member", asked_how=offer.asked_how)
        record("offer.undone", actor=actor, subject=offer, town=offer.shift.town)
        return offer
    move(offer, to=OfferState.WITHDRAWN, transitions=OFFER_TRANSITIONS)
    record("offer.undone", actor=actor, subject=offer, town=offer.shift.town)
    return offer_place(actor=program("undo"), shift=offer.shift, member=offer.member, anyway=True)


@service
def lapse_due(*, actor: Actor, offers: Iterable[Offer] | None = None) -> int:
    """Offers whose time is over: the place is open to all. Neutral; nothing counts it. Returns how many."""
    rows = list(selectors.due() if offers is None else offers)
    held = [offer for offer in rows if offer.booking is not None and offer.booking.state == BookingState.HELD]
    bookings = []
    for offer in held:
        assert offer.booking is not None
        offer.booking.shift = offer.shift
        bookings.append(offer.booking)
    if bookings:
        serving.free_many(actor=actor, bookings=bookings, by="offer")
    bump(held, state=OfferState.LAPSED)
    bump([offer for offer in rows if offer not in held], state=OfferState.WITHDRAWN)
    for offer in rows:
        record("offer.lapsed", actor=actor, subject=offer, town=offer.shift.town, data={"shift": offer.shift.code})
    notices.tell_many(actor=actor, rows=[telling("offer.lapsed", offer) for offer in held])
    return len(rows)


@service
def withdraw_cancelled(*, actor: Actor, code: str, data: dict[str, Any]) -> None:
    """A shift was cancelled (rung by that deed): its open offers are withdrawn with it; whoever was asked was told."""
    rows = list(Offer.objects.filter(shift__code=code, state=OfferState.SENT).select_related("shift"))
    bump(rows, state=OfferState.WITHDRAWN)
    for offer in rows:
        record("offer.withdrawn", actor=actor, subject=offer, town=offer.shift.town)
