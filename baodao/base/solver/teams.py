"""Service teams: like specialities, like careers, homes close together, and a time at which all of a team can serve.

First as few people as possible are left without a team; then the sum of misfits over all pairs within a team is least. A
pair's misfit adds up what the two do not share (``Likeness``). Hard: the number of people in a team, and one time slot
at least that suits everybody in it. Without the extra, teams grow from people far apart and are improved by moves,
exchanges and replacements; ``proof=True`` hands the same question to CP-SAT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from baodao.base.solver.growing import Growing
from baodao.base.solver.malformed import Malformed
from baodao.base.solver.proving import Program, prove


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person: specialities, career, time slots that suit, where home is (any word: an estate, a grid), team so far."""

    id: str
    specialities: frozenset[str]
    career: str
    slots: frozenset[str]
    place: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Misfit of two people in one team: no speciality shared, another career, homes apart, teams of before torn or mixed."""

    speciality: int = 25
    career: int = 10
    place: int = 8
    before: int = 5


@dataclass(frozen=True, slots=True)
class Forming:
    """People to be formed into at most ``teams`` teams of ``least`` to ``most`` people."""

    people: tuple[Candidate, ...]
    teams: int
    least: int
    most: int
    likeness: Likeness = field(default_factory=Likeness)

    def check(self) -> None:
        """Refuse what cannot be meant; ``Malformed`` names the place."""
        if not self.people:
            raise Malformed("people", "不能为空。")
        ids = [person.id for person in self.people]
        for number, identity in enumerate(ids):
            if identity in ids[:number]:
                raise Malformed(f"people[{number}].id", f"编号重复：{identity}。")
        if self.teams < 1:
            raise Malformed("teams", "至少一个队。")
        if not 1 <= self.least <= self.most:
            raise Malformed("least", "人数下限至少为一，且不超过上限。")
        if min(self.likeness.speciality, self.likeness.career, self.likeness.place, self.likeness.before) < 0:
            raise Malformed("likeness", "权重不能为负。")

    def misfit(self, one: Candidate, other: Candidate) -> int:
        """What two people in one team do not share."""
        weights = self.likeness
        return (
            weights.speciality * one.specialities.isdisjoint(other.specialities)
            + weights.career * (one.career != other.career)
            + weights.place * (one.place != other.place)
            + weights.before * (one.before != other.before)
        )


@dataclass(frozen=True, slots=True)
class Formed:
    """The teams (ids), people without one and why, the two levels, their weighted sum with a true bound."""

    teams: tuple[tuple[str, ...], ...]
    alone: tuple[tuple[str, str], ...]
    levels: tuple[int, int]
    objective: int
    bound: int
    status: str
    method: str


def form(forming: Forming, *, proof: bool = False, effort: float = 10.0, python: str = "") -> Formed:
    """Form teams; the same people in any order give the same teams.

    ``proof`` asks CP-SAT (an optional extra, see ``proving``) to improve and prove; without it the teams stand as
    found, with the bound of arithmetic. Raises ``Malformed``.
    """
    forming.check()
    work = Growing(forming)
    teams = work.best()
    bound, method = work.bound(), "grown"
    if proof and work.objective(teams) > bound:
        found = _proved(work, teams, effort, python)
        if found is not None:
            teams, bound, method = found[0], max(bound, found[1]), "cp-sat"
    ids = [person.id for person in work.people]
    named = tuple(sorted(tuple(sorted(ids[k] for k in team)) for team in teams if team))
    inside = {k for team in teams for k in team}
    alone = tuple((ids[k], work.why_alone(k)) for k in range(len(ids)) if k not in inside)
    objective = work.objective(teams)
    status = "optimal" if objective <= bound else "feasible"
    return Formed(named, alone, (len(alone), sum(map(work.cost, teams))), objective, bound, status, method)


def check_formed(forming: Forming, teams: Sequence[Sequence[str]]) -> list[str]:
    """Every rule these teams break, in sentences."""
    people = {person.id: person for person in forming.people}
    wrong = [f"没有这个编号：{name}。" for team in teams for name in team if name not in people]
    names = [name for team in teams for name in team]
    wrong += [f"{name} 在两个队里。" for name in sorted(set(names)) if names.count(name) > 1]
    if len(teams) > forming.teams:
        wrong.append(f"最多 {forming.teams} 个队，有 {len(teams)} 个。")
    for team in teams:
        if not forming.least <= len(team) <= forming.most:
            wrong.append(f"{'、'.join(team)}：人数 {len(team)}，应在 {forming.least} 到 {forming.most} 之间。")
        known = [people[name].slots for name in team if name in people]
        if known and not frozenset.intersection(*known):
            wrong.append(f"{'、'.join(team)}：没有共同的时间。")
    return wrong


def _proved(work: Growing, teams: list[set[int]], effort: float, python: str) -> tuple[list[set[int]], int] | None:
    """Let CP-SAT improve the teams; the teams and a bound."""
    forming, program = work.forming, Program()
    listed = sorted((sorted(team) for team in teams if team), key=lambda team: team[0])
    hinted = [set(team) for team in listed] + [set[int]() for _ in range(forming.teams - len(listed))]
    seat: list[list[int]] = []
    for team in hinted:
        mine = [program.column(0, k in team) for k in range(work.count)]
        seat.append(mine)
        runs = program.column(0, bool(team))
        program.row(0, work.count, [*((c, 1) for c in mine), (runs, -forming.least)])
        program.row(-work.count, 0, [*((c, 1) for c in mine), (runs, -forming.most)])
        slots = sorted({slot for person in work.people for slot in person.slots})
        common = next((slot for slot in slots if team and all(slot in work.people[k].slots for k in team)), "")
        times = {slot: program.column(0, slot == common) for slot in slots}
        program.row(0, 1, [(column, 1) for column in times.values()])
        for k, person in enumerate(work.people):
            program.row(0, 1, [*((times[slot], 1) for slot in sorted(person.slots)), (mine[k], -1)])
    for k in range(work.count):
        inside = any(k in team for team in hinted)
        program.row(1, 1, [*((mine[k], 1) for mine in seat), (program.column(work.weight, not inside), 1)])
    for i, j in combinations(range(work.count), 2):
        if work.apart[i][j]:
            both = program.column(work.apart[i][j], any(i in team and j in team for team in hinted))
            for mine in seat:
                program.row(-1, 1, [(mine[i], 1), (mine[j], 1), (both, -1)])
    found = prove(program, effort=effort, python=python)
    if found is None:
        return None
    if found.objective < work.objective(teams):
        teams = [{k for k in range(work.count) if found.x[mine[k]]} for mine in seat]
    return teams, found.bound
