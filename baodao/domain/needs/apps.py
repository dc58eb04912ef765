"""The needs area."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """诉求."""

    name = "baodao.domain.needs"
    label = "needs"
    verbose_name = "诉求"
