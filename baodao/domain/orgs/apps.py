"""The orgs area."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """组织."""

    name = "baodao.domain.orgs"
    label = "orgs"
    verbose_name = "组织"
