"""Kinds and states of documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What papers are archived."""

    PLAN = "plan", _("月计划")
    EXTRACT = "extract", _("单位摘录")
    BULLETIN = "bulletin", _("通报")


class DocumentState(models.TextChoices):
    """From the reserved number to the archive."""

    RESERVED = "reserved", _("已编号")
    SEALED = "sealed", _("已存档")
    VOID = "void", _("作废")


TRANSITIONS = {
    DocumentState.RESERVED: frozenset({DocumentState.SEALED, DocumentState.VOID}),
    DocumentState.SEALED: frozenset(),
    DocumentState.VOID: frozenset(),
}
