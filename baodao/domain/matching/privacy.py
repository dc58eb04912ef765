"""What matching keeps about persons and how long: a reason somebody gave with a refusal goes after a year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from baodao.base.actor import Actor
from baodao.base.days.clock import ZONE
from baodao.domain.audit.services import service
from baodao.domain.erasures import Eraser
from baodao.domain.matching.models import Offer
from baodao.domain.registered import Field

FIELDS = [
    Field("matching", "offer", "reason", "来不了的原因（选项，不选也行）", 8, "本人、报到社区专干", "1 年后清空"),
    Field("matching", "offer", "asked_how", "代办时本人怎么说的", 10, "本人、报到社区专干", "1 年后清空"),
]
ERASERS: dict[str, Eraser] = {}
ONE_YEAR = timedelta(days=365)


@service
def erase_due(*, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Empty the reasons and the ways of asking of offers answered more than a year ago."""
    before = datetime.combine(today, time(), tzinfo=ZONE) - ONE_YEAR
    Offer.objects.filter(answered_at__lt=before).exclude(reason="", asked_how="").update(reason="", asked_how="")
    return []
