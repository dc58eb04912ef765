"""Reasons beside the rows they cite, so that anybody can hold a sentence against the two files.

A cited row is its place in the file (``problem.sessions[3]``, ``plan.assignments[17]``) and what stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from baodao.base.solver.explain import Explainer, Reason

Json = dict[str, Any]
Row = tuple[str, Any]


@dataclass(frozen=True)
class Cited:
    """A reason about a member and a session (or, without a member, about a session that is short), and its rows."""

    member: str
    session: str
    reason: Reason
    rows: tuple[Row, ...]

    def to_json(self) -> Json:
        """One object, with both sentences."""
        return {
            "member": self.member or None,
            "session": self.session,
            "code": self.reason.code,
            "data": self.reason.data,
            "zh": self.reason.text("zh"),
            "en": self.reason.text("en"),
            "rows": [{"at": at, "row": row} for at, row in self.rows],
        }


class Citing:
    """Finds the rows of two JSON objects (a problem and its plan) that reasons rest on."""

    def __init__(self, problem: Json, plan: Json, explainer: Explainer) -> None:
        self.problem, self.plan, self.explainer = problem, plan, explainer
        self.member_at = {row["id"]: number for number, row in enumerate(problem["members"])}
        self.session_at = {row["id"]: number for number, row in enumerate(problem["sessions"])}
        self.seats: dict[str, list[int]] = {}
        for number, row in enumerate(plan["assignments"]):
            self.seats.setdefault(row[1], []).append(number)
        columns = problem["pairs"]
        self.pair_at = {key: n for n, key in enumerate(zip(columns["member"], columns["session"], strict=True))}

    def pair(self, member: str, session: str) -> Cited:
        """Why this member is, or is not, in this session."""
        reason = self.explainer.reason(member, session)
        rows = [self._row("members", self.member_at[member]), self._row("sessions", self.session_at[session])]
        rows += self._pair_row(member, session)
        other = str(reason.data.get("other", ""))
        if other:
            rows.append(self._row("sessions", self.session_at[other]))
        if reason.code == "H4":
            rows += [self._seat(n) for n, row in enumerate(self.plan["assignments"]) if row[0] == member]
        elif reason.code == "H8":
            at = [list(pair) for pair in self.problem.get("forbidden", [])].index([member, session])
            rows.append((f"problem.forbidden[{at}]", [member, session]))
        else:
            shown = [n for n in self.seats.get(other or session, []) if not (other or reason.code == "chosen") or self._of(n, member)]
            rows += [self._seat(number) for number in shown]
        if reason.code == "H7":
            rows += [(f"plan.groups[{n}]", row) for n, row in enumerate(self.plan.get("groups", [])) if row[1] == session]
        return Cited(member, session, reason, tuple(rows))

    def short(self, session: str) -> list[Cited]:
        """Why a session has fewer people than wished, and what would help."""
        rows = [self._row("sessions", self.session_at[session])]
        rows += [self._seat(number) for number in self.seats.get(session, [])]
        s = self.session_at[session]
        eligible = sum(1 for _, where in self.pair_at if where == s)
        rows.append(("problem.pairs", {"session": s, "pairs": eligible}))
        return [Cited("", session, reason, tuple(rows)) for reason in self.explainer.shortage(session)]

    def _of(self, number: int, member: str) -> bool:
        return bool(self.plan["assignments"][number][0] == member)

    def _row(self, name: str, number: int) -> Row:
        return f"problem.{name}[{number}]", self.problem[name][number]

    def _seat(self, number: int) -> Row:
        return f"plan.assignments[{number}]", list(self.plan["assignments"][number])

    def _pair_row(self, member: str, session: str) -> list[Row]:
        number = self.pair_at.get((self.member_at[member], self.session_at[session]))
        if number is None:
            return []
        columns = self.problem["pairs"]
        return [(f"problem.pairs[{number}]", [columns[name][number] for name in ("member", "session", "cost")])]

    def some(self, count: int) -> list[Cited]:
        """So many of different kinds: one of each code in the order of rows, then again from the start."""
        kinds: dict[str, list[Cited]] = {}
        for row in self.problem["sessions"]:
            for found in self.short(row["id"]):
                _keep(kinds, found, count)
        stride = max(1, len(self.problem["members"]) // 40)
        for session in self.problem["sessions"]:
            for member in self.problem["members"][::stride]:
                code = self.explainer.reason(member["id"], session["id"]).code
                if len(kinds.get(code, ())) < count:
                    _keep(kinds, self.pair(member["id"], session["id"]), count)
        rounds = (kinds[code][turn] for turn in range(count) for code in sorted(kinds) if turn < len(kinds[code]))
        return [found for found, _ in zip(rounds, range(count), strict=False)]


def _keep(kinds: dict[str, list[Cited]], found: Cited, most: int) -> None:
    rows = kinds.setdefault(found.reason.code, [])
    if len(rows) < most:
        rows.append(found)
