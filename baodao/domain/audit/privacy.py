"""What audit keeps and how long: entries three years (their heads stay), looks a year, used keys a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import connection

from baodao.base.actor import Actor
from baodao.base.days.clock import ZONE
from baodao.domain.audit.models import ChainHead, Entry, Look, UsedKey
from baodao.domain.audit.services import record, service
from baodao.domain.erasures import Eraser
from baodao.domain.journal import opened
from baodao.domain.registered import Field

FIELDS = [Field("audit", "look", "reason", "为什么看了联系方式", 60, "本人、审计管理员", "1 年")]
ERASERS: dict[str, Eraser] = {}
THREE_YEARS, ONE_YEAR = timedelta(days=3 * 365 + 1), timedelta(days=365)


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Let old links go, old looks and used keys too.

    Of each chain a whole beginning goes; where it was cut is written down as the newest deed, so that a beginning
    somebody else took away is found (``selectors.broken_links``).
    """
    now = datetime.combine(today, time(), tzinfo=ZONE)
    cuts = _old_beginnings(now - THREE_YEARS)
    if cuts:
        count = 0
        with opened(connection, "audit_entry"):
            for last in cuts:
                count += Entry.objects.filter(chain=last.chain, seq__lte=last.seq).delete()[0]
        anchors = {last.chain: [last.seq, last.digest] for last in cuts}
        record("audit.thinned", actor=actor, data={"entries": count, "anchors": anchors})
    Look.objects.filter(at__lt=now - ONE_YEAR).delete()
    UsedKey.objects.filter(at__lt=now - timedelta(days=1)).delete()
    return []


def _old_beginnings(before: datetime) -> list[Entry]:
    """Of each chain, the last entry of the beginning that is older than a moment throughout."""
    found = []
    for chain in ChainHead.objects.order_by("chain").values_list("chain", flat=True):
        entries = Entry.objects.filter(chain=chain).order_by("seq")
        young = entries.filter(at__gte=before).first()
        last = (entries.filter(seq__lt=young.seq) if young else entries).last()
        if last is not None:
            found.append(last)
    return found
