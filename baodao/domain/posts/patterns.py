"""When a post repeats: rows of a day and two times, the days of a month they mean, and how they are said.

``day`` is a weekday ("0" Monday – "6" Sunday) or ``workday``, ``rest``, ``holiday``. The holiday calendar decides: a
weekday row leaves out holidays, a Saturday or Sunday row leaves out make-up workdays. Pure: the calendar is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from baodao.base.days.clock import ZONE
from baodao.base.days.service_days import WEEKDAYS

Row = dict[str, str]
KindOf = Callable[[date], str]
DAYS = {
    **{str(number): f"每{word}" for number, word in enumerate(WEEKDAYS)},
    "workday": _("工作日"),
    "rest": _("周末"),
    "holiday": _("节假日"),
}
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?")
MAX_ROWS = 4
MAX_MINUTES = 720


def clean(rows: Iterable[Row]) -> list[Row]:
    """The rows in one form; raises ValueError with a sentence for a row that means nothing."""
    found: list[Row] = []
    for row in rows:
        day = str(row.get("day", row.get("weekday", "")))
        if day not in DAYS:
            raise ValueError("时间里的日子看不懂，选周几、工作日、周末或节假日。")
        start, end = read_time(row.get("start", "")), read_time(row.get("end", ""))
        if start == end or minutes(start, end) > MAX_MINUTES:
            raise ValueError("一个班最长 12 小时，结束要晚于开始。")
        one = {"day": day, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
        if one not in found:
            found.append(one)
    if len(found) > MAX_ROWS:
        raise ValueError(f"一个岗位最多 {MAX_ROWS} 个时间。")
    return found


def read_time(text: object) -> time:
    """A time written 20:30 or 8:05; ValueError with a sentence for anything else."""
    match = _TIME.fullmatch(str(text).strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError("时间写成 20:30 的样子。")
    return time(int(match[1]), int(match[2]))


def minutes(start: time, end: time) -> int:
    """Minutes from a time to another, which is on the next day when it is not later."""
    length = (end.hour - start.hour) * 60 + end.minute - start.minute
    return length if length > 0 else length + 1440


def at(day: date, row: Row) -> tuple[datetime, datetime]:
    """Start and end of a row on a day, aware."""
    start, end = time.fromisoformat(row["start"]), time.fromisoformat(row["end"])
    begins = datetime.combine(day, start, tzinfo=ZONE)
    return begins, begins + timedelta(minutes=minutes(start, end))


def means(row: Row, day: date, kind: str) -> bool:
    """Does a row fall on this day, whose kind the calendar gives (workday, makeup, rest, holiday)?"""
    said = row["day"]
    if said == "workday":
        return kind in ("workday", "makeup")
    if said in ("rest", "holiday"):
        return kind == said
    if day.weekday() != int(said):
        return False
    return kind != "holiday" if day.weekday() < 5 else kind != "makeup"


def occurrences(pattern: Iterable[Row], days: Iterable[date], kind_of: KindOf) -> Iterator[tuple[date, datetime, datetime]]:
    """(day, start, end) of every time of a pattern on the given days, in order."""
    rows = list(pattern)
    for day in days:
        kind = kind_of(day)
        for row in sorted(rows, key=lambda one: one["start"]):
            if means(row, day, kind):
                start, end = at(day, row)
                yield day, start, end


def words(pattern: Iterable[Row]) -> str:
    """The pattern in a sentence: 每周六 20:30–22:00、工作日 18:30–19:15."""
    return "、".join(f"{DAYS[row['day']]} {row['start']}–{row['end']}" for row in pattern)
