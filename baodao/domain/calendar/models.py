"""Tables of the calendar."""

from django.db import models

from baodao.domain.calendar.states import DayKind
from baodao.domain.columns import PathField


class HolidayYear(models.Model):
    """A year of the calendar; ``official`` once the State Council's arrangement for it is loaded."""

    year = models.PositiveSmallIntegerField(unique=True)
    official = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return str(self.year)


class Day(models.Model):
    """A date that is not what its weekday says; ``path`` empty for the whole country, else a county or town."""

    date = models.DateField()
    kind = models.CharField(max_length=10, choices=DayKind.choices)
    name = models.CharField(max_length=30)
    path = PathField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "path"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class Hours(models.Model):
    """Working hours from a day of the year (``since``, as MM-DD) on: spans like [["10:00", "14:00"], ["16:00", "20:00"]]."""

    path = PathField(help_text="county or town")
    since = models.CharField(max_length=5)
    name = models.CharField(max_length=20)
    spans = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "since"], name="calendar_hours_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.since}"


class Clock(models.Model):
    """The stored day of this database (a demo's): at most one row."""

    only = models.BooleanField(default=True, unique=True)
    today = models.DateField()

    def __str__(self) -> str:
        return str(self.today)
