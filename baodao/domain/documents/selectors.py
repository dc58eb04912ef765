"""Reads of documents: what was issued, its bytes, who received it."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Count, Q

from baodao.base.actor import Actor
from baodao.base.verdict import Absent, Refused
from baodao.domain.columns import under_any
from baodao.domain.documents.models import Copy, Delivery, Document

BUSINESS = ("town", "townlead", "secretary", "clerk", "liaison")


def visible(actor: Actor) -> models.QuerySet[Document]:
    """A town's papers to the town; to communities and units what was issued by or delivered to them."""
    rows = Document.objects.order_by("-sealed_at", "-id")
    if actor.is_program:
        return rows
    if actor.has("town", "townlead"):
        return rows.filter(under_any("town", actor.paths_of("town", "townlead")))
    if actor.has(*BUSINESS):
        mine = under_any("path", actor.paths_of(*BUSINESS))
        delivered = Delivery.objects.filter(mine).values("document_id")
        return rows.filter(Q(pk__in=delivered) | under_any("community", actor.paths_of("secretary", "clerk")))
    return rows.none()


def get_for(actor: Actor, code: str) -> Document:
    """One paper the actor may read; Absent otherwise."""
    found = visible(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def copy_bytes(document: Document, form: str) -> bytes:
    """The archived bytes; refused if they no longer have the digest they were sealed with."""
    copy = Copy.objects.filter(document=document, form=form).first()
    if copy is None:
        raise Absent
    content = bytes(copy.content)
    if hashlib.sha256(content).hexdigest() != copy.digest:
        raise Refused("存档的文件和存档时的摘要不一致，告诉审计管理员。", code="digest")
    return content


def forms(document: Document) -> list[Copy]:
    """In which forms a paper is archived (without their bytes)."""
    return list(document.copies.defer("content").order_by("form"))


def deliveries(document: Document) -> models.QuerySet[Delivery]:
    """To whom a paper went, in the order of paths."""
    return document.deliveries.order_by("path")


def waiting_for(document: Document) -> models.QuerySet[Delivery]:
    """Deliveries of a paper that nobody signed for yet."""
    return deliveries(document).filter(received_at__isnull=True)


def delivered_to(actor: Actor, path: str) -> models.QuerySet[Delivery]:
    """What a unit or community received, newest first."""
    if not (actor.is_program or actor.has(*BUSINESS, path=path)):
        return Delivery.objects.none()
    return Delivery.objects.filter(path=path).select_related("document").order_by("-delivered_at")


def delivery_for(actor: Actor, code: str) -> Delivery:
    """One delivery the actor may sign for; Absent otherwise."""
    found = Delivery.objects.select_related("document").filter(code=code).first()
    if found is None or not (actor.is_program or actor.has(*BUSINESS, path=found.path)):
        raise Absent
    return found


def receipts(document: Document) -> tuple[int, int]:
    """(received, delivered)."""
    counted = document.deliveries.aggregate(all=Count("id"), got=Count("id", filter=Q(received_at__isnull=False)))
    return counted["got"], counted["all"]


def of_month(town: str, kind: str, month: str, community: str = "") -> Document | None:
    """The paper of a kind for a month, if one was reserved."""
    return Document.objects.filter(town=town, kind=kind, month=month, community=community).order_by("-id").first()
