"""Fewer people for the same sessions: try to free one member after another by handing their services on.

A service goes to somebody already in use, directly or by pushing one of theirs on to a third. The plan
keeps every rule at every step; the search ends when nobody can be freed, or when the time is over.
"""

from __future__ import annotations

from collections.abc import Callable

from baodao.base.solver.levels import Choice
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.state import State


def fewer_members(o: Ordered, choice: Choice, over: Callable[[], bool]) -> Choice:
    """A choice with as many people in each session and no more members, mostly fewer."""
    if o.rules.together or choice.groups:
        return choice
    state = State(o)
    for p, role in choice.roles.items():
        state.add(p, role)
    stuck = {int(p) for p in choice.roles if o.fixed[p]}
    progress = True
    while progress and not over():
        progress = False
        used = sorted((m for m in range(len(o.members)) if state.where[m]), key=lambda m: (len(state.where[m]), m))
        for m in used:
            if over():
                break
            if state.where[m] and _freed(o, state, m, stuck):
                progress = True
    return state.choice()


def _freed(o: Ordered, state: State, m: int, stuck: set[int]) -> bool:
    """Hand on all services of a member; all or nothing."""
    mine = sorted(state.where[m].items())
    if len(mine) and (o.members[m].min_services or any(p in stuck for _, p in mine)):
        return False
    log: list[tuple[int, bool]] = []
    for s, p in mine:
        _do(state, log, p, False)
        if not _handed_on(o, state, log, s, m, stuck):
            for pair, added in reversed(log):
                if added:
                    state.drop(pair)
                else:
                    state.add(pair)
            return False
    return True


def _do(state: State, log: list[tuple[int, bool]], p: int, added: bool) -> None:
    if added:
        state.add(p)
    else:
        state.drop(p)
    log.append((p, added))


def _handed_on(o: Ordered, state: State, log: list[tuple[int, bool]], s: int, without: int, stuck: set[int]) -> bool:
    """Give a place to somebody in use, directly or with one push."""
    takers = [
        p
        for p in range(int(o.ptr[s]), int(o.ptr[s + 1]))
        if int(o.pm[p]) != without and state.where[int(o.pm[p])] and s not in state.where[int(o.pm[p])]
    ]
    takers.sort(key=lambda p: (int(o.cost[p]), p))
    for p in takers:
        if not state.why_not(p):
            _do(state, log, p, True)
            return True
    for p in takers:
        clashing = [old for other, old in state.where[int(o.pm[p])].items() if o.clashes(s, other)]
        if len(clashing) == 1 and clashing[0] not in stuck and _pushed(o, state, log, p, clashing[0], without):
            return True
    return False


def _pushed(o: Ordered, state: State, log: list[tuple[int, bool]], p: int, old: int, without: int) -> bool:
    """The taker gives one of theirs to a third."""
    t = int(o.ps[old])
    state.drop(old)
    if not state.why_not(p):
        state.add(p)
        for q in range(int(o.ptr[t]), int(o.ptr[t + 1])):
            third = int(o.pm[q])
            if q != old and third != without and state.where[third] and not state.why_not(q):
                state.add(q)
                log.extend([(old, False), (p, True), (q, True)])
                return True
        state.drop(p)
    state.add(old)
    return False
