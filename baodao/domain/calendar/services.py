"""Writes of the calendar: load a year, enter and remove days, set hours, set the stored day of a demo."""

from __future__ import annotations

from datetime import date

from baodao.base.actor import Actor
from baodao.base.days import clock, statutory
from baodao.base.days.workdays import HoursTable
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, service
from baodao.domain.calendar import rules, selectors
from baodao.domain.calendar.models import Clock, Day, HolidayYear, Hours
from baodao.domain.calendar.states import DayKind


@service
def load_year(*, actor: Actor, year: int) -> HolidayYear:
    """Enter a year's statutory days; official where they are announced. Days already there stay as they are."""
    must(rules.may_keep(actor))
    rows = statutory.rows_for(year)
    official = all(row.official for row in rows)
    found, _made = HolidayYear.objects.update_or_create(
        year=year, defaults={"official": official, "source": rows[0].source if rows else ""}
    )
    known = set(Day.objects.filter(path="", date__year=year).values_list("date", flat=True))
    if official:  # the announced arrangement replaces what was entered by rule
        Day.objects.filter(path="", date__year=year).delete()
        known = set()
    Day.objects.bulk_create(
        [
            Day(date=row.day, kind=DayKind.MAKE_UP if row.kind == "makeup" else DayKind.HOLIDAY, name=row.name)
            for row in rows
            if row.day not in known
        ]
    )
    record("calendar.year_loaded", actor=actor, kind="year", code=str(year), data={"official": official})
    selectors.forget()
    return found


@service
def set_day(*, actor: Actor, day: date, kind: str, name: str, path: str = "") -> Day:
    """Enter or change a day; ``path`` is the county or town it holds for, empty for all."""
    must(rules.may_keep(actor))
    if kind not in DayKind.values:
        raise Refused("选一种：法定假日、调休放假、调休上班、自治区假日、本地假日。")
    row, _made = Day.objects.update_or_create(date=day, path=path, defaults={"kind": kind, "name": name.strip()[:30]})
    HolidayYear.objects.get_or_create(year=day.year)
    record("calendar.day_set", actor=actor, kind="day", code=day.isoformat(), data={"kind": kind, "path": path})
    selectors.forget()
    return row


@service
def drop_day(*, actor: Actor, day: date, path: str = "") -> None:
    """Take a listed day out."""
    must(rules.may_keep(actor))
    Day.objects.filter(date=day, path=path).delete()
    record("calendar.day_dropped", actor=actor, kind="day", code=day.isoformat(), data={"path": path})
    selectors.forget()


@service
def set_hours(*, actor: Actor, path: str, rows: list[dict[str, object]]) -> list[Hours]:
    """Set the working hours of a county or town: rows with name, from (MM-DD) and spans. Refused if they overlap."""
    must(rules.may_keep(actor))
    try:
        HoursTable.from_rows(rows)
    except ValueError as error:
        raise Refused(str(error)) from None
    Hours.objects.filter(path=path).delete()
    made = Hours.objects.bulk_create(
        [Hours(path=path, since=str(r["from"]), name=str(r["name"]), spans=r["spans"]) for r in rows]
    )
    record("calendar.hours_set", actor=actor, kind="hours", code=path, data={"seasons": len(made)})
    selectors.forget()
    return made


@service
def begin(*, actor: Actor, path: str, rows: list[dict[str, object]]) -> None:
    """A town's first day: its working hours, and the days of this year and the next."""
    set_hours(actor=actor, path=path, rows=rows)
    for year in (clock.today().year, clock.today().year + 1):
        load_year(actor=actor, year=year)


@service
def set_stored_today(*, actor: Actor, day: date | None) -> None:
    """Set (or clear) the day on which this database lives: a demo's clock."""
    if not actor.is_program:
        raise Refused("只有命令能改演示的日子。")
    Clock.objects.all().delete()
    if day is not None:
        Clock.objects.create(today=day)
    selectors.forget()
