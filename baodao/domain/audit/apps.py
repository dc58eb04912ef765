"""The audit area."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """留痕."""

    name = "baodao.domain.audit"
    label = "audit"
    verbose_name = "留痕"
