"""Reads of the calendar: kinds of days, working time of a town, the stored day.

A process keeps the calendar it has read; ``services`` forgets it after a change, and another process notices within a
minute.
"""

from __future__ import annotations

import time
from datetime import date, datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.days import statutory, workdays
from baodao.base.days.months import Month
from baodao.base.days.workdays import DayKind as BaseKind
from baodao.base.days.workdays import HoursTable
from baodao.domain.calendar.models import Clock, Day, HolidayYear, Hours
from baodao.domain.calendar.states import DayKind

OFF = frozenset({DayKind.HOLIDAY, DayKind.IN_LIEU, DayKind.REGIONAL, DayKind.LOCAL})
_KEPT_SECONDS = 60.0
_known: list[date | None] = []
_days: dict[date, list[tuple[str, str, str]]] = {}
_hours: dict[str, HoursTable] = {}
_read_at = [0.0]


def stored_today() -> date | None:
    """The stored day of this database, read once a process; None when the real day counts."""
    if not _known:
        try:
            row = Clock.objects.first()
        except DatabaseError:  # before the first migration there is no clock to read
            return None
        _known.append(row.today if row else None)
    return _known[0]


def forget() -> None:
    """Read everything again at the next question (after a change)."""
    _known.clear()
    _read_at[0] = 0.0


def _load() -> None:
    if time.monotonic() - _read_at[0] < _KEPT_SECONDS and _read_at[0]:
        return
    _days.clear()
    _hours.clear()
    for row in Day.objects.all():
        _days.setdefault(row.date, []).append((row.path, row.kind, row.name))
    by_path: dict[str, list[dict[str, object]]] = {}
    for hours in Hours.objects.order_by("since"):
        by_path.setdefault(hours.path, []).append({"name": hours.name, "from": hours.since, "spans": hours.spans})
    for path, rows in by_path.items():
        _hours[path] = HoursTable.from_rows(rows)
    _read_at[0] = time.monotonic()


def entry(day: date, path: str) -> tuple[str, str] | None:
    """(kind, name) of a listed day for a place: the nearest organisation's own entry counts before the country's."""
    _load()
    listed = [row for row in _days.get(day, ()) if row[0] == "" or paths.covers(row[0], path)]
    if not listed:
        return None
    nearest = max(listed, key=lambda row: len(row[0]))
    return nearest[1], nearest[2]


def _lookup(path: str) -> workdays.Lookup:
    def kind(day: date) -> BaseKind | None:
        found = entry(day, path)
        if found is None:
            return None
        return "makeup" if found[0] == DayKind.MAKE_UP else "holiday"

    return kind


def is_workday(day: date, path: str) -> bool:
    """Do offices of this place work on the day."""
    return workdays.is_workday(day, _lookup(path))


def kind_of(day: date, path: str) -> BaseKind:
    """workday, rest, holiday or makeup."""
    return workdays.kind_of(day, _lookup(path))


def day_label(day: date, path: str) -> str:
    """The mark beside a date: 班 for a make-up workday, the holiday's name, 休 for a weekend, else nothing."""
    found = entry(day, path)
    if found is not None:
        return _("班") if found[0] == DayKind.MAKE_UP else found[1]
    return "" if day.weekday() < 5 else _("休")


def hours_of(path: str) -> HoursTable:
    """The working hours that hold for a place: its own, its county's, or those a new town starts with."""
    _load()
    for above in reversed(paths.parents(path)):
        if above in _hours:
            return _hours[above]
    return HoursTable.from_rows(workdays.STARTING_HOURS)


def due_after(start: datetime, hours: int, path: str) -> datetime:
    """The moment at which so many working hours of the place have passed."""
    return workdays.add_working_minutes(start, hours * 60, hours_of(path), _lookup(path))


def end_of_work(day: date, path: str) -> datetime:
    """The end of working time on a day (its last span's end, whether or not it is worked)."""
    from baodao.base.days.clock import ZONE

    spans = hours_of(path).spans_on(day)
    return datetime.combine(day, spans[-1][1], tzinfo=ZONE)


def working_minutes_left(start: datetime, due: datetime, path: str) -> int:
    """Working minutes from one moment to another; negative when it is overdue."""
    return workdays.working_minutes_between(start, due, hours_of(path), _lookup(path))


def is_official(year: int) -> bool:
    """Is the year's official arrangement loaded."""
    return HolidayYear.objects.filter(year=year, official=True).exists()


def month_note(month: str, path: str) -> str:
    """A sentence for plans of a year without official holiday data; empty when it is loaded."""
    year = Month.parse(month).year
    if is_official(year):
        return ""
    return _("%(year)d年放假安排还没有录入，这个月按周末和法定节日排，调休没有算进去。") % {"year": year}


def years() -> list[HolidayYear]:
    """The years that were entered, newest first."""
    return list(HolidayYear.objects.order_by("-year"))


def listed_days(year: int) -> list[Day]:
    """All listed days of a year, in order."""
    return list(Day.objects.filter(date__year=year).order_by("date", "path"))


def seasons(path: str) -> list[Hours]:
    """The working hours entered for exactly this county or town."""
    return list(Hours.objects.filter(path=path).order_by("since"))


def statutory_rows(year: int) -> list[statutory.StatutoryDay]:
    """What loading a year would enter."""
    return statutory.rows_for(year)
