"""States of the month's papers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CloseState(models.TextChoices):
    """Is the month over and settled."""

    CLOSED = "closed", _("已结月")


class BulletinState(models.TextChoices):
    """草稿 → 送审 → 签发 → 已送达."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("送审")
    SIGNED = "signed", _("已签发")
    DELIVERED = "delivered", _("已送达")


TRANSITIONS = {
    BulletinState.DRAFT: frozenset({BulletinState.SUBMITTED}),
    BulletinState.SUBMITTED: frozenset({BulletinState.DRAFT, BulletinState.SIGNED}),
    BulletinState.SIGNED: frozenset({BulletinState.DELIVERED}),
    BulletinState.DELIVERED: frozenset(),
}
