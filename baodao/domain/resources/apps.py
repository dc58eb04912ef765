"""The resources area."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """资源."""

    name = "baodao.domain.resources"
    label = "resources"
    verbose_name = "资源"
