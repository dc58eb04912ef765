"""What audit keeps and how long: entries three years (their heads stay), looks a year, used keys a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import connection

from baodao.base.actor import Actor
from baodao.base.days.clock import ZONE
from baodao.domain.audit.models import Entry, Look, UsedKey
from baodao.domain.audit.services import record, service
from baodao.domain.erasures import Eraser
from baodao.domain.journal import opened
from baodao.domain.registered import Field

FIELDS = [Field("audit", "look", "reason", "为什么看了联系方式", 60, "本人、审计管理员", "1 年")]
ERASERS: dict[str, Eraser] = {}
THREE_YEARS, ONE_YEAR = timedelta(days=3 * 365 + 1), timedelta(days=365)


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Let old links go (the chain's first kept link becomes its anchor), old looks and used keys too."""
    now = datetime.combine(today, time(), tzinfo=ZONE)
    old = Entry.objects.filter(at__lt=now - THREE_YEARS)
    if old.exists():
        with opened(connection, "audit_entry"):
            count = old.delete()[0]
        record("audit.thinned", actor=actor, data={"entries": count})
    Look.objects.filter(at__lt=now - ONE_YEAR).delete()
    UsedKey.objects.filter(at__lt=now - timedelta(days=1)).delete()
    return []
