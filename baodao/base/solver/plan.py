"""The plan: who serves where, the four levels, and the bound that proves how good it is.

``status`` is ``optimal`` only with a proof; ``bound`` comes from a relaxation that was solved;
an infeasible problem yields a plan without assignments and with a ``clash``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from baodao.base.solver.malformed import Malformed, Place, shown

FORMAT = "baodao-plan/1"
STATUSES = ("optimal", "feasible", "infeasible")

Assignment = tuple[str, str, str | None]
Number = int | float


@dataclass(frozen=True, slots=True)
class Levels:
    """Unfilled mandatory seats, members behind with nothing, unfilled desired seats, fit; by planning.md §3."""

    mandatory: int = 0
    behind: int = 0
    desired: int = 0
    fit: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that cannot hold together: which rule, which ids, one sentence."""

    rule: str
    ids: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Plan:
    """A solved problem. ``assignments`` are (member, session, role or None), sorted."""

    assignments: tuple[Assignment, ...]
    groups: tuple[tuple[str, str], ...] = ()
    levels: Levels = field(default_factory=Levels)
    objective: Number | None = None
    bound: Number | None = None
    status: str = "feasible"
    rung: str = ""
    seconds: float = 0.0
    seed: int = 0
    problem_sha256: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    clash: tuple[Clash, ...] = ()

    @property
    def gap(self) -> float | None:
        """(objective − bound) / max(1, |objective|)."""
        if self.objective is None or self.bound is None:
            return None
        return (self.objective - self.bound) / max(1, abs(self.objective))

    @property
    def people(self) -> dict[str, list[str]]:
        """Members of every session that has any."""
        found: dict[str, list[str]] = {}
        for member, session, _ in self.assignments:
            found.setdefault(session, []).append(member)
        return found

    def to_json(self) -> dict[str, Any]:
        """The plan as a ``baodao-plan/1`` object."""
        found: dict[str, Any] = {
            "format": FORMAT,
            "assignments": [list(row) for row in self.assignments],
            "groups": [list(row) for row in self.groups],
            "levels": asdict(self.levels),
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "status": self.status,
            "rung": self.rung,
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
            "problem_sha256": self.problem_sha256,
            "versions": self.versions,
        }
        if self.status == "infeasible":
            found["clash"] = [{"rule": row.rule, "ids": list(row.ids), "text": row.text} for row in self.clash]
        return found

    @classmethod
    def from_json(cls, data: object) -> Plan:
        """Read a plan; ``Malformed`` names the place of a fault. Nothing is checked against a problem."""
        top = Place(data, "")
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise Malformed("format", f"应当是 {FORMAT}。")
        rows = [_row(item, 3) for item in top.at("assignments", []).items()]
        levels = top.at("levels", {}).keys((), tuple(Levels.__dataclass_fields__))
        return cls(
            tuple((str(row[0]), str(row[1]), row[2]) for row in rows),
            tuple((str(row[0]), str(row[1])) for row in (_row(item, 2) for item in top.at("groups", []).items())),
            Levels(**levels),
            data.get("objective"),
            data.get("bound"),
            top.at("status", "feasible").one_of(STATUSES),
            str(data.get("rung", "")),
            float(data.get("seconds", 0)),
            int(data.get("seed", 0)),
            str(data.get("problem_sha256", "")),
            dict(data.get("versions", {})),
            tuple(Clash(row["rule"], tuple(row["ids"]), row["text"]) for row in data.get("clash", [])),
        )


def _row(place: Place, length: int) -> list[Any]:
    row = place.listed()
    if len(row) != length or not all(isinstance(cell, str) or (number == 2 and cell is None) for number, cell in enumerate(row)):
        place.refuse(f"不是 {length} 项的一行：{shown(row)}。")
    return row
