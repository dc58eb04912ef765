"""The months area."""

from django.apps import AppConfig


class MonthsConfig(AppConfig):
    """月度工作."""

    name = "baodao.domain.months"
    label = "months"
    verbose_name = "月度工作"
