"""The matching area."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """匹配."""

    name = "baodao.domain.matching"
    label = "matching"
    verbose_name = "匹配"
