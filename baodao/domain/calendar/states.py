"""Kinds of days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    """What a listed day is."""

    HOLIDAY = "holiday", _("法定假日")
    IN_LIEU = "in_lieu", _("调休放假")
    MAKE_UP = "make_up", _("调休上班")
    REGIONAL = "regional", _("自治区假日")
    LOCAL = "local", _("本地假日")
