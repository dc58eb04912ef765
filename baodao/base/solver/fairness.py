"""How evenly a plan treats people and places: figures only, never a list of persons by rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from baodao.base.solver.plan import Plan
from baodao.base.solver.problem import TIERS, Problem
from baodao.base.solver.standing_plan import Laid


@dataclass(frozen=True)
class Fairness:
    """Shares are 0–1. ``places`` by tier: desired, filled, unfilled; ``envy``: spread of unpopular services a member."""

    places: dict[str, dict[str, int]]
    gini_month: float
    gini_year: float
    reaching_minimum: float
    load_min: int
    load_p5: float
    load_max: int
    envy: float
    top_choice_by_unit: dict[str, float]
    shortage_by_community: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """One object."""
        return asdict(self)


def gini(counts: Sequence[int]) -> float:
    """Gini coefficient: 0 all equal, towards 1 one has everything; 0 for nothing at all."""
    values = np.sort(np.asarray(counts, dtype=np.float64))
    total = values.sum()
    if not len(values) or total <= 0:
        return 0.0
    ranks = np.arange(1, len(values) + 1)
    return float((2 * (ranks * values).sum() / (len(values) * total)) - (len(values) + 1) / len(values))


def report(
    problem: Problem, plan: Plan, *, minimum: int = 6, community: Mapping[str, str] | None = None, least: int = 5
) -> Fairness:
    """The figures of a plan.

    ``minimum`` is the number of services a year everyone is to reach; ``community`` names each session's
    community; figures of units with fewer than ``least`` assigned members are left out.
    """
    laid = Laid(problem, plan)
    o, state = laid.o, laid.state
    month = [len(where) for where in state.where]
    year = [count + member.served for count, member in zip(month, o.members, strict=True)]
    consenting = [m for m in range(len(o.members)) if len(o.member_pairs[m])]
    shown = [month[m] for m in consenting]
    return Fairness(
        _places(laid),
        gini(shown),
        gini([year[m] for m in consenting]),
        float(np.mean([year[m] >= minimum for m in consenting])) if consenting else 0.0,
        min(shown, default=0),
        float(np.percentile(shown, 5)) if shown else 0.0,
        max(shown, default=0),
        _envy(laid),
        _top_choice(laid, least),
        _shortage(laid, community or {}),
    )


def _places(laid: Laid) -> dict[str, dict[str, int]]:
    found = {tier: {"desired": 0, "filled": 0, "unfilled": 0} for tier in TIERS}
    for session, seats in zip(laid.o.sessions, laid.state.seats, strict=True):
        row = found[session.tier]
        filled = min(len(seats), session.desired)
        row["desired"] += session.desired
        row["filled"] += filled
        row["unfilled"] += session.desired - filled
    return found


def _envy(laid: Laid) -> float:
    """Gini of unpopular services among those who serve; unpopular is a session in the dearest fifth."""
    o = laid.o
    room = np.diff(o.ptr)
    means = np.array([float(o.cost[o.ptr[s] : o.ptr[s + 1]].mean()) if room[s] else 0.0 for s in range(len(room))])
    if not len(means):
        return 0.0
    unpopular = means >= np.quantile(means, 0.8)
    counts = [sum(1 for s in where if unpopular[s]) for where in laid.state.where if where]
    return gini(counts)


def _top_choice(laid: Laid, least: int) -> dict[str, float]:
    """By unit: the share of its assigned members of whom one service is among their three best."""
    o = laid.o
    hits: dict[int, list[bool]] = {}
    for m, where in enumerate(laid.state.where):
        if where and o.unit[m] >= 0:
            best = np.sort(o.cost[o.member_pairs[m]])[:3][-1]
            hits.setdefault(o.unit[m], []).append(any(o.cost[p] <= best for p in where.values()))
    return {o.units[unit]: float(np.mean(found)) for unit, found in sorted(hits.items()) if len(found) >= least}


def _shortage(laid: Laid, community: Mapping[str, str]) -> dict[str, float]:
    """By community: unfilled desired seats as a share of the desired ones."""
    wished: dict[str, int] = {}
    lacking: dict[str, int] = {}
    for session, seats in zip(laid.o.sessions, laid.state.seats, strict=True):
        name = community.get(session.id, "")
        if name:
            wished[name] = wished.get(name, 0) + session.desired
            lacking[name] = lacking.get(name, 0) + max(0, session.desired - len(seats))
    return {name: lacking[name] / wished[name] if wished[name] else 0.0 for name in sorted(wished)}
