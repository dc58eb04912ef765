"""Dates of cells: 2026.3.5, 2026年3月5日, serial numbers and date objects; never a guess.

A date without a year, with a year of two digits or without a day is a fault, as is one that no
calendar has.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

#: Day 0 of a spreadsheet's serial numbers (1900 system; right from 1 March 1900 on).
_EPOCH = datetime(1899, 12, 30)
# Serial numbers outside 1982 to 2064 are no dates of this program but stray numbers.
_SERIALS = range(30_000, 60_000)
_WRITTEN = re.compile(
    r"(?P<year>\d{4})\s*[.\-/年\u2010-\u2015\u3002、]\s*(?P<month>\d{1,2})\s*[.\-/月\u2010-\u2015\u3002、]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"(?:\s*[(（]?\s*(?:星期|周)[一二三四五六日天]\s*[)）]?)?"
    r"(?:[\sT]*(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2})?\s*分?(?::(?P<second>\d{1,2})(?:\.\d+)?)?)?"
)
_PACKED = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A day, with the time of day where one was written; ``fault`` is ``date`` if there is none.

    An empty cell has neither day nor fault.
    """

    day: date | None = None
    clock: time | None = None
    fault: str | None = None

    @property
    def message(self) -> str:
        """What is wrong, in a sentence; empty if nothing is."""
        return "日期认不出，或没有这一天" if self.fault else ""

    @property
    def suggestion(self) -> str:
        """How to mend it; empty if nothing is wrong."""
        return "写成 2026-03-05 的样子" if self.fault else ""


_FAULT = DateReading(fault="date")


def read(value: object) -> DateReading:
    """Read a cell as a date, with its time of day if it has one (official time)."""
    if isinstance(value, datetime):
        return DateReading(value.date(), value.time() if value.time() != time.min else None)
    if isinstance(value, date):
        return DateReading(value)
    if isinstance(value, bool | time | timedelta):
        return _FAULT
    if isinstance(value, int | float):
        return _from_number(float(value))
    text = unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()
    if not text:
        return DateReading()
    if re.fullmatch(r"\d+(\.0+)?", text):
        return _from_number(float(text))
    return _from_match(_WRITTEN.fullmatch(text))


def _from_number(number: float) -> DateReading:
    """Read a serial number (46086 or 46086.5) or a packed date (20260305)."""
    if int(number) in _SERIALS:
        moment = _EPOCH + timedelta(minutes=round(number * 1440))
        return DateReading(moment.date(), moment.time() if moment.time() != time.min else None)
    return _from_match(_PACKED.fullmatch(str(int(number)))) if number.is_integer() else _FAULT


def _from_match(match: re.Match[str] | None) -> DateReading:
    if match is None:
        return _FAULT
    parts = match.groupdict()
    try:
        day = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
        clock = None
        if parts.get("hour"):
            clock = time(int(parts["hour"]), int(parts.get("minute") or 0), int(parts.get("second") or 0))
    except ValueError:
        return _FAULT
    return DateReading(day, clock)
