"""What accounts keep and how long."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from baodao.base.actor import Actor
from baodao.base.days.clock import ZONE
from baodao.domain.accounts.models import Failure, OneTimeCode, SecurityEvent
from baodao.domain.audit.services import service
from baodao.domain.erasures import Eraser
from baodao.domain.registered import Field

FIELDS = [
    Field("accounts", "account", "login", "登录", 40, "安全管理员", "账号停用后随党员记录"),
    Field("accounts", "account", "display_name", "页面上显示是谁办的", 60, "同一社区的工作人员", "账号停用后随党员记录"),
]
ERASERS: dict[str, Eraser] = {}
ONE_YEAR = timedelta(days=365)


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Security events after a year, codes that can no longer be used, counts of wrong tries after an hour."""
    now = datetime.combine(today, time(), tzinfo=ZONE)
    SecurityEvent.objects.filter(at__lt=now - ONE_YEAR).delete()
    OneTimeCode.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    Failure.objects.filter(at__lt=now - timedelta(hours=1)).delete()
    return []
