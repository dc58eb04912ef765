"""Rows to begin a year's calendar with: statutory days off and make-up working days.

Where the State Council's arrangement is known (package chinese_calendar) rows are official.
Otherwise they follow the fixed days by rule (package holidays), without exchanged days, and say
so by ``official=False``. Days off of a region are never derived: an office enters them.
"""

import re
from dataclasses import dataclass
from datetime import date

from baodao.base.days.workdays import DayKind

#: Where the rows come from, as printed beside a plan.
OFFICIAL_SOURCE = "国务院办公厅放假安排"
RULE_SOURCE = "按法定节日推算，调休未录入"

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
_FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (5, 2, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))


@dataclass(frozen=True, slots=True)
class StatutoryDay:
    """One row of a calendar: ``holiday`` or ``makeup``, its name, and whether it was announced."""

    day: date
    kind: DayKind
    name: str
    official: bool

    @property
    def source(self) -> str:
        """Where the row comes from, in words."""
        return OFFICIAL_SOURCE if self.official else RULE_SOURCE


def rows_for(year: int) -> list[StatutoryDay]:
    """Return the rows of a year in order of date; all official or none is."""
    return _announced(year) or _by_rule(year)


def is_announced(year: int) -> bool:
    """Tell whether the arrangement of a year, with its exchanged days, is known."""
    return bool(_announced(year))


def _announced(year: int) -> list[StatutoryDay]:
    from chinese_calendar import constants

    off = [_official(day, "holiday", name) for day, name in constants.holidays.items() if day.year == year]
    on = [_official(day, "makeup", name) for day, name in constants.workdays.items() if day.year == year]
    # A new year's first days stand in the arrangement of the year before; alone they are no arrangement.
    return sorted(off + on, key=lambda row: row.day) if len(off) > 10 else []


def _official(day: date, kind: DayKind, name: str) -> StatutoryDay:
    festival = _NAMES.get(name, name)
    return StatutoryDay(day, kind, festival if kind == "holiday" else f"{festival}调休上班", official=True)


def _by_rule(year: int) -> list[StatutoryDay]:
    from holidays import country_holidays

    names = {date(year, month, day): [name] for month, day, name in _FIXED}
    for day, told in country_holidays("CN", years=year, observed=False, language="zh_CN").items():
        for name in re.split(r"[;；]\s*", str(told).replace("农历除夕", "春节")):
            if day.year == year and name not in names.setdefault(day, []):
                names[day].append(name)
    return [StatutoryDay(day, "holiday", "、".join(told), official=False) for day, told in sorted(names.items())]
