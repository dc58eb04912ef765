"""A small town to plan: people with times, wishes and skills; posts and shifts of a coming month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from baodao.base.days.clock import ZONE
from baodao.domain.members.models import Employment, Enrolment, Member, SkillOffered
from baodao.domain.posts.models import Post
from baodao.domain.service.models import Shift
from tests.cast import SINCE, Cast

MONTH = "2026-12"
SATURDAY, SUNDAY = date(2026, 12, 5), date(2026, 12, 6)


@dataclass
class SmallTown:
    """The cast and what was added to it."""

    cast: Cast
    people: dict[str, Member] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The cast's own members rest, so that a test counts only the people it made."""
        Member.objects.filter(pk__in=[self.cast.chen.pk, self.cast.zhou.pk]).update(state="paused")

    def person(self, name: str, *, community: str = "xingfu", unit: str | None = "unit", skills: tuple[str, ...] = (),
               slots: tuple[str, ...] = ("saturday_evening", "sunday_afternoon"), **more: object) -> Member:  # fmt: skip
        """A member of a community (in-service of a unit unless none is named)."""
        org = getattr(self.cast, community)
        works_at = getattr(self.cast, unit) if unit else None
        made = Member.objects.create(
            county=self.cast.county.path, kind="in_service" if works_at else "community", name=name, sort_surname=name,
            slots=list(slots), **more,
        )
        Enrolment.objects.create(member=made, community=org, community_path=org.path, since=SINCE)
        if works_at:
            Employment.objects.create(member=made, unit=works_at, since=SINCE)
        for skill in skills:
            SkillOffered.objects.create(member=made, skill=skill)
        self.people[name] = made
        return made

    def post(self, name: str, *, community: str = "xingfu", kind: str = "patrol", **more: object) -> Post:
        """An open post."""
        org = getattr(self.cast, community)
        values = {"min_people": 1, "desired_people": 2, "max_people": 3, "state": "open", "since": SINCE, **more}
        made = Post.objects.create(
            town=self.cast.town.path, community=org, community_path=org.path, kind=kind, name=name, **values
        )
        self.posts[name] = made
        return made

    def shift(self, post: Post, day: date, start: str = "20:30", end: str = "22:00", *, key: str = "", **more: object) -> Shift:
        """A shift of a post that is not open yet."""
        begins = datetime.combine(day, time.fromisoformat(start), tzinfo=ZONE)
        ends = datetime.combine(day, time.fromisoformat(end), tzinfo=ZONE)
        values = {
            "tier": post.tier, "min_people": post.min_people, "desired_people": post.desired_people,
            "max_people": post.max_people, "role_skill": post.role_skill, "role_count": post.role_count, **more,
        }  # fmt: skip
        made = Shift.objects.create(
            post=post, town=post.town, community_path=post.community_path, month=f"{day:%Y-%m}", date=day,
            start_at=begins, end_at=ends if ends > begins else ends + timedelta(days=1), **values,
        )
        self.shifts[key or f"{post.name} {day:%m-%d}"] = made
        return made


def full_month(cast: Cast, *, people: int = 40) -> SmallTown:
    """Four weekends of three posts in each of two communities, and enough people with mixed words about themselves."""
    town = SmallTown(cast)
    slots = [
        ("saturday_evening",),
        ("saturday_evening", "sunday_afternoon"),
        ("sunday_afternoon", "workday_evening"),
        (),
        ("saturday_morning", "saturday_evening", "sunday_afternoon"),
    ]
    for number in range(people):
        community = "xingfu" if number % 2 == 0 else "jiankang"
        town.person(
            f"党员{number:03d}", community=community, unit=("unit", "unit2", None)[number % 3], slots=slots[number % 5],
            skills=(("electric",) if number % 4 == 0 else ()) + (("tutoring",) if number % 7 == 0 else ()),
            wishes=["patrol", "home_service"] if number % 3 == 0 else [], max_per_month=1 + number % 3,
            target_per_year=6 if number % 2 else 0, takes_offers=number % 11 != 10, far_ok=number % 13 == 0,
        )  # fmt: skip
    for community in ("xingfu", "jiankang"):
        patrol = town.post(f"巡逻{community}", community=community, min_people=2, desired_people=3, max_people=4,
                           two_person=True, tier="important")  # fmt: skip
        mend = town.post(f"水电{community}", community=community, kind="home_service", skill="electric", desired_people=1,
                         max_people=1, tier="urgent")  # fmt: skip
        tutor = town.post(f"辅导{community}", community=community, kind="culture", role_skill="tutoring", role_count=1,
                          max_people=2)  # fmt: skip
        for week in range(4):
            town.shift(patrol, SATURDAY + timedelta(weeks=week))
            town.shift(mend, SUNDAY + timedelta(weeks=week), "16:00", "18:00")
            town.shift(tutor, SUNDAY + timedelta(weeks=week), "17:00", "18:30")
    return town
