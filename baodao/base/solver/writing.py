"""Write problems and plans as the formats say, and the canonical form a digest is taken of.

The canonical form names members and sessions by id and sorts every list whose order means
nothing, so two files with permuted rows have one digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np

from baodao.base.solver.contents import FORMAT, Contents, Member, Session

#: Pairs written at a time.
PIECE = 100_000


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.isoformat(timespec="seconds" if moment.second or moment.microsecond else "minutes")


#: asdict would copy thousands of members deeply.
_MEMBER = tuple(Member.__dataclass_fields__)


def _member(member: Member) -> dict[str, Any]:
    return {**{name: getattr(member, name) for name in _MEMBER}, "skills": list(member.skills)}


def _session(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "start": _time(session.start),
        "end": _time(session.end),
        "places": {"min": session.min, "desired": session.desired, "max": session.max},
        "tier": session.tier,
        "roles": [{"skill": skill, "count": count} for skill, count in session.roles],
        "run_or_cancel": session.run_or_cancel,
        "joint_speciality": session.joint_speciality,
        **({"keep_seats": True} if session.keep_seats else {}),  # written only where it says something: digests stay
    }


def _rules(problem: Contents) -> dict[str, Any]:
    rules = problem.rules
    return {
        **asdict(rules),
        "apart": [list(people) for people in rules.apart],
        "together": [list(people) for people in rules.together],
    }


def problem_json(problem: Contents) -> dict[str, Any]:
    """The problem with every key written out, in its own order of rows."""
    return {
        **_without_pairs(problem),
        "pairs": {
            "member": problem.pair_member.tolist(),
            "session": problem.pair_session.tolist(),
            "cost": problem.pair_cost.tolist(),
            "hours": None if problem.pair_hours is None else problem.pair_hours.tolist(),
        },
    }


def _dumped(value: Any, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"))


def problem_words(problem: Contents) -> Iterator[str]:
    """The problem as a file's text, piece by piece, so that millions of pairs need no second copy."""
    yield _dumped(_without_pairs(problem))[:-1] + ',"pairs":{'
    for number, name in enumerate(("member", "session", "cost", "hours")):
        column = getattr(problem, f"pair_{name}")
        yield f'{"," if number else ""}"{name}":'
        if column is None:
            yield "null"
            continue
        yield "["
        for start in range(0, len(column), PIECE):
            yield ("," if start else "") + _dumped(column[start : start + PIECE].tolist())[1:-1]
        yield "]"
    yield "}}"


def _without_pairs(problem: Contents) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "objective": problem.objective,
        "weights": asdict(problem.weights),
        "members": [_member(member) for member in problem.members],
        "sessions": [_session(session) for session in problem.sessions],
        "groups": [
            {"id": group.id, "speciality": group.speciality, "members": list(group.members)} for group in problem.groups
        ],
        "fixed": [list(pair) for pair in problem.fixed],
        "forbidden": [list(pair) for pair in problem.forbidden],
        "current": [list(pair) for pair in problem.current],
        "rules": _rules(problem),
    }


def canonical_words(problem: Contents) -> Iterator[str]:
    """The same contents in one order as text, pairs as rows [member, session, cost, hours] by id, piece by piece."""
    found = _without_pairs(problem)
    for row in found["members"]:
        row["skills"].sort()
        row["max_hours"] = None if row["max_hours"] is None else float(row["max_hours"])
    for row in found["sessions"]:
        row["roles"].sort(key=lambda role: role["skill"])
    for row in found["groups"]:
        row["members"].sort()
    for name in ("members", "sessions", "groups"):
        found[name].sort(key=lambda row: row["id"])
    for name in ("fixed", "forbidden", "current"):
        found[name].sort()
    for name in ("apart", "together"):
        found["rules"][name] = sorted(sorted(people) for people in found["rules"][name])
    for number, name in enumerate(sorted([*found, "pairs"])):
        yield f'{"," if number else "{"}"{name}":'
        if name == "pairs":
            yield from _pair_words(problem)
        else:
            yield _dumped(found[name], sort_keys=True)
    yield "}"


def _pair_words(problem: Contents) -> Iterator[str]:
    members = [member.id for member in problem.members]
    sessions = [session.id for session in problem.sessions]
    ranks = []
    for ids in (members, sessions):
        rank = np.empty(len(ids), dtype=np.int64)
        rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        ranks.append(rank)
    order = np.argsort(ranks[0][problem.pair_member] * max(1, len(sessions)) + ranks[1][problem.pair_session], kind="stable")
    yield "["
    for start in range(0, len(order), PIECE):
        rows = order[start : start + PIECE]
        hours = [None] * len(rows) if problem.pair_hours is None else problem.pair_hours[rows].tolist()
        columns = (problem.pair_member[rows].tolist(), problem.pair_session[rows].tolist(), problem.pair_cost[rows].tolist())
        piece = [[members[m], sessions[s], cost, hour] for m, s, cost, hour in zip(*columns, hours, strict=True)]
        yield ("," if start else "") + _dumped(piece)[1:-1]
    yield "]"
