"""States and presets of points."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleSetState(models.TextChoices):
    """One active set per town."""

    DRAFT = "draft", _("草稿")
    ACTIVE = "active", _("在用")
    ARCHIVED = "archived", _("已停用")


class Preset(models.TextChoices):
    """What issue A ships; more presets come later."""

    THRESHOLD_ONLY = "preset_threshold_only", _("只看次数，不记分")
    HOUR_POINT_CAP = "preset_1h1p_cap2h", _("一小时一分，每次最多两分")


class EntryKind(models.TextChoices):
    """What an entry does."""

    EARNED = "earned", _("服务")
    REVERSED = "reversed", _("冲正")
