"""A month as a value: ``Month.parse("2026-11")``, the unit of plan, assessment and bulletin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of one year; ordered in time, written ``YYYY-MM``."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse what is no month (ValueError)."""
        if not (1900 <= self.year <= 9998 and 1 <= self.number <= 12):
            raise ValueError(f"没有这个月份：{self.year}-{self.number}，写成 2026-11 的样子")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read ``YYYY-MM``; raises ValueError with a plain sentence for anything else."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"看不懂月份“{text}”，写成 2026-11 的样子")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month of a day."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """Return ``YYYY-MM``."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def label(self) -> str:
        """The month in a sentence: 2026年11月."""
        return f"{self.year}年{self.number}月"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next().first - timedelta(days=1)

    def shifted(self, months: int) -> "Month":
        """Return the month so many months later (earlier if negative)."""
        years, index = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, index + 1)

    def next(self) -> "Month":
        """Return the month after."""
        return self.shifted(1)

    def previous(self) -> "Month":
        """Return the month before."""
        return self.shifted(-1)

    def days(self) -> Iterator[date]:
        """Yield every day, first to last."""
        for offset in range((self.next().first - self.first).days):
            yield self.first + timedelta(days=offset)

    def contains(self, day: date) -> bool:
        """Tell whether a day lies in this month."""
        return (day.year, day.month) == (self.year, self.number)

    def is_over(self, today: date) -> bool:
        """Tell whether its last day lies before ``today``."""
        return today > self.last
