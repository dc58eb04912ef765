"""Channels of notices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How somebody is told."""

    PAGE = "page", _("登录后看到")
    PHONE = "phone", _("打电话")
    PAPER = "paper", _("纸条")
    IN_PERSON = "in_person", _("当面")
    CHAIN = "chain", _("群里接龙")
