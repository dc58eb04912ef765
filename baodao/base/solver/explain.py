"""Why this person, why not that one, what forcing or forbidding a pair costs, and why a session is short.

Reasons are codes with data, computed from the plan as it stands; a price is never a reduced cost but
the difference of two solved plans, in the four levels, with the chain of people who would move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from baodao.base.solver.plan import Plan
from baodao.base.solver.problem import Problem
from baodao.base.solver.sentences import HELP, REASONS, told
from baodao.base.solver.standing_plan import Laid


@dataclass(frozen=True)
class Reason:
    """A code and its data; ``text`` makes the sentence."""

    code: str
    data: dict[str, object] = field(default_factory=dict)

    def text(self, language: str = "zh") -> str:
        """The sentence in a language (zh, en)."""
        return told(REASONS | HELP, self.code, self.data, language)


class Explainer:
    """Answers about one plan. ``barred`` gives the first failed rule of pairs that are not eligible."""

    def __init__(self, problem: Problem, plan: Plan, barred: Mapping[tuple[str, str], str] | None = None) -> None:
        self.laid = Laid(problem, plan)
        self.o = self.laid.o
        self.barred = barred or {}
        self.forbidden = set(problem.forbidden)

    def reason(self, member: str, session: str) -> Reason:
        """Why a pair is, or is not, in the plan; every pair has a reason."""
        o, state = self.o, self.laid.state
        m, s = o.member_of[member], o.session_of[session]
        if s in state.where[m]:
            return Reason("chosen")
        if (member, session) in self.forbidden:
            return Reason("H8", {"session": session})
        p = o.find(m, s)
        if p < 0:
            return Reason(self.barred.get((member, session), "H1"), {"session": session, "member": member})
        if o.sessions[s].joint_speciality is not None:
            return Reason("H7" if s in state.groups else "no_group", {"session": session})
        if o.sessions[s].run_or_cancel and not state.seats[s] and o.sessions[s].min:
            return Reason("H6", {"session": session})
        return self._standing(p, m, s)

    def _standing(self, p: int, m: int, s: int) -> Reason:
        """The reason among those that depend on the rest of the plan."""
        o, state = self.o, self.laid.state
        session, member = o.sessions[s], o.members[m]
        clashing = [other for other in state.where[m] if o.clashes(s, other)]
        if clashing:
            return Reason("H2", {"other": o.sessions[clashing[0]].id})
        code = state.why_not(p)
        if code == "H3":
            return Reason("H3", {"session": session.id, "most": session.max})
        if code == "H4":
            services = len(state.where[m]) >= o.cap[m]
            return Reason("H4", {"most": member.max_services if services else f"{member.max_hours:g} h"})
        if code == "H9":
            return Reason("H9", {"rule": "、".join(o.rules.extended)})
        if len(state.seats[s]) >= session.desired:
            dearest = max((self.laid.back_price(state.where[w][s]) for w in state.seats[s]), default=0)
            more = self.laid.pair_price(p) - dearest
            if more >= 0 and state.seats[s]:
                data = {"session": session.id, "desired": session.desired, "price": more}
                return Reason("full_fit", data)
            return Reason("not_needed", {"session": session.id, "desired": session.desired})
        return Reason("possible", {"session": session.id})

    def shortage(self, session: str) -> list[Reason]:
        """Why a session has fewer people than wished, most telling first; empty if it has enough."""
        o, state = self.o, self.laid.state
        s = o.session_of[session]
        row, seats = o.sessions[s], state.seats[s]
        if row.joint_speciality is not None and s not in state.groups:
            fitting = len(o.fitting_groups[s])
            return [Reason("groups" if fitting else "group", {"speciality": row.joint_speciality, "groups": fitting})]
        skills = [self._skill(s, skill, count) for skill, count in row.roles]
        found = [reason for reason in skills if reason is not None]
        if len(seats) >= row.desired:
            return found
        candidates = list(range(int(o.ptr[s]), int(o.ptr[s + 1])))
        if not candidates:
            return [Reason("nobody"), *found]
        if len(candidates) < row.min:
            missing = row.min - len(candidates)
            found.append(Reason("few", {"eligible": len(candidates), "min": row.min, "missing": missing}))
        codes = Counter(self._code(p) for p in candidates if int(o.pm[p]) not in seats)
        if codes["H2"]:
            day, free = self._better_day(s, candidates)
            if free > 0:
                found.append(Reason("day", {"busy": codes["H2"], "day": day, "free": free}))
        if codes["H4"]:
            gain = min(row.desired - len(seats), codes["H4"])
            found.append(Reason("limit", {"limited": codes["H4"], "gain": gain}))
        if codes["H2"] and not found:
            found.append(Reason("other", {"taken": codes["H2"]}))
        return found or [Reason("other", {"taken": len(candidates) - len(seats)})]

    def _code(self, p: int) -> str:
        o, m, s = self.o, int(self.o.pm[p]), int(self.o.ps[p])
        where = self.laid.state.where[m]
        if any(o.clashes(s, other) for other in where):
            return "H2"
        return self.laid.state.why_not(p)

    def _skill(self, s: int, skill: str, count: int) -> Reason | None:
        o, seats = self.o, self.laid.state.seats[s]
        if sum(role == skill for role in seats.values()) >= count:
            return None
        holders = [p for p in range(int(o.ptr[s]), int(o.ptr[s + 1])) if skill in o.skills[int(o.pm[p])]]
        free = sum(1 for p in holders if not self._code(p))
        return Reason("skill", {"skill": skill, "holders": len(holders), "free": free})

    def _better_day(self, s: int, candidates: list[int]) -> tuple[str, int]:
        """The day within a week on which most of the eligible people who are not there have nothing yet."""
        o, state = self.o, self.laid.state
        start = o.sessions[s].start
        if start is None:
            return "", 0
        people = [int(o.pm[p]) for p in candidates if int(o.pm[p]) not in state.seats[s]]
        people = [m for m in people if len(state.where[m]) < o.cap[m]]
        known = {o.day[t]: row.start for t, row in enumerate(o.sessions) if row.start is not None}
        best, free = "", 0
        for day in sorted(known):
            if day == o.day[s] or abs(day - o.day[s]) > 7:
                continue
            count = sum(1 for m in people if all(o.day[t] != day for t in state.where[m]))
            if count > free:
                best, free = f"{known[day]:%Y-%m-%d}", count
        return best, free
