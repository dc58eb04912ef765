"""What is handed to the services of posts: one dataclass a noun, with the defaults of a plain post."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(slots=True)
class NewPost:
    """A post to be made. ``leader`` is a Member; ``pattern`` as in ``posts.patterns``."""

    kind: str
    name: str
    duties: str = ""
    place: str = ""
    estate: Any = None
    skill: str = ""
    role_skill: str = ""
    role_count: int = 0
    certificate: str = ""
    language: str = ""
    hazard: str = "low"
    insurance: str = ""
    two_person: bool = False
    remote: bool = False
    min_people: int = 1
    desired_people: int = 1
    max_people: int = 1
    tier: str = "ordinary"
    pattern: list[dict[str, str]] = field(default_factory=list)
    minutes: int = 90
    quality: str = ""
    leader: Any = None
    supervisor_account: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class NewCommitment:
    """What a member promises for a post: goal, time, quality; and how the member asked when the desk writes it."""

    post: Any
    member: Any
    goal: str
    when: str
    quality: str
    asked_how: str = ""
    asked_at: datetime | None = None
