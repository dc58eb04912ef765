"""Invented months with the dimensions that matter: size, tightness, groups, roles, skew, clash, rules.

The same arguments give the same problem. Nothing here is drawn from real people; the figures of
a town (2,100 members, 12 communities, 600 sessions, about 80,000 pairs) are the defaults.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from baodao.base.solver.problem import Group, Member, Problem, Rules, Session

SKILLS = ("electric", "medicine", "law", "tutoring", "music", "haircut", "it", "mediation")
TIERS = ("urgent", "important", "ordinary", "can_wait")


@dataclass(frozen=True, slots=True)
class Dimensions:
    """What may vary. ``supply`` is the share of members who are there at all; ``min_share`` is min / desired;
    ``given``: the members have served already this year and wish for different numbers (else 0 given, 6 wished)."""

    members: int = 2100
    communities: int = 12
    sessions: int = 600
    days: int = 30
    units: int = 131
    joint: int = 60
    role_share: float = 0.15
    cancel_share: float = 0.25
    supply: float = 1.0
    min_share: float = 0.5
    pairs_per_member: float = 38.0
    max_services: int = 3
    skew: float = 0.6
    paired: bool = True
    given: bool = True
    clash: str = "day"


def month(
    seed: int = 0,
    dims: Dimensions = Dimensions(),
    rules: Rules | None = None,
    *,
    number: int = 0,
    served: list[int] | None = None,
) -> Problem:
    """One invented month of one town.

    ``number`` 0–11 is the month of the year for the same people; ``served`` is what they gave before it.
    """
    people = np.random.default_rng(seed)
    sizes = people.dirichlet(np.full(dims.communities, 1 / max(dims.skew, 0.05)))
    home = people.choice(dims.communities, dims.members, p=sizes)
    unit = people.choice(dims.units, dims.members, p=people.dirichlet(np.full(dims.units, 0.7)))
    members = _members(people, dims, unit, served)
    pairing = people.integers(0, dims.communities, dims.units)
    slots = people.random((dims.members, 7, 5)) < 0.55
    rng = np.random.default_rng([seed, number])
    sessions, where = _sessions(rng, dims, sizes, datetime(2026 + number // 12, number % 12 + 1, 1))
    reach = (home[:, None] == where[None, :]) | (dims.paired & (pairing[unit][:, None] == where[None, :]))
    weekday = np.array([session.start.weekday() for session in sessions if session.start])
    hour = np.array([session.start.hour // 5 for session in sessions if session.start])
    there = rng.random(dims.members) < dims.supply
    fits = reach & slots[:, weekday, hour] & there[:, None]
    wanted, total = dims.pairs_per_member * dims.members * dims.supply, int(fits.sum())
    if total > wanted:
        fits &= rng.random(fits.shape) < wanted / total
    groups = _groups(rng, dims, members, sessions, where, home, fits)
    pm, ps = np.nonzero(fits)
    travel = rng.choice([0, 8, 40], len(pm), p=[0.7, 0.2, 0.1])
    cost = rng.integers(0, 10, len(pm)) * 5 + travel + 25 * (rng.random(len(pm)) < 0.3)
    return Problem(
        tuple(members),
        tuple(sessions),
        pm.astype(np.int64),
        ps.astype(np.int64),
        cost.astype(np.int64),
        groups=tuple(groups),
        rules=rules or Rules(clash=dims.clash, travel_minutes=30 if dims.clash == "interval" else 0),
    )


def _members(rng: np.random.Generator, dims: Dimensions, unit: np.ndarray, served: list[int] | None) -> list[Member]:
    members = []
    for number in range(dims.members):
        skills = tuple(sorted(SKILLS[k] for k in np.flatnonzero(rng.random(len(SKILLS)) < 0.12)))
        given = int(rng.integers(0, 12)) if dims.given else 0
        target = int(rng.choice([0, 6, 12])) if dims.given else 6
        most = int(rng.integers(1, dims.max_services + 1))
        before = given if served is None else served[number]
        members.append(Member(f"m{number:05}", most, 0, None, before, target, skills, f"U{int(unit[number]):03}"))
    return members


def _sessions(
    rng: np.random.Generator, dims: Dimensions, sizes: np.ndarray, first: datetime
) -> tuple[list[Session], np.ndarray]:
    where = rng.choice(dims.communities, dims.sessions, p=sizes * 0.5 + 0.5 / dims.communities)
    joint = set(rng.choice(dims.sessions, min(dims.joint, dims.sessions // 4), replace=False).tolist())
    sessions = []
    for number in range(dims.sessions):
        desired = int(rng.integers(2, 9))
        least = max(1, round(desired * dims.min_share))
        start = first + timedelta(days=int(rng.integers(0, dims.days)), hours=int(rng.choice([8, 10, 14, 16, 19, 20])))
        roles: tuple[tuple[str, int], ...] = ()
        if number not in joint and rng.random() < dims.role_share:
            roles = ((SKILLS[int(rng.integers(0, len(SKILLS)))], 1),)
        sessions.append(
            Session(
                f"s{number:05}",
                start,
                start + timedelta(minutes=int(rng.choice([60, 90, 120]))),
                least,
                desired,
                desired + int(rng.integers(0, 3)) + (6 if number in joint else 0),
                TIERS[int(rng.choice(4, p=[0.1, 0.25, 0.5, 0.15]))],
                roles,
                bool(number in joint or rng.random() < dims.cancel_share),
                SKILLS[number % 3] if number in joint else None,
            )
        )
    return sessions, where


def _groups(
    rng: np.random.Generator,
    dims: Dimensions,
    members: list[Member],
    sessions: list[Session],
    where: np.ndarray,
    home: np.ndarray,
    fits: np.ndarray,
) -> list[Group]:
    """About as many groups as joint sessions; each can come as a whole to a few of them."""
    joint = [number for number, session in enumerate(sessions) if session.joint_speciality]
    groups = []
    for count, number in enumerate(joint):
        session = sessions[number]
        people = np.flatnonzero(home == where[number])
        size = min(len(people), max(session.min, int(rng.integers(3, 7))))
        if size < 2:
            continue
        chosen = sorted(rng.choice(people, size, replace=False).tolist())
        groups.append(
            Group(f"g{count:03}", str(session.joint_speciality), tuple(members[member].id for member in chosen))
        )
        for other in joint:
            if sessions[other].joint_speciality == session.joint_speciality and where[other] == where[number]:
                fits[chosen, other] = rng.random() < 0.8
        fits[chosen, number] = True
    return groups
