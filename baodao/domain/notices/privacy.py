"""What notices keep and how long: a notice goes after a year, read or not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from baodao.base.actor import Actor
from baodao.base.days.clock import ZONE
from baodao.domain.audit.services import service
from baodao.domain.erasures import Eraser
from baodao.domain.notices.models import Notice, Stack
from baodao.domain.registered import Field

FIELDS = [
    Field("notices", "notice", "data", "消息里的日期、岗位和改动的话", 300, "收消息的人、替他告知的专干", "1 年"),
]
ERASERS: dict[str, Eraser] = {}


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Delete what is older than a year; a notice holds codes and dates only, so nothing is noted."""
    now = datetime.combine(today, time(), tzinfo=ZONE)
    Notice.objects.filter(created_at__lt=now - timedelta(days=365)).delete()
    Stack.objects.filter(created_at__lt=now - timedelta(days=365)).delete()
    return []
