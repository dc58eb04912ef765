"""Working days and working time, by a calendar and by opening hours that the caller gives.

The calendar is a lookup date → kind (None where nothing is entered: then Monday to Friday are
workdays). Opening hours are a table with seasons, because offices here open by season.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from baodao.base.days.clock import ZONE

DayKind = Literal["workday", "rest", "holiday", "makeup"]
Lookup = Callable[[date], DayKind | None]

#: What the four kinds of day are called.
KIND_LABELS: dict[DayKind, str] = {"workday": "工作日", "rest": "周末", "holiday": "放假", "makeup": "调休上班"}
# A due time further away than this means that the table never opens.
_FURTHEST = timedelta(days=3660)


class NoOpeningHours(ValueError):
    """The table and the calendar leave no working time within ten years."""


@dataclass(frozen=True, slots=True)
class Season:
    """Opening spans of a working day from a day of the year on, until the next season begins."""

    name: str
    month: int
    day: int
    spans: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        """Refuse days that do not exist, and spans that overlap or run backwards (ValueError)."""
        date(2024, self.month, self.day)
        edges = [edge for span in self.spans for edge in span]
        if edges != sorted(set(edges)):
            raise ValueError(f"“{self.name}”的开门时间有重叠或前后颠倒")


@dataclass(frozen=True, slots=True)
class HoursTable:
    """Opening hours over the year: at least one season; the last one runs on over New Year."""

    seasons: tuple[Season, ...]

    def __post_init__(self) -> None:
        """Refuse an empty table and two seasons with one first day (ValueError)."""
        starts = [(season.month, season.day) for season in self.seasons]
        if not starts or len(set(starts)) != len(starts):
            raise ValueError("办公时间表至少要有一季，每季的开始日期不能相同")

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> "HoursTable":
        """Read rows ``{"name": "夏季", "from": "05-01", "spans": [["10:00", "14:00"], ["16:00", "20:00"]]}``.

        Raises ValueError for anything else.
        """
        try:
            return cls(tuple(_season(row) for row in rows))
        except (KeyError, TypeError) as fault:
            raise ValueError(f"办公时间表缺少内容：{fault}") from fault

    def spans_on(self, day: date) -> tuple[tuple[time, time], ...]:
        """Return the opening spans of the season in which a day lies."""
        ordered = sorted(self.seasons, key=lambda season: (season.month, season.day))
        begun = [season for season in ordered if (season.month, season.day) <= (day.month, day.day)]
        return (begun or ordered)[-1].spans


def _season(row: Mapping[str, Any]) -> Season:
    month, day = (int(part) for part in str(row["from"]).split("-"))
    spans = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in row["spans"])
    return Season(str(row["name"]), month, day, spans)


#: What a new town starts with; an office changes it in its settings.
STARTING_HOURS: Sequence[Mapping[str, Any]] = (
    {"name": "夏季", "from": "05-01", "spans": [["10:00", "14:00"], ["16:00", "20:00"]]},
    {"name": "冬季", "from": "10-01", "spans": [["10:00", "14:00"], ["15:30", "19:30"]]},
)


def weekly(day: date) -> DayKind | None:
    """Look up nothing: the calendar where no day is entered."""
    return None


def kind_of(day: date, lookup: Lookup = weekly) -> DayKind:
    """Return the kind of a day: what the calendar says, otherwise by the day of the week."""
    return lookup(day) or ("workday" if day.weekday() < 5 else "rest")


def is_workday(day: date, lookup: Lookup = weekly) -> bool:
    """Tell whether offices work on a day (workday or make-up day)."""
    return kind_of(day, lookup) in ("workday", "makeup")


def next_workday(day: date, lookup: Lookup = weekly) -> date:
    """Return the first working day after ``day``; raises ``NoOpeningHours`` if ten years have none."""
    for offset in range(1, _FURTHEST.days):
        if is_workday(day + timedelta(days=offset), lookup):
            return day + timedelta(days=offset)
    raise NoOpeningHours("日历里十年内没有工作日")


def add_working_minutes(start: datetime, minutes: int, hours_table: HoursTable, lookup: Lookup = weekly) -> datetime:
    """Return the moment at which so many working minutes have passed since ``start`` (aware).

    A start outside opening hours counts from the next opening. A span that is used up exactly
    ends at its closing time, not at the next opening. Raises ValueError for negative minutes or a
    start without a zone, ``NoOpeningHours`` if the office never opens.
    """
    if minutes < 0:
        raise ValueError("工时不能是负数")
    left = timedelta(minutes=minutes)
    for opens, closes in _spans_from(start, hours_table, lookup):
        if opens - start > _FURTHEST:
            break
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise NoOpeningHours("按现在的办公时间表，这件事排不到办结时间")


def working_minutes_between(start: datetime, end: datetime, hours_table: HoursTable, lookup: Lookup = weekly) -> int:
    """Return the working minutes from ``start`` to ``end`` (aware), rounded down; negative if end is before start."""
    if end < start:
        return -working_minutes_between(end, start, hours_table, lookup)
    total = timedelta()
    for opens, closes in _spans_from(start, hours_table, lookup):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return int(total.total_seconds()) // 60


def _spans_from(start: datetime, hours_table: HoursTable, lookup: Lookup) -> Iterator[tuple[datetime, datetime]]:
    """Yield opening spans as moments, the first cut off at ``start``; ends a little after the furthest due time."""
    if start.tzinfo is None:
        raise ValueError("时间要带时区")
    local = start.astimezone(ZONE)
    for offset in range(_FURTHEST.days + 2):
        day = local.date() + timedelta(days=offset)
        if not is_workday(day, lookup):
            if offset > _FURTHEST.days:
                return
            continue
        for opens, closes in hours_table.spans_on(day):
            begin, end = (datetime.combine(day, edge, ZONE) for edge in (opens, closes))
            if end > local:
                yield max(begin, local), end
