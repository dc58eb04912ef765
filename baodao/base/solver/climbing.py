"""One climb of the ladder for one linear objective: greedy, packed flow, relaxation, integers.

Every rung improves the best plan or the bound; the climb ends at the first proof, at the rung asked
for, when the time is over or when somebody cancels.
"""

from __future__ import annotations

import math

import numpy as np

from baodao.base.solver.branching import Branching, relaxed_with_cuts
from baodao.base.solver.building import build
from baodao.base.solver.cuts import broken_rows
from baodao.base.solver.engine import Engine, Solved
from baodao.base.solver.greedy import greedy
from baodao.base.solver.model import Model
from baodao.base.solver.problem import Floats
from baodao.base.solver.sifting import engine_of
from baodao.base.solver.standing import Climb, Root
from baodao.base.solver.whole import Whole, near, take


def climb(c: Climb) -> None:
    """Climb until proved or stopped; the result is in ``c``."""
    limits = c.limits
    if c.best is None and c.extra is None:
        c.offer(greedy(c.o), "greedy")
    c.tell("greedy")
    if c.proved or limits.over or (limits.beyond("flow") and c.best is not None):
        return
    while True:
        before = c.shares, len(c.cuts)
        _once(c)
        if c.impossible or c.proved or (c.shares, len(c.cuts)) == before or limits.over or limits.beyond("lp"):
            return


def _once(c: Climb) -> None:
    """Flow (if asked for), relaxation, branching and integers over the rows known so far."""
    limits = c.limits
    if limits.memory is not None and not limits.memory.room_for(len(c.o.pm)):
        c.stop("memory")
        return
    model = build(c.o, c.shares, c.extra, priced=c.priced)
    engine = engine_of(model, c.best.pairs if c.best is not None else np.zeros(0, dtype=np.int64), seed=c.o.seed)
    engine.add_rows(c.links + c.cuts)
    if limits.asks:
        engine.listen(lambda: limits.over)
    if limits.rung in ("greedy", "flow"):
        _packed(c, model, engine)
        c.tell("flow")
        if c.best is not None or limits.over:
            return
    relaxed = relaxed_with_cuts(c, model, engine)
    if relaxed.status == "infeasible":
        c.nothing_else()
        return
    if relaxed.duals is not None and c.raise_bound(relaxed.bound):
        c.root = Root(model, relaxed.duals, relaxed.bound, engine.link_prices(relaxed.duals))
    if relaxed.x is None or relaxed.duals is None:
        c.raise_bound(relaxed.bound)
        c.tell("lp")
        return
    if model.whole(relaxed.x):
        take(c, model, relaxed.x, "lp")
        c.tell("lp")
        return
    start = _rounded(c, model, engine, relaxed.x)
    c.tell("lp")
    if not (c.proved or limits.over or (limits.beyond("mip") and c.best is not None)):
        _integers(c, model, engine, relaxed, start)


def _integers(c: Climb, model: Model, engine: Engine, relaxed: Solved, start: Floats | None) -> None:
    """Branch by hand where few columns are fractional; whatever is left goes to the integer solver."""
    known = c.news
    branching = Branching(c, model, engine, relaxed)
    c.raise_bound(branching.run())
    c.tell("mip")
    if c.proved or c.limits.over or c.news != known:
        return
    whole = Whole(c, model, engine.linear, relaxed)
    starts = [x for x in (start, branching.start) if x is not None]
    c.raise_bound(whole.solve(min(starts, key=lambda x: float(model.linear.cost @ x), default=None)))
    if not whole.possible:
        c.nothing_else()
    c.tell("mip")


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
        allowed = model.whole(found.x) and not (c.o.rules.extended and broken_rows(model, found.x))
        c.offer(model.choice(found.x) if allowed else near(c, model, found.x), "flow")


def _rounded(c: Climb, model: Model, engine: Engine, x: Floats) -> Floats | None:
    """Round runs and groups of the relaxation, solve the rest again; the columns if they came out whole."""
    linear = model.linear
    columns = np.flatnonzero(linear.integer)
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
        found = relaxed_with_cuts(c, model, engine)
        if found.x is None:
            break
        x = found.x
    engine.bounds(columns, linear.low[columns], linear.high[columns])
    if found is not None and found.x is not None and model.whole(found.x):
        return found.x if take(c, model, found.x, "flow") else None
    if not model.network:
        c.offer(near(c, model, x), "lp")
    return None
