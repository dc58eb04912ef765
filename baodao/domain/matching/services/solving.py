"""Solving a month: read → solve outside any transaction → let the independent checker look → store drafts.

One solve covers the whole town, so that a member who may serve in two communities is asked once; it is stored as one
draft per community. Nothing that ``check_plan`` refuses is ever stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from baodao.base import paths
from baodao.base.actor import Actor, program
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching import rules
from baodao.domain.matching.facts import Facts, load
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.matching.problem import Built, Lock, Pair, build
from baodao.domain.matching.selectors import drafted_lines, working
from baodao.domain.matching.states import PLAN_TRANSITIONS, PlanState
from baodao.domain.orgs import selectors as orgs
from baodao.domain.orgs import services as holding
from baodao.domain.posts import selectors as posts
from baodao.domain.service import services as serving

if TYPE_CHECKING:
    from baodao.base.solver import Plan as Solved

Row = tuple[int, int, str]


@dataclass(slots=True)
class Worked:
    """A month worked out and not stored yet: what was read, the problem, the solver's answer, the lines before."""

    facts: Facts
    built: Built
    found: Solved
    communities: tuple[str, ...]
    lines: list[tuple[int, int, str, bool, bool]]


def solve_month(
    *,
    actor: Actor,
    town: str,
    month: str,
    communities: Sequence[str] | None = None,
    seconds: float = 10.0,
    seed: int = 0,
    rung: str = "",
    on_progress: Callable[[Any], None] | None = None,
) -> list[Plan]:
    """Plan a month of a town (what the actor may plan of it), or of some communities; store one draft each, with proof.

    Accepted and offered places stay as they are; locks and accepted fixings stay where they still fit; other lines of
    the present drafts stay when that costs nothing more important. Plans that wait for the secretary are left alone.
    Raises Refused when there is nothing to plan or no plan can satisfy what is fixed.
    """
    done = work_out(
        actor=actor, town=town, month=month, communities=communities, seconds=seconds, seed=seed, rung=rung,
        on_progress=on_progress,
    )  # fmt: skip
    return store_worked(actor=actor, done=done)


def store_worked(*, actor: Actor, done: Worked) -> list[Plan]:
    """Store what was worked out."""
    return store(
        actor=actor, facts=done.facts, built=done.built, found=done.found, communities=done.communities, kept=done.lines
    )


def work_out(
    *,
    actor: Actor,
    town: str,
    month: str,
    communities: Sequence[str] | None = None,
    seconds: float = 10.0,
    seed: int = 0,
    rung: str = "",
    on_progress: Callable[[Any], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Worked:
    """Read the month and solve it, outside any transaction; nothing but missing shifts is written.

    ``cancel`` is asked now and then and ends the search with the best plan so far. Refusals as in ``solve_month``.
    """
    from baodao.base import solver  # a fifth of a second that only planning needs, so that a server starts quickly

    wanted = wanted_of(actor, town, month, communities)
    _make_shifts(actor, month, wanted)
    facts = load(town, month, wanted)
    if not facts.places:
        raise Refused("这个月还没有能排的班次，先在“岗位与班次”里生成。", code="no_shifts")
    if not facts.people:
        raise Refused("台账里还没有能来的党员，先导入台账。", code="no_people")
    lines = drafted_lines(town, month, wanted)
    built = build(facts, locks=[*_locks(lines), *fixings(facts, wanted)], current=[(m, s) for m, s, _r, _l, _h in lines])
    try:
        problem = solver.Problem.from_json(built.problem)
        found = solver.solve(problem, seconds=seconds, seed=seed, rung=rung, on_progress=on_progress, cancel=cancel)
    except solver.Unfinished as error:
        raise Refused(str(error), code="unfinished") from None
    if found.status == "infeasible":
        raise Refused("；".join(clash.text for clash in found.clash) or "固定的人排不到一起。", code="infeasible")
    return Worked(facts, built, found, wanted, lines)


def _make_shifts(actor: Actor, month: str, wanted: Sequence[str]) -> None:
    """The month's shifts from the posts' patterns; what is there already stays. Mechanical, so the town may cause it."""
    for path in wanted:
        maker = actor if actor.is_program or actor.has(*rules.DESK, path=path) else program("plan_month")
        serving.make_month(actor=maker, community=orgs.by_path(path), month=month)


def wanted_of(actor: Actor, town: str, month: str, communities: Sequence[str] | None) -> tuple[str, ...]:
    """The communities to plan: those asked for, or all the actor may plan, without plans past their draft."""
    value = Month.parse(month)
    must(rules.may_solve_month(value.first, value.last, clock.today()))
    held = {plan.community_path: plan for plan in working(town, month)}
    mine = [org.path for org in orgs.communities(town) if rules.may_plan(actor, org.path)]
    asked = communities if communities is not None else mine
    for path in asked or [town]:
        must(rules.may_plan(actor, path))
        if communities is not None and path in held:
            must(rules.may_change(actor, path, held[path].state))
    if not asked:
        raise Refused("镇里还没有社区，先建社区再安排。", code="empty")
    free = tuple(path for path in asked if path not in held or held[path].state == PlanState.DRAFT)
    if not free:
        raise Refused("这个月的计划都已送审或批准，退回草案再重新安排。", code="state")
    return free


def _locks(lines: Iterable[tuple[int, int, str, bool, bool]]) -> list[Lock]:
    return [Lock(member, shift, by_hand) for member, shift, _role, locked, by_hand in lines if locked]


def fixings(facts: Facts, wanted: Sequence[str]) -> list[Lock]:
    """Accepted fixings on the shifts they mean (post, weekday, start)."""
    at: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for pk, place in facts.places.items():
        start = place.start.astimezone(clock.ZONE)
        at[(place.post, place.where.day.weekday(), f"{start:%H:%M}")].append(pk)
    found = []
    first, last = Month.parse(facts.month).first, Month.parse(facts.month).last
    on = max(first, min(clock.today(), last))
    for fixing in posts.fixings(facts.town, on):
        if fixing.post.community_path not in wanted:
            continue
        for shift in at[(fixing.post_id, fixing.weekday, f"{fixing.start:%H:%M}")]:
            found.append(Lock(fixing.member_id, shift, fixing=fixing.code))
    return found


@service
def store(
    *,
    actor: Actor,
    facts: Facts,
    built: Built,
    found: Solved,
    communities: Sequence[str],
    kept: Sequence[tuple[int, int, str, bool, bool]] = (),
) -> list[Plan]:
    """Store a solved month as one draft per community, if the independent checker finds nothing against it."""
    from baodao.base import solver

    holding.hold(facts.town)  # two who solve at once: the second draft takes the place of the first
    report = solver.check_plan(built.problem, found.to_json())
    if not report.feasible:
        raise Refused("检查程序不认可这份方案，没有保存：" + report.violations[0].text, code="check")
    rows: dict[str, list[Row]] = defaultdict(list)
    for member, session, role in found.assignments:
        shift = built.shifts[session]
        rows[facts.places[shift].where.community].append((built.members[member], shift, role or ""))
    locked = {(m, s): by_hand for m, s, _role, is_locked, by_hand in kept if is_locked}
    made, past = [], {p.community_path for p in working(facts.town, facts.month) if p.state != PlanState.DRAFT}
    for path in communities:
        if path in past:  # sent to the secretary while this was being solved
            continue
        if path in rows or any(p.where.community == path for p in facts.places.values()):
            made.append(_store_one(actor, facts, built, found, path, rows[path], locked))
    return made


def _store_one(
    actor: Actor, facts: Facts, built: Built, found: Solved, path: str, rows: list[Row], locked: dict[Pair, bool]
) -> Plan:
    drafts = Plan.objects.filter(community_path=path, month=facts.month)
    number = max(drafts.values_list("draft", flat=True), default=0) + 1
    former = drafts.filter(state=PlanState.DRAFT).first()
    notes: dict[str, Any] = {"out": sorted(p for p in facts.out if _in(facts, p[1], path))}
    if former is not None:
        move(former, to=PlanState.DROPPED, transitions=PLAN_TRANSITIONS)
        notes["before"] = former.draft
    notes["left_out"] = [row for row in built.left_out if _in(facts, built.shifts.get(row["shift"], 0), path)]
    notes["calendar"] = str(calendar.month_note(facts.month, path))
    plan = Plan(
        town=paths.town_of(path),
        community=orgs.by_path(path),
        community_path=path,
        month=facts.month,
        draft=number,
        levels={k: getattr(found.levels, k) for k in ("mandatory", "behind", "desired", "fit")},
        objective=None if found.objective is None else round(found.objective),
        bound=found.bound,
        gap=found.gap,
        status=found.status,
        rung=found.rung,
        seconds=round(found.seconds, 3),
        seed=found.seed,
        problem_digest=found.problem_sha256,
        notes=notes,
        solved_by=actor.account_id,
        code=random_code(),
    )
    plan.save()
    PlanLine.objects.bulk_create(
        [
            PlanLine(
                plan=plan,
                shift_id=shift,
                member_id=member,
                role=role,
                locked=(member, shift) in locked,
                by_hand=locked.get((member, shift), False),
            )
            for member, shift, role in rows
        ],
        batch_size=500,
    )
    data = {"month": facts.month, "draft": plan.draft, "lines": len(rows), "status": plan.status, "seed": plan.seed}
    record("plan.drafted", actor=actor, subject=plan, town=plan.town, data=data)
    return plan


def _in(facts: Facts, shift: int, path: str) -> bool:
    return shift in facts.places and facts.places[shift].where.community == path
