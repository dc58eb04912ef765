"""The service area."""

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """服务."""

    name = "baodao.domain.service"
    label = "service"
    verbose_name = "服务"
