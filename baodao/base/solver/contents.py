"""What a month to be planned consists of: members, sessions, pairs in numpy columns, groups, rules, weights.

Plain immutable values without a form on paper: ``reading`` makes them from JSON, ``writing`` puts
them into words, and ``problem.Problem`` is what holds all of it together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

FORMAT = "baodao-problem/1"
OBJECTIVES = ("service", "cost", "members_used", "fair")
TIERS = {"urgent": 8, "important": 4, "ordinary": 2, "can_wait": 1}

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pairing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each level costs; the defaults make the weighted sum a lexicographic order at a town's size."""

    mandatory: int = 100_000
    behind: int = 20_000
    desired: int = 2_000
    load: int = 30
    year: int = 30
    change: int = 50


@dataclass(frozen=True, slots=True)
class Member:
    """A person: limits of the month, services already given this year and wished for, skills, unit."""

    id: str
    max_services: int | None = None
    min_services: int = 0
    max_hours: float | None = None
    served: int = 0
    target: int = 0
    skills: tuple[str, ...] = ()
    unit: str | None = None

    @property
    def behind(self) -> bool:
        """Behind the pace they wished for themselves."""
        return self.served < self.target


@dataclass(frozen=True, slots=True)
class Session:
    """A shift of a post: places, tier, role seats; one that ``runs or is cancelled`` never runs short.

    With ``keep_seats`` nobody else sits on a role seat that stays empty.
    """

    id: str
    start: datetime | None = None
    end: datetime | None = None
    min: int = 0
    desired: int = 0
    max: int = 0
    tier: str = "ordinary"
    roles: tuple[tuple[str, int], ...] = ()
    run_or_cancel: bool = False
    joint_speciality: str | None = None
    keep_seats: bool = False

    @property
    def tier_weight(self) -> int:
        """8, 4, 2 or 1."""
        return TIERS[self.tier]

    @property
    def role_seats(self) -> int:
        """R: the number of role seats."""
        return sum(count for _, count in self.roles)

    @property
    def open_to_all(self) -> int:
        """The most people of a single session who may be there without a role seat."""
        kept = self.role_seats if self.keep_seats and self.joint_speciality is None else 0
        return max(0, self.max - kept)

    @property
    def hours(self) -> float:
        """Length in hours; 0 without times."""
        if self.start is None or self.end is None:
            return 0.0
        return (self.end - self.start).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class Group:
    """A joint group: people of one speciality who serve together or not at all."""

    id: str
    speciality: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules over and above the pairs; the last six are the optional ones (H9)."""

    clash: str = "day"
    travel_minutes: int = 0
    max_per_7_days: int | None = None
    consecutive_weekends: bool = True
    unit_share: float | None = None
    unit_slot_cap: int | None = None
    apart: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()

    @property
    def extended(self) -> tuple[str, ...]:
        """Names of the optional rules that are away from their default."""
        away = {
            "max_per_7_days": self.max_per_7_days is not None,
            "consecutive_weekends": not self.consecutive_weekends,
            "unit_share": self.unit_share is not None,
            "unit_slot_cap": self.unit_slot_cap is not None,
            "apart": bool(self.apart),
            "together": bool(self.together),
        }
        return tuple(name for name, is_away in away.items() if is_away)


@dataclass(frozen=True, eq=False)
class Contents:
    """The fields of a problem; see planning.md §3 for every field's meaning."""

    members: tuple[Member, ...]
    sessions: tuple[Session, ...]
    pair_member: Ints
    pair_session: Ints
    pair_cost: Ints
    pair_hours: Floats | None = None
    groups: tuple[Group, ...] = ()
    fixed: tuple[Pairing, ...] = ()
    forbidden: tuple[Pairing, ...] = ()
    current: tuple[Pairing, ...] = ()
    weights: Weights = field(default_factory=Weights)
    rules: Rules = field(default_factory=Rules)
    objective: str = "service"

    @cached_property
    def hours(self) -> Floats:
        """Hours of every pair: its own, or its session's length."""
        if self.pair_hours is not None:
            return self.pair_hours
        lengths = np.array([session.hours for session in self.sessions], dtype=np.float64)
        return lengths[self.pair_session] if len(self.pair_session) else np.zeros(0)
