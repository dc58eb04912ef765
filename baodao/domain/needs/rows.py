"""Values that travel in and out of the needs area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from baodao.domain.needs.states import Source

if TYPE_CHECKING:
    from baodao.domain.needs.models import Need


@dataclass(slots=True)
class NewNeed:
    """What somebody asks, before it is stored. ``community`` and ``estate`` are organisations.

    ``place_name`` is a public place or an estate; door numbers belong into ``place_detail``, which is sealed, as are
    name, telephone and the wished language. Staff may give weight and urgency at once: the need is then accepted.
    """

    text: str
    community: Any
    category: str = ""
    estate: Any = None
    place_name: str = ""
    place_detail: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    language_wish: str = ""
    source: str = Source.QR
    registered_at: datetime | None = None
    wished_on: date | None = None
    language: str = "zh-hans"
    weight: str = ""
    urgency: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A stored need with what the asker takes away: the secret in clear, and the token of its done page."""

    need: Need
    secret: str
    token: str

    @property
    def code(self) -> str:
        """The public code, kept with the form's key."""
        return self.need.code


@dataclass(frozen=True, slots=True)
class SlipShown:
    """Code and secret of an open done page."""

    need: Need
    number: str
    secret: str

    @property
    def fragment(self) -> str:
        """What follows ``/t/#`` in the QR code."""
        return f"{self.number}.{self.secret}"


@dataclass(frozen=True, slots=True)
class ContactShown:
    """The asker's contact in clear, after the look was written down."""

    name: str
    phone: str
    place_detail: str
    language: str
