"""The objectives in two stages: fewest members, then cost; fairest worst session, then cost.

The fair one is a ratio and is solved by Dinkelbach's method: for the best average P/Q so far, minimise
the worst session's Σ(Q·cost − P); when that is proved not below zero, P/Q is proved the best.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from baodao.base.solver.climbing import climb
from baodao.base.solver.dropping import fewer_members
from baodao.base.solver.fair_fixed import FairFixed, has_fixed_sizes
from baodao.base.solver.freeing import Freeing, clash_bound, may_free
from baodao.base.solver.greedy import greedy
from baodao.base.solver.levels import Choice
from baodao.base.solver.model import Model
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Number
from baodao.base.solver.problem import Ints
from baodao.base.solver.rows import ENDLESS
from baodao.base.solver.standing import Climb, Limits, Root


@dataclass
class Outcome:
    """What came out: the plan, its true bound, whether everything (both stages) is proved."""

    best: Choice | None
    bound: Number | None
    rung: str
    proved: bool
    impossible: bool = False
    root: Root | None = None
    two_stages: bool = False


def total_cost(o: Ordered, choice: Choice) -> int:
    """Σ cost of the chosen pairs."""
    return int(o.cost[choice.pairs].sum())


def fewest(o: Ordered, limits: Limits) -> Outcome:
    """Fewest distinct members, then least cost."""

    def count(choice: Choice) -> int:
        return len(set(o.pm[choice.pairs].tolist()))

    def price(model: Model) -> None:
        row = model.b.add_rows(0.0, 0.0, 1)
        number = model.b.add_columns(1.0, 0.0, float(len(o.members)))
        model.b.put(row, model.used_col)
        model.b.put(row, number, -1.0)

    first = Climb(o, limits, count, extra=price, priced=False, bound=clash_bound(o))
    _few(first)
    climb(first)
    if first.best is None or not first.proved or first.value is None:
        return Outcome(first.best, first.bound, first.rung, False, first.impossible)
    most = first.value

    def held(model: Model) -> None:
        model.b.put(model.b.add_rows(0.0, float(most), 1), model.used_col)

    second = Climb(o, limits, lambda choice: total_cost(o, choice), extra=held, best=first.best, rung=first.rung)
    second.value, second.bound = total_cost(o, first.best), _cost_alone(o)
    second.allowed = lambda choice: count(choice) <= most
    climb(second)
    return Outcome(second.best, most, second.rung, second.proved)


def _few(c: Climb) -> None:
    """Plans with few members before any model is built: by ejection where its rules suffice, else by handing on."""
    o, limits = c.o, c.limits
    c.offer(greedy(o), "greedy")
    if limits.over or c.proved:
        return
    if may_free(o):
        half = Limits(limits.until - limits.left / 2, limits.rung, limits.cancel)
        units = sum(session.min for session in o.sessions)
        steps = 20_000 if limits.beyond("flow") else min(3_000_000, max(200_000, 2_000 * units))
        c.offer(Freeing(o, lambda: half.over).run(c.bound or 0, steps), "greedy")
    elif c.best is not None:
        c.offer(fewer_members(o, c.best, lambda: limits.over), "greedy")


def _cost_alone(o: Ordered) -> int:
    """A true lower bound of the total cost: every session by itself."""
    total = 0
    for s, session in enumerate(o.sessions):
        costs = np.sort(o.cost[o.ptr[s] : o.ptr[s + 1]])[: session.max]
        total += int(costs[: session.min].sum() + np.minimum(costs[session.min :], 0).sum())
    return total


def worst_average(o: Ordered, choice: Choice) -> Fraction:
    """The largest average cost of a session that has people."""
    pairs = choice.pairs
    people = np.bincount(o.ps[pairs], minlength=len(o.sessions))
    sums: Ints = np.zeros(len(o.sessions), dtype=np.int64)
    np.add.at(sums, o.ps[pairs], o.cost[pairs])
    return max((Fraction(int(sums[s]), int(people[s])) for s in np.flatnonzero(people)), default=Fraction(0))


def _may_rest(o: Ordered) -> bool:
    """Whether a plan without anybody is a plan."""
    demanded = o.fixed.any() or any(member.min_services for member in o.members)
    return not demanded and all(session.min == 0 for session in o.sessions)


def _session_rows(model: Model, ratio: Fraction, top: int | None) -> None:
    """For every session Σ(Q·cost − P) ≤ T; an empty one is let off."""
    o, b = model.o, model.b
    where = o.ps[model.e_pair]
    values = (ratio.denominator * o.cost[model.e_pair] - ratio.numerator).astype(np.float64)
    slack = float(np.bincount(o.ps, weights=np.abs(ratio.denominator * o.cost - ratio.numerator)).max(initial=0.0)) + 1
    order = np.argsort(where, kind="stable")
    edges = np.searchsorted(where[order], np.arange(len(o.sessions) + 1))
    may_be_empty: list[int] = []
    for s, session in enumerate(o.sessions):
        mine = order[edges[s] : edges[s + 1]]
        if not len(mine):
            continue
        row = b.add_rows(-ENDLESS, 0.0, 1)
        b.put(row, model.e_col[mine], values[mine])
        if top is None:
            continue
        b.put(row, top, -1.0)
        if session.min == 0:
            empty = int(b.add_columns(0.0, integer=True)[0])
            b.put(row, empty, -slack)
            none = b.add_rows(-ENDLESS, float(session.max), 1)
            b.put(none, model.e_col[mine])
            b.put(none, empty, float(session.max))
            may_be_empty.append(empty)
        else:
            may_be_empty.append(-1)
    if top is not None and min(may_be_empty, default=0) >= 0:  # the plan without anybody is compared apart
        b.put(b.add_rows(-ENDLESS, len(may_be_empty) - 1.0, 1), may_be_empty)


def fairest(o: Ordered, limits: Limits) -> Outcome:
    """First the best worst session's average of −cost, then least total cost."""
    start = Climb(o, limits, lambda choice: total_cost(o, choice))
    climb(start)
    if start.best is None:
        return Outcome(None, None, start.rung, False, start.impossible)
    best, rung, bound, proved = start.best, start.rung, None, False
    if has_fixed_sizes(o) and not limits.beyond("mip"):
        return _of_fixed_sizes(o, limits, best)
    if worst_average(o, best) > 0 and _may_rest(o):
        best = Choice({})
    smallest = max(1, min((session.min for session in o.sessions), default=1))
    while not limits.over and not limits.beyond("mip"):
        ratio = worst_average(o, best)
        c = Climb(o, limits, _worth(o, ratio), extra=_top(o, ratio), priced=False, best=best, rung=rung)
        c.value = 0
        climb(c)
        if c.bound is not None:
            found = float(ratio + Fraction(min(0, c.bound), ratio.denominator * smallest))
            bound = found if bound is None else max(bound, found)
        proved = c.proved and c.value == 0
        if c.best is None or c.value == 0:
            break
        best, rung = c.best, c.rung
    ratio = worst_average(o, best)
    if not proved:
        return Outcome(best, bound, rung, False)
    second = Climb(o, limits, lambda choice: total_cost(o, choice), best=best, rung=rung)
    second.extra = lambda model: _session_rows(model, ratio, None)
    second.value = total_cost(o, best)
    second.allowed = lambda choice: worst_average(o, choice) <= ratio
    climb(second)
    final = second.best or best
    return Outcome(final, float(worst_average(o, final)), second.rung, second.proved)


def _of_fixed_sizes(o: Ordered, limits: Limits, start: Choice) -> Outcome:
    search = FairFixed(o, limits, start, worst_average)
    search.run()
    reached = worst_average(o, search.best)
    bound = reached if search.proved else search.lowest
    return Outcome(search.best, float(bound), search.rung, search.proved and search.cheapest)


def _worth(o: Ordered, ratio: Fraction):  # type: ignore[no-untyped-def]
    def worth(choice: Choice) -> int:
        pairs = choice.pairs
        sums: Ints = np.zeros(len(o.sessions), dtype=np.int64)
        np.add.at(sums, o.ps[pairs], ratio.denominator * o.cost[pairs] - ratio.numerator)
        people = np.bincount(o.ps[pairs], minlength=len(o.sessions))
        return max((int(sums[s]) for s in np.flatnonzero(people)), default=0)

    return worth


def _top(o: Ordered, ratio: Fraction):  # type: ignore[no-untyped-def]
    widest = float(np.bincount(o.ps, weights=np.abs(ratio.denominator * o.cost - ratio.numerator)).max(initial=0.0)) + 1

    def extra(model: Model) -> None:
        top = int(model.b.add_columns(1.0, -widest, widest)[0])
        _session_rows(model, ratio, top)

    return extra
