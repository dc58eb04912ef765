"""How evenly a draft treats people and places: figures beside the plan, recomputed from stored data; no person is named, no
order of persons, units or communities is made.

A community's page has the figures of its own draft; the town's page those of all drafts of the month together, with the
shortage of each community in the official order, so that it shows whether one is left short again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache

from baodao.base.days import clock
from baodao.domain.audit import selectors as audit
from baodao.domain.matching.facts import Facts, load, to_plan
from baodao.domain.matching.models import PlanLine
from baodao.domain.matching.problem import Lock, build
from baodao.domain.matching.states import WORKING
from baodao.domain.needs.states import Tier
from baodao.domain.orgs import selectors as orgs

#: How often a year everybody who wants to come is to have come, and how many assigned members make a unit's figure.
MINIMUM, LEAST = 6, 5
KEPT_SECONDS = 3600
_ABSENT = object()
ORDER = ("urgent", "important", "ordinary", "can_wait")


@dataclass(frozen=True, slots=True)
class TierLine:
    """Wished places of one tier: all, filled, unfilled."""

    tier: str
    label: str
    wished: int
    filled: int
    unfilled: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The figures. Shares are 0–1; Gini 0 means all alike; ``units`` has units of ``LEAST`` or more assigned members."""

    tiers: list[TierLine]
    gini_month: float
    gini_year: float
    reaching: float
    least: int
    p5: float
    most: int
    envy: float
    units: list[tuple[str, float]]
    communities: list[tuple[str, float]]
    people: int


def of_drafts(town: str, month: str, communities: Sequence[str]) -> Balance | None:
    """The figures of the drafts of some communities; None while there is no line to count.

    People are those who may serve in at least one of the month's places that are still to be filled. A town's figures take
    half a second, so they are kept until anything is done anywhere (the heads of the audit chains move), the day ends, or the
    clock alone takes a shift out of the plan, because it is now too near to be offered.
    """
    ahead = to_plan(town, month).order_by().count()
    state = "|".join((month, str(clock.today()), str(ahead), *communities, *audit.head_digests()))
    key = f"balance:{sha256(state.encode()).hexdigest()}"
    found = cache.get(key, _ABSENT)
    if found is _ABSENT:
        found = _of_drafts(town, month, communities)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _of_drafts(town: str, month: str, communities: Sequence[str]) -> Balance | None:
    from baodao.base import solver
    from baodao.base.solver import fairness

    lines = _lines(town, month, communities)
    if not lines:
        return None
    facts = load(town, month, communities)
    rows = [row for row in lines if row[0] in facts.people and row[1] in facts.places]
    built = build(facts, locks=[Lock(m, s, by_hand=True) for m, s, _role in rows])
    problem = solver.Problem.from_json(built.problem)
    codes = [(facts.people[m].code, facts.places[s].code, role or None) for m, s, role in rows if (m, s) in built.fixed]
    plan = solver.Plan(tuple(sorted(codes, key=lambda row: (row[1], row[0]))))
    where = {place.code: place.where.community for place in facts.places.values()}
    found = fairness.report(problem, plan, minimum=MINIMUM, community=where, least=LEAST)
    return _balance(facts, problem, found, communities)


def _lines(town: str, month: str, communities: Sequence[str]) -> list[tuple[int, int, str]]:
    found = PlanLine.objects.filter(plan__town=town, plan__month=month, plan__state__in=WORKING)
    found = found.filter(plan__community_path__in=communities).order_by("pk")
    return list(found.values_list("member_id", "shift_id", "role"))


def _balance(facts: Facts, problem: Any, found: Any, communities: Sequence[str]) -> Balance:
    tiers = [
        TierLine(tier, str(Tier(tier).label), places["desired"], places["filled"], places["unfilled"])
        for tier in ORDER
        if (places := found.places[tier])["desired"]
    ]
    names = orgs.names({*found.top_choice_by_unit, *found.shortage_by_community})
    units = [(names.get(path, path), share) for path, share in sorted(found.top_choice_by_unit.items())]
    lacking = found.shortage_by_community
    short = [(names.get(path, path), lacking[path]) for path in communities if path in lacking]
    return Balance(
        tiers, found.gini_month, found.gini_year, found.reaching_minimum, found.load_min, found.load_p5, found.load_max,
        found.envy, units, short, len(problem.members),
    )  # fmt: skip
