"""What the checker reads out of the two objects before it judges: people by session, services by member."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from baodao.base.solver.check_seen import RULES, WEIGHTS, Violation

Pair = tuple[str, str]


@dataclass
class Facts:
    """The problem by id and the plan's people; unknown ids have been named and left out."""

    objective: str
    members: dict[str, dict[str, Any]]
    sessions: dict[str, dict[str, Any]]
    groups: dict[str, dict[str, Any]]
    weights: dict[str, int]
    rules: dict[str, Any]
    cost: dict[Pair, int] = field(default_factory=dict)
    hours: dict[Pair, float] = field(default_factory=dict)
    fixed: list[Pair] = field(default_factory=list)
    forbidden: list[Pair] = field(default_factory=list)
    current: list[Pair] = field(default_factory=list)
    role: dict[Pair, str | None] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    services: dict[str, list[str]] = field(default_factory=dict)
    taken_by: list[tuple[str, str]] = field(default_factory=list)

    def times(self, session: str) -> tuple[datetime, datetime] | None:
        """Start and end of a session; one without an end is an instant."""
        row = self.sessions[session]
        if row.get("start") is None:
            return None
        start = datetime.fromisoformat(row["start"])
        return start, datetime.fromisoformat(row["end"]) if row.get("end") is not None else start


def _length(session: dict[str, Any]) -> float:
    if session.get("start") is None or session.get("end") is None:
        return 0.0
    start, end = datetime.fromisoformat(session["start"]), datetime.fromisoformat(session["end"])
    return (end - start).total_seconds() / 3600


def _problem_facts(problem: dict[str, Any], wanted: set[Pair]) -> Facts:
    """The problem by id; of its pairs only those the plan names, for there may be millions."""
    facts = Facts(
        problem.get("objective", "service"),
        {row["id"]: row for row in problem["members"]},
        {row["id"]: row for row in problem["sessions"]},
        {row["id"]: row for row in problem.get("groups", [])},
        {**WEIGHTS, **problem.get("weights", {})},
        {**RULES, **problem.get("rules", {})},
    )
    pairs = problem["pairs"]
    hours = pairs.get("hours")
    place_m = {row["id"]: number for number, row in enumerate(problem["members"])}
    place_s = {row["id"]: number for number, row in enumerate(problem["sessions"])}
    named = {(place_m[m], place_s[s]) for m, s in wanted if m in place_m and s in place_s}
    for number, (member, session) in enumerate(zip(pairs["member"], pairs["session"], strict=True)):
        if (member, session) not in named:
            continue
        where = problem["sessions"][session]
        pair = problem["members"][member]["id"], where["id"]
        facts.cost[pair] = pairs["cost"][number]
        facts.hours[pair] = hours[number] if hours is not None else _length(where)
    for name in ("fixed", "forbidden", "current"):
        setattr(facts, name, [(member, session) for member, session in problem.get(name, [])])
    return facts


def _is_row(row: object, length: int) -> bool:
    return (
        isinstance(row, list | tuple)
        and len(row) == length
        and all(isinstance(cell, str) for cell in row[:2])
        and all(cell is None or isinstance(cell, str) for cell in row[2:])
    )


def _broken(words: str) -> Violation:
    return Violation("format", None, None, words)


def facts_of(problem: dict[str, Any], plan: object) -> tuple[Facts | None, list[Violation]]:
    """The facts and the violations found in reading; no facts if the plan is none."""
    if not isinstance(plan, dict):
        return None, [_broken("方案不是一个对象。")]
    if plan.get("format") != "baodao-plan/1":
        return None, [_broken(f"格式是 {plan.get('format')!r}，应为 baodao-plan/1。")]
    if not isinstance(plan.get("assignments"), list):
        return None, [_broken("方案没有 assignments 列表。")]
    if not isinstance(plan.get("groups", []), list):
        return None, [_broken("groups 不是列表。")]
    rows = [row for row in plan["assignments"] if _is_row(row, 3)]
    facts = _problem_facts(problem, {(row[0], row[1]) for row in rows})
    found: list[Violation] = []
    for number, row in enumerate(plan["assignments"]):
        if not _is_row(row, 3):
            found.append(_broken(f"assignments[{number}] 不是 [成员, 班次, 特长或 null]。"))
            continue
        _enter(facts, row[0], row[1], row[2], found)
    for number, row in enumerate(plan.get("groups", [])):
        if not _is_row(row, 2):
            found.append(_broken(f"groups[{number}] 不是 [队, 班次]。"))
        elif row[0] not in facts.groups:
            found.append(Violation("H7", row[1], None, f"没有这个队：{row[0]}。"))
        elif row[1] not in facts.sessions:
            found.append(Violation("H7", row[1], None, f"没有这个班次：{row[1]}。"))
        else:
            facts.taken_by.append((row[0], row[1]))
    return facts, found


def _enter(facts: Facts, member: str, session: str, role: str | None, found: list[Violation]) -> None:
    if member not in facts.members:
        found.append(Violation("H1", session, member, f"没有这个成员：{member}。"))
    elif session not in facts.sessions:
        found.append(Violation("H1", session, member, f"没有这个班次：{session}。"))
    elif (member, session) in facts.role:
        found.append(Violation("H5", session, member, f"{member} 在 {session} 占了两个位置。"))
    else:
        facts.role[member, session] = role
        facts.people.setdefault(session, []).append(member)
        facts.services.setdefault(member, []).append(session)
