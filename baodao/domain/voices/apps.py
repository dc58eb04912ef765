"""The voices area."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """心声."""

    name = "baodao.domain.voices"
    label = "voices"
    verbose_name = "心声"
