"""Why the plan has somebody and not another: what would get worse if the other were there, exactly, in the plan's own terms.

The problem is built again from stored data; a price is the difference between two whole plans of it (``base.solver.prices``),
split into the four levels and, within the last, into the terms of ``fit``: the parts always add up to the price. Nothing is
written and nothing here runs in a transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from baodao.base.verdict import Refused
from baodao.domain.matching import selectors
from baodao.domain.matching.facts import Facts, holding, load
from baodao.domain.matching.fit import terms
from baodao.domain.matching.models import Plan
from baodao.domain.matching.problem import Built, Lock, Pair, build

if TYPE_CHECKING:
    from baodao.base import solver
    from baodao.base.solver.prices import Prices

SECONDS = 4.0
Line = tuple[int, int, str, bool, bool]


@dataclass(slots=True)
class Standing:
    """A draft laid over its problem. ``settled``: no other plan is better, so that prices are about this very draft;
    otherwise ``plan`` is what a new solve would make of it."""

    facts: Facts
    built: Built
    problem: solver.Problem
    plan: solver.Plan
    settled: bool
    lines: list[Line]

    def name(self, member: str) -> str:
        """A member's name by public code."""
        return self.facts.people[self.built.members[member]].name

    @property
    def pairs(self) -> set[Pair]:
        """The plan's (member, shift) by primary key."""
        return pairs_of(self.built, self.plan)


def pairs_of(built: Built, plan: solver.Plan) -> set[Pair]:
    """A solver's plan as (member, shift) by primary key."""
    return {(built.members[m], built.shifts[s]) for m, s, _role in plan.assignments}


def facts_and_lines(plan: Plan) -> tuple[Facts, list[Line]]:
    """A draft's facts as a solve of its community reads them, and its lines; a line too near to be planned keeps its day."""
    facts = load(plan.town, plan.month, [plan.community_path])
    rows = plan.lines.order_by("pk").values_list("member_id", "shift_id", "role", "locked", "by_hand", "shift__date")
    lines = []
    for member, shift, role, locked, by_hand, day in rows:
        if shift in facts.places:
            lines.append((member, shift, role, locked, by_hand))
        elif member in facts.people:
            person = facts.people[member]
            facts.people[member] = _busy(person, facts.month, day)
    return facts, lines


def _busy(person: Any, month: str, day: Any) -> Any:
    return replace(person, who=holding(person.who, month, [day]))


def stand(plan: Plan) -> Standing:
    """Lay a draft over its problem.

    A draft as the solver made it is compared by what the solver had to keep then (the draft before). One that was changed
    by hand, or not proved the best, is compared as a new solve would make it, which keeps the present lines where that
    costs nothing more important.
    """
    facts, lines = facts_and_lines(plan)
    found: Standing | None = None
    if plan.version == 1:
        before = selectors.plan_before(plan)
        kept = [] if before is None else list(before.lines.order_by("pk").values_list("member_id", "shift_id"))
        found = laid(plan, facts, lines, kept)
    if found is None or not found.settled:
        found = laid(plan, facts, lines, [(m, s) for m, s, *_more in lines])
    return found


def laid(plan: Plan, facts: Facts, lines: list[Line], kept: list[Pair]) -> Standing:
    """A draft laid over its problem, with the lines that a new solve would keep."""
    built = build(facts, locks=locks_of(plan, facts, lines), current=kept)
    problem, best = solved(built, plan.seed)
    mine = _as_solved(facts, built, best, lines)
    settled = mine is not None and best.status == "optimal" and mine.objective == best.objective
    return Standing(facts, built, problem, mine if settled and mine is not None else best, settled, lines)


def solved(built: Built, seed: int) -> tuple[solver.Problem, solver.Plan]:
    """The best plan of a problem. Raises Refused where there is none."""
    from baodao.base import solver

    problem = solver.Problem.from_json(built.problem)
    try:
        best = solver.solve(problem, seconds=SECONDS, seed=seed)
    except solver.Unfinished as error:
        raise Refused(str(error), code="unfinished") from None
    if best.status == "infeasible":
        raise Refused("；".join(clash.text for clash in best.clash) or "固定的人排不到一起。", code="infeasible")
    return problem, best


@dataclass(frozen=True, slots=True)
class Cost:
    """What another plan costs against the standing one: differences of the levels, and the pairs of that plan."""

    levels: solver.Levels
    objective: int
    pairs: frozenset[Pair]
    exact: bool = True


def cost_of(standing: Standing, around: Prices, member: int, shift: int) -> Cost | None:
    """The exact price of having a pair in the plan; None when no plan has it.

    The hot relaxation answers where the same shifts go on running; where that is impossible, fractional or leaves a
    mandatory place empty, the whole month is solved again with the pair fixed, which may call a shift off.
    """
    person, place = standing.facts.people[member].code, standing.facts.places[shift].code
    price = around.force(person, place)
    if price.possible and price.exact and price.levels.mandatory <= 0:
        members, shifts = standing.built.members, standing.built.shifts
        gone = {(members[m.member], shifts[m.origin]) for m in price.chain if m.origin}
        come = {(members[m.member], shifts[m.to]) for m in price.chain if m.to}
        return Cost(price.levels, int(price.objective), frozenset((standing.pairs - gone) | come))
    return _again(standing, [person, place])


def _again(standing: Standing, pair: list[str]) -> Cost | None:
    from baodao.base import solver

    changed = {**standing.built.problem, "fixed": [*standing.built.problem["fixed"], pair]}
    try:
        found = solver.solve(solver.Problem.from_json(changed), seconds=SECONDS, seed=standing.plan.seed)
    except solver.Unfinished:
        return None
    if found.status == "infeasible" or found.objective is None or standing.plan.objective is None:
        return None
    names = ("mandatory", "behind", "desired", "fit")
    levels = solver.Levels(*(getattr(found.levels, name) - getattr(standing.plan.levels, name) for name in names))
    objective = int(found.objective - standing.plan.objective)
    return Cost(levels, objective, frozenset(pairs_of(standing.built, found)), found.status == "optimal")


def locks_of(plan: Plan, facts: Facts, lines: list[Line]) -> list[Lock]:
    """What a solve of the draft has to keep: its locked lines and the accepted fixings."""
    from baodao.domain.matching.services.solving import fixings

    locks = [Lock(m, s, hand) for m, s, _r, locked, hand in lines if locked]
    return [*locks, *fixings(facts, [plan.community_path])]


def _as_solved(facts: Facts, built: Built, best: Any, lines: list[Line]) -> Any:
    """The draft as a plan of the problem; None when it is none (a rule changed since, or it is half changed by hand)."""
    from baodao.base import solver
    from baodao.base.solver.plan import Levels

    rows = [(facts.people[m].code, facts.places[s].code, role or None) for m, s, role, *_more in lines if m in facts.people]
    rows = [row for row in rows if row[0] in built.members and row[1] in built.shifts]
    said = {**best.to_json(), "assignments": [list(row) for row in rows], "status": "feasible", "levels": None, "objective": None}
    report = solver.check_plan(built.problem, said)
    if not report.feasible or report.levels is None:
        return None
    return replace(
        best, assignments=tuple(sorted(rows, key=lambda row: (row[1], row[0]))), levels=Levels(**report.levels),
        objective=report.objective,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """A difference between two plans: three levels, and the fourth by its terms; the sum of ``fit`` is the level."""

    mandatory: int = 0
    behind: int = 0
    desired: int = 0
    fit: dict[str, int] = field(default_factory=dict)


def parts_between(standing: Standing, levels: Any, after: Iterable[Pair], facts: Facts | None = None) -> Parts:
    """The parts of a difference of levels between the standing plan and another set of pairs.

    ``facts`` are those of the other plan where they differ (a shift at another time).
    """
    before, then = standing.pairs, set(after)
    weights, found = standing.problem.weights, Counter[str]()
    other = facts or standing.facts
    for sign, pairs, read in ((-1, before, standing.facts), (1, then, other)):
        for member, shift in pairs:
            person = read.people[member]
            for name, size in terms(person, read.places[shift]).items():
                found[name] += sign * size
            found["year"] += sign * weights.year * person.served
            found["load"] += sign * weights.year * person.who.taken_in_month.get(read.month, 0)
    was, now = Counter(m for m, _s in before), Counter(m for m, _s in then)
    for member in was | now:
        found["load"] += weights.load * (_triangle(now[member]) - _triangle(was[member]))
    kept = {(standing.built.members[m], standing.built.shifts[s]) for m, s in standing.problem.current}
    found["change"] += weights.change * (len(kept & before) - len(kept & then))
    return Parts(levels.mandatory, levels.behind, levels.desired, {name: size for name, size in found.items() if size})


def _triangle(count: int) -> int:
    return count * (count - 1) // 2


def prices(standing: Standing) -> Prices:
    """The prices around a standing plan; each asked for takes a few hundredths of a second."""
    from baodao.base.solver.prices import Prices as Around

    return Around(standing.problem, standing.plan, seconds=SECONDS)
