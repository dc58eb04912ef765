"""The member's side of the model: load, limits, clashes, fixed pairs, and the optional rules (H9).

Day clashes nest inside the month's limit, so they keep the network; overlapping intervals, windows
of days and hours may leave fractions, which the last rung settles.
"""

from __future__ import annotations

import numpy as np

from baodao.base.solver.model import Model
from baodao.base.solver.rows import ENDLESS


def add_member_rows(model: Model, service: bool) -> None:
    """All rows over one member's pairs."""
    if model.o.problem.objective == "members_used":
        model.used_col = model.b.add_columns(np.zeros(len(model.o.members)), integer=True)
    _loads(model, service)
    _clashes(model)
    _hours(model)
    _fixed(model)


def _loads(model: Model, service: bool) -> None:
    """n_m = Σ of unit columns of rising cost; the first one brings a member behind their pace forward."""
    o, b = model.o, model.b
    reach = np.bincount(o.pm, minlength=len(o.members))
    if o.rules.clash == "day":
        days = np.array(o.day, dtype=np.int64)
        pairs = np.unique(o.pm * (int(days.max()) + 2) + days[o.ps]) // (int(days.max()) + 2)
        reach = np.bincount(pairs, minlength=len(o.members))
    top = np.minimum(o.cap, reach)
    least = np.array([member.min_services for member in o.members], dtype=np.int64)
    b.offset += float(o.weights.behind * int(o.behind.sum())) if service else 0.0
    rows = b.add_rows(0.0, 0.0, len(o.members))
    b.put(rows[o.pm[model.e_pair]], model.e_col)
    slope = o.weights.load if service else 0
    if not slope:
        first = np.where(o.behind & service, -float(o.weights.behind), 0.0)
        low = (least > 0).astype(np.float64)
        one = b.add_columns(first, np.minimum(low, top), np.minimum(1, top))
        more = b.add_columns(np.zeros(len(top)), np.maximum(0, least - 1), np.maximum(np.maximum(0, least - 1), top - 1))
        b.put(rows, one, -1.0)
        b.put(rows, more, -1.0)
        if len(model.used_col):  # a member in use serves at most ``top`` times
            held = b.add_rows(-ENDLESS, 0.0, len(top))
            b.put(held, one)
            b.put(held, more)
            b.put(held, model.used_col, -np.maximum(top, least).astype(np.float64))
        for m in np.flatnonzero(least > top).tolist():
            b.put(b.add_rows(float(least[m]), ENDLESS, 1), [int(one[m]), int(more[m])])
        return
    widest = int(np.maximum(top, least).max(initial=0))
    for step in range(widest):
        who = np.flatnonzero((top > step) | (least > step))
        gain = np.where((step == 0) & o.behind[who], -float(o.weights.behind), 0.0)
        low = (least[who] > step).astype(np.float64)
        columns = b.add_columns(slope * step + gain, low, 1.0)
        b.put(rows[who], columns, -1.0)
        for m, column in zip(who.tolist(), columns.tolist(), strict=True):
            model.load_col.setdefault(m, []).append(column)


def cliques(model: Model) -> list[tuple[int, ...]]:
    """Sets of sessions of which a member serves at most one: days, or largest overlapping sets."""
    o = model.o
    count = len(o.sessions)
    if o.rules.clash == "none":
        return [(s,) for s in range(count)]
    if o.rules.clash == "day":
        days: dict[int, list[int]] = {}
        for s in range(count):
            days.setdefault(o.day[s], []).append(s)
        return [tuple(days[day]) for day in sorted(days)]
    travel = o.rules.travel_minutes
    ends = [max(end + travel, start + 1e-6) for start, end in o.span]
    starts = sorted(range(count), key=lambda s: (o.span[s][0], s))
    found: list[tuple[int, ...]] = []
    alive: list[int] = []
    for number, s in enumerate(starts):
        alive = [t for t in alive if ends[t] > o.span[s][0]]
        alive.append(s)
        following = starts[number + 1] if number + 1 < count else None
        # a set is largest when the next session starts after one of it has ended
        if following is None or min(ends[t] for t in alive) <= o.span[following][0]:
            found.append(tuple(alive))
    return found


def _clashes(model: Model) -> None:
    """At most one of each clique (H2), and at most one seat of each pair (H5)."""
    o, b = model.o, model.b
    groups = cliques(model)
    in_groups: list[list[int]] = [[] for _ in o.sessions]
    for number, sessions in enumerate(groups):
        for s in sessions:
            in_groups[s].append(number)
    width = len(groups)
    where = o.ps[model.e_pair]
    repeats = np.array([len(numbers) for numbers in in_groups], dtype=np.int64)
    flat = np.array([number for numbers in in_groups for number in numbers], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(repeats)])[:-1]
    times = repeats[where]
    entry = np.repeat(np.arange(len(where)), times)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)
    keys = o.pm[model.e_pair][entry] * width + flat[starts[where[entry]] + within]
    if not len(model.used_col):
        model.clash_row = b.rows
        model.clash_keys = b.grouped(keys, model.e_col[entry], -ENDLESS, 1.0, least=2)
        return
    before = b.rows
    kept = b.grouped(keys, model.e_col[entry], -ENDLESS, 0.0)
    b.put(np.arange(before, before + len(kept)), model.used_col[kept // width], -1.0)


def _hours(model: Model) -> None:
    """At most a member's hours (H4)."""
    o, b = model.o, model.b
    who = o.pm[model.e_pair]
    order = np.argsort(who, kind="stable")
    edges = np.searchsorted(who[order], np.arange(len(o.members) + 1))
    for m, member in enumerate(o.members):
        if member.max_hours is None:
            continue
        mine = order[edges[m] : edges[m + 1]]
        hours = o.hours[model.e_pair[mine]]
        if hours.sum() > member.max_hours:
            model.hours_row[m] = int(b.add_rows(-ENDLESS, float(member.max_hours) + 1e-9, 1)[0])
            b.put(model.hours_row[m], model.e_col[mine], hours)


def _fixed(model: Model) -> None:
    """Fixed pairs are served (H8)."""
    o, b = model.o, model.b
    for p in np.flatnonzero(o.fixed).tolist():
        model.fixed_row[p] = int(b.add_rows(1.0, ENDLESS, 1)[0])
        b.put(model.fixed_row[p], model.e_col[model.e_pair == p])
