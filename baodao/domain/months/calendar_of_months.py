"""The list of a town's months with what each waits for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.months import rows as counted
from baodao.domain.months import selectors
from baodao.domain.months.models import Bulletin, MonthClose
from baodao.domain.service import selectors as service
from baodao.domain.service.states import RecordState


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: is it over, closed, how many records count and wait, its bulletin."""

    month: Month
    over: bool
    close: MonthClose | None
    confirmed: int
    waiting: int
    bulletin: Bulletin | None


def lines(actor: Actor) -> list[MonthLine]:
    """From the first month with service to the present one, newest first; a constant number of queries."""
    town, today = actor.path, clock.today()
    records = service.visible_records(counted.COUNTER).filter(town=town)
    first = records.aggregate(first=Min("month"))["first"]
    counts = {
        row["month"]: row
        for row in records.order_by()
        .values("month")
        .annotate(
            confirmed=Count("id", filter=Q(state__in=counted.COUNTED)),
            waiting=Count("id", filter=Q(state=RecordState.PENDING)),
        )
    }
    closed = {row.month: row for row in selectors.closes(town)}
    bulletins = {row.month: row for row in selectors.visible(actor)}
    found, month, last = [], Month.parse(first) if first else Month.of(today), Month.of(today)
    while month <= last:
        key = str(month)
        got = counts.get(key, {})
        found.append(
            MonthLine(
                month,
                month.is_over(today),
                closed.get(key),
                closed[key].figures["times"] if key in closed else got.get("confirmed", 0),
                got.get("waiting", 0),
                bulletins.get(key),
            )
        )
        month = month.next()
    return found[::-1]
