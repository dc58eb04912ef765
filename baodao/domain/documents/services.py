"""Writes of documents: reserve a number, seal the rendered copies, deliver, receive.

Issuing takes two steps, because rendering is slow and must stand outside any transaction: ``reserve`` gives the number,
``seal`` archives the bytes with their digest. An unsealed number is retried and never given to another paper.
"""

from __future__ import annotations

import hashlib

from django.db.models import Max

from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.documents import rules, selectors
from baodao.domain.documents.models import Copy, Delivery, Document
from baodao.domain.documents.states import TRANSITIONS, DocumentState
from baodao.domain.orgs import services as orgs


@service
def reserve(*, actor: Actor, town: str, kind: str, month: str, title: str, community: str = "") -> Document:
    """Reserve the next number of this town, kind and year; the year is that of the day of issue.

    A paper of that kind, month and place that has its number already is answered: of two who press at once both get it.
    """
    orgs.hold(town)
    must(rules.may_issue(actor, town, community))
    held = selectors.of_month(town, kind, month, community)
    if held is not None:
        return held
    year = clock.today().year
    numbers = Document.objects.filter(town=town, kind=kind, year=year).order_by("-number")
    last = numbers.values_list("number", flat=True).first()
    document = Document(
        town=town, community=community, kind=kind, month=month, year=year, number=(last or 0) + 1, title=title
    )
    document.save()
    record("document.reserved", actor=actor, subject=document, town=town, data={"kind": kind, "number": document.number})
    return document


@service
def seal(*, actor: Actor, document: Document, copies: dict[str, bytes]) -> Document:
    """Archive the rendered copies with their digests; a sealed paper never changes."""
    must(rules.may_issue(actor, document.town, document.community))
    if not copies:
        raise Refused("没有可存档的文件。")
    move(document, to=DocumentState.SEALED, transitions=TRANSITIONS)
    digests = {form: hashlib.sha256(content).hexdigest() for form, content in copies.items()}
    Copy.objects.bulk_create(
        [Copy(document=document, form=form, content=content, digest=digests[form]) for form, content in copies.items()]
    )
    document.sealed_at, document.signed_by = clock.now(), actor.account_id
    document.save(update_fields=["sealed_at", "signed_by"])
    record("document.sealed", actor=actor, subject=document, town=document.town, data={"digests": digests})
    return document


@service
def deliver_many(*, actor: Actor, document: Document, paths: list[str]) -> list[Delivery]:
    """Deliver a sealed paper to units or communities; whoever has it already does not get it twice."""
    orgs.hold(document.town)
    must(rules.may_issue(actor, document.town, document.community))
    if document.state != DocumentState.SEALED:
        raise Refused("存档以后才能发。")
    known = set(document.deliveries.values_list("path", flat=True))
    now = clock.now()
    made = Delivery.objects.bulk_create(
        [
            Delivery(code=random_code(), document=document, path=path, delivered_at=now)
            for path in dict.fromkeys(paths)
            if path not in known
        ]
    )
    record("document.delivered", actor=actor, subject=document, town=document.town, data={"to": len(made)})
    return made


@service
def receive(*, actor: Actor, delivery: Delivery) -> Delivery:
    """签收: the receipt of one delivery; a second receipt changes nothing."""
    must(rules.may_receive(actor, delivery))
    if delivery.received_at is None:
        delivery.received_at, delivery.received_by = clock.now(), actor.account_id
        delivery.save(update_fields=["received_at", "received_by"])
        record("document.received", actor=actor, subject=delivery, town=delivery.document.town)
    return delivery


@service
def receive_on_paper(*, actor: Actor, document: Document, deliveries: list[Delivery]) -> int:
    """Paper receipts that came back to the sender are written down: who wrote it down is kept, and that it was paper."""
    must(rules.may_issue(actor, document.town, document.community))
    fresh = [one for one in deliveries if one.document_id == document.pk and one.received_at is None]
    if not fresh:
        raise Refused("先勾上交回了纸质回执的。", code="empty")
    for delivery in fresh:
        delivery.received_at, delivery.received_by, delivery.on_paper = clock.now(), actor.account_id, True
    Delivery.objects.bulk_update(fresh, ["received_at", "received_by", "on_paper"], batch_size=500)
    record("document.received_on_paper", actor=actor, subject=document, town=document.town, data={"count": len(fresh)})
    return len(fresh)


@service
def remind(*, actor: Actor, document: Document) -> int:
    """Remind whoever has not signed for a paper yet, once in three days at most; says how many that is."""
    must(rules.may_issue(actor, document.town, document.community))
    waiting = document.deliveries.filter(received_at__isnull=True)
    now = clock.now()
    must(rules.why_not_remind(waiting.aggregate(last=Max("reminded_at"))["last"], now))
    count = waiting.update(reminded_at=now)
    if not count:
        raise Refused("都签收了，不用提醒。", code="empty")
    record("document.reminded", actor=actor, subject=document, town=document.town, data={"count": count})
    return count


@service
def receive_many(*, actor: Actor, deliveries: list[Delivery]) -> int:
    """Receipts of many deliveries at once (a sheet of paper receipts typed in, or the demo's history)."""
    now = clock.now()
    fresh = [d for d in deliveries if d.received_at is None]
    for delivery in fresh:
        must(rules.may_receive(actor, delivery))
        delivery.received_at, delivery.received_by = now, actor.account_id
    Delivery.objects.bulk_update(fresh, ["received_at", "received_by"], batch_size=500)
    for delivery in fresh:
        record("document.received", actor=actor, subject=delivery, town=delivery.document.town)
    return len(fresh)
