"""The columns of pairs, read and refused by place; lists as JSON gives them or the arrays of a large file."""

from __future__ import annotations

from array import array

import numpy as np

from baodao.base.solver.contents import Floats, Ints
from baodao.base.solver.malformed import LARGEST, Place


def _column(place: Place, low: int, high: int) -> Ints:
    if isinstance(place.value, array):
        given: Ints = np.frombuffer(place.value, dtype=np.int64)
        _in_range(place, given, low, high)
        return given
    values = place.listed()
    try:
        column = np.array(values) if values else np.zeros(0, dtype=np.int64)
    except (ValueError, OverflowError):
        column = np.zeros(0)
    plain = column.ndim == 1 and column.dtype == np.int64 and not any(isinstance(value, bool) for value in values)
    if not plain or (len(column) and (int(column.min()) < low or int(column.max()) > high)):
        for item in place.items():  # slowly, to find the one at fault
            item.whole(low, high)
    return column.astype(np.int64)


def _in_range(place: Place, column: Ints | Floats, low: float, high: float) -> None:
    outside = np.flatnonzero((column < low) | (column > high))
    if len(outside):
        first = int(outside[0])
        item = Place(column[first].item(), f"{place.name}[{first}]")
        if isinstance(item.value, int):
            item.whole(int(low), int(high))
        item.number(low, high)


def _hours(place: Place) -> Floats:
    if isinstance(place.value, array):
        column = np.frombuffer(place.value, dtype=np.float64)
        _in_range(place, column, 0.0, float(LARGEST))
        return column
    return np.array([item.number() for item in place.items()], dtype=np.float64)


def read_pairs(place: Place, members: int, sessions: int) -> tuple[Ints, Ints, Ints, Floats | None]:
    """The columns member, session, cost, hours; equal in length, in range, no pair twice."""
    place.keys(("member", "session", "cost"), ("hours",))
    member = _column(place.at("member"), 0, members - 1)
    session = _column(place.at("session"), 0, sessions - 1)
    cost = _column(place.at("cost"), -LARGEST, LARGEST)
    hours: Floats | None = None
    if place.at("hours").value is not None:
        hours = _hours(place.at("hours"))
    lengths = {"member": len(member), "session": len(session), "cost": len(cost)}
    if hours is not None:
        lengths["hours"] = len(hours)
    if len(set(lengths.values())) > 1:
        place.refuse("各列长短不一：" + "、".join(f"{name} {length}" for name, length in lengths.items()) + "。")
    keys = member * sessions + session
    order = np.argsort(keys, kind="stable")
    doubled = np.flatnonzero(np.diff(keys[order]) == 0)
    if len(doubled):
        first, second = sorted((int(order[doubled[0]]), int(order[doubled[0] + 1])))
        place.refuse(f"第 {second} 对与第 {first} 对重复（member {member[first]}，session {session[first]}）。")
    return member, session, cost, hours
