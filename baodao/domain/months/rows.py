"""The rows behind every figure of a month: ``ROWS[key]`` lists exactly what ``figures`` counts under that key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.db.models import Count, F, Min, QuerySet, Sum
from django.db.models.functions import Coalesce

from baodao.base import paths
from baodao.base.actor import program
from baodao.base.days import clock
from baodao.base.days.clock import ZONE
from baodao.base.days.months import Month
from baodao.domain.columns import under
from baodao.domain.members.states import MemberKind
from baodao.domain.months.models import MonthClose
from baodao.domain.needs import selectors as needs
from baodao.domain.needs.states import OPEN, Grade, NeedState
from baodao.domain.service import selectors as service
from baodao.domain.service.states import RecordState, ShiftState

COUNTER = program("months")
COUNTED = (RecordState.CONFIRMED, RecordState.SETTLED)
WITH_OUTCOME = (NeedState.CLOSED, NeedState.REFUSED)


def span(month: str) -> tuple[datetime, datetime]:
    """The moments [first, end) of a month in official time."""
    value = Month.parse(month)
    start = datetime.combine(value.first, time(), tzinfo=ZONE)
    return start, datetime.combine(value.next().first, time(), tzinfo=ZONE)


def records(path: str, month: str, unit: str = "") -> QuerySet[Any]:
    """Confirmed service of a month in a town or community (of one unit's members); once closed, what the close settled."""
    found = service.visible_records(COUNTER).filter(month=month, state__in=COUNTED)
    if MonthClose.objects.filter(town=paths.town_of(path), month=month).exists():
        found = found.filter(counted_month=month)
    return _of_unit(found.filter(under("community_path", path)), unit)


def _of_unit(found: QuerySet[Any], unit: str) -> QuerySet[Any]:
    return found.filter(under("unit_path", unit)) if unit else found


def people(path: str, month: str, unit: str = "") -> QuerySet[Any]:
    """Who served, each person once, with times and minutes; never in the order of a figure."""
    return _persons(records(path, month, unit))


def people_in_service(path: str, month: str, unit: str = "") -> QuerySet[Any]:
    """Of these, the members of units."""
    return _persons(records(path, month, unit).filter(member_kind=MemberKind.IN_SERVICE))


def people_community(path: str, month: str, unit: str = "") -> QuerySet[Any]:
    """Of these, the members of the community-side organisations."""
    return _persons(records(path, month, unit).filter(member_kind=MemberKind.COMMUNITY))


def _persons(found: QuerySet[Any]) -> QuerySet[Any]:
    grouped = found.order_by().values("member_id", "member_kind")
    return grouped.annotate(
        times=Count("id"), total=Sum("minutes"), community=Min("community_path"), unit=Min("unit_path")
    ).order_by("community", "member_id")


def late(path: str, month: str, unit: str = "") -> QuerySet[Any]:
    """Service of earlier months that was confirmed after their close and is counted in this one."""
    found = service.visible_records(COUNTER).filter(
        counted_month=month, month__lt=month, state=RecordState.SETTLED, town=paths.town_of(path)
    )
    return _of_unit(found.filter(under("community_path", path)), unit)


def shifts(path: str, month: str) -> QuerySet[Any]:
    """Shifts of a month that were offered or held."""
    found = service.visible(COUNTER).filter(month=month, state__in=[ShiftState.OPEN, ShiftState.DONE])
    return found.filter(under("community_path", path))


def shifts_done(path: str, month: str) -> QuerySet[Any]:
    """Shifts with a roll-call."""
    return shifts(path, month).filter(state=ShiftState.DONE)


def needs_received(path: str, month: str) -> QuerySet[Any]:
    """Needs registered in a month, without spam and what was not taken."""
    start, end = span(month)
    found = needs.visible(COUNTER).filter(registered_at__gte=start, registered_at__lt=end)
    return found.filter(under("community_path", path)).exclude(state__in=[NeedState.SPAM, NeedState.ABOUT_PERSON])


def needs_answered(path: str, month: str) -> QuerySet[Any]:
    """Needs whose outcome was told in a month."""
    start, end = span(month)
    found = needs.visible(COUNTER).filter(state__in=WITH_OUTCOME, closed_at__gte=start, closed_at__lt=end)
    return found.filter(under("community_path", path))


def needs_in_time(path: str, month: str) -> QuerySet[Any]:
    """Of these, those done (or answered) by the promised time."""
    return needs_answered(path, month).annotate(ended=Coalesce("done_at", "closed_at")).filter(ended__lte=F("due_at"))


def needs_rated(path: str, month: str) -> QuerySet[Any]:
    """Needs whose service was rated in a month."""
    start, end = span(month)
    found = needs.visible(COUNTER).filter(rating__at__gte=start, rating__at__lt=end)
    return found.filter(under("community_path", path))


def needs_good(path: str, month: str) -> QuerySet[Any]:
    """Of these, those rated good."""
    return needs_rated(path, month).filter(rating__grade=Grade.GOOD)


def needs_told(path: str, month: str) -> QuerySet[Any]:
    """Of the needs received in a month, those whose outcome was told by now."""
    return needs_received(path, month).filter(state__in=WITH_OUTCOME)


def needs_replied(path: str, month: str) -> QuerySet[Any]:
    """Needs that were taken up in a month: the first answer the asker had."""
    start, end = span(month)
    found = needs.visible(COUNTER).filter(accepted_at__gte=start, accepted_at__lt=end)
    return found.filter(under("community_path", path))


def needs_late(path: str, month: str) -> QuerySet[Any]:
    """Needs of a month that are still open past their promised time."""
    return needs_received(path, month).filter(state__in=OPEN, due_at__lt=clock.now())


def shifts_short(path: str, month: str) -> QuerySet[Any]:
    """Coming shifts of a month that have fewer people than they need at least."""
    return shifts(path, month).filter(state=ShiftState.OPEN, taken__lt=F("min_people"), date__gte=clock.today())


#: key → (rows behind it, what a row is)
ROWS: dict[str, tuple[Callable[..., QuerySet[Any]], str]] = {
    "times": (records, "record"),
    "people": (people, "person"),
    "people_in_service": (people_in_service, "person"),
    "people_community": (people_community, "person"),
    "hours": (records, "record"),
    "late": (late, "record"),
    "shifts": (shifts, "shift"),
    "shifts_done": (shifts_done, "shift"),
    "places": (shifts, "shift"),
    "needs_received": (needs_received, "need"),
    "needs_answered": (needs_answered, "need"),
    "needs_in_time": (needs_in_time, "need"),
    "needs_told": (needs_told, "need"),
    "needs_replied": (needs_replied, "need"),
    "needs_late": (needs_late, "need"),
    "shifts_short": (shifts_short, "shift"),
    "needs_rated": (needs_rated, "need"),
    "needs_good": (needs_good, "need"),
}
