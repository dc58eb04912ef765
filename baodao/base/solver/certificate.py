"""The certificate of a plan: what was proved, by which relaxation, with which prices; ``baodao-certificate/1``.

It states nothing the plan does not: bound, gap and status are the plan's own. What it adds is how the bound came
about, why the search ended, how each rung stood, and the prices from which ``check_bound`` recomputes the bound.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from baodao.base.solver.malformed import Malformed, Place
from baodao.base.solver.plan import STATUSES, Number, Plan
from baodao.base.solver.proof import Prices, prices_of

if TYPE_CHECKING:
    from baodao.base.solver.stages import Outcome
    from baodao.base.solver.standing import Limits

FORMAT = "baodao-certificate/1"

#: Where the bound came from → (zh, en).
RELAXATIONS: dict[str, tuple[str, str]] = {
    "linear": (
        "没有方案的总值低于 {bound}：这是线性松弛的下界，由行价格用算术算出；方案的总值是 {objective}。",
        "No plan is below {bound}: the bound of the linear relaxation, computed from row prices by arithmetic; this plan is {objective}.",
    ),
    "branching": (
        "没有方案的总值低于 {bound}：线性松弛之后又分支 {nodes} 次，取所有分支下界中最小的；方案的总值是 {objective}。",
        "No plan is below {bound}: after the linear relaxation {nodes} nodes were branched, and this is the smallest bound among them; this plan is {objective}.",
    ),
    "capacity": (
        "没有方案的总值低于 {bound}：各班次的空位和各人的费用各自取最好；方案的总值是 {objective}。",
        "No plan is below {bound}: every session at its best, taken alone; this plan is {objective}.",
    ),
    "two_stages": (
        "没有方案的总值低于 {bound}：分两步求解，各自由松弛证明；方案的总值是 {objective}。",
        "No plan is below {bound}: solved in two stages, each bounded by its relaxation; this plan is {objective}.",
    ),
    "clash": ("没有可行的方案：写明的几条不能同时成立。", "There is no plan: the demands named in it cannot hold together."),
    "none": ("没有算出下界；方案的总值是 {objective}。", "No bound was computed; this plan is {objective}."),
}  # fmt: skip
ENDED = ("proof", "rung", "time", "nodes", "memory", "cancel", "search")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the ladder is: the rung, the best plan's value, the best bound, seconds so far."""

    rung: str
    objective: Number | None
    bound: Number | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """The gap so far."""
        if self.objective is None or self.bound is None:
            return None
        return (self.objective - self.bound) / max(1, abs(self.objective))


@dataclass(frozen=True)
class Certificate:
    """What was proved of a plan. Made by ``certificate_of`` or read by ``from_json``; refuses what contradicts itself."""

    problem_sha256: str
    plan_sha256: str
    status: str
    rung: str
    objective: Number | None
    bound: Number | None
    relaxation: str
    ended: str
    seed: int
    nodes: int = 0
    versions: dict[str, str] = field(default_factory=dict)
    ladder: tuple[Progress, ...] = ()
    prices: Prices | None = None

    def __post_init__(self) -> None:
        if self.relaxation not in RELAXATIONS:
            raise Malformed("relaxation", f"不认识：{self.relaxation}。")
        if self.ended not in ENDED:
            raise Malformed("ended", f"不认识：{self.ended}。")
        if (self.status == "infeasible") != (self.relaxation == "clash"):
            raise Malformed("status", f"{self.status} 与 {self.relaxation} 不合。")
        for name in ("objective", "bound"):
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                raise Malformed(name, "不是有限的数。")
        if self.bound is not None and self.objective is not None and self.bound > self.objective + 1e-6 * max(1.0, abs(self.objective)):  # fmt: skip
            raise Malformed("bound", f"下界 {self.bound} 大于总值 {self.objective}。")
        if self.status == "optimal" and (self.gap is None or self.gap > 1e-6):
            raise Malformed("status", "称为最优而没有相等的下界。")

    @property
    def gap(self) -> float | None:
        """(objective − bound) / max(1, |objective|)."""
        if self.objective is None or self.bound is None:
            return None
        return (self.objective - self.bound) / max(1, abs(self.objective))

    def statement(self, language: str = "zh") -> str:
        """What was proved, in one sentence (zh, en)."""
        words = RELAXATIONS[self.relaxation][0 if language.startswith("zh") else 1]
        return words.format(bound=self.bound, objective=self.objective, nodes=self.nodes)

    def to_json(self) -> dict[str, Any]:
        """The certificate as a ``baodao-certificate/1`` object."""
        return {
            "format": FORMAT,
            "problem_sha256": self.problem_sha256,
            "plan_sha256": self.plan_sha256,
            "status": self.status,
            "rung": self.rung,
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "relaxation": self.relaxation,
            "statement": {"zh": self.statement("zh"), "en": self.statement("en")},
            "ended": self.ended,
            "nodes": self.nodes,
            "seed": self.seed,
            "versions": self.versions,
            "ladder": [{**asdict(step), "gap": step.gap} for step in self.ladder],
            "prices": None if self.prices is None else self.prices.to_json(),
        }

    @classmethod
    def from_json(cls, data: object) -> Certificate:
        """Read a certificate; ``Malformed`` names the place of a fault."""
        top = Place(data, "")
        top.keys(_KEYS)
        if top.value["format"] != FORMAT:
            raise Malformed("format", f"应当是 {FORMAT}。")
        for item in top.at("ladder").items():
            item.keys(("rung", "objective", "bound", "gap", "seconds"))
        steps = (Progress(row["rung"], row["objective"], row["bound"], row["seconds"]) for row in top.value["ladder"])
        return cls(
            top.at("problem_sha256").text(),
            top.at("plan_sha256").text(),
            top.at("status").one_of(STATUSES),
            str(top.value["rung"]),
            _number(top.at("objective")),
            _number(top.at("bound")),
            top.at("relaxation").one_of(tuple(RELAXATIONS)),
            top.at("ended").one_of(ENDED),
            top.at("seed").whole(-(2**63), 2**63),
            top.at("nodes").whole(),
            dict(top.value["versions"]),
            tuple(steps),
            None if top.value["prices"] is None else Prices.from_json(top.at("prices")),
        )


_KEYS = (
    "format", "problem_sha256", "plan_sha256", "status", "rung", "objective", "bound", "gap", "relaxation", "statement",
    "ended", "nodes", "seed", "versions", "ladder", "prices",
)  # fmt: skip


def _number(place: Place) -> Number | None:
    value = place.value
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        place.refuse("应当是数或 null。")
    return value


def plan_digest(plan: dict[str, Any]) -> str:
    """SHA-256 of who serves where and which group came, whatever the order of rows."""
    rows = [sorted(plan.get(name, []), key=str) for name in ("assignments", "groups")]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def certificate_of(
    plan: Plan, found: Outcome, limits: Limits, told: Sequence[Progress], *, prices: bool = True
) -> Certificate:
    """The certificate of an outcome."""
    if plan.status == "optimal" or plan.status == "infeasible":
        ended = "proof"
    elif limits.ended:
        ended = limits.ended
    else:
        ended = "rung" if limits.rung != "mip" else "search"
    return Certificate(
        plan.problem_sha256,
        plan_digest(plan.to_json()),
        plan.status,
        plan.rung,
        plan.objective,
        plan.bound,
        _relaxation(plan, found, limits),
        ended,
        plan.seed,
        limits.visited,
        plan.versions,
        tuple(told),
        prices_of(found.root) if prices and found.root is not None and plan.status != "infeasible" else None,
    )


def _relaxation(plan: Plan, found: Outcome, limits: Limits) -> str:
    if plan.status == "infeasible":
        return "clash"
    if plan.bound is None:
        return "none"
    if found.two_stages:
        return "two_stages"
    if found.root is None:
        return "branching" if limits.visited else "capacity"
    return "linear" if plan.bound <= math.ceil(found.root.bound - 0.49) else "branching"
