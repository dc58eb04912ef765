"""What notices keep and how long: a notice goes after a year, read or not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from baodao.base.actor import Actor
from baodao.base.days.clock import ZONE
from baodao.domain.audit.services import service
from baodao.domain.erasures import Eraser
from baodao.domain.notices.models import Notice
from baodao.domain.registered import Field

FIELDS: list[Field] = []
ERASERS: dict[str, Eraser] = {}


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Delete what is older than a year; a notice holds codes and dates only, so nothing is noted."""
    now = datetime.combine(today, time(), tzinfo=ZONE)
    Notice.objects.filter(created_at__lt=now - timedelta(days=365)).delete()
    return []
