"""What the communities of the demo offer: posts from the catalogue with named leaders, pairings, fixings, commitments.

Seventeen times a week in each community, which is about 900 shifts a month in the town. Deeds asked for by a member
without a login are done by the desk and say so (代办).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from baodao.base.days import clock
from baodao.base.days.service_days import slot_of
from baodao.demo.people import People
from baodao.demo.staff import Staff
from baodao.demo.town import Town
from baodao.domain.audit.services import service
from baodao.domain.posts import patterns
from baodao.domain.posts import services as posts
from baodao.domain.posts.catalogue import CATALOGUE, template, times
from baodao.domain.posts.rows import NewCommitment, NewPost

INSURANCE = "镇里统一投保的志愿者意外险"
# template → wished times and numbers of people (least, wished, most); empty: as the catalogue proposes
_OFFERED: tuple[tuple[str, list[dict[str, str]], tuple[int, int, int] | None], ...] = (
    ("night_patrol", times(("1", "20:30", "22:30"), ("3", "20:30", "22:30"), ("5", "20:30", "22:30")), (2, 2, 4)),
    ("school_crossing", times(("0", "18:30", "19:15"), ("4", "18:30", "19:15")), None),
    ("courtyard_cleaning", times(("5", "11:00", "12:30")), (2, 4, 8)),
    ("reading_corner", times(("6", "11:00", "14:00")), None),
    ("small_repairs", times(("5", "16:00", "17:00")), None),
    ("hair_and_care", times(("6", "16:00", "18:00")), None),
    ("phone_greetings", times(("2", "20:00", "20:30"), ("6", "20:00", "20:30")), (1, 1, 2)),
    ("policy_desk", times(("5", "11:00", "13:00")), (1, 1, 2)),
    ("safety_talks", times(("5", "20:00", "21:00")), (1, 2, 4)),
    ("language_class", times(("3", "20:00", "21:30")), (1, 1, 2)),
    ("homework_help", times(("5", "16:00", "18:00")), None),
    ("job_advice", times(("6", "16:00", "18:00")), (1, 1, 2)),
)
_SPECIAL = ("legal_advice", "free_clinic", "culture_lead", "remote_papers", "support_line", "culture_lead")
GOALS = {one.name: one.goal for one in CATALOGUE}
_WHERE = ("小区中心花园", "社区服务大厅", "东门岗亭", "社区活动室", "校门口", "")


@dataclass(slots=True)
class Offered:
    """What the history is made from: the posts, and whose commitments stand."""

    posts: list[Any] = field(default_factory=list)
    commitments: list[Any] = field(default_factory=list)


@service
def offer(rng: random.Random, town: Town, people: People, staff: Staff, since: date) -> Offered:
    """Make and open all posts from ``since`` on, pair units, fix times, show the first commitments; one transaction."""
    found = Offered()
    at_home = _by_community(people)
    eve = since - timedelta(days=15)
    for index, community in enumerate(town.communities):
        with clock.freeze(datetime.combine(eve, time(11, 10 + index))):
            made = _make(rng, index, community, at_home[community.path], people, staff, since)
        found.posts += made
        with clock.freeze(datetime.combine(eve, time(17, 5 + index))):
            _pair(rng, town, community, index, staff)
            _fix(rng, community, made, at_home[community.path], staff)
            found.commitments += commit(rng, community, made, at_home[community.path], staff)
    return found


def _by_community(people: People) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in people.members:
        found.setdefault(one.enrolled_in, []).append(one)
    return found


def _make(
    rng: random.Random, index: int, community: Any, members: list[Any], people: People, staff: Staff, since: date
) -> list[Any]:
    clerk = staff.clerks[community.path]
    wanted = [*_OFFERED, (_SPECIAL[index % len(_SPECIAL)], [], None)]
    rows = []
    for code, pattern, numbers in wanted:
        one = template(code)
        if one is None:
            raise LookupError(f"the catalogue has no {code}")
        values = one.values()
        if pattern:
            values["pattern"] = pattern
        if numbers:
            values["min_people"], values["desired_people"], values["max_people"] = numbers
        leader = people.leader if index == 0 and code in ("night_patrol", "courtyard_cleaning") else _leader(rng, values, members)
        risky = values["hazard"] in ("medium", "high")
        rows.append(
            NewPost(
                **values, place=f"{community.short_name}{rng.choice(_WHERE)}", leader=leader,
                insurance=INSURANCE if risky else "", supervisor_account=_supervisor(staff, index, values, clerk).account_id, since=since,
            )
        )  # fmt: skip
    made = posts.make_posts_many(actor=clerk, community=community, rows=rows)
    posts.open_posts_many(actor=clerk, posts=made)
    return made


def _supervisor(staff: Staff, index: int, values: dict[str, Any], clerk: Any) -> Any:
    """Who confirms: the clerk; patrols of the first community the grid worker who meets them on the way."""
    return staff.grid if index == 0 and values["kind"] == "patrol" else clerk


def _fits(member: Any, values: dict[str, Any]) -> bool:
    """Has the speciality (if any) and the time of the first row of the pattern."""
    skill = values["skill"] or values["role_skill"]
    start, end = patterns.at(_day(values["pattern"][0]["day"]), values["pattern"][0])
    return (not skill or skill in member.offered) and slot_of(start, end) in member.slots


def _day(word: str) -> date:
    """A plain day of that weekday (the first week of November 2026 has no holiday)."""
    return date(2026, 11, 2 + int(word))


def _leader(rng: random.Random, values: dict[str, Any], members: list[Any]) -> Any:
    fitting = [one for one in members if _fits(one, values)]
    return rng.choice(fitting or members)


def _pair(rng: random.Random, town: Town, community: Any, index: int, staff: Staff) -> None:
    """Three units each: the first of the list (the liaison's) with 幸福社区."""
    units = town.units[index : 36 : len(town.communities)]
    posts.pair_many(actor=staff.clerks[community.path], rows=[(unit, community) for unit in units])


def _fix(rng: random.Random, community: Any, made: list[Any], members: list[Any], staff: Staff) -> None:
    """Two members hold the patrol and keep the same evening of it, as they said by telephone."""
    clerk, patrol = staff.clerks[community.path], made[0]
    row = patrol.pattern[0]
    willing = [one for one in members if one.pk not in staff.members and one.takes_offers and one.max_per_month >= 4 and (not one.wishes or
        patrol.kind in one.wishes) and _fits(one, {"skill": "", "role_skill": "", "pattern": [row]})]  # fmt: skip
    for member in rng.sample(willing, min(2, len(willing))):
        posts.claim(actor=clerk, post=patrol, member=member, asked_how="phone", asked_at=clock.now())
        fixed = posts.offer_fixing(
            actor=clerk, member=member, post=patrol, weekday=int(row["day"]), start=time.fromisoformat(row["start"])
        )
        posts.accept_fixing(actor=clerk, fixing=fixed, asked_how="phone", asked_at=clock.now())


def commit(rng: random.Random, community: Any, made: list[Any], members: list[Any], staff: Staff) -> list[Any]:
    """Leaders and some others promise goal, time and quality; the secretary reviews what the clerk wrote down."""
    clerk, secretary = staff.clerks[community.path], staff.secretaries[community.path]
    rows, seen = [], set()
    for post in made:
        for member in [post.leader, *rng.sample(members, 1)]:
            if (post.pk, member.pk) in seen or member.pk in staff.members:
                continue
            seen.add((post.pk, member.pk))
            how = rng.choice(("in_person", "phone", "paper", "chain"))
            rows.append(
                NewCommitment(post, member, GOALS[post.name], patterns.words(post.pattern)[:60] or "按排班", post.quality,
                              asked_how=how, asked_at=clock.now())
            )  # fmt: skip
    drafts = posts.draft_commitments_many(actor=clerk, rows=rows)
    posts.submit_commitments_many(actor=clerk, commitments=drafts)
    return posts.approve_commitments_many(actor=secretary, commitments=drafts)

