"""What is handed to the services of service: shifts to make, places to book, service to add late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class NewShift:
    """One time of a post. What is None is taken from the post."""

    post: Any
    start_at: datetime
    end_at: datetime
    place: str | None = None
    tier: str | None = None
    min_people: int | None = None
    desired_people: int | None = None
    max_people: int | None = None
    leader: Any = None
    need: Any = None
    batch: Any = None


@dataclass(slots=True)
class NewBooking:
    """A place for a member. ``role`` None: a kept seat if the member holds its speciality and one is free."""

    shift: Any
    member: Any
    source: str = "self"
    role: str | None = None
    held: bool = False
    asked_how: str = ""
    asked_at: datetime | None = None


@dataclass(slots=True)
class LateRecord:
    """Service that was not on the roll: who, how long."""

    member: Any
    minutes: int
