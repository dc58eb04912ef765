"""Points name a member by key alone; the reason of a reversal is the only words."""

from __future__ import annotations

from baodao.domain.erasures import Eraser
from baodao.domain.registered import Field

FIELDS = [Field("points", "pointentry", "arithmetic", "怎么算的、为什么冲正", 60, "本人、社区专干、社区书记", "随积分")]
ERASERS: dict[str, Eraser] = {}
