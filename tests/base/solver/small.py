"""Small random problems with every feature, and an oracle that tries every plan.

The oracle judges with the independent checker alone, so it knows nothing of the search.
"""

from __future__ import annotations

import itertools
import random
from typing import Any

from baodao.base.solver import check_plan

Json = dict[str, Any]


def problem(**changes: Any) -> Json:
    """Two members, one session, both eligible."""
    data: Json = {
        "format": "baodao-problem/1",
        "members": [{"id": "m1"}, {"id": "m2"}],
        "sessions": [session("s1")],
        "pairs": {"member": [0, 1], "session": [0, 0], "cost": [5, 7]},
    }
    data.update(changes)
    return data


def session(name: str, day: int = 1, hour: int = 9, places: tuple[int, int, int] = (1, 2, 3), **more: Any) -> Json:
    """A session of an hour."""
    found: Json = {
        "id": name,
        "start": f"2026-12-{day:02}T{hour:02}:00",
        "end": f"2026-12-{day:02}T{hour + 1:02}:00",
        "places": {"min": places[0], "desired": places[1], "max": places[2]},
    }
    found.update(more)
    return found


def pairs(*rows: tuple[int, int, int]) -> Json:
    """Columns from rows (member, session, cost)."""
    return {"member": [row[0] for row in rows], "session": [row[1] for row in rows], "cost": [row[2] for row in rows]}


def drawn(seed: int, *, groups: bool = True, extended: bool = False, objective: str = "service", most: int = 8) -> Json:
    """A random problem with at most ``most`` pairs."""
    rng = random.Random(seed)
    members = [
        {
            "id": f"m{number}",
            "max_services": rng.choice([None, 1, 2, 3]),
            "min_services": int(rng.random() < 0.1),
            "max_hours": rng.choice([None, None, 1, 2.5]),
            "served": rng.randrange(3),
            "target": rng.randrange(4),
            "skills": sorted(rng.sample(["a", "b"], rng.randrange(3))),
            "unit": rng.choice([None, "U1", "U2"]),
        }
        for number in range(rng.randrange(2, 5))
    ]
    for member in members:
        if member["max_hours"] is not None or member["max_services"] == 0:
            member["min_services"] = 0
    sessions = []
    for number in range(rng.randrange(1, 4)):
        least = rng.randrange(0, 3)
        wished = least + rng.randrange(0, 2)
        sessions.append(
            session(
                f"s{number}",
                rng.choice([4, 5, 6, 12, 13]),
                rng.choice([9, 9, 10]),
                (least, wished, wished + rng.randrange(0, 2)),
                tier=rng.choice(["urgent", "important", "ordinary", "can_wait"]),
                roles=[{"skill": skill, "count": rng.randrange(1, 3)} for skill in ("a", "b") if rng.random() < 0.25],
                run_or_cancel=rng.random() < 0.5,
                joint_speciality="x" if groups and rng.random() < 0.3 else None,
                keep_seats=seed % 3 == 0,
            )
        )
    every = list(itertools.product(range(len(members)), range(len(sessions))))
    rows = sorted(rng.sample(every, min(len(every), rng.randrange(2, most + 1))))
    data = problem(
        objective=objective,
        members=members,
        sessions=sessions,
        pairs=pairs(*((m, s, rng.randrange(-20, 60)) for m, s in rows)),
        rules={"clash": rng.choice(["day", "interval", "none"]), "travel_minutes": rng.choice([0, 30, 90])},
        weights={"load": rng.choice([30, 0]), "change": 50},
    )
    if groups:
        data["groups"] = [
            {
                "id": f"g{number}",
                "speciality": rng.choice(["x", "x", "y"]),
                "members": [member["id"] for member in rng.sample(members, rng.randrange(1, min(3, len(members)) + 1))],
            }
            for number in range(rng.randrange(0, 3))
        ]
    named = [[members[m]["id"], sessions[s]["id"]] for m, s in rows]
    data["current"] = rng.sample(named, rng.randrange(0, 2))
    data["forbidden"] = rng.sample(named, int(rng.random() < 0.3))
    data["fixed"] = [pair for pair in rng.sample(named, int(rng.random() < 0.3)) if pair not in data["forbidden"]]
    if extended:
        data["rules"] |= _extended(rng, [member["id"] for member in members])
    return data


def _extended(rng: random.Random, members: list[str]) -> Json:
    return {
        "max_per_7_days": rng.choice([None, 1]),
        "consecutive_weekends": rng.random() < 0.5,
        "unit_share": rng.choice([None, 0.0, 0.4, 0.5]),
        "unit_slot_cap": rng.choice([None, 1]),
        "apart": [rng.sample(members, 2)] if rng.random() < 0.3 else [],
        "together": [rng.sample(members, 2)] if rng.random() < 0.3 else [],
    }


def every_plan(data: Json) -> list[tuple[Json, Any]]:
    """All feasible plans with their reports, by trying everything."""
    members = {member["id"]: member for member in data["members"]}
    sessions = {row["id"]: row for row in data["sessions"]}
    columns = data["pairs"]
    options = []
    for m, s in zip(columns["member"], columns["session"], strict=True):
        member, where = data["members"][m], data["sessions"][s]
        held = [role["skill"] for role in where.get("roles", []) if role["skill"] in member.get("skills", [])]
        options.append([None, *((member["id"], where["id"], skill) for skill in [None, *held])])
    joint = [row["id"] for row in data["sessions"] if row.get("joint_speciality")]
    found = []
    for chosen in itertools.product(*options):
        rows = [list(row) for row in chosen if row is not None]
        groups = _fitting(data, joint, rows, members, sessions)
        plan = {"format": "baodao-plan/1", "assignments": rows, "groups": groups or []}
        report = check_plan(data, plan) if groups is not None else None
        if report is not None and report.feasible:
            found.append((plan, report))
    return found


def _fitting(data: Json, joint: list[str], rows: list[Any], members: Json, sessions: Json) -> list[list[str]] | None:
    """Some group for each joint session that has people, each group once; None if there is no such choice."""
    wanted = []
    for name in joint:
        people = {row[0] for row in rows if row[1] == name}
        if people:
            speciality = sessions[name]["joint_speciality"]
            fitting = [
                group["id"]
                for group in data.get("groups", [])
                if set(group["members"]) == people and group["speciality"] == speciality
            ]
            wanted.append([[group, name] for group in fitting])
    for choice in itertools.product(*wanted):
        if len({group for group, _ in choice}) == len(choice):
            return list(choice)
    return None


def lexicographic(data: Json) -> tuple[int, int, int, int] | None:
    """The best levels in their strict order, or None if no plan is feasible."""
    return min(
        (tuple(report.levels[name] for name in ("mandatory", "behind", "desired", "fit")) for _, report in every_plan(data)),
        default=None,
    )  # type: ignore[return-value]
