"""How months are filled without a solver: down the ledger, or first come first served. For comparison only."""

from __future__ import annotations

import numpy as np

from baodao.base.solver.ordered import Ordered
from baodao.base.solver.plan import Plan
from baodao.base.solver.problem import Problem
from baodao.base.solver.solving import plan_of
from baodao.base.solver.stages import Outcome
from baodao.base.solver.state import State


def ledger_order(problem: Problem, *, seed: int = 0) -> Plan:
    """A clerk goes through the sessions by date and takes the next names of the ledger that fit, as a wheel."""
    o = Ordered(problem, seed)
    state, used = State(o), set[int]()
    turn = 0
    for s in sorted(range(len(o.sessions)), key=lambda s: (o.span[s], s)):
        if _by_group(o, state, s, used):
            continue
        pairs = list(range(int(o.ptr[s]), int(o.ptr[s + 1])))
        wheel = sorted(pairs, key=lambda p: ((int(o.pm[p]) - turn) % len(o.members), p))
        for p in wheel:
            if len(state.seats[s]) >= o.sessions[s].desired:
                break
            if not state.why_not(p):
                state.add(p)
                turn = int(o.pm[p]) + 1
        _cancel_if_short(o, state, s)
    return plan_of(o, Outcome(state.choice(), None, "ledger", False), seconds=0.0)


def sign_up(problem: Problem, *, seed: int = 0) -> Plan:
    """Everyone in a random order takes what they like best of what is left, as often as they may."""
    o = Ordered(problem, seed)
    state, used = State(o), set[int]()
    rng = np.random.default_rng(seed)
    for s in range(len(o.sessions)):
        _by_group(o, state, s, used)
    for m in rng.permutation(len(o.members)).tolist():
        mine = o.member_pairs[m]
        wanted = int(rng.integers(0, min(int(o.cap[m]), 4) + 1))
        for p in mine[np.lexsort((mine, o.cost[mine]))].tolist():
            if len(state.where[m]) >= wanted:
                break
            s = int(o.ps[p])
            if o.sessions[s].joint_speciality is None and len(state.seats[s]) < o.sessions[s].desired and not state.why_not(p):
                state.add(p)
    for s in range(len(o.sessions)):
        _cancel_if_short(o, state, s)
    return plan_of(o, Outcome(state.choice(), None, "sign-up", False), seconds=0.0)


def _by_group(o: Ordered, state: State, s: int, used: set[int]) -> bool:
    """A joint session goes to the first group that can come; whether it was a joint session."""
    if o.sessions[s].joint_speciality is None:
        return False
    for g, pairs in o.fitting_groups[s]:
        if g not in used and state.try_all(pairs):
            state.groups[s] = g
            used.add(g)
            break
    return True


def _cancel_if_short(o: Ordered, state: State, s: int) -> None:
    session, seats = o.sessions[s], state.seats[s]
    if session.run_or_cancel and session.joint_speciality is None and 0 < len(seats) < session.min:
        for m in list(seats):
            state.drop(state.where[m][s])


def lost_seats(problem: Problem, plan: Plan) -> int:
    """Sessions that do not reach their minimum, as the table of planning.md §2 counts them."""
    people = plan.people
    return sum(1 for session in problem.sessions if len(people.get(session.id, [])) < session.min)


