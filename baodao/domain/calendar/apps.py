"""The calendar area."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """日历."""

    name = "baodao.domain.calendar"
    label = "calendar"
    verbose_name = "日历"
