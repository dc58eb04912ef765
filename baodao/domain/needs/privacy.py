"""What needs keep and how long (contracts.md, retention): contact 30 days after closing, text a year, spam 30 days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from baodao.base.actor import Actor
from baodao.base.days.clock import ZONE
from baodao.domain.audit.services import record, service
from baodao.domain.erasures import Eraser
from baodao.domain.needs.models import Need, NeedEvent, NeedRating, Slip
from baodao.domain.needs.states import OPEN, NeedState
from baodao.domain.needs.steps import destroy_contact
from baodao.domain.registered import Field

_DESK, _GRID = "本社区专干、书记", "本社区专干、书记、本网格网格员"
FIELDS = [
    Field("needs", "need", "text", "居民要办的事", 300, _GRID, "1 年，之后只留类别、社区、月份"),
    Field("needs", "need", "place_name", "公共地点", 40, _GRID, "1 年"),
    Field("needs", "need", "outcome", "告诉居民的结果", 120, f"{_DESK}、提的人", "1 年"),
    Field("needs", "need", "public_words", "公示栏上怎么写，不写人", 80, "公开", "1 年"),
    Field("needs", "need", "tier_reason", "为什么改档次", 60, _DESK, "1 年"),
    Field("needs", "need", "referred_to", "转给谁办", 40, f"{_DESK}、提的人", "1 年"),
    Field("needs", "needevent", "words", "补充和答复", 300, f"{_DESK}、提的人", "1 年"),
    Field("needs", "needcontact", "name", "怎么称呼", 40, "本社区专干、办这件事的人（看要留痕）", "办结后 30 天"),
    Field("needs", "needcontact", "phone", "联系提的人", 20, "本社区专干、办这件事的人（看要留痕）", "办结后 30 天"),
    Field("needs", "needcontact", "place_detail", "上门地点", 60, "本社区专干、办这件事的人（看要留痕）", "办结后 30 天"),
    Field("needs", "needcontact", "language", "用什么话方便", 10, "本社区专干、办这件事的人（看要留痕）", "办结后 30 天"),
    Field("needs", "needrating", "words", "对这次服务的评价", 120, _DESK, "1 年，之后只留等级"),
]
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
NEVER_TAKEN = (NeedState.REGISTERED, NeedState.WITHDRAWN, NeedState.ABOUT_PERSON, NeedState.SPAM)
GONE = "—"


def _erase_contacts(codes: list[str]) -> int:
    return sum(destroy_contact(need) for need in Need.objects.filter(code__in=codes))


def _erase_texts(codes: list[str]) -> int:
    rows = Need.objects.filter(code__in=codes)
    NeedEvent.objects.filter(need__in=rows).exclude(words="").update(words="")
    gone = rows.exclude(text="").update(
        text="", place_name="", tier_reason="", referred_to="", public_words="", secret_hash="", estate=None
    )
    rows.exclude(outcome="").update(outcome=GONE)
    return gone


def _erase_needs(codes: list[str]) -> int:
    rows = Need.objects.filter(code__in=codes)
    Need.objects.filter(merged_into__in=list(rows)).update(merged_into=None)
    return sum(bool(row.delete()) for row in rows)


ERASERS: dict[str, Eraser] = {"need_contact": _erase_contacts, "need_text": _erase_texts, "need": _erase_needs}


def _codes(rows: QuerySet[Need]) -> list[str]:
    return list(rows.values_list("code", flat=True))


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Contacts 30 days after closing, texts after a year, never-accepted needs and spam after 30 days."""
    now = datetime.combine(today, time(), tzinfo=ZONE)
    Slip.objects.filter(expires_at__lt=now).delete()
    never = Need.objects.filter(accepted_at__isnull=True, state__in=NEVER_TAKEN)
    needs = _codes(never.filter(registered_at__lt=now - MONTH))
    contacts = _codes(
        Need.objects.filter(~Q(contact__wrapped_key=b""), contact__isnull=False, closed_at__lt=now - MONTH)
    )
    texts = _codes(
        Need.objects.filter(registered_at__lt=now - YEAR).exclude(text="").exclude(state__in=list(OPEN))
    )
    _erase_needs(needs)
    _erase_contacts(contacts)
    _erase_texts(texts)
    NeedRating.objects.filter(at__lt=now - YEAR).exclude(words="").update(words="")
    done = [("need", code) for code in needs]
    done += [("need_contact", code) for code in contacts if code not in set(needs)]
    done += [("need_text", code) for code in texts if code not in set(needs)]
    if done:
        record("needs.erased", actor=actor, kind="needs", data={"count": len(done)})
    return done


