"""Reads of audit: the chain's truth, a thing's history, who looked at a person's values, where a used key led."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.domain.audit.models import ChainHead, Entry, Look, UsedKey
from baodao.domain.audit.rules import SYSTEM, entry_digest

KEY_LIFE = timedelta(hours=24)


def used_location(key: str, account_id: int) -> str | None:
    """Where the first sending of this key led ("" if not known), or None if the key is unused or a day old."""
    found = UsedKey.objects.filter(key=key, account_id=account_id, at__gte=clock.now() - KEY_LIFE).first()
    return found.led_to if found else None


def history(subject: str, code: str) -> models.QuerySet[Entry]:
    """What was done to one thing, newest first."""
    return Entry.objects.filter(subject=subject, subject_code=code).order_by("-at", "-id")


def looks_at(subject: str, code: str) -> models.QuerySet[Look]:
    """Who read unmasked values of this person, newest first."""
    return Look.objects.filter(subject=subject, subject_code=code).order_by("-at")


def looks_at_lists(lists: dict[str, date]) -> models.QuerySet[Look]:
    """Who opened or printed these lists, newest first; ``lists`` maps a list's code to the first day that matters."""
    wanted = models.Q(pk__in=[])
    for code, since in lists.items():
        first = datetime.combine(since, time(), tzinfo=clock.ZONE)
        wanted |= models.Q(subject="ledger", subject_code=code, at__gte=first)
    return Look.objects.filter(wanted).order_by("-at")


def visible(actor: Actor) -> models.QuerySet[Entry]:
    """The entries an audit administrator reads: deeds, roles and codes; everybody else sees none here."""
    if actor.has("auditor"):
        return Entry.objects.order_by("-at", "-id")
    return Entry.objects.none()


def matching(
    actor: Actor, *, first: date | None = None, last: date | None = None, actions: Sequence[str] = (), code: str = ""
) -> models.QuerySet[Entry]:
    """The visible entries of a span of days, of deeds whose action begins with one of ``actions``, about one thing."""
    found = visible(actor)
    if first:
        found = found.filter(at__gte=datetime.combine(first, time.min, tzinfo=clock.ZONE))
    if last:
        found = found.filter(at__lt=datetime.combine(last + timedelta(days=1), time.min, tzinfo=clock.ZONE))
    if any(actions):
        found = found.filter(reduce(or_, (Q(action__startswith=begin) for begin in actions)))
    if code.strip():
        found = found.filter(subject_code=code.strip())
    return found


def heads() -> list[ChainHead]:
    """Every chain with its length and last digest."""
    return list(ChainHead.objects.order_by("chain"))


def broken_links(chain: str | None = None) -> Iterator[str]:
    """Walk the chains and say the first bad entry of each, in words; nothing when all hold."""
    heads = ChainHead.objects.order_by("chain")
    cuts = _cuts()
    for head in heads.filter(chain=chain) if chain else heads:
        fault = _first_fault(head, *cuts.get(head.chain, (0, "")))
        if fault:
            yield fault


def _cuts() -> dict[str, tuple[int, str]]:
    """Where retention cut each chain last: number and digest of the last link it let go, from its own deeds."""
    found: dict[str, tuple[int, str]] = {}
    for data in Entry.objects.filter(action="audit.thinned").order_by("pk").values_list("data", flat=True):
        found.update({chain: (seq, digest) for chain, (seq, digest) in data.get("anchors", {}).items()})
    return found


def _first_fault(head: ChainHead, seq: int, before: str) -> str:
    for entry in Entry.objects.filter(chain=head.chain).order_by("seq").iterator(chunk_size=2000):
        if entry.seq != seq + 1:
            return f"{head.chain}：第 {seq + 1} 条没有了"
        if entry.prev != before or entry.digest != entry_digest(entry):
            return f"{head.chain}：第 {entry.seq} 条（{entry.action}）被改过"
        seq, before = entry.seq, entry.digest
    if seq != head.seq or before != head.digest:
        return f"{head.chain}：链到第 {seq} 条为止，链头记的是第 {head.seq} 条，对不上"
    return ""


def chains() -> list[str]:
    """All chains that exist."""
    return list(ChainHead.objects.order_by("chain").values_list("chain", flat=True)) or [SYSTEM]


def head_digests() -> list[str]:
    """The last digest of every chain: they change exactly when something was done."""
    return list(ChainHead.objects.order_by("chain").values_list("digest", flat=True))
