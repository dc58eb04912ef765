"""The independent checker: reads the two JSON objects, trusts nothing, names each violation.

It shares no code with the search, recomputes the levels by the formulas of the format, and holds
the plan to every figure it states. No plan is stored or shown that it refuses. Standard library only.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import Any

from baodao.base.solver.check_facts import Facts, facts_of
from baodao.base.solver.check_rules import rule_violations
from baodao.base.solver.check_seen import Violation, digest_of


@dataclass(frozen=True)
class Report:
    """What the checker found: ``feasible`` is true only if there is no violation."""

    feasible: bool
    violations: list[Violation] = field(default_factory=list)
    levels: dict[str, int] = field(default_factory=dict)
    objective: int | float | None = None

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "feasible": self.feasible,
            "violations": [asdict(violation) for violation in self.violations],
            "levels": self.levels,
            "objective": self.objective,
        }


def check_plan(problem: dict[str, Any], plan: object, *, also_sha256: str = "") -> Report:
    """Check a plan against a well-formed problem.

    ``also_sha256`` is another digest under which the plan may name the problem (that of the file's bytes).
    """
    facts, found = facts_of(problem, plan)
    if facts is None or not isinstance(plan, dict):
        return Report(False, found)
    found += rule_violations(facts)
    levels = levels_of(facts)
    objective = objective_of(facts, levels)
    found += _stated(plan, levels, objective)
    stated = plan.get("problem_sha256")
    if stated and stated not in (digest_of(problem), also_sha256):
        found.append(Violation("problem_sha256", None, None, "方案写明的摘要不是这个问题的。"))
    return Report(not found, found, levels, objective)


def levels_of(facts: Facts) -> dict[str, int]:
    """The four levels by the formulas of planning.md §3."""
    mandatory = desired = 0
    for session_id, session in facts.sessions.items():
        seats = sum(role["count"] for role in session.get("roles", []))
        people = facts.people.get(session_id, [])
        taken = sum(1 for member in people if facts.role[member, session_id] is not None)
        tier = {"urgent": 8, "important": 4, "ordinary": 2, "can_wait": 1}[session.get("tier", "ordinary")]
        low, wished = session["places"]["min"], session["places"]["desired"]
        cancels = session.get("run_or_cancel", False)
        if cancels and len(people) < max(low, 1):
            mandatory += tier * (low + seats)
            desired += tier * (wished - low)
        else:
            short = 0 if cancels else max(0, low - len(people))
            mandatory += tier * (short + seats - taken)
            desired += tier * max(0, wished - len(people))
    weights = facts.weights
    behind = fit = 0
    for member_id, member in facts.members.items():
        count = len(facts.services.get(member_id, []))
        served = member.get("served", 0)
        behind += served < member.get("target", 0) and count == 0
        fit += weights["load"] * count * (count - 1) // 2 + weights["year"] * served * count
    fit += sum(facts.cost.get(pair, 0) for pair in facts.role)
    fit += weights["change"] * sum(1 for member, session in facts.current if (member, session) not in facts.role)
    return {"mandatory": mandatory, "behind": behind, "desired": desired, "fit": fit}


def objective_of(facts: Facts, levels: dict[str, int]) -> int | float:
    """The figure that is minimised, by the problem's objective."""
    if facts.objective == "cost":
        return sum(facts.cost.get(pair, 0) for pair in facts.role)
    if facts.objective == "members_used":
        return sum(1 for sessions in facts.services.values() if sessions)
    if facts.objective == "fair":
        averages = [
            sum(facts.cost.get((member, session), 0) for member in people) / len(people)
            for session, people in facts.people.items()
            if people
        ]
        return max(averages, default=0.0)
    return levels["fit"] + sum(levels[name] * facts.weights[name] for name in ("mandatory", "behind", "desired"))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _same(left: object, right: int | float) -> bool:
    if not isinstance(left, int | float) or isinstance(left, bool):
        return False
    if isinstance(left, int) and isinstance(right, int):
        return left == right
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)


def _stated(plan: dict[str, Any], levels: dict[str, int], objective: int | float) -> list[Violation]:
    """Every figure the plan states about itself is true."""
    found = []
    stated = plan.get("levels")
    if stated is not None and not (isinstance(stated, dict) and stated == levels):
        found.append(Violation("levels", None, None, f"写明的分级是 {stated}，按公式是 {levels}。"))
    if plan.get("objective") is not None and not _same(plan["objective"], objective):
        found.append(Violation("objective", None, None, f"写明的总值是 {plan['objective']!r}，按公式是 {objective}。"))
    bound, gap, status = plan.get("bound"), plan.get("gap"), plan.get("status")
    slack = 1e-6 * max(1.0, abs(objective))
    if bound is not None:
        if not _number(bound):
            found.append(Violation("bound", None, None, f"下界 {bound!r} 不是数。"))
            return found
        if bound > objective + slack:
            found.append(Violation("bound", None, None, f"下界 {bound} 大于总值 {objective}。"))
        true_gap = (objective - bound) / max(1, abs(objective))
        if gap is not None and not (_number(gap) and math.isclose(gap, true_gap, rel_tol=1e-6, abs_tol=1e-9)):
            found.append(Violation("gap", None, None, f"写明的差距是 {gap!r}，应为 {true_gap:.9f}。"))
    elif gap is not None:
        found.append(Violation("gap", None, None, "没有下界而写了差距。"))
    if status is not None and status not in ("optimal", "feasible"):
        found.append(Violation("status", None, None, f"状态 {status!r} 不是可用的方案。"))
    if status == "optimal" and (bound is None or bound < objective - slack):
        found.append(Violation("status", None, None, "称为最优而没有相等的下界。"))
    return found
