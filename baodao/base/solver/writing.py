"""Write problems and plans as the formats say, and the canonical form a digest is taken of.

The canonical form names members and sessions by id and sorts every list whose order means
nothing, so two files with permuted rows have one digest.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from baodao.base.solver.problem import FORMAT, Member, Problem, Session


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.isoformat(timespec="seconds" if moment.second or moment.microsecond else "minutes")


def _member(member: Member) -> dict[str, Any]:
    return {**asdict(member), "skills": list(member.skills)}


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
    }


def _rules(problem: Problem) -> dict[str, Any]:
    rules = problem.rules
    return {
        **asdict(rules),
        "apart": [list(people) for people in rules.apart],
        "together": [list(people) for people in rules.together],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """The problem with every key written out, in its own order of rows."""
    return {
        "format": FORMAT,
        "objective": problem.objective,
        "weights": asdict(problem.weights),
        "members": [_member(member) for member in problem.members],
        "sessions": [_session(session) for session in problem.sessions],
        "groups": [
            {"id": group.id, "speciality": group.speciality, "members": list(group.members)} for group in problem.groups
        ],
        "pairs": {
            "member": problem.pair_member.tolist(),
            "session": problem.pair_session.tolist(),
            "cost": problem.pair_cost.tolist(),
            "hours": None if problem.pair_hours is None else problem.pair_hours.tolist(),
        },
        "fixed": [list(pair) for pair in problem.fixed],
        "forbidden": [list(pair) for pair in problem.forbidden],
        "current": [list(pair) for pair in problem.current],
        "rules": _rules(problem),
    }


def canonical(problem: Problem) -> dict[str, Any]:
    """The same contents in one order, pairs as rows [member, session, cost, hours] by id."""
    found = problem_json(problem)
    pairs = found.pop("pairs")
    hours = pairs["hours"] or [None] * len(pairs["cost"])
    members = [member.id for member in problem.members]
    sessions = [session.id for session in problem.sessions]
    found["pairs"] = sorted(
        [members[member], sessions[session], cost, hour]
        for member, session, cost, hour in zip(pairs["member"], pairs["session"], pairs["cost"], hours, strict=True)
    )
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
    return found
