"""Read a problem from JSON and refuse every fault by its place.

Unknown keys, wrong types, negative places, min > max, unknown or doubled ids, times that end
before they start, NaN and sums beyond exact arithmetic are refused with one sentence.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

import numpy as np

from baodao.base.solver.contents import (
    FORMAT,
    OBJECTIVES,
    TIERS,
    Contents,
    Group,
    Member,
    Pairing,
    Rules,
    Session,
    Weights,
)
from baodao.base.solver.malformed import Malformed, Place, shown
from baodao.base.solver.reading_pairs import read_pairs

Read = TypeVar("Read", bound=Contents)

#: Doubles are exact up to here; no objective of the problem may exceed it.
EXACT = 9 * 10**15

_TOP = ("objective", "weights", "groups", "fixed", "forbidden", "current", "rules")
_MEMBER = ("max_services", "min_services", "max_hours", "served", "target", "skills", "unit")
_SESSION = ("start", "end", "tier", "roles", "run_or_cancel", "joint_speciality", "keep_seats")
_RULES = (
    "clash",
    "travel_minutes",
    "max_per_7_days",
    "consecutive_weekends",
    "unit_share",
    "unit_slot_cap",
    "apart",
    "together",
)


def read(data: object, kind: type[Read]) -> Read:
    """The problem as a ``kind`` of contents, or ``Malformed``."""
    top = Place(data, "")
    top.keys(("format", "members", "sessions", "pairs"), _TOP)
    if top.value["format"] != FORMAT:
        top.at("format").refuse(f"应当是 {FORMAT}，而不是 {shown(top.value['format'])}。")
    members = tuple(_member(item) for item in top.at("members").items())
    sessions = tuple(_session(item) for item in top.at("sessions").items())
    if not members:
        raise Malformed("members", "一个人也没有，没有什么可安排的。")
    if not sessions:
        raise Malformed("sessions", "一个班次也没有，没有什么可安排的。")
    known_members = _index("members", [member.id for member in members])
    known_sessions = _index("sessions", [session.id for session in sessions])
    groups = tuple(_group(item, known_members) for item in top.at("groups", []).items())
    _index("groups", [group.id for group in groups])
    columns = read_pairs(top.at("pairs"), len(members), len(sessions))
    rules = _rules(top.at("rules", {}), known_members)
    _times_needed(rules, sessions)
    problem = kind(
        members,
        sessions,
        *columns,
        groups=groups,
        fixed=_pairings(top.at("fixed", []), known_members, known_sessions),
        forbidden=_pairings(top.at("forbidden", []), known_members, known_sessions),
        current=_pairings(top.at("current", []), known_members, known_sessions),
        weights=_weights(top.at("weights", {})),
        rules=rules,
        objective=top.at("objective", "service").one_of(OBJECTIVES),
    )
    _exact(problem)
    return problem


def _index(name: str, ids: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, identity in enumerate(ids):
        if identity in found:
            raise Malformed(f"{name}[{number}].id", f"{shown(identity)} 与 {name}[{found[identity]}] 重复。")
        found[identity] = number
    return found


def _weights(place: Place) -> Weights:
    names = Weights.__dataclass_fields__
    place.keys((), tuple(names))
    return Weights(**{name: place.at(name).whole() for name in names if name in place.value})


def _member(place: Place) -> Member:
    place.keys(("id",), _MEMBER)
    least = place.at("min_services", 0).whole()
    most = place.at("max_services").whole_or_none()
    if most is not None and least > most:
        place.at("min_services").refuse(f"{least} 大于 max_services {most}。")
    skills = tuple(item.text() for item in place.at("skills", []).items())
    if len(set(skills)) < len(skills):
        place.at("skills").refuse("有重复的特长。")
    return Member(
        place.at("id").text(),
        most,
        least,
        place.at("max_hours").number_or_none(),
        place.at("served", 0).whole(),
        place.at("target", 0).whole(),
        skills,
        place.at("unit").text_or_none(),
    )


def _session(place: Place) -> Session:
    place.keys(("id", "places"), _SESSION)
    places = place.at("places")
    places.keys(("min", "desired", "max"))
    low, wished, high = (places.at(name).whole() for name in ("min", "desired", "max"))
    if low > high:
        places.refuse(f"min {low} 大于 max {high}。")
    if not low <= wished <= high:
        places.refuse(f"desired {wished} 应在 min {low} 与 max {high} 之间。")
    start, end = _time(place.at("start")), _time(place.at("end"))
    if end is not None and start is None:
        place.refuse("有 end 而没有 start。")
    if start is not None and end is not None and end < start:
        place.refuse(f"end {end:%Y-%m-%dT%H:%M} 早于 start {start:%Y-%m-%dT%H:%M}。")
    roles = tuple(_role(item) for item in place.at("roles", []).items())
    if len({skill for skill, _ in roles}) < len(roles):
        place.at("roles").refuse("同一特长写了两次。")
    return Session(
        place.at("id").text(),
        start,
        end,
        low,
        wished,
        high,
        place.at("tier", "ordinary").one_of(tuple(TIERS)),
        roles,
        place.at("run_or_cancel", False).yes(),
        place.at("joint_speciality").text_or_none(),
        place.at("keep_seats", False).yes(),
    )


def _role(place: Place) -> tuple[str, int]:
    place.keys(("skill", "count"))
    return place.at("skill").text(), place.at("count").whole()


def _time(place: Place) -> datetime | None:
    if place.value is None:
        return None
    words = place.text()
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        place.refuse(f"不是时间：{shown(words)}（应写作 2026-12-05T20:30）。")
    if found.tzinfo is not None:
        place.refuse("时间不带时区（一律当地时间）。")
    return found


def _group(place: Place, members: dict[str, int]) -> Group:
    place.keys(("id", "speciality", "members"))
    return Group(place.at("id").text(), place.at("speciality").text(), _people(place.at("members"), members, 1))


def _people(place: Place, members: dict[str, int], least: int) -> tuple[str, ...]:
    people = tuple(_known(item, members) for item in place.items())
    if len(set(people)) < len(people):
        place.refuse("同一个人写了两次。")
    if len(people) < least:
        place.refuse(f"至少要有 {least} 个人。")
    return people


def _known(place: Place, known: dict[str, int]) -> str:
    if place.text() not in known:
        place.refuse(f"没有这个编号：{shown(place.value)}。")
    return str(place.value)


def _pairings(place: Place, members: dict[str, int], sessions: dict[str, int]) -> tuple[Pairing, ...]:
    found: dict[Pairing, str] = {}
    for item in place.items():
        if len(item.listed()) != 2:
            item.refuse("应当是 [成员, 班次]。")
        pair = (
            _known(Place(item.value[0], f"{item.name}[0]"), members),
            _known(Place(item.value[1], f"{item.name}[1]"), sessions),
        )
        if pair in found:
            item.refuse(f"与 {found[pair]} 重复：{pair[0]}、{pair[1]}。")
        found[pair] = item.name
    return tuple(found)


def _rules(place: Place, members: dict[str, int]) -> Rules:
    place.keys((), _RULES)
    return Rules(
        place.at("clash", "day").one_of(("day", "interval", "none")),
        place.at("travel_minutes", 0).whole(),
        place.at("max_per_7_days").whole_or_none(),
        place.at("consecutive_weekends", True).yes(),
        place.at("unit_share").number_or_none(0.0, 1.0),
        place.at("unit_slot_cap").whole_or_none(),
        tuple(_people(item, members, 0) for item in place.at("apart", []).items()),
        tuple(_people(item, members, 0) for item in place.at("together", []).items()),
    )


def _times_needed(rules: Rules, sessions: tuple[Session, ...]) -> None:
    needing = {
        f"clash {rules.clash}": rules.clash != "none",
        "max_per_7_days": rules.max_per_7_days is not None,
        "consecutive_weekends": not rules.consecutive_weekends,
        "unit_slot_cap": rules.unit_slot_cap is not None,
    }
    for rule, needed in needing.items():
        for number, session in enumerate(sessions):
            if needed and session.start is None:
                raise Malformed(f"sessions[{number}].start", f"规则 {rule} 需要每个班次的开始时间。")


def _exact(problem: Contents) -> None:
    """No objective can leave the range where every integer is exact."""
    weights = problem.weights
    most = len(problem.sessions)
    worst: Any = int(np.abs(problem.pair_cost).sum()) + weights.change * len(problem.current)
    for session in problem.sessions:
        seats = session.min + session.role_seats
        worst += session.tier_weight * (weights.mandatory * seats + weights.desired * session.desired)
    for member in problem.members:
        top = most if member.max_services is None else min(most, member.max_services)
        worst += weights.behind + weights.load * top * (top - 1) // 2 + weights.year * member.served * top
    if worst > EXACT:
        raise Malformed("weights", "费用与权重之和太大，超出能精确计算的范围。")
