"""The month as a linear model: pairs, role seats, groups, loads, runs; exact for planning.md §3.

Only "runs or is cancelled", "which group" and two optional rules need integers; the rest is a
network, whose vertices are whole numbers, so assignment columns stay continuous.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from baodao.base.solver.extended_rows import add_extended_rows
from baodao.base.solver.member_rows import add_member_rows
from baodao.base.solver.model import Model, session_price
from baodao.base.solver.ordered import Ordered
from baodao.base.solver.problem import Floats, Ints
from baodao.base.solver.rows import ENDLESS, Builder


def build(
    o: Ordered,
    shares: frozenset[tuple[int, int]] = frozenset(),
    extra: Callable[[Model], None] | None = None,
    *,
    priced: bool = True,
) -> Model:
    """The model of the problem's objective.

    ``shares`` are the (unit, session) for which the unit's share is written out (they are added as they are
    found broken); ``extra`` may add rows of its own; not ``priced`` leaves the cost of pairs out, for the
    first stage of an objective in two stages.
    """
    model = Model(o, Builder())
    seats = sum(session.max for session in o.sessions)
    people = int(np.minimum(o.cap, np.bincount(o.pm, minlength=len(o.members))).sum())
    model.tie = 0.49 / max(1, min(seats, people))
    service = o.problem.objective == "service"
    price = (o.wanted + o.weights.year * o.served[o.pm]) if service else o.cost * int(priced)
    costs = price + model.tie * o.draw
    model.b.offset = float(o.keep_constant) if service else 0.0
    _seats(model, costs, service)
    _groups(model, costs, service)
    _sessions(model, service)
    model.member_row = model.b.rows
    add_member_rows(model, service)
    if o.rules.extended:
        add_extended_rows(model, shares)
    if extra is not None:
        extra(model)
    model.network = (
        o.rules.clash != "interval"
        and not o.rules.extended
        and extra is None
        and all(member.max_hours is None for member in o.members)
    )
    model.linear = model.b.linear()
    return model


def _seats(model: Model, costs: Floats, service: bool) -> None:
    """General and role seats of single sessions: one column each."""
    o = model.o
    joint = np.array([session.joint_speciality is not None for session in o.sessions], dtype=bool)
    pairs = np.flatnonzero(~joint[o.ps])
    cols = [model.b.add_columns(costs[pairs])]
    found = [pairs]
    skills: list[str | None] = [None] * len(pairs)
    for s, session in enumerate(o.sessions):
        if joint[s]:
            continue
        reward = session.tier_weight * o.weights.mandatory if service else 0.0
        for skill, count in session.roles:
            mine = np.arange(o.ptr[s], o.ptr[s + 1])
            mine = mine[[skill in o.skills[m] for m in o.pm[mine].tolist()]] if len(mine) else mine
            if len(mine) and count:
                cols.append(model.b.add_columns(costs[mine] - reward))
                found.append(mine)
                skills += [skill] * len(mine)
    model.seat_col, model.seat_pair, model.seat_skill = np.concatenate(cols), np.concatenate(found), skills
    model.e_col, model.e_pair = model.seat_col, model.seat_pair


def _groups(model: Model, costs: Floats, service: bool) -> None:
    """Which group serves which joint session, and who of it holds a role seat there."""
    o, b = model.o, model.b
    by_group: dict[int, list[int]] = {}
    e_col, e_pair = [model.e_col], [model.e_pair]
    for s, session in enumerate(o.sessions):
        if session.joint_speciality is None:
            continue
        if service:
            b.offset += session_price(o, s, 0)
        columns = []
        for g, pairs in o.fitting_groups[s]:
            if not service and len(pairs) < session.min:
                continue
            extra = session_price(o, s, len(pairs)) - session_price(o, s, 0) if service else 0
            column = int(b.add_columns(costs[pairs].sum() + extra, integer=True)[0])
            columns.append(column)
            by_group.setdefault(g, []).append(column)
            model.group_col.append((column, g, s, pairs))
            e_col.append(np.full(len(pairs), column))
            e_pair.append(np.array(pairs, dtype=np.int64))
        row = b.add_rows(1.0 if not service and session.min > 0 else 0.0, 1.0, 1)
        if columns:
            b.put(row, columns)
            _labels(model, s, service)
    for g, columns in by_group.items():
        if len(columns) > 1:
            model.group_row[g] = int(b.add_rows(0.0, 1.0, 1)[0])
            b.put(model.group_row[g], columns)
    model.e_col, model.e_pair = np.concatenate(e_col), np.concatenate(e_pair)


def _labels(model: Model, s: int, service: bool) -> None:
    """Role seats in a joint session: a label on people who come with their group."""
    o, b = model.o, model.b
    session = o.sessions[s]
    reward = session.tier_weight * o.weights.mandatory if service else 0.0
    coming: dict[int, list[int]] = {}
    for column, _, where, pairs in model.group_col:
        if where == s:
            for p in pairs:
                coming.setdefault(p, []).append(column)
    seats = {skill: int(b.add_rows(0.0, count, 1)[0]) for skill, count in session.roles if count}
    for p, columns in coming.items():
        mine = [skill for skill in seats if skill in o.skills[int(o.pm[p])]]
        if mine:
            row = b.add_rows(-ENDLESS, 0.0, 1)
            b.put(row, columns, -1.0)
            for skill in mine:
                column = int(b.add_columns(-reward)[0])
                b.put(row, column)
                b.put(seats[skill], column)
                model.label_col.append((column, p, skill))


def _sessions(model: Model, service: bool) -> None:
    """Places, mandatory and desired seats, role seats, runs."""
    o, b = model.o, model.b
    where = o.ps[model.seat_pair]
    order = np.argsort(where, kind="stable")
    edges = np.searchsorted(where[order], np.arange(len(o.sessions) + 1))
    for s, session in enumerate(o.sessions):
        if session.joint_speciality is not None:
            continue
        mine = order[edges[s] : edges[s + 1]]
        columns = model.seat_col[mine]
        run = None
        if not service:
            row = b.add_rows(float(session.min), float(session.max), 1)
        elif session.run_or_cancel and session.min > 0:
            row, run = _run(model, s)
        else:
            row = _open(model, s)
        b.put(row, columns)
        if session.open_to_all < session.max:
            _keep(model, columns[[model.seat_skill[k] is None for k in mine.tolist()]], session.open_to_all, run)
        for skill, count in session.roles:
            seats = [int(column) for column, k in zip(columns, mine.tolist(), strict=True) if model.seat_skill[k] == skill]
            if seats:
                held = b.add_rows(-ENDLESS, 0.0 if run is not None else float(count), 1)
                b.put(held, seats)
                if run is not None:
                    b.put(held, run, -float(count))


def _keep(model: Model, general: Ints, most: int, run: int | None) -> None:
    """Role seats stay for who holds them: no more others than the rest of the places."""
    if len(general):
        row = model.b.add_rows(-ENDLESS, 0.0 if run is not None else float(most), 1)
        model.b.put(row, general)
        if run is not None:
            model.b.put(row, run, -float(most))


def _open(model: Model, s: int) -> Ints:
    """A session that always counts as running: convex cost of empty seats."""
    session, weights, b = model.o.sessions[s], model.o.weights, model.b
    tier = session.tier_weight
    b.offset += tier * weights.mandatory * session.role_seats
    row = b.add_rows(float(session.desired), float(session.max), 1)
    if session.min:
        b.put(row, b.add_columns(float(tier * (weights.mandatory + weights.desired)), 0.0, float(session.min)))
    if session.desired > session.min:
        b.put(row, b.add_columns(float(tier * weights.desired), 0.0, float(session.desired - session.min)))
    return row


def _run(model: Model, s: int) -> tuple[Ints, int]:
    """A session that runs with at least min people or is empty: Σx = min·z + f1 + f2."""
    session, weights, b = model.o.sessions[s], model.o.weights, model.b
    tier = session.tier_weight
    b.offset += session_price(model.o, s, 0)
    run = int(b.add_columns(-float(tier * weights.mandatory * session.min), integer=True)[0])
    model.run_col[s] = run
    row = b.add_rows(0.0, 0.0, 1)
    b.put(row, run, -float(session.min))
    for reward, room in ((tier * weights.desired, session.desired - session.min), (0, session.max - session.desired)):
        if room:
            more = b.add_columns(-float(reward), 0.0, float(room))
            b.put(row, more, -1.0)
            linked = b.add_rows(-ENDLESS, 0.0, 1)
            b.put(linked, more)
            b.put(linked, run, -float(room))
    return row, run
