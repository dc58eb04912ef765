"""How well a member and a shift fit, as one whole number and as the terms it is made of: pure, no database.

The solver minimises the number, the clerk reads the terms; both come from ``terms``, so that ranking, plan and
explanation cannot disagree. Lower is better; sources and sizes are those of the planning paper, level L4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from baodao.domain.posts.eligibility import Candidate, ReasonCode, Slot

WISH_OPEN, FAR, PAIRED = 15, 40, 8
HOLDS, DID_BEFORE, HOLIDAY_TURN = -20, -10, 12


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the plan sees one: the rules' view (``who``) and what fairness and continuity need.

    ``served`` counts this year's services, ``holidays`` those of the last year on holidays, ``did`` maps a post to how
    often he did it lately, ``claims`` are the posts he holds, ``rest_on`` the holiday on which it is his turn to rest.
    """

    pk: int
    code: str
    name: str
    who: Candidate
    unit: str = ""
    target: int = 0
    served: int = 0
    holidays: int = 0
    did: Mapping[int, int] = field(default_factory=dict)
    claims: frozenset[int] = frozenset()
    rest_on: date | None = None
    sort_key: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A shift as the plan sees one; ``taken`` and ``role_taken`` of ``where`` count what members already hold."""

    pk: int
    code: str
    post: int
    post_name: str
    where: Slot
    start: datetime
    end: datetime
    tier: str
    desired: int
    holiday: bool = False
    two_person: bool = False

    @property
    def free(self) -> int:
        """Places that nobody holds."""
        return max(0, self.where.max_people - self.where.taken)

    @property
    def missing(self) -> int:
        """People missing to the wished number."""
        return max(0, self.desired - self.where.taken)


def terms(person: Person, place: Place) -> dict[str, int]:
    """The terms of the misfit by name; those that are nought are left out."""
    where, who = place.where, person.who
    found = {
        "wish_open": 0 if who.wishes else WISH_OPEN,
        "paired": PAIRED if who.community != where.community and where.community in who.paired else 0,
        "far": FAR if who.community != where.community and where.community not in who.paired else 0,
        "holds": HOLDS if place.post in person.claims else 0,
        "did_before": DID_BEFORE if person.did.get(place.post) else 0,
        "holiday_turn": HOLIDAY_TURN * min(person.holidays, 4) if place.holiday else 0,
    }
    return {name: size for name, size in found.items() if size}


def cost(person: Person, place: Place) -> int:
    """The misfit of a pair: what the solver minimises."""
    return sum(terms(person, place).values())


def rest_day(code: str, holidays: Sequence[date]) -> date | None:
    """Which of a month's holidays a member is left alone on, so that nobody is asked for every holiday.

    With fewer than two holidays there is nothing to share. The draw depends on the member's public code and the month
    alone: the same for everybody who recomputes it, and fair over the members.
    """
    if len(holidays) < 2:
        return None
    drawn = hashlib.sha256(f"{code}/{holidays[0]:%Y-%m}".encode()).digest()
    return holidays[int.from_bytes(drawn[:4], "big") % len(holidays)]


#: Reasons of the plan beside those of ``posts.eligibility``.
HOLIDAY_REST, ANSWERED, TAKEN_OUT, HERE, GAVE_BACK = "holiday_rest", "answered", "taken_out", "here", "gave_back"
EXTRA_WORDS = {
    HOLIDAY_REST: "几个假日轮着来，这一天轮到他休息",
    ANSWERED: "这个班邀请过他了",
    TAKEN_OUT: "从这个班拿下来过",
    HERE: "已经在这个班里",
    GAVE_BACK: "说过这个班来不了",
}
OWN_TIME = ReasonCode.TIME
