"""What the checker says (violations) and the digest it takes of a problem, by its own reading of the format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: its code, where, whose, and a sentence."""

    rule: str
    session: str | None
    member: str | None
    text: str


_MEMBER: dict[str, Any] = {
    "max_services": None,
    "min_services": 0,
    "max_hours": None,
    "served": 0,
    "target": 0,
    "skills": [],
    "unit": None,
}
_SESSION: dict[str, Any] = {
    "start": None,
    "end": None,
    "tier": "ordinary",
    "roles": [],
    "run_or_cancel": False,
    "joint_speciality": None,
}
WEIGHTS = {"mandatory": 100000, "behind": 20000, "desired": 2000, "load": 30, "year": 30, "change": 50}
RULES: dict[str, Any] = {
    "clash": "day",
    "travel_minutes": 0,
    "max_per_7_days": None,
    "consecutive_weekends": True,
    "unit_share": None,
    "unit_slot_cap": None,
    "apart": [],
    "together": [],
}


def _moment(words: str | None) -> str | None:
    if words is None:
        return None
    moment = datetime.fromisoformat(words)
    return moment.isoformat(timespec="seconds" if moment.second or moment.microsecond else "minutes")


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def _pair_words(problem: dict[str, Any]) -> Iterator[str]:
    """The pairs as rows by id, a piece at a time: there may be millions."""
    members = [row["id"] for row in problem["members"]]
    sessions = [row["id"] for row in problem["sessions"]]
    rank = {identity: number for number, identity in enumerate(sorted(sessions))}
    pairs = problem["pairs"]
    hours = pairs.get("hours")
    count = len(members)
    mine: list[list[int]] = [[] for _ in range(count)]
    for number, m in enumerate(pairs["member"]):
        mine[m].append(number)
    yield "["
    first = True
    for m in sorted(range(count), key=members.__getitem__):
        numbers = sorted(mine[m], key=lambda number: rank[sessions[pairs["session"][number]]])
        rows = [
            [members[m], sessions[pairs["session"][n]], pairs["cost"][n], _float(hours[n]) if hours else None] for n in numbers
        ]
        if rows:
            yield ("" if first else ",") + _dumped(rows)[1:-1]
            first = False
    yield "]"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(problem: dict[str, Any]) -> str:
    """SHA-256 of the contents with defaults written out and rows sorted by id."""
    members = [
        {**_MEMBER, **row, "skills": sorted(row.get("skills", [])), "max_hours": _float(row.get("max_hours"))}
        for row in problem["members"]
    ]
    sessions = [
        {
            **_SESSION,
            **{key: value for key, value in row.items() if key != "keep_seats" or value},  # written only where it is said
            "roles": sorted(row.get("roles", []), key=lambda role: str(role["skill"])),
            "start": _moment(row.get("start")),
            "end": _moment(row.get("end")),
        }
        for row in problem["sessions"]
    ]
    groups = [{**row, "members": sorted(row["members"])} for row in problem.get("groups", [])]
    rules = {**RULES, **problem.get("rules", {})}
    rules["unit_share"] = _float(rules["unit_share"])
    for name in ("apart", "together"):
        rules[name] = sorted(sorted(people) for people in rules[name])
    contents: dict[str, Any] = {
        "format": problem["format"],
        "objective": problem.get("objective", "service"),
        "weights": {**WEIGHTS, **problem.get("weights", {})},
        "members": sorted(members, key=lambda row: str(row["id"])),
        "sessions": sorted(sessions, key=lambda row: str(row["id"])),
        "groups": sorted(groups, key=lambda row: str(row["id"])),
        "rules": rules,
    }
    for name in ("fixed", "forbidden", "current"):
        contents[name] = sorted(list(pair) for pair in problem.get(name, []))
    digest = hashlib.sha256()
    for number, name in enumerate(sorted([*contents, "pairs"])):
        digest.update(f'{"," if number else "{"}"{name}":'.encode())
        for words in _pair_words(problem) if name == "pairs" else [_dumped(contents[name])]:
            digest.update(words.encode())
    digest.update(b"}")
    return digest.hexdigest()
