"""What a unit does in its month: says the list is right, reads the plan, marks that somebody is on duty that day.

Marking duty frees the place and blocks the day, neutrally. Nothing here accepts, commits, consents or objects for a member.
"""

from __future__ import annotations

from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.documents import selectors as documents
from baodao.domain.documents import services as delivering
from baodao.domain.documents.states import DocumentKind
from baodao.domain.matching import rules
from baodao.domain.matching.extract import extract, unit_list
from baodao.domain.matching.models import Offer, UnitMonth
from baodao.domain.matching.states import OFFER_TRANSITIONS, OfferState
from baodao.domain.members import services as keeping
from baodao.domain.notices import services as notices
from baodao.domain.orgs import selectors as orgs
from baodao.domain.service import services as serving
from baodao.domain.service.states import BookingState

PAPERS = (DocumentKind.PLAN, DocumentKind.EXTRACT)


def _row(actor: Actor, unit_path: str, month: str) -> UnitMonth:
    must(rules.may_keep_unit_month(actor, unit_path))
    row, _new = UnitMonth.objects.get_or_create(
        unit_path=unit_path,
        month=month,
        defaults={"unit": orgs.unit_at(unit_path), "created_at": clock.now(), "changed_at": clock.now()},
    )
    return row


@service
def confirm_list(*, actor: Actor, unit_path: str, month: str, confirmed: bool = True) -> UnitMonth:
    """名单对: the unit's list is right as it stands; ``confirmed=False`` takes it back."""
    row = _row(actor, unit_path, month)
    row.list_at = clock.now() if confirmed else None
    row.list_by = actor.account_id if confirmed else None
    row.list_count = len(unit_list(actor, unit_path, month).members) if confirmed else 0
    row.save()
    action = "unit.list_confirmed" if confirmed else "unit.list_reopened"
    record(action, actor=actor, subject=row, data={"month": month, "members": row.list_count})
    return row


@service
def receive_plan(*, actor: Actor, unit_path: str, month: str, received: bool = True) -> UnitMonth:
    """知道了: the unit read its extract as it stands: which places it saw is kept, and places accepted later open it again.

    Refused while nobody accepted: there is nothing to have seen. Deliveries of the month's plan are receipted with it; a
    receipt stays.
    """
    row = _row(actor, unit_path, month)
    lines = extract(unit_path, month).lines if received else []
    if received and not lines:
        raise Refused("还没有人接受，没有名字可看。有人接受了这里会出现。", code="empty")
    row.plan_at = clock.now() if received else None
    row.plan_by = actor.account_id if received else None
    row.plan_count, row.plan_seen = len(lines), [line.booking for line in lines]
    row.save()
    if received:
        open_ones = documents.delivered_to(actor, unit_path).filter(
            document__month=month, document__kind__in=PAPERS, received_at=None
        )
        delivering.receive_many(actor=actor, deliveries=list(open_ones))
    action = "unit.plan_received" if received else "unit.plan_reopened"
    record(action, actor=actor, subject=row, data={"month": month, "places": row.plan_count})
    return row


@service
def mark_on_duty(*, actor: Actor, booking: Any) -> Any:
    """那天值班: the member's accepted place is freed, neutrally, the day is blocked, member and community are told."""
    booking = booking.booking if isinstance(booking, Offer) else booking
    must(rules.may_mark_duty(actor, booking.unit_path))
    if booking.state != BookingState.TAKEN:
        raise Refused("这个位置已经让出来了。", code="state")
    if booking.shift.start_at <= clock.now():
        raise Refused("这个班已经开始，点名的时候由社区标“单位值班”。", code="over")
    serving.free(actor=actor, booking=booking, by="duty")
    keeping.block_days(actor=actor, member=booking.member, first=booking.date, last=booking.date, by_unit=True)
    offer = Offer.objects.filter(booking=booking, state=OfferState.ACCEPTED).first()
    if offer is not None:
        move(offer, to=OfferState.FREED, transitions=OFFER_TRANSITIONS)
    data = {"date": f"{booking.date:%m-%d}", "post": booking.shift.post.name}
    notices.tell_many(
        actor=actor,
        rows=[
            notices.Telling("booking.freed", member=booking.member, subject_code=booking.code, data=data),
            notices.Telling("booking.freed", path=booking.community_path, subject_code=booking.shift.code, data=data),
        ],
    )
    town = paths.town_of(booking.community_path)
    record("unit.on_duty", actor=actor, subject=booking, town=town, data={"date": booking.date.isoformat()})
    return booking
