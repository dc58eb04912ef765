"""The members of the demo: 2,104 in service at 131 units and 511 of the community-side organisations.

Name, unit, community, speciality, time and preference are drawn one after the other, each without looking at the name.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from baodao.base.actor import program
from baodao.base.days.service_days import SLOTS
from baodao.demo import names
from baodao.demo.town import FULL, Size, Town
from baodao.domain.audit.services import service
from baodao.domain.members import services as members
from baodao.domain.members.rows import NewMember
from baodao.domain.members.skills import LABELS

_TITLES = ("科员", "主任科员", "副科长", "科长", "教师", "医师", "护士", "技术员", "工程师", "办事员", "会计", "")
_COMMON_SLOTS = ("saturday_morning", "saturday_afternoon", "sunday_morning", "sunday_afternoon", "workday_evening",
                 "saturday_evening", "sunday_evening")  # fmt: skip
_LEAVES = sorted(LABELS)
_WANTED = {"electric", "care", "social_security", "teaching", "tutoring", "hr", "law", "medicine", "psychology"}
_WEIGHTS = [5 if leaf in _WANTED else 1 for leaf in _LEAVES]
_LEVELS = ("can", "can", "skilled", "skilled", "certified")
_WISHES = ("patrol", "volunteer", "home_service", "policy", "bilingual", "employment", "legal", "medical",
           "psychology", "culture", "remote", "emergency")  # fmt: skip
FRESH = 8
_FORMS = ("full", "full", "surname", "post", "post", "post")


@dataclass(slots=True)
class People:
    """The members, in-service first, and the two who have a demo login."""

    members: list[Any]
    member: Any
    leader: Any
    fresh: list[NewMember] = field(default_factory=list)


def rows(rng: random.Random, town: Town, today: date, size: Size = FULL) -> list[NewMember]:
    """What the ledger of the town says of everybody."""
    total = size.in_service + size.community_side
    called = names.many(rng, total)
    called[0], called[1] = "陈晨", "赵建国"  # the demo logins `member` and `leader`
    works_at = _units(rng, town, size.in_service)
    phones = rng.sample(range(10_000), total)
    found = []
    for index in range(total):
        unit = works_at[index] if index < size.in_service else None
        community = town.communities[0] if index < 2 else rng.choice(town.communities)
        found.append(_one(rng, town, today, called[index], unit, community, f"1990997{phones[index]:04d}"))
    _willing(found[0])
    found[1].slots = ["workday_evening", "saturday_morning", "saturday_afternoon"]  # the posts `leader` leads
    found[1].wishes, found[1].takes_offers = ["patrol", "volunteer"], True
    return found


def _willing(row: NewMember) -> None:
    """The login `member` shows every page: somebody with free weekends and evenings who serves often."""
    row.slots = ["workday_evening", "saturday_morning", "saturday_afternoon", "sunday_morning", "sunday_afternoon"]
    row.wishes = ["patrol", "volunteer", "home_service", "policy"]
    row.max_per_month, row.target_per_year, row.takes_offers, row.name_form = 4, 36, True, "full"
    row.skills = sorted({**dict(row.skills), "electric": "skilled"}.items())


def fresh(found: list[NewMember], town: Town) -> list[NewMember]:
    """Those of the first community who came only these days; everybody else has been there for long."""
    first = [row for row in found[2:] if row.unit and row.community is town.communities[0]]
    return first[:FRESH]


@service
def arrive(people: People, clerk: Any, today: date) -> None:
    """They come to the counter: some have a slip and have not reported, some reported and wait for the receipt."""
    for number, row in enumerate(people.fresh):
        row.since, row.channel = today - timedelta(days=number + 2), "desk"
        row.enrolment_state = "issued" if number % 3 == 0 else "reported"
        row.reported_on, row.receipt_on = None if row.enrolment_state == "issued" else row.since, None
    members.add_members_many(actor=clerk, rows=people.fresh)


def _units(rng: random.Random, town: Town, total: int) -> list[Any]:
    """Where each of the in-service members works: big and small units as there are; some have fewer than five."""
    least = [3] * len(town.units)
    weights = [rng.choice((1, 1, 2, 2, 3, 4, 6, 9)) for _unit in town.units]
    weights[0] = 4
    for chosen in rng.choices(range(len(town.units)), weights, k=total - sum(least)):
        least[chosen] += 1
    placed = [unit for unit, count in zip(town.units, least, strict=True) for _ in range(count)]
    first = placed[:2]  # both logins work at U001
    rest = placed[2:]
    rng.shuffle(rest)
    return [*first, *rest]


def _one(
    rng: random.Random, town: Town, today: date, name: str, unit: Any, community: Any, phone: str
) -> NewMember:
    often = rng.choice((1, 2, 2, 2, 3, 4))
    reported = today - timedelta(days=rng.randint(230, 900))
    return NewMember(
        name=name,
        kind="in_service" if unit else "community",
        phone=phone,
        unit=unit,
        community=community,
        estate=rng.choice(town.estates[community.path]),
        party_org=None if unit else rng.choice(_party_orgs_of(town, community)),
        party_org_name=unit.party_org_name if unit else "",
        job_title=rng.choice(_TITLES) if unit else "",
        skills=_skills(rng),
        slots=_slots(rng),
        wishes=sorted(rng.sample(_WISHES, rng.choice((0, 1, 2, 2, 3)))),
        languages=_languages(rng),
        reported_on=reported,
        receipt_on=_workday(reported + timedelta(days=1 + reported.day % 5)) if unit else None,
        since=reported,
        channel="import",
        max_per_month=often,
        target_per_year=often * rng.choice((3, 6, 6, 9)),
        name_form=rng.choice(_FORMS),
        takes_offers=rng.random() < 0.96,
        far_ok=rng.random() < 0.12,
        note="",
    )


def _workday(day: date) -> date:
    """A Monday where a day falls on a weekend: receipts go back from the desk."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _party_orgs_of(town: Town, community: Any) -> list[Any]:
    return [one for one in town.party_orgs if one.org_id == community.pk]


def _skills(rng: random.Random) -> list[tuple[str, str]]:
    chosen = rng.choices(_LEAVES, _WEIGHTS, k=rng.choice((0, 1, 1, 2, 2, 3)))
    return [(skill, rng.choice(_LEVELS)) for skill in dict.fromkeys(chosen)]


def _slots(rng: random.Random) -> list[str]:
    chosen = set(rng.sample(_COMMON_SLOTS, rng.choice((2, 3, 3, 4))))
    if rng.random() < 0.35:
        chosen.add("workday_morning" if rng.random() < 0.5 else "workday_afternoon")
    if rng.random() < 0.4:
        chosen.update(rng.sample(("holiday_morning", "holiday_afternoon", "holiday_evening"), 2))
    return [slot for slot in SLOTS if slot in chosen]


def _languages(rng: random.Random) -> list[str]:
    """What some members offer for a service; drawn like everything else, without looking at the name."""
    return [language for language, share in (("ug", 0.18), ("en", 0.06)) if rng.random() < share]


@service
def enter(rng: random.Random, town: Town, today: date, size: Size = FULL) -> People:
    """Put everybody on the ledger and give unit and community their receipts; what they offer stays at hand."""
    everybody = rows(rng, town, today, size)
    late = fresh(everybody, town)
    away = {id(row) for row in late}
    wanted = [row for row in everybody if id(row) not in away]
    made = members.add_members_many(actor=program("demo"), rows=wanted)
    for one, row in zip(made, wanted, strict=True):
        one.enrolled_in, one.offered = row.community.path, dict(row.skills)
    return People(made, made[0], made[1], late)
