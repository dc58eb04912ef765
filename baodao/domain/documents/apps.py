"""The documents area."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """发文."""

    name = "baodao.domain.documents"
    label = "documents"
    verbose_name = "发文"
