"""One climb of the ladder for one linear objective: greedy, packed flow, relaxation, integers.

Every rung improves the best plan or the bound; the climb ends at the first proof, at the rung asked
for, when the time is over or when somebody cancels.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from baodao.base.solver.engine import Engine, Solved
from baodao.base.solver.extended_rows import broken_shares
from baodao.base.solver.greedy import greedy
from baodao.base.solver.levels import Choice
from baodao.base.solver.model import Model, build
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Number
from baodao.base.solver.problem import Floats

RUNGS = ("greedy", "flow", "lp", "mip")

#: The lottery among equals adds less than this to any plan.
LOTTERY = 0.49


@dataclass
class Limits:
    """When to stop: the moment, the rung, a question to ask."""

    until: float
    rung: str = "mip"
    cancel: Callable[[], bool] | None = None
    tell: Callable[[str, Number | None, Number | None], None] | None = None

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.until - time.monotonic()

    @property
    def over(self) -> bool:
        """Time is over, or cancelled."""
        return self.left <= 0 or (self.cancel is not None and self.cancel())

    def beyond(self, rung: str) -> bool:
        """Whether a rung lies above the one asked for."""
        return RUNGS.index(rung) > RUNGS.index(self.rung)


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

    def raise_bound(self, found: float) -> None:
        """Take a bound of the model with its lottery; the plan's own is at most that much lower."""
        if not math.isfinite(found):
            return
        bound = math.ceil(found - LOTTERY - 1e-6 - 1e-10 * abs(found))
        self.bound = bound if self.bound is None else max(self.bound, bound)

    def nothing_else(self) -> None:
        """The model has no solution: no plan at all, or none but the one held (which the extra rows leave out)."""
        self.impossible = self.best is None
        if self.best is not None and self.extra is not None:
            self.bound = self.value

    @property
    def proved(self) -> bool:
        """The best plan meets the bound."""
        return self.value is not None and self.bound is not None and self.value <= self.bound

    def tell(self, rung: str) -> None:
        """Report."""
        if self.limits.tell is not None:
            self.limits.tell(rung, self.value, self.bound)


def climb(c: Climb) -> None:
    """Climb until proved or stopped; the result is in ``c``."""
    limits = c.limits
    if c.best is None and c.extra is None:
        c.offer(greedy(c.o), "greedy")
    c.tell("greedy")
    if c.proved or limits.over or (limits.beyond("flow") and c.best is not None):
        return
    while True:
        before = c.shares
        _once(c)
        if c.impossible or c.proved or c.shares == before or limits.over or limits.beyond("lp"):
            return


def _once(c: Climb) -> None:
    """Flow (if asked for), relaxation and integers over the rows known so far."""
    limits = c.limits
    model = build(c.o, c.shares, c.extra, priced=c.priced)
    engine = Engine(model.linear, seed=c.o.seed)
    if limits.cancel is not None:
        engine.listen(limits.cancel)
    if limits.rung in ("greedy", "flow"):
        _packed(c, model, engine)
        c.tell("flow")
        if c.best is not None or limits.over:
            return
    relaxed = engine.relax(limits.left)
    if relaxed.status == "infeasible":
        c.nothing_else()
        return
    c.raise_bound(relaxed.bound)
    if relaxed.x is None:
        c.tell("lp")
        return
    if model.whole(relaxed.x):
        c.offer(model.choice(relaxed.x), "lp")
        c.tell("lp")
        return
    start = _rounded(c, model, engine, relaxed.x)
    c.tell("lp")
    if not (c.proved or limits.over or (limits.beyond("mip") and c.best is not None)):
        _whole(c, model, engine, start)


def _packed(c: Climb, model: Model, engine: Engine) -> None:
    """The flow: groups and runs as the greedy plan has them, everything else free."""
    columns = np.flatnonzero(model.linear.integer)
    if c.best is not None and len(columns):
        sessions = {int(s) for s in c.o.ps[c.best.pairs]}
        taken = set(c.best.groups)
        wish = {column: float((g, s) in taken) for column, g, s, _ in model.group_col}
        wish |= {column: float(s in sessions) for s, column in model.run_col.items()}
        fixed = np.array(sorted(wish), dtype=np.int64)
        values = np.array([wish[column] for column in fixed.tolist()])
        engine.bounds(fixed, values, values)
        found = engine.relax(c.limits.left)
        engine.bounds(fixed, model.linear.low[fixed], model.linear.high[fixed])
    else:
        found = engine.relax(c.limits.left)
    c.raise_bound(found.bound if found.status != "infeasible" else -math.inf)
    if found.x is not None:
        c.offer(model.choice(found.x) if model.whole(found.x) else _near(c, model, found.x), "flow")


def _near(c: Climb, model: Model, x: Floats) -> Choice | None:
    """A plan close to a fractional one."""
    guide = np.bincount(model.e_pair, weights=x[model.e_col], minlength=len(c.o.pm)).astype(np.float64)
    return greedy(c.o, guide)


def _rounded(c: Climb, model: Model, engine: Engine, x: Floats) -> Floats | None:
    """Round runs and groups of the relaxation, solve the rest again; the columns if they came out whole."""
    linear = model.linear
    columns = np.flatnonzero(linear.integer)
    if not model.network:
        c.offer(_near(c, model, x), "lp")
        return None
    found: Solved | None = None
    for _ in range(6):
        values = x[columns]
        ones, zeros = columns[values > 0.999], columns[values < 0.001]
        loose = np.sort(columns[(values >= 0.001) & (values <= 0.999)])
        if not len(loose) or c.limits.over:
            break
        worst = loose[np.argsort(x[loose], kind="stable")[: max(1, len(loose) // 2)]]
        down = np.concatenate([zeros, worst])
        engine.bounds(down, linear.low[down], linear.low[down])
        engine.bounds(ones, 1.0, 1.0)
        found = engine.relax(c.limits.left)
        if found.x is None:
            break
        x = found.x
    engine.bounds(columns, linear.low[columns], linear.high[columns])
    if found is not None and found.x is not None and model.whole(found.x):
        c.offer(model.choice(found.x), "flow")
        return found.x
    return None


def _whole(c: Climb, model: Model, engine: Engine, start: Floats | None) -> None:
    """Integers: first only where the network is broken, then everywhere."""
    marked = model.linear.integer.copy()
    passes = [True] if model.network else [False]
    if model.network:
        passes.append(False)
    for only_marked in passes:
        integer = marked.copy()
        if not only_marked:
            integer[model.seat_col] = True
            integer[[column for column, _, _ in model.label_col]] = True

        def heard(_objective: float, bound: float) -> bool:
            if math.isfinite(bound):
                c.raise_bound(bound)
                c.tell("mip")
            return c.limits.over

        found = engine.whole(c.limits.left, integer=integer, gap=0.5, start=start, on_bound=heard)
        if found.status == "infeasible":
            c.nothing_else()
            return
        c.raise_bound(found.bound)
        if found.x is not None and model.whole(found.x):
            c.offer(model.choice(found.x), "mip")
            c.tell("mip")
            return
        if c.limits.over:
            return
