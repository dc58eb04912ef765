"""Days and times of service: weeks, labels, ready-made times, and the weekly slots members offer.

Life here runs about two hours behind official time: the morning lasts until 14:00 and the
evening begins at 19:30. A shift that crosses midnight belongs to the day on which it starts.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from baodao.base.days.clock import ZONE
from baodao.base.days.workdays import DayKind

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
#: Kinds of day and parts of a day, of which slot codes such as ``workday_evening`` are made.
SLOT_DAYS = {"workday": "工作日", "saturday": "周六", "sunday": "周日", "holiday": "节假日"}
SLOT_PARTS = {"morning": "上午", "afternoon": "下午", "evening": "晚上"}
#: Every slot code with its label, in the order of the form.
SLOTS = {f"{day}_{part}": SLOT_DAYS[day] + SLOT_PARTS[part] for day in SLOT_DAYS for part in SLOT_PARTS}

NOON_ENDS = time(14, 0)
EVENING_BEGINS = time(19, 30)
_NIGHT_ENDS = time(6, 0)
_WEEK = ("workday",) * 5 + ("saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready-made time of service, in summer (May to September) and in winter."""

    code: str
    label: str
    summer: tuple[time, time]
    winter: tuple[time, time]

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Return start and end on a day, aware; an end at or before the start is on the next day."""
        begins, ends = self.summer if 5 <= day.month <= 9 else self.winter
        start = datetime.combine(day, begins, ZONE)
        return start, datetime.combine(day if ends > begins else day + timedelta(days=1), ends, ZONE)


PRESETS = (
    Preset("morning", "上午", (time(10, 30), time(12, 30)), (time(11, 0), time(13, 0))),
    Preset("afternoon", "下午", (time(17, 0), time(19, 0)), (time(16, 0), time(18, 0))),
    Preset("evening", "晚上", (time(20, 30), time(22, 0)), (time(19, 30), time(21, 0))),
    Preset("night", "夜间", (time(22, 0), time(0, 0)), (time(21, 0), time(23, 0))),
)


def weekday_label(day: date) -> str:
    """Return 周一 … 周日."""
    return WEEKDAYS[day.weekday()]


def week_start(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_days(day: date) -> list[date]:
    """Return the seven days of a day's week, Monday first."""
    return [week_start(day) + timedelta(days=offset) for offset in range(7)]


def date_label(day: date) -> str:
    """Return a day for sentences: 2026年11月22日（周日）."""
    return f"{day.year}年{day.month}月{day.day}日（{weekday_label(day)}）"


def time_label(start: datetime, end: datetime) -> str:
    """Return 20:30–22:00 in official time; an end on a later day is marked 次日."""
    begins, ends = start.astimezone(ZONE), end.astimezone(ZONE)
    later = "次日" if ends.date() > begins.date() else ""
    return f"{begins:%H:%M}–{later}{ends:%H:%M}"


def span_label(start: datetime, end: datetime) -> str:
    """Return 周六 20:30–22:00 in official time."""
    return f"{weekday_label(start.astimezone(ZONE).date())} {time_label(start, end)}"


def part_of(moment: time) -> str:
    """Return the part of the day of a time; the hours before 06:00 belong to the evening."""
    if _NIGHT_ENDS <= moment < NOON_ENDS:
        return "morning"
    return "afternoon" if NOON_ENDS <= moment < EVENING_BEGINS else "evening"


def slot_of(start: datetime, end: datetime, kind: DayKind | None = None) -> str:
    """Return the slot of a shift: its day by its start, its part by its middle (aware moments).

    ``kind`` is the calendar's word for the day: a holiday has slots of its own, a make-up day is
    a workday. Without it the day of the week decides. Raises ValueError unless start < end.
    """
    if end <= start:
        raise ValueError("班次的结束要晚于开始")
    begins = start.astimezone(ZONE)
    middle = (begins + (end - start) / 2).time()
    return f"{_slot_day(begins.date(), kind)}_{part_of(middle)}"


def _slot_day(day: date, kind: DayKind | None) -> str:
    if kind == "holiday":
        return "holiday"
    if kind in ("workday", "makeup"):
        return "workday"
    return _WEEK[day.weekday()]
