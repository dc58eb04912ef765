"""The hard rules H1–H9 as the checker reads them, each a plain test over the plan's people."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from baodao.base.solver.check_facts import Facts
from baodao.base.solver.check_seen import Violation


def rule_violations(facts: Facts) -> list[Violation]:
    """Every violation of a hard rule, in the order of the rules."""
    rules = (_eligible, _clashes, _places, _limits, _roles, _runs, _joint, _agreed, _by_member, _by_session, _slots)
    return [violation for rule in rules for violation in rule(facts)]


def _eligible(facts: Facts) -> Iterator[Violation]:
    for member, session in facts.role:
        if (member, session) not in facts.cost:
            yield Violation("H1", session, member, f"{member} 不能去 {session}：不在可选之列。")


def _clashes(facts: Facts) -> Iterator[Violation]:
    clash = facts.rules["clash"]
    if clash == "none":
        return
    travel = timedelta(minutes=facts.rules["travel_minutes"])
    for member, sessions in facts.services.items():
        timed = sorted((facts.times(session) or (None, None), session) for session in sessions)
        for number, ((start, end), session) in enumerate(timed):
            for (later, until), other in timed[number + 1 :]:
                if start is None or end is None or later is None or until is None:
                    continue
                if clash == "day" and start.date() == later.date():
                    yield Violation("H2", other, member, f"{member} 在 {start:%Y-%m-%d} 有两个班次：{session}、{other}。")
                if clash == "interval" and (later == start or (later < end + travel and start < until + travel)):
                    yield Violation("H2", other, member, f"{member} 的 {session} 与 {other} 时间相碰。")


def _places(facts: Facts) -> Iterator[Violation]:
    for session, people in facts.people.items():
        most = facts.sessions[session]["places"]["max"]
        if len(people) > most:
            yield Violation("H3", session, None, f"{session} 有 {len(people)} 人，最多 {most} 人。")
        row = facts.sessions[session]
        if row.get("keep_seats", False) and row.get("joint_speciality") is None:
            others = sum(facts.role[member, session] is None for member in people)
            room = max(0, most - sum(role["count"] for role in row.get("roles", [])))
            if others > room:
                yield Violation("H3", session, None, f"{session} 留着专门的位置，别的人最多 {room} 人，有 {others} 人。")


def _limits(facts: Facts) -> Iterator[Violation]:
    for member, row in facts.members.items():
        sessions = facts.services.get(member, [])
        most, least = row.get("max_services"), row.get("min_services", 0)
        if most is not None and len(sessions) > most:
            yield Violation("H4", None, member, f"{member} 有 {len(sessions)} 次，最多 {most} 次。")
        if len(sessions) < least:
            yield Violation("H4", None, member, f"{member} 只有 {len(sessions)} 次，至少 {least} 次。")
        hours = math.fsum(facts.hours.get((member, session), 0.0) for session in sessions)
        if row.get("max_hours") is not None and hours > row["max_hours"] + 1e-6:
            yield Violation("H4", None, member, f"{member} 共 {hours:g} 小时，最多 {row['max_hours']:g} 小时。")


def _roles(facts: Facts) -> Iterator[Violation]:
    taken: Counter[tuple[str, str]] = Counter()
    for (member, session), role in facts.role.items():
        if role is None:
            continue
        seats = {row["skill"]: row["count"] for row in facts.sessions[session].get("roles", [])}
        if role not in seats:
            yield Violation("H5", session, member, f"{session} 没有 {role} 的位置。")
        if role not in facts.members[member].get("skills", []):
            yield Violation("H5", session, member, f"{member} 没有 {role} 的特长。")
        taken[session, role] += 1
        if role in seats and taken[session, role] == seats[role] + 1:
            yield Violation("H5", session, None, f"{session} 的 {role} 位置只有 {seats[role]} 个。")


def _runs(facts: Facts) -> Iterator[Violation]:
    hard = facts.objective != "service"
    for session, row in facts.sessions.items():
        count, least = len(facts.people.get(session, [])), row["places"]["min"]
        if count < least and (hard or (row.get("run_or_cancel", False) and count > 0)):
            yield Violation("H6", session, None, f"{session} 只有 {count} 人，至少 {least} 人。")


def _joint(facts: Facts) -> Iterator[Violation]:
    uses = Counter(group for group, _ in facts.taken_by)
    for group, count in uses.items():
        if count > 1:
            yield Violation("H7", None, None, f"队 {group} 用了 {count} 次。")
    for session, row in facts.sessions.items():
        speciality = row.get("joint_speciality")
        groups = [group for group, where in facts.taken_by if where == session]
        people = facts.people.get(session, [])
        if speciality is None:
            if groups:
                yield Violation("H7", session, None, f"{session} 不是整队的班次，却记了队 {groups[0]}。")
            continue
        if not groups and not people:
            continue
        if len(groups) != 1:
            yield Violation("H7", session, None, f"{session} 应由一个队整队承担，记了 {len(groups)} 个队。")
            continue
        team = facts.groups[groups[0]]
        if team["speciality"] != speciality:
            yield Violation("H7", session, None, f"队 {groups[0]} 的专长是 {team['speciality']}，不是 {speciality}。")
        if set(team["members"]) != set(people):
            yield Violation("H7", session, None, f"{session} 的人与队 {groups[0]} 的人不一致。")


def _agreed(facts: Facts) -> Iterator[Violation]:
    for member, session in facts.fixed:
        if (member, session) not in facts.role:
            yield Violation("H8", session, member, f"已定的 {member}、{session} 不在方案里。")
    for member, session in facts.forbidden:
        if (member, session) in facts.role:
            yield Violation("H8", session, member, f"不许的 {member}、{session} 在方案里。")


def _by_member(facts: Facts) -> Iterator[Violation]:
    most = facts.rules["max_per_7_days"]
    for member, sessions in facts.services.items():
        days = sorted(times[0].date() for times in (facts.times(session) for session in sessions) if times)
        for first in dict.fromkeys(days):
            count = sum(1 for day in days if 0 <= (day - first).days < 7)
            if most is not None and count > most:
                yield Violation("H9", None, member, f"{member} 从 {first} 起七天内有 {count} 次，最多 {most} 次。")
        if not facts.rules["consecutive_weekends"]:
            weekends = {_saturday(day) for day in days if day.weekday() >= 5}
            for saturday in sorted(weekends):
                if saturday + timedelta(days=7) in weekends:
                    yield Violation("H9", None, member, f"{member} 从 {saturday} 起连续两个周末都有。")


def _saturday(day: date) -> date:
    return day - timedelta(days=day.weekday() - 5)


def _by_session(facts: Facts) -> Iterator[Violation]:
    share = facts.rules["unit_share"]
    for session, people in facts.people.items():
        if share is not None:
            most = max(1, math.floor(share * len(people) + 1e-9))
            units = Counter(facts.members[member].get("unit") for member in people)
            for unit, count in units.items():
                if unit is not None and count > most:
                    yield Violation("H9", session, None, f"{session} 有单位 {unit} 的 {count} 人，最多 {most} 人。")
        for apart in facts.rules["apart"]:
            both = [member for member in apart if member in people]
            if len(both) > 1:
                yield Violation("H9", session, both[1], f"{both[0]} 与 {both[1]} 不能同班（{session}）。")
        for together in facts.rules["together"]:
            some = [member for member in together if member in people]
            if some and len(some) < len(together):
                missing = next(member for member in together if member not in some)
                yield Violation("H9", session, missing, f"{some[0]} 去 {session}，同去的 {missing} 没有去。")


def _slots(facts: Facts) -> Iterator[Violation]:
    cap = facts.rules["unit_slot_cap"]
    if cap is None:
        return
    spans = [(session, facts.times(session)) for session in facts.people]
    seen = set()
    for _, times in spans:
        if times is None or times[0] in seen:
            continue
        instant = times[0]
        seen.add(instant)
        units: Counter[str] = Counter()
        for session, span in spans:
            if span is not None and span[0] <= instant and (instant < span[1] or instant == span[0]):
                units.update(
                    facts.members[member]["unit"]
                    for member in facts.people[session]
                    if facts.members[member].get("unit") is not None
                )
        for unit, count in units.items():
            if count > cap:
                yield Violation("H9", None, None, f"{instant:%Y-%m-%d %H:%M} 单位 {unit} 有 {count} 人在外，最多 {cap} 人。")
