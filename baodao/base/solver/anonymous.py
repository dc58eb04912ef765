"""A problem without anybody in it: every name drawn anew, every list shuffled; times, places, costs and skills' shape stay.

The names come from the system's source of randomness and are written down nowhere, so neither the same problem made twice
nor the original's ids lead from one to the other. What remains is the pattern of a month, which people who know it may
recognise: an anonymous problem is for measuring, not for publishing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from baodao.base.solver.problem import Problem

Json = dict[str, Any]


class _Names:
    """New names for old ones: a letter and as many digits as all of them need, dealt out at random."""

    def __init__(self, letter: str, old: Iterable[str], draw: secrets.SystemRandom) -> None:
        known = sorted(set(old))
        numbers = draw.sample(range(len(known)), len(known))
        width = len(str(max(0, len(known) - 1)))
        self.new = {name: f"{letter}{number:0{width}}" for name, number in zip(known, numbers, strict=True)}

    def __call__(self, name: str) -> str:
        return self.new[name]


def anonymous(problem: Problem) -> Problem:
    """The same problem under drawn names and in drawn order; optimal levels are those of the original."""
    draw = secrets.SystemRandom()
    data = problem.to_json()
    people = _Names("m", (row["id"] for row in data["members"]), draw)
    sessions = _Names("s", (row["id"] for row in data["sessions"]), draw)
    groups = _Names("g", (row["id"] for row in data["groups"]), draw)
    units = _Names("u", (row["unit"] for row in data["members"] if row["unit"] is not None), draw)
    skills = _Names("k", _skills(data), draw)
    places_m, places_s = _shuffled(data["members"], draw), _shuffled(data["sessions"], draw)
    for row in data["members"]:
        row["id"] = people(row["id"])
        row["unit"] = None if row["unit"] is None else units(row["unit"])
        row["skills"] = sorted(map(skills, row["skills"]))
    for row in data["sessions"]:
        row["id"] = sessions(row["id"])
        row["roles"] = sorted(({**role, "skill": skills(role["skill"])} for role in row["roles"]), key=lambda role: str(role["skill"]))
        row["joint_speciality"] = None if row["joint_speciality"] is None else skills(row["joint_speciality"])
    for row in data["groups"]:
        row |= {"id": groups(row["id"]), "speciality": skills(row["speciality"]), "members": sorted(map(people, row["members"]))}
    data["groups"].sort(key=lambda row: str(row["id"]))
    for name in ("fixed", "forbidden", "current"):
        data[name] = sorted([people(member), sessions(session)] for member, session in data[name])
    for name in ("apart", "together"):
        data["rules"][name] = sorted(sorted(map(people, them)) for them in data["rules"][name])
    _pairs(data["pairs"], places_m, places_s)
    return Problem.from_json(data)


def _skills(data: Json) -> set[str]:
    found = {skill for row in data["members"] for skill in row["skills"]}
    found |= {role["skill"] for row in data["sessions"] for role in row["roles"]}
    found |= {row["joint_speciality"] for row in data["sessions"] if row["joint_speciality"] is not None}
    return found | {row["speciality"] for row in data["groups"]}


def _shuffled(rows: list[Json], draw: secrets.SystemRandom) -> list[int]:
    """Put the rows in a drawn order; where each old row is now."""
    order = draw.sample(range(len(rows)), len(rows))
    old = list(rows)
    rows[:] = [old[number] for number in order]
    places = [0] * len(rows)
    for now, number in enumerate(order):
        places[number] = now
    return places


def _pairs(columns: Json, places_m: list[int], places_s: list[int]) -> None:
    hours = columns["hours"] or [None] * len(columns["cost"])
    rows = sorted(
        (places_m[m], places_s[s], cost, hour)
        for m, s, cost, hour in zip(columns["member"], columns["session"], columns["cost"], hours, strict=True)
    )
    for number, name in enumerate(("member", "session", "cost", "hours")):
        if columns[name] is not None:
            columns[name] = [row[number] for row in rows]
