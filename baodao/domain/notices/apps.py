"""The notices area."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """消息."""

    name = "baodao.domain.notices"
    label = "notices"
    verbose_name = "消息"
