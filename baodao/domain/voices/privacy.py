"""What suggestions keep and how long: a year after the answer the words go, the count stays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from baodao.base.actor import Actor
from baodao.base.days.clock import ZONE
from baodao.domain.audit.services import record, service
from baodao.domain.erasures import Eraser
from baodao.domain.registered import Field
from baodao.domain.voices.models import Suggestion

FIELDS = [
    Field("voices", "suggestion", "text", "对办事和服务的意见", 300, "答复的社区或镇", "答复后 1 年"),
    Field("voices", "suggestion", "answer", "怎么答复的", 300, "有编号的人", "答复后 1 年"),
]


def _erase(codes: list[str]) -> int:
    return Suggestion.objects.filter(code__in=codes).exclude(text="", answer="").update(
        text="", answer="", account_id=None
    )


ERASERS: dict[str, Eraser] = {"suggestion": _erase}


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Words of suggestions answered more than a year ago."""
    now = datetime.combine(today, time(), tzinfo=ZONE)
    old = Suggestion.objects.filter(answered_at__lt=now - timedelta(days=365)).exclude(text="", answer="")
    codes = list(old.values_list("code", flat=True))
    _erase(codes)
    if codes:
        record("suggestions.erased", actor=actor, kind="suggestions", data={"count": len(codes)})
    return [("suggestion", code) for code in codes]
