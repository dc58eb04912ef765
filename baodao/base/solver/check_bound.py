"""The independent check of a certificate: recomputes the bound from the problem and the stated prices, in whole numbers.

Every member and every session is looked at alone. A member who serves is paid the price of the session and bears what
it costs; a session pays the price for each of its people and bears what stays empty. Each takes its own best, and the
sum of these bests can never exceed the cost of a plan, whatever the prices are (Lagrange): people paid and paid for
cancel out; so does what a member pays for a place in a session that may be cancelled, which the session has if it runs.
Optional rules (H9) are left out, which can only lower the bound. Standard library only; nothing of the search.
"""

from __future__ import annotations

import hashlib
import json
import math
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from baodao.base.solver.check_seen import RULES, WEIGHTS, Violation, digest_of

UNIT = 1_000_000
_TIERS = {"urgent": 8, "important": 4, "ordinary": 2, "can_wait": 1}
Json = dict[str, Any]


@dataclass(frozen=True)
class BoundReport:
    """``agrees``: nothing in the certificate is untrue; ``bound`` is what the prices alone prove, with its gap."""

    agrees: bool
    violations: list[Violation] = field(default_factory=list)
    bound: int | None = None
    gap: float | None = None


def check_certificate(problem: Json, plan: Json, certificate: Json, *, also_sha256: str = "") -> BoundReport:
    """Hold a certificate against the problem and the plan (which ``check_plan`` has found true)."""
    found: list[Violation] = []

    def wrong(rule: str, words: str) -> None:
        found.append(Violation(rule, None, None, words))

    if certificate["problem_sha256"] not in (digest_of(problem), also_sha256):
        wrong("problem_sha256", "证书写明的摘要不是这个问题的。")
    rows = [sorted(plan.get(name, []), key=str) for name in ("assignments", "groups")]
    words = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    if certificate["plan_sha256"] != hashlib.sha256(words.encode()).hexdigest():
        wrong("plan_sha256", "证书写明的摘要不是这个方案的。")
    for name in ("status", "objective", "bound", "gap", "rung", "seed", "versions"):
        if name in plan and certificate[name] != plan[name]:
            wrong(name, f"证书的 {name} 是 {certificate[name]!r}，方案的是 {plan[name]!r}。")
    bounds = [step["bound"] for step in certificate["ladder"] if step["bound"] is not None]
    if certificate["relaxation"] != "two_stages" and bounds != sorted(bounds):
        wrong("ladder", "各级的下界有降低的。")
    bound = bound_by_prices(problem, certificate["prices"]) if certificate["prices"] is not None else None
    objective = plan.get("objective")
    gap = None
    if bound is not None and objective is not None:
        gap = (objective - bound) / max(1, abs(objective))
        if bound > objective:
            wrong("prices", f"按价格算得的下界 {bound} 大于总值 {objective}：方案或问题不是原来的。")
        priced = certificate["relaxation"] == "linear" and not _optional(problem)
        if priced and bound < certificate["bound"]:
            wrong("prices", f"按价格只能算得 {bound}，证书写 {certificate['bound']}。")
    return BoundReport(not found, found, bound, gap)


def _optional(problem: Json) -> bool:
    rules = problem.get("rules", {})
    usual = ("clash", "travel_minutes")
    return any(rules.get(name, value) != value for name, value in RULES.items() if name not in usual)


def bound_by_prices(problem: Json, prices: Json) -> int | None:
    """The lower bound of every plan's objective that these prices prove; None for objectives in two stages."""
    if problem.get("objective", "service") not in ("service", "cost"):
        return None
    return -((-_Bound(problem, prices).total()) // UNIT)


class _Bound:
    """The problem with its prices, in millionths."""

    def __init__(self, problem: Json, prices: Json) -> None:
        self.problem = problem
        self.service = problem.get("objective", "service") == "service"
        self.weights = {**WEIGHTS, **problem.get("weights", {})}
        self.rules = {**RULES, **problem.get("rules", {})}
        self.sessions = problem["sessions"]
        self.members = problem["members"]
        self.price: dict[str, int] = dict(map(tuple, prices["session"]))
        self.role: dict[str, dict[str, int]] = defaultdict(dict)
        for session, skill, price in prices["role"]:
            self.role[session][skill] = price
        self.joint = {(member, session): price for member, session, price in prices["joint"]}
        self.group: dict[str, int] = dict(map(tuple, prices["group"]))
        self.hours: dict[str, int] = dict(map(tuple, prices["hours"]))
        self.link = {(who, session): max(0, price) for who, session, price in prices.get("link", [])}
        self.spans = [_span(row) for row in self.sessions]
        self.travel = timedelta(minutes=self.rules["travel_minutes"])
        self.able: dict[int, array[int]] = {}  # rows of the columns, by member
        self.columns = problem["pairs"]
        barred = {tuple(pair) for pair in problem.get("forbidden", [])}
        reach: dict[int, array[int]] = {}
        for number, (m, s) in enumerate(zip(self.columns["member"], self.columns["session"], strict=True)):
            if barred and (self.members[m]["id"], self.sessions[s]["id"]) in barred:
                continue
            self.able.setdefault(m, array("q")).append(number)
            reach.setdefault(s, array("q")).append(m)
        self.reach = {self.sessions[s]["id"]: people for s, people in reach.items()}
        self.fixed: dict[str, set[str]] = defaultdict(set)
        for member, session in problem.get("fixed", []):
            self.fixed[member].add(session)
        self.current = {tuple(pair) for pair in problem.get("current", [])}
        self.teams = {s: list(self._teams(s, row)) for s, row in enumerate(self.sessions) if row.get("joint_speciality") is not None}
        self.in_team = {s: {who for team in teams for who in team["members"]} for s, teams in self.teams.items()}

    def _teams(self, s: int, row: Json) -> Iterator[Json]:
        """The groups that may serve a joint session (H7)."""
        low, high = row["places"]["min"], row["places"]["max"]
        hard = not self.service or row.get("run_or_cancel", False)
        able = {self.members[m]["id"] for m in self.reach.get(row["id"], ())}
        for group in self.problem.get("groups", []):
            size = len(group["members"])
            fits = group["speciality"] == row["joint_speciality"] and size <= high and not (hard and size < low)
            if fits and able.issuperset(group["members"]):
                yield group

    def total(self) -> int:
        """The sum of everybody's best."""
        kept = UNIT * self.weights["change"] * len(self.current) if self.service else 0
        people = sum(self._member(m) for m in range(len(self.members)))
        return kept + people + sum(map(self._session, self.sessions)) + self._joint_sessions()

    def _member(self, m: int) -> int:
        """A member's best choice of services at these prices."""
        row = self.members[m]
        hour = max(0, self.hours.get(row["id"], 0)) if row.get("max_hours") is not None else 0
        options, hours = [], self.columns.get("hours")
        for number in self.able.get(m, ()):
            s, cost = self.columns["session"][number], self.columns["cost"][number]
            if s in self.in_team and row["id"] not in self.in_team[s]:
                continue
            value = self._value(row, self.sessions[s], cost)
            if hour:
                value += math.floor(hour * Fraction((self.spans[s][1] - self.spans[s][0]) / timedelta(hours=1) if hours is None else hours[number]))
            options.append((s, value, self.sessions[s]["id"] in self.fixed.get(row["id"], ())))
        most = row.get("max_services")
        most = len(options) if most is None else min(most, len(options))
        best = self._apart(options, most)
        load, behind = self.weights["load"], row.get("served", 0) < row.get("target", 0)
        forced = min(sum(held for _, _, held in options), most)
        least = max(row.get("min_services", 0), forced)
        counted = []
        for count, sum_of in enumerate(best):
            if sum_of is None or (count < least and count < len(best) - 1):
                continue
            price = sum_of
            if self.service:
                price += UNIT * (load * count * (count - 1) // 2 + self.weights["behind"] * (behind and count == 0))
            counted.append(price)
        spent = math.ceil(hour * (Fraction(row["max_hours"]) + Fraction(1, 10**6))) if hour else 0
        return min(counted) - spent

    def _value(self, member: Json, session: Json, cost: int) -> int:
        """What one service costs a member's side, the price of the session taken off."""
        name = session["id"]
        paid = self.price.get(name, 0)
        if session.get("joint_speciality") is not None:
            paid = self.joint.get((member["id"], name), 0)
        elif self.service:
            for role in session.get("roles", []):
                if role["skill"] in member.get("skills", []) and role["count"]:
                    paid = max(paid, self._seat(name, role["skill"]))
            paid -= self.link.get((member["id"], name), 0)
        if self.service:
            cost += self.weights["year"] * member.get("served", 0)
            cost -= self.weights["change"] * ((member["id"], name) in self.current)
        return UNIT * cost - paid

    def _seat(self, session: str, skill: str) -> int:
        return self.role.get(session, {}).get(skill, self.price.get(session, 0))

    def _apart(self, options: list[tuple[int, int, bool]], most: int) -> list[int | None]:
        """For 0, 1, 2 … services the least sum of values without a clash; fixed ones are always taken."""
        if self.rules["clash"] == "interval":
            return self._intervals(options, most)
        forced = [value for _, value, held in options if held]
        if self.rules["clash"] == "day":
            days: dict[Any, int] = {}
            taken = {self.spans[s][0].date() for s, _, held in options if held}
            for s, value, _ in options:
                day = self.spans[s][0].date()
                if day not in taken:
                    days[day] = min(value, days.get(day, value))
            free = sorted(days.values())
        else:
            free = sorted(value for _, value, held in options if not held)
        found: list[int | None] = [0]
        for value in (forced + free)[:most]:
            found.append((found[-1] or 0) + value)
        for count in range(min(len(forced), most)):
            found[count] = None
        return found

    def _intervals(self, options: list[tuple[int, int, bool]], most: int) -> list[int | None]:
        """The same where sessions overlap: best sets of pairwise apart intervals, by their ends."""
        huge = 10**24
        rows = []
        for s, value, held in options:
            start, end = self.spans[s]
            until = max(end + self.travel, start + timedelta(microseconds=1))
            rows.append((until, start, value - huge * held))
        rows.sort()
        ends = [row[0] for row in rows]
        forced = sum(held for _, _, held in options)
        table: list[list[int | None]] = [[0] + [None] * most]
        for number, (_, start, value) in enumerate(rows):
            before = table[bisect_right(ends, start, 0, number)]
            now = list(table[-1])
            for count in range(1, most + 1):
                last = before[count - 1]
                if last is not None and (now[count] is None or last + value < now[count]):  # type: ignore[operator]
                    now[count] = last + value
            table.append(now)
        found = [None if value is None else value + huge * min(forced, most) for value in table[-1]]
        while len(found) > 1 and found[-1] is None:
            found.pop()
        return found

    def _session(self, row: Json) -> int:
        """A single session's best number of people and role seats at these prices."""
        if row.get("joint_speciality") is not None:
            return 0
        places, price, able = row["places"], self.price.get(row["id"], 0), self.reach.get(row["id"], array("q"))
        most = min(places["max"], len(able))
        if not self.service:
            return min(price * int(count) for count in (places["min"], max(places["min"], most)))
        reward = UNIT * _TIERS[row.get("tier", "ordinary")] * self.weights["mandatory"]
        gains: list[int] = []
        for role in row.get("roles", []):
            gain = self._seat(row["id"], role["skill"]) - price - reward
            holders = sum(role["skill"] in self.members[m].get("skills", ()) for m in able)
            gains += [gain] * min(role["count"], most, holders)
        gains.sort()
        room = max(0, places["max"] - sum(role["count"] for role in row.get("roles", []) if row.get("keep_seats", False)))
        linked = sum(self.link.get((self.members[m]["id"], row["id"]), 0) for m in able) if self.link else 0
        found = []
        for count in range(min(most, room + len(gains)) + 1):
            seated = min(count, max(sum(gain < 0 for gain in gains), count - room))
            running = sum(gains[:seated]) - linked if self._runs(row, count) else 0
            found.append(UNIT * self._empty(row, count) + price * count + running)
        return min(found)

    def _runs(self, row: Json, count: int) -> bool:
        return not row.get("run_or_cancel", False) or count >= max(row["places"]["min"], 1)

    def _empty(self, row: Json, count: int) -> int:
        """Mandatory and desired levels, weighted, of a session with so many people and no role seat taken."""
        low, wished = row["places"]["min"], row["places"]["desired"]
        seats = sum(role["count"] for role in row.get("roles", []))
        short, few = max(0, low - count), max(0, wished - count)
        if not self._runs(row, count):
            short, few = low, wished - low
        elif row.get("run_or_cancel", False):
            short = 0
        return int(_TIERS[row.get("tier", "ordinary")] * (self.weights["mandatory"] * (short + seats) + self.weights["desired"] * few))

    def _joint_sessions(self) -> int:
        """Joint sessions take at most one group each; a group pays its one use and serves where it is worth most."""
        total, skills = -sum(max(0, price) for price in self.group.values()), {row["id"]: set(row.get("skills", [])) for row in self.members}
        for s, teams in self.teams.items():
            row = self.sessions[s]
            found = [] if not self.service and row["places"]["min"] > 0 else [UNIT * self._empty(row, 0) if self.service else 0]
            for group in teams:
                people = group["members"]
                paid = sum(self.joint.get((who, row["id"]), 0) for who in people) + max(0, self.group.get(group["id"], 0))
                found.append(paid + self._served_by(row, [skills[who] for who in people]))
            total += min(found, default=0)
        return total

    def _served_by(self, row: Json, people: list[set[str]]) -> int:
        seats = sum(min(role["count"], sum(role["skill"] in held for held in people)) for role in row.get("roles", []))
        held = _TIERS[row.get("tier", "ordinary")] * self.weights["mandatory"] * min(seats, len(people))
        return int(UNIT * (self._empty(row, len(people)) - held)) if self.service else 0


def _span(row: Json) -> tuple[datetime, datetime]:
    if row.get("start") is None:
        return datetime.min, datetime.min
    start = datetime.fromisoformat(row["start"])
    return start, datetime.fromisoformat(row["end"]) if row.get("end") is not None else start


