"""代办: what is written down when the desk acts because a member asked. Pure; every area that members act in uses it.

The member himself needs nothing. The clerk or the secretary says how the member asked (in person, phone, paper, chain);
a unit's liaison never speaks for a member. The member may undo it for seven days without a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.posts.states import AskedHow

UNDO_DAYS = 7


@dataclass(frozen=True, slots=True)
class Behalf:
    """Who acted for the member, how and when the member asked; all empty when the member acted."""

    on_behalf_by: int | None = None
    asked_how: str = ""
    asked_at: datetime | None = None

    def values(self) -> dict[str, Any]:
        """The three columns."""
        return {"on_behalf_by": self.on_behalf_by, "asked_how": self.asked_how, "asked_at": self.asked_at}


def speaking(
    actor: Actor, member_id: int, community: str, *, asked_how: str = "", asked_at: datetime | None = None
) -> Behalf:
    """Who speaks here: the member, or the desk of ``community`` because the member asked. Raises Refused otherwise."""
    if actor.member_id == member_id and actor.has("member"):
        return Behalf()
    if not (actor.is_program or actor.has("clerk", "secretary", path=community)):
        raise Refused(_("这件事由本人定，或者由社区专干代办。"))
    if not asked_how and actor.is_program:
        return Behalf()
    if asked_how not in AskedHow.values:
        raise Refused(_("写清本人是怎么说的：当面、电话、纸质还是接龙。"), code="asked_how")
    return Behalf(actor.account_id, asked_how, asked_at or clock.now())


def undo_until(asked_at: datetime | None) -> datetime | None:
    """Until when the member may undo it without a reason."""
    return asked_at + timedelta(days=UNDO_DAYS) if asked_at else None
