"""Teams grown by hand: from people far apart, then moves, exchanges, replacements and new teams while any of them helps.

People are numbered in the order of their ids and every choice is made by number, so the same people give the same teams.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any


class Growing:
    """People by number, in the order of their ids."""

    def __init__(self, forming: Any) -> None:
        self.forming = forming
        self.people = sorted(forming.people, key=lambda person: person.id)
        self.count = len(self.people)
        self.apart: list[list[int]] = [[forming.misfit(one, other) for other in self.people] for one in self.people]
        self.weight: int = 1 + sum(self.apart[i][j] for i, j in combinations(range(self.count), 2))

    def cost(self, team: set[int]) -> int:
        """Sum of misfits within a team."""
        return sum(self.apart[i][j] for i, j in combinations(sorted(team), 2))

    def objective(self, teams: list[set[int]]) -> int:
        """People left out, then misfits."""
        return self.weight * (self.count - sum(map(len, teams))) + sum(map(self.cost, teams))

    def bound(self) -> int:
        """Room is short for some; everybody in a team has at least its smallest number of others, the nearest at best."""
        out: int = max(0, self.count - self.forming.teams * self.forming.most)
        near = sorted(sum(sorted(row[:i] + row[i + 1 :])[: self.forming.least - 1]) for i, row in enumerate(self.apart))
        return self.weight * out + -(-sum(near[: self.count - out]) // 2)

    def meets(self, team: set[int]) -> bool:
        """Whether a time suits everybody."""
        return not team or bool(frozenset.intersection(*(self.people[k].slots for k in team)))

    def best(self) -> list[set[int]]:
        """The best of several growths, each from another number of teams and other first people, improved until nothing helps."""
        found: list[list[set[int]]] = []
        top = max(1, min(self.forming.teams, self.count // self.forming.least))
        low = max(1, min(top, -(-self.count // self.forming.most)))
        for number in sorted({low, (low + top) // 2, top}):
            starts = min(self.count, 8 if self.count <= 30 else 2)
            for first in range(starts):
                teams = self._grown(first * self.count // starts, number)
                while self._moved(teams) or self._exchanged(teams) or self._started(teams):
                    pass
                found.append(teams)
        return min(found, key=lambda teams: (self.objective(teams), sorted(sorted(team) for team in teams)))

    def _grown(self, first: int, number: int) -> list[set[int]]:
        """Teams around people far apart; everybody joins where they fit best; too small teams are given up."""
        able = [k for k in range(self.count) if self.people[k].slots]
        centres = [first] if first in able else able[:1]
        while centres and len(centres) < number:
            rest = [k for k in able if k not in centres]
            if not rest:
                break
            centres.append(max(rest, key=lambda k: (min(self.apart[k][c] for c in centres), -k)))
        teams = [{centre} for centre in centres]
        for limit in (self.forming.least, self.forming.most):
            open_pairs = True
            while open_pairs:
                inside = {k for team in teams for k in team}
                joins = [
                    (sum(self.apart[k][j] for j in team) * 60 // len(team), k, t)
                    for t, team in enumerate(teams)
                    if len(team) < limit
                    for k in able
                    if k not in inside and self.meets(team | {k})
                ]
                open_pairs = bool(joins)
                if joins:
                    _, k, t = min(joins)
                    teams[t].add(k)
        kept = [team for team in teams if len(team) >= self.forming.least]
        return kept + [set[int]() for _ in range(self.forming.teams - len(kept))]

    def _near(self, teams: list[set[int]]) -> list[list[int]]:
        return [[sum(row[j] for j in team) for team in teams] for row in self.apart]

    def _where(self, teams: list[set[int]]) -> list[int]:
        where = [-1] * self.count
        for t, team in enumerate(teams):
            for k in team:
                where[k] = t
        return where

    def _moved(self, teams: list[set[int]]) -> bool:
        """One person joins another team, or any team; whether one did."""
        near, where = self._near(teams), self._where(teams)
        for i, here in enumerate(where):
            if here >= 0 and len(teams[here]) <= self.forming.least:
                continue
            now = near[i][here] if here >= 0 else self.weight
            for t, team in enumerate(teams):
                full = len(team) >= self.forming.most or (not team and self.forming.least > 1)
                if t != here and not full and near[i][t] < now and self.meets(team | {i}):
                    if here >= 0:
                        teams[here].discard(i)
                    team.add(i)
                    return True
        return False

    def _exchanged(self, teams: list[set[int]]) -> bool:
        """Two people change places (one of them may have none), if need be with a third who had none; whether two did."""
        near, where = self._near(teams), self._where(teams)
        out = [k for k in range(self.count) if where[k] < 0]
        for i, here in enumerate(where):
            for j in range(self.count) if here >= 0 else []:
                there = where[j]
                if there == here or (there >= 0 and j < i):
                    continue
                change = near[j][here] - near[i][here] - self.apart[i][j]
                if there >= 0:
                    change += near[i][there] - near[j][there] - self.apart[i][j]
                third = out if there < 0 else []
                if change < 0 and self._may(teams, here, i, j) and (there < 0 or self._may(teams, there, j, i)):
                    self._put(teams, i, here, there)
                    self._put(teams, j, there, here)
                    return True
                if third and self._rehoused(teams, i, here, j):
                    return True
        return False

    def _rehoused(self, teams: list[set[int]], i: int, here: int, j: int) -> bool:
        """Somebody without a team takes the place of one who finds room in another team."""
        if not self._may(teams, here, i, j):
            return False
        for t, team in enumerate(teams):
            if t != here and team and len(team) < self.forming.most and self.meets(team | {i}):
                self._put(teams, i, here, t)
                teams[here].add(j)
                return True
        return False

    def _may(self, teams: list[set[int]], t: int, leaving: int, coming: int) -> bool:
        return self.meets((teams[t] - {leaving}) | {coming})

    def _put(self, teams: list[set[int]], k: int, source: int, target: int) -> None:
        if source >= 0:
            teams[source].discard(k)
        if target >= 0:
            teams[target].add(k)

    def _started(self, teams: list[set[int]]) -> bool:
        """A new team of people without one and, where these are too few, of those other teams can spare."""
        where, least = self._where(teams), self.forming.least
        empty = next((t for t, team in enumerate(teams) if not team), -1)
        for slot in sorted({slot for k, t in enumerate(where) if t < 0 for slot in self.people[k].slots}) if empty >= 0 else []:
            chosen = [k for k, t in enumerate(where) if t < 0 and slot in self.people[k].slots][:least]
            left = {t: len(team) for t, team in enumerate(teams)}
            for k, t in enumerate(where):
                if len(chosen) < least and t >= 0 and left[t] > least and slot in self.people[k].slots:
                    left[t] -= 1
                    chosen.append(k)
            if len(chosen) == least:
                for k in chosen:
                    self._put(teams, k, where[k], empty)
                return True
        return False

    def why_alone(self, k: int) -> str:
        """Why somebody is in no team."""
        mine = self.people[k].slots
        if not mine:
            return "没有填报可参加的时间。"
        others = sum(1 for j, person in enumerate(self.people) if j != k and mine & person.slots)
        if others < self.forming.least - 1:
            return f"时间相合的只有 {others} 人，不足一队。"
        return "各队已满，或时间、人数合不到一队。"
