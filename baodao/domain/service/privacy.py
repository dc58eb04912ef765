"""What service keeps about people, and how long: a few words about a service go after a year, the figures stay."""

from __future__ import annotations

from datetime import date, timedelta

from baodao.base.actor import Actor
from baodao.domain.audit.services import record, service
from baodao.domain.erasures import Eraser
from baodao.domain.registered import Field
from baodao.domain.service.models import ServiceRecord

ONE_YEAR = timedelta(days=365)
FIELDS = [
    Field("service", "servicerecord", "words", "办得怎样，一句话；巡逻岗没有", 60, "本人、社区专干、社区书记", "1 年"),
    Field("service", "servicerecord", "late_reason", "补录为什么", 60, "本人、社区专干、社区书记", "1 年，补录的标记一直在"),
    Field("service", "shift", "place", "班在哪里（公共地方）", 60, "所有人", "随班次"),
    Field("service", "shift", "change_words", "为什么改或取消", 60, "占了位置的人、社区工作人员", "随班次"),
    Field("service", "batch", "name", "批次叫什么", 40, "社区工作人员", "随批次"),
]


def _blank(codes: list[str]) -> int:
    return ServiceRecord.objects.filter(code__in=codes).update(words="", late_reason="")


ERASERS: dict[str, Eraser] = {"record_words": _blank}


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Empty the words of services that are a year old; date, minutes and marks stay."""
    due = ServiceRecord.objects.filter(date__lt=today - ONE_YEAR).exclude(words="", late_reason="")
    codes = list(due.values_list("code", flat=True))
    if codes:
        _blank(codes)
        record("record_words.emptied", actor=actor, data={"count": len(codes)})
    return [("record_words", code) for code in codes]
