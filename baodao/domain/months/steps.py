"""What the month's next step is, any day: plan → publish → send → serve → close → assess → bulletin → sign → deliver.

Three months stand side by side: the one that is over (to be closed and told), the running one (served), the coming one
(planned). Days follow the habit of the field (domain.md §1.2); a day that has passed is said, nothing follows from it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.documents import selectors as documents
from baodao.domain.documents.states import DocumentKind, DocumentState
from baodao.domain.matching import selectors as plans
from baodao.domain.matching.states import PlanState
from baodao.domain.months import rows as counted
from baodao.domain.months.models import Bulletin, MonthClose
from baodao.domain.months.states import BulletinState
from baodao.domain.orgs import selectors as orgs
from baodao.domain.service import selectors as service
from baodao.domain.service.states import RecordState, ShiftState

DONE, NOW, LATER = "done", "now", "later"
APPROVED = (PlanState.APPROVED, PlanState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how far it is, by which day it is usual, where it is done. ``late``: that day has passed and it is open."""

    label: str
    state: str
    words: str
    by: date | None
    href: str
    verb: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """A month and its steps in order."""

    month: Month
    title: str
    steps: list[Step]

    @property
    def next(self) -> Step | None:
        """The first step that can be taken now."""
        return next((step for step in self.steps if step.state == NOW), None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the steps are read from, each kind with one query."""

    bulletins: dict[str, Bulletin]
    closes: dict[str, Any]
    pending: dict[str, int]
    shifts: dict[str, Counter[str]]


def _facts(town: str, running: Month) -> _Facts:
    records = service.visible_records(counted.COUNTER).filter(town=town, month__lt=str(running)).order_by()
    waiting = records.values("month").annotate(n=Count("id", filter=Q(state=RecordState.PENDING)))
    shifts: dict[str, Counter[str]] = {}
    held = service.visible(counted.COUNTER).filter(town=town, month__in=[str(running), str(running.next())]).order_by()
    for month, state, number in held.values_list("month", "state").annotate(n=Count("id")):
        shifts.setdefault(month, Counter())[state] += number
    return _Facts(
        {one.month: one for one in Bulletin.objects.filter(town=town).select_related("document")},
        dict(MonthClose.objects.filter(town=town).values_list("month", "closed_at")),
        dict(waiting.values_list("month", "n")),
        shifts,
    )


def tracks(town: str) -> list[Track]:
    """The oldest month that is over and not finished (or the last one), the running and the coming one."""
    today = clock.today()
    running = Month.of(today)
    facts = _facts(town, running)
    ending = _ending(facts, running)
    return [
        Track(ending, f"{ending.number} 月收尾", _ending_steps(facts, ending, today)),
        Track(running, f"{running.number} 月服务", [_serving(facts, town, running)]),
        Track(running.next(), f"{running.next().number} 月计划", _coming_steps(facts, town, running.next(), today)),
    ]


def next_of(found: list[Track]) -> tuple[Track, Step] | None:
    """The one step to take first: what a month that is over waits for, then the plan from its days on."""
    for track in (found[0], found[2]):
        step = track.next
        if step is not None:
            return track, step
    return None


def _ending(facts: _Facts, running: Month) -> Month:
    """The first month with service that is over and whose bulletin is not out; the last month when all are."""
    out = {month for month, one in facts.bulletins.items() if one.state == BulletinState.DELIVERED}
    waiting = sorted({*facts.pending, *facts.closes} - out)
    return Month.parse(waiting[0]) if waiting else running.previous()


def _step(label: str, is_done: bool, may: bool, words: str, by: date | None, href: str, verb: str, today: date) -> Step:
    state = DONE if is_done else NOW if may else LATER
    return Step(label, state, words, by, href, verb, state == NOW and by is not None and today > by)


def _ending_steps(facts: _Facts, month: Month, today: date) -> list[Step]:
    key, after = str(month), month.next()
    third, fifth = date(after.year, after.number, 3), date(after.year, after.number, 5)
    close, bulletin, pending = facts.closes.get(key), facts.bulletins.get(key), facts.pending.get(key, 0)
    state = bulletin.state if bulletin else ""
    page = f"/town/bulletin/{bulletin.code}/" if bulletin else "/town/month/"
    document = bulletin.document if bulletin and state == BulletinState.DELIVERED else None
    got, sent = documents.receipts(document) if document else (0, 0)
    after_draft = state in (BulletinState.SUBMITTED, BulletinState.SIGNED, BulletinState.DELIVERED)
    signed = state in (BulletinState.SIGNED, BulletinState.DELIVERED)
    open_words = f"还有 {pending} 条服务没确认，不确认也能结" if pending else "服务都确认过了"
    return [
        _step("结月", close is not None, month.is_over(today), _at(close) if close else open_words, third,
              "/town/month/", "去结月", today),
        _step("考核", close is not None, False, "结月时一起算好" if close is None else "可以看了", None,
              f"/town/assessment/communities/?month={key}", "看考核", today),
        _step("通报拟稿、送签", after_draft, close is not None, "已送签" if after_draft else "草稿结月时就有，看一遍改改文字",
              fifth, page, "看草稿", today),
        _step("通报签发", signed, state == BulletinState.SUBMITTED, "等签发人" if not signed else _at(bulletin.signed_at),  # type: ignore[union-attr]
              fifth, page, "看通报", today),
        _step("发出、签收", document is not None, signed,
              f"签收 {got} / {sent}" if document else "签发以后自动存档、发出", None,
              f"/town/receipts/{document.code}/" if document else page, "看签收", today),
    ]  # fmt: skip


def _serving(facts: _Facts, town: str, month: Month) -> Step:
    key = str(month)
    states = facts.shifts.get(key, Counter())
    done = states[ShiftState.DONE]
    held = states[ShiftState.OPEN] + done
    words = f"{held} 个班，办了 {done} 个" if held else "这个月没有班次"
    return Step("服务", NOW if held and done < held else DONE if held else LATER, words, month.last,
                f"/town/rows/shifts/?path={town}&month={key}", "看班次")  # fmt: skip


def _coming_steps(facts: _Facts, town: str, month: Month, today: date) -> list[Step]:
    key, before = str(month), month.previous()
    day = {number: date(before.year, before.number, number) for number in (20, 25, 28)}
    communities, held = len(orgs.communities(town)), list(plans.plans_of_town(town, key).values())
    states = facts.shifts.get(key, Counter())
    shifts = bool(states.total() - states[ShiftState.CANCELLED])
    approved = sum(plan.state in APPROVED for plan in held)
    published = sum(plan.state == PlanState.PUBLISHED for plan in held)
    href = f"/town/plan/?month={key}"
    found = [
        _step("排计划", bool(held) and len(held) >= communities, today >= day[20],
              f"{len(held)} / {communities} 个社区排了" if shifts else "还没有班次，社区先排班次", day[25], href, "去排", today),
        _step("书记批准、发邀请", bool(communities) and published >= communities, bool(held),
              f"批准 {approved}，发出邀请 {published}，共 {communities} 个社区", day[28], href, "看计划", today),
    ]  # fmt: skip
    if orgs.setting(town, "issued_by") == "community":
        return found
    document = documents.of_month(town, DocumentKind.PLAN, key)
    sealed = document if document is not None and document.state == DocumentState.SEALED else None
    got, sent = documents.receipts(sealed) if sealed else (0, 0)
    words = f"发给 {sent} 个单位，签收 {got}" if sealed else "发出邀请以后发给单位"
    there = f"/town/receipts/{sealed.code}/" if sealed else href
    found.append(_step("发给单位", sealed is not None, published > 0, words, day[28], there, "看签收" if sealed else "去发", today))
    return found


def _at(moment: Any) -> str:
    """A moment as lists write it."""
    return f"{moment.astimezone(clock.ZONE):%m-%d %H:%M}" if moment else ""
