"""The members area."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """党员台账."""

    name = "baodao.domain.members"
    label = "members"
    verbose_name = "党员台账"
