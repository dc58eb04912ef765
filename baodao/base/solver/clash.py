"""Why no plan exists: a small set of demands that cannot hold together, and the limits in their way.

Demands (fixed pairs, minima of members, hard minima of sessions) are dropped in halves as long as the
rest stays impossible; then every kind of limit is lifted once to see which of them is in the way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from baodao.base.solver.climbing import climb
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Clash
from baodao.base.solver.problem import Problem, Rules
from baodao.base.solver.standing import Climb, Limits

Demand = tuple[str, str, str]


def find_clash(problem: Problem, *, seconds: float = 10.0) -> list[Clash]:
    """The clash of an infeasible problem; empty only if the time did not allow to find one."""
    out = list(_barred(problem))
    if out:
        return out
    until = time.monotonic() + seconds
    kept = _shrink(problem, _demands(problem), until)
    found = [_told(problem, demand) for demand in kept]
    small = _only(problem, kept)
    for rule, words, looser in _looser(small):
        if time.monotonic() > until:
            break
        if not _impossible(looser, until):
            found.append(Clash(rule, tuple(sorted({member for kind, member, _ in kept if kind != "session"})), words))
    return found


def _barred(problem: Problem) -> Iterator[Clash]:
    """Fixed pairs that are forbidden or not eligible: nothing else needs to be looked at."""
    o = Ordered(problem)
    forbidden = set(problem.forbidden)
    for pair in o.fixed_out:
        words = "既被固定又被禁止" if pair in forbidden else "被固定，却不在可选之列"
        yield Clash("H8" if pair in forbidden else "H1", pair, f"{pair[0]}、{pair[1]}{words}。")


def _demands(problem: Problem) -> list[Demand]:
    demands = [("fixed", member, session) for member, session in sorted(problem.fixed)]
    demands += [("least", member.id, "") for member in problem.members if member.min_services]
    if problem.objective != "service":
        demands += [("session", session.id, "") for session in problem.sessions if session.min]
    return sorted(demands)


def _only(problem: Problem, demands: Sequence[Demand]) -> Problem:
    """The problem with these demands alone, any plan being as good as another."""
    kept = set(demands)
    hard = problem.objective != "service"
    return replace(
        problem,
        objective="cost" if hard else "service",
        fixed=tuple(pair for pair in problem.fixed if ("fixed", *pair) in kept),
        members=tuple(
            member if ("least", member.id, "") in kept else replace(member, min_services=0) for member in problem.members
        ),
        sessions=tuple(
            session if not hard or ("session", session.id, "") in kept else replace(session, min=0)
            for session in problem.sessions
        ),
    )


def _impossible(problem: Problem, until: float) -> bool:
    """Whether it is proved that there is no plan."""
    o = Ordered(problem)
    if o.fixed_out:
        return True
    c = Climb(o, Limits(until, "lp"), lambda choice: 0)
    climb(c)
    if c.best is None and not c.impossible:
        c = Climb(o, Limits(until, "mip"), lambda choice: 0)
        climb(c)
    return c.impossible and c.best is None


def _shrink(problem: Problem, demands: list[Demand], until: float) -> list[Demand]:
    """Drop ever smaller pieces while the rest stays impossible (delta debugging)."""
    pieces = 2
    while len(demands) > 1 and time.monotonic() < until:
        size = max(1, len(demands) // pieces)
        for start in range(0, len(demands), size):
            rest = demands[:start] + demands[start + size :]
            if rest and _impossible(_only(problem, rest), until):
                demands = rest
                pieces = max(2, pieces - 1)
                break
            if time.monotonic() > until:
                return demands
        else:
            if size == 1:
                return demands
            pieces = min(len(demands), pieces * 2)
    return demands


def _told(problem: Problem, demand: Demand) -> Clash:
    kind, one, other = demand
    if kind == "fixed":
        return Clash("H8", (one, other), f"{one} 固定在 {other}。")
    if kind == "least":
        least = next(member.min_services for member in problem.members if member.id == one)
        return Clash("H4", (one,), f"{one} 至少要有 {least} 次。")
    least = next(session.min for session in problem.sessions if session.id == one)
    return Clash("H6", (one,), f"{one} 至少要有 {least} 人。")


def _looser(problem: Problem) -> Iterator[tuple[str, str, Problem]]:
    """The problem with one kind of limit lifted at a time."""

    def people(change: Callable[..., object], **changes: object) -> Problem:
        return replace(problem, members=tuple(replace(member, **changes) for member in problem.members))  # type: ignore[arg-type]

    rules, plain = problem.rules, Rules()
    if rules.clash != "none":
        words = "一人一天只有一次" if rules.clash == "day" else "一人的时间不能相碰"
        yield "H2", f"{words}。", replace(problem, rules=replace(rules, clash="none"))
    wide = tuple(replace(s, max=len(problem.members) + s.max, desired=s.min) for s in problem.sessions)
    yield "H3", "班次的人数上限。", replace(problem, sessions=wide)
    if any(member.max_services is not None for member in problem.members):
        yield "H4", "成员的次数上限。", people(replace, max_services=None)
    if any(member.max_hours is not None for member in problem.members):
        yield "H4", "成员的小时上限。", people(replace, max_hours=None)
    if any(session.run_or_cancel for session in problem.sessions):
        free = tuple(replace(session, run_or_cancel=False) for session in problem.sessions)
        yield "H6", "人数不足就取消。", replace(problem, sessions=free)
    if any(session.joint_speciality is not None for session in problem.sessions):
        single = tuple(replace(session, joint_speciality=None) for session in problem.sessions)
        yield "H7", "整队承担。", replace(problem, sessions=single)
    if problem.forbidden:
        yield "H8", "被禁止的人选。", replace(problem, forbidden=())
    for name in rules.extended:
        yield "H9", f"规则 {name}。", replace(problem, rules=replace(rules, **{name: getattr(plain, name)}))
