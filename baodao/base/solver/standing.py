"""Where a climb stands: limits, best plan, best bound, what proved it, and what the rows found so far are."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from baodao.base.solver.extended_rows import broken_shares
from baodao.base.solver.levels import Choice
from baodao.base.solver.memory import Watch
from baodao.base.solver.model import Model
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Number
from baodao.base.solver.problem import Floats
from baodao.base.solver.rows import Row

RUNGS = ("greedy", "flow", "lp", "mip")

#: The lottery among equals adds less than this to any plan.
LOTTERY = 0.49


@dataclass
class Limits:
    """When to stop: the moment, the rung, a question to ask, nodes of branching, memory. ``ended`` says which it was."""

    until: float
    rung: str = "mip"
    cancel: Callable[[], bool] | None = None
    tell: Callable[[str, Number | None, Number | None], None] | None = None
    nodes: int | None = None
    memory: Watch | None = None
    visited: int = 0
    ended: str = ""

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.until - time.monotonic()

    @property
    def over(self) -> bool:
        """Time or nodes or memory are used up, or somebody cancelled."""
        if self.left <= 0:
            self.ended = "time"
        elif self.cancel is not None and self.cancel():
            self.ended = "cancel"
        elif self.nodes_left == 0:
            self.ended = "nodes"
        elif self.memory is not None and self.memory.full:
            self.ended = "memory"
        else:
            return False
        return True

    @property
    def nodes_left(self) -> int | None:
        """Nodes of branching that may still be looked at; None without a limit."""
        return None if self.nodes is None else max(0, self.nodes - self.visited)

    @property
    def asks(self) -> bool:
        """Whether a running relaxation has to be asked now and then."""
        return self.cancel is not None or self.memory is not None

    def beyond(self, rung: str) -> bool:
        """Whether a rung lies above the one asked for."""
        return RUNGS.index(rung) > RUNGS.index(self.rung)


@dataclass(frozen=True, eq=False)
class Root:
    """The relaxation a bound came from: its model and the prices of its rows; ``links`` by pair."""

    model: Model
    duals: Floats
    bound: float
    links: dict[int, float]


@dataclass
class Climb:
    """State of a climb; ``value`` is what this climb minimises, always a whole number."""

    o: Ordered
    limits: Limits
    worth: Callable[[Choice], int]
    extra: Callable[[Model], None] | None = None
    priced: bool = True
    allowed: Callable[[Choice], bool] | None = None
    best: Choice | None = None
    value: int | None = None
    bound: int | None = None
    rung: str = ""
    impossible: bool = False
    shares: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    cuts: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    news: int = 0
    root: Root | None = None

    def offer(self, choice: Choice | None, rung: str) -> bool:
        """Take a plan if it is the best so far and keeps the shares; whether it was whole and allowed."""
        if choice is None or (self.allowed is not None and not self.allowed(choice)):
            return False
        broken = broken_shares(self.o, choice)
        if broken:
            self.shares |= broken
            return False
        value = self.worth(choice)
        if self.value is None or value < self.value:
            self.best, self.value, self.rung = choice, value, rung
        return True

    def raise_bound(self, found: float) -> bool:
        """Take a bound of the model with its lottery; the plan's own is at most that much lower. Was it higher."""
        if not math.isfinite(found):
            return False
        bound = math.ceil(found - LOTTERY - 1e-6 - 1e-10 * abs(found))
        higher = self.bound is None or bound > self.bound
        self.bound = bound if self.bound is None else max(self.bound, bound)
        return higher

    def stop(self, why: str) -> None:
        """End here; the reason stands in the certificate."""
        self.limits.ended = why

    def nothing_else(self) -> None:
        """The model has no solution: no plan at all, or none but the one held (which the extra rows leave out)."""
        self.impossible = self.best is None
        if self.best is not None and self.extra is not None:
            self.bound = self.value

    def beaten(self, found: float) -> bool:
        """Whether nothing with this bound (lottery included) can be better than the best plan."""
        if self.value is None:
            return False
        return found == math.inf or math.ceil(found - LOTTERY - 1e-6 - 1e-10 * abs(found)) >= self.value

    @property
    def proved(self) -> bool:
        """The best plan meets the bound."""
        return self.value is not None and self.bound is not None and self.value <= self.bound

    def tell(self, rung: str) -> None:
        """Report."""
        if self.limits.tell is not None:
            self.limits.tell(rung, self.value, self.bound)
