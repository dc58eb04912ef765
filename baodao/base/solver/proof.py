"""The prices behind a bound, named by session, role, group and member instead of by row of a model.

Whatever the prices are, the problem taken apart by them (each member and each session alone) is a relaxation, so a
reader who knows nothing of the model or of HiGHS can recompute a true bound from them: ``check_bound`` does.
Prices are whole numbers of millionths, so that arithmetic with them is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from baodao.base.solver.malformed import Place
from baodao.base.solver.member_rows import cliques

if TYPE_CHECKING:
    from baodao.base.solver.standing import Root

UNIT = 1_000_000
_MOST = 10**18


@dataclass(frozen=True)
class Prices:
    """What a person is worth: in a session, on a role seat, in a joint session as that member; a group's one use; an hour;
    what a member's place in a session that may be cancelled costs the member and brings the session if it runs (link).

    All in millionths of the objective's unit; what is not listed is priced at nothing.
    """

    session: tuple[tuple[str, int], ...] = ()
    role: tuple[tuple[str, str, int], ...] = ()
    joint: tuple[tuple[str, str, int], ...] = ()
    group: tuple[tuple[str, int], ...] = ()
    hours: tuple[tuple[str, int], ...] = ()
    link: tuple[tuple[str, str, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """One object of lists."""
        names = ("session", "role", "joint", "group", "hours", "link")
        return {"unit": UNIT, **{name: [list(row) for row in getattr(self, name)] for name in names}}

    @classmethod
    def from_json(cls, place: Place) -> Prices:
        """Read them; ``Malformed`` names the place."""
        place.keys(("unit", "session", "role", "joint", "group", "hours"), ("link",))
        if place.value["unit"] != UNIT:
            place.at("unit").refuse(f"应当是 {UNIT}。")
        return cls(
            session=_rows(place.at("session"), 2),
            role=_rows(place.at("role"), 3),
            joint=_rows(place.at("joint"), 3),
            group=_rows(place.at("group"), 2),
            hours=_rows(place.at("hours"), 2),
            link=_rows(place.at("link"), 3) if "link" in place.value else (),
        )


def _rows(place: Place, length: int) -> tuple[Any, ...]:
    found = []
    for item in place.items():
        if len(item.listed()) != length:
            item.refuse(f"应当有 {length} 项。")
        names = [Place(cell, f"{item.name}[{number}]").text() for number, cell in enumerate(item.value[:-1])]
        found.append((*names, Place(item.value[-1], f"{item.name}[{length - 1}]").whole(-_MOST, _MOST)))
    return tuple(found)


def prices_of(root: Root) -> Prices:
    """The prices of a solved relaxation. Rows of optional rules are left out, which can only lower the bound."""
    model, o = root.model, root.model.o
    linear = model.linear
    count = len(linear.row_low)
    y = np.zeros(count)
    y[: min(count, len(root.duals))] = root.duals[:count]
    rows = np.repeat(np.arange(count), np.diff(linear.start))
    mine = rows < model.member_row  # rows of sessions and groups; the rest belong to members
    paid = np.bincount(linear.index[mine], weights=linear.value[mine] * y[rows[mine]], minlength=linear.columns)
    session: dict[str, int] = {}
    role: dict[tuple[str, str], int] = {}
    seen: set[tuple[int, str | None]] = set()
    service = o.problem.objective == "service"
    for column, pair, skill in zip(model.seat_col.tolist(), model.seat_pair.tolist(), model.seat_skill, strict=True):
        s = int(o.ps[pair])
        if (s, skill) in seen:
            continue
        seen.add((s, skill))
        row = o.sessions[s]
        if skill is None:
            session[row.id] = _whole(paid[column])
        else:
            reward = row.tier_weight * o.weights.mandatory if service else 0
            role[row.id, skill] = _whole(paid[column] + reward)
    return Prices(
        tuple(sorted((name, price) for name, price in session.items() if price)),
        tuple(sorted((name, skill, price) for (name, skill), price in role.items())),
        tuple(sorted(_joint(root, y))),
        tuple((o.groups[g].id, _whole(-y[row])) for g, row in sorted(model.group_row.items()) if y[row] < 0),
        tuple((o.members[m].id, _whole(-y[row])) for m, row in sorted(model.hours_row.items()) if y[row] < 0),
        tuple((o.members[int(o.pm[p])].id, o.sessions[int(o.ps[p])].id, _whole(price)) for p, price in sorted(root.links.items())),
    )


def _whole(price: float) -> int:
    return round(float(price) * UNIT)


def _joint(root: Root, y: Any) -> list[tuple[str, str, int]]:
    """What each member of a group gives up by coming to a joint session: cost, load and the day."""
    model, o = root.model, root.model.o
    if not model.group_col:
        return []
    groups = cliques(model)
    inside: dict[int, list[int]] = {}
    for number, sessions in enumerate(groups):
        for s in sessions:
            inside.setdefault(s, []).append(number)
    found: dict[tuple[str, str], int] = {}
    service = o.problem.objective == "service"
    for _, _, s, pairs in model.group_col:
        for p in pairs:
            m = int(o.pm[p])
            given = y[model.member_row + m]
            if p in model.fixed_row:
                given += y[model.fixed_row[p]]
            if m in model.hours_row:
                given += y[model.hours_row[m]] * float(o.hours[p])
            for number in inside[s]:
                key = m * len(groups) + number
                spot = int(np.searchsorted(model.clash_keys, key))
                if spot < len(model.clash_keys) and int(model.clash_keys[spot]) == key:
                    given += y[model.clash_row + spot]
            cost = int(o.wanted[p]) + o.weights.year * int(o.served[m]) if service else int(o.cost[p])
            found[o.members[m].id, o.sessions[s].id] = _whole(cost - given)
    return [(member, session, price) for (member, session), price in found.items()]
