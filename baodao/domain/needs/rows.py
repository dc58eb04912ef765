"""Values that travel in and out of the needs area."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
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


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file of needs or worth a look; ``row`` is None for a whole column or file."""

    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    code: str
    message: str
    suggestion: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The keys of the contract."""
        return asdict(self)


@dataclass(slots=True)
class IntakeLine:
    """One row of a file: its number in the draft and in the sheet, what becomes of it, what is wrong or worth a look.

    ``state`` is added, unchanged, skipped or rejected; ``written`` are the cells as they stand, by field.
    """

    n: int
    sheet: str
    row: int
    state: str
    need: NewNeed
    written: dict[str, str]
    faults: list[tuple[str, Problem]] = field(default_factory=list)
    notes: list[tuple[str, Problem]] = field(default_factory=list)


@dataclass(slots=True)
class Intake:
    """What a file of needs comes to: its rows in order, those that would go in, counts, and what is wrong."""

    rows: int = 0
    lines: list[IntakeLine] = field(default_factory=list)
    new: list[NewNeed] = field(default_factory=list)
    unchanged: int = 0
    skipped: int = 0
    rejected: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what becomes of them, as a wizard and a batch show them."""
        states = Counter(line.state for line in self.lines)
        names = ("added", "updated", "unchanged", "skipped", "rejected")
        return {"rows": self.rows, **{name: states[name] for name in names}}

    def as_dict(self, batch: str | None) -> dict[str, Any]:
        """The answer of the command; ``added`` is what went in, or would."""
        return {
            "rows": self.rows,
            "added": len(self.new),
            "updated": 0,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "rejected": [problem.as_dict() for problem in self.rejected],
            "warnings": [problem.as_dict() for problem in self.warnings],
            "batch": batch,
        }
