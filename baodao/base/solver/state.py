"""People in sessions while a plan is built by hand or by greed; every step is checked against H1–H9.

``why_not`` names the first rule that keeps a member out of a session as things stand; ``add`` and
``drop`` keep the books. Rules that only the finished plan can break (H6, H7, minima) are not here.
"""

from __future__ import annotations

import math
from collections import Counter

from baodao.base.solver.levels import Choice
from baodao.base.solver.ordered import Ordered


class State:
    """Seats by session, sessions by member; ``role`` None is a general seat."""

    def __init__(self, o: Ordered) -> None:
        self.o = o
        self.seats: list[dict[int, str | None]] = [{} for _ in o.sessions]
        self.where: list[dict[int, int]] = [{} for _ in o.members]
        self.hours = [0.0] * len(o.members)
        self.out: dict[int, Counter[int]] = {}
        self.groups: dict[int, int] = {}
        self._apart: list[list[int]] = [[] for _ in o.members]
        for people in o.apart:
            for member in people:
                self._apart[member] += [other for other in people if other != member]

    def why_not(self, p: int) -> str:
        """The first rule that the pair would break now, or an empty string."""
        o = self.o
        m, s = int(o.pm[p]), int(o.ps[p])
        seats, where, member = self.seats[s], self.where[m], o.members[m]
        if s in where:
            return "H5"
        if len(seats) >= o.sessions[s].max or self._on_kept_seat(m, s):
            return "H3"
        if len(where) >= o.cap[m]:
            return "H4"
        if member.max_hours is not None and self.hours[m] + o.hours[p] > member.max_hours + 1e-6:
            return "H4"
        if any(o.clashes(s, other) for other in where):
            return "H2"
        return "H9" if o.rules.extended and self._breaks_extended(m, s) else ""

    def _on_kept_seat(self, m: int, s: int) -> bool:
        """Would the member sit where a seat is kept for holders of a skill."""
        session, seats = self.o.sessions[s], self.seats[s]
        if len(seats) < session.open_to_all:
            return False
        return len(seats) + 1 - len(self._holders(s, [*seats, m])) > session.open_to_all

    def _breaks_extended(self, m: int, s: int) -> bool:
        o, rules = self.o, self.o.rules
        seats, where = self.seats[s], self.where[m]
        day = o.day[s]
        if rules.max_per_7_days is not None:
            days = [o.day[other] for other in where] + [day]
            if any(sum(0 <= d - first < 7 for d in days) > rules.max_per_7_days for first in days):
                return True
        if not rules.consecutive_weekends and o.weekend[s] >= 0:
            mine = {o.weekend[other] for other in where if o.weekend[other] >= 0}
            if o.weekend[s] - 1 in mine or o.weekend[s] + 1 in mine:
                return True
        if any(other in seats for other in self._apart[m]):
            return True
        unit = o.unit[m]
        if unit < 0:
            return False
        if rules.unit_share is not None:
            most = max(1, math.floor(rules.unit_share * (len(seats) + 1) + 1e-9))
            if sum(1 for other in seats if o.unit[other] == unit) + 1 > most:
                return True
        return rules.unit_slot_cap is not None and self._crowded(unit, s, rules.unit_slot_cap)

    def _crowded(self, unit: int, s: int, cap: int) -> bool:
        spans, start, end = self.o.span, *self.o.span[s]
        others = self.out.get(unit, Counter())
        instants = {start} | {spans[t][0] for t in others if start < spans[t][0] < end}
        for instant in instants:
            count = sum(
                n for t, n in others.items() if spans[t][0] <= instant and (instant < spans[t][1] or instant == spans[t][0])
            )
            if count + 1 > cap:
                return True
        return False

    def add(self, p: int, role: str | None = None) -> None:
        """Seat the pair."""
        o = self.o
        m, s = int(o.pm[p]), int(o.ps[p])
        self.seats[s][m] = role
        self.where[m][s] = p
        self.hours[m] += float(o.hours[p])
        if o.rules.unit_slot_cap is not None and o.unit[m] >= 0:
            self.out.setdefault(o.unit[m], Counter())[s] += 1

    def drop(self, p: int) -> None:
        """Take the pair out."""
        o = self.o
        m, s = int(o.pm[p]), int(o.ps[p])
        del self.seats[s][m]
        del self.where[m][s]
        self.hours[m] -= float(o.hours[p])
        if o.rules.unit_slot_cap is not None and o.unit[m] >= 0:
            self.out[o.unit[m]][s] -= 1
            self.out[o.unit[m]] += Counter()

    def try_all(self, pairs: list[int]) -> bool:
        """Seat all the pairs or none."""
        done: list[int] = []
        for p in pairs:
            if self.why_not(p):
                for back in reversed(done):
                    self.drop(back)
                return False
            self.add(p)
            done.append(p)
        return True

    def seat_roles(self, s: int) -> None:
        """Give as many role seats of a session as its people can hold (a largest matching)."""
        seats = self.seats[s]
        seats.update(dict.fromkeys(seats))
        for member, skill in self._holders(s, list(seats)).items():
            seats[member] = skill

    def _holders(self, s: int, people: list[int]) -> dict[int, str]:
        """The role seat of each of those who hold one, in a largest matching of these people."""
        session = self.o.sessions[s]
        places = [skill for skill, count in session.roles for _ in range(min(count, session.max))]
        holder: dict[int, int] = {}

        def place(member: int, seen: set[int]) -> bool:
            for number, skill in enumerate(places):
                if skill in self.o.skills[member] and number not in seen:
                    seen.add(number)
                    if number not in holder or place(holder[number], seen):
                        holder[number] = member
                        return True
            return False

        for member in sorted(people) if places else ():
            place(member, set())
        return {member: places[number] for number, member in holder.items()}

    def choice(self) -> Choice:
        """What has been chosen, with role seats given out."""
        roles: dict[int, str | None] = {}
        for s, seats in enumerate(self.seats):
            if self.o.sessions[s].roles and seats:
                self.seat_roles(s)
            for member, role in seats.items():
                roles[self.where[member][s]] = role
        return Choice(roles, sorted((g, s) for s, g in self.groups.items()))
