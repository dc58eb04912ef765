"""A served month for tests of months, points, papers and the town face: posts, shifts, places, records, needs.

October 2026 in 幸福社区 and 健康社区: eight members of U001 and one of U002 beside the cast, two community members. Rows are
made directly, so that a test of counting does not depend on the services it does not test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from baodao.base.days import clock
from baodao.domain.members.models import Member
from baodao.domain.needs.models import Need, NeedRating
from baodao.domain.posts.models import Commitment, Post
from baodao.domain.service.models import Booking, ServiceRecord, Shift
from tests.cast import SINCE, Cast, member

MONTH = "2026-10"


@dataclass
class Served:
    """What the month holds."""

    cast: Cast
    members: list[Member]
    community_members: list[Member]
    posts: list[Post]
    shifts: list[Shift] = field(default_factory=list)
    records: list[ServiceRecord] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of official time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.ZONE)


def post(cast: Cast, community: object, name: str, kind: str = "patrol", **more: object) -> Post:
    """An open post."""
    return Post.objects.create(
        town=cast.town.path, community=community, community_path=community.path, name=name, kind=kind, state="open", since=SINCE,
        **{"min_people": 1, "desired_people": 2, "max_people": 3, "place": "东门", "minutes": 90, **more},
    )  # fmt: skip


def shift(of: Post, day: date, *, state: str = "done", taken: int = 0, hour: int = 20) -> Shift:
    """One time of a post."""
    return Shift.objects.create(
        post=of, town=of.town, community_path=of.community_path, month=f"{day:%Y-%m}", date=day, start_at=at(day, hour),
        end_at=at(day, hour) + timedelta(minutes=of.minutes), min_people=of.min_people, desired_people=of.desired_people,
        max_people=of.max_people, taken=taken, state=state,
    )  # fmt: skip


def record(of: Shift, who: Member, *, minutes: int = 90, state: str = "confirmed", attendance: str = "present") -> ServiceRecord:
    """A place taken, kept and recorded."""
    works_at = who.employments.first()
    unit = works_at.unit.path if works_at else ""
    booking = Booking.objects.create(
        shift=of, member=who, state="taken", source="offer", unit_path=unit, community_path=of.community_path, date=of.date,
        attendance=attendance,
    )  # fmt: skip
    return ServiceRecord.objects.create(
        booking=booking, member=who, shift=of, town=of.town, community_path=of.community_path, unit_path=unit,
        member_kind=who.kind, month=of.month, date=of.date, minutes=minutes, evidence="roll_call", state=state,
        confirmed_at=at(of.date, 23) if state != "pending" else None,
    )  # fmt: skip


def need(cast: Cast, number: str, day: date, *, state: str = "registered", **more: object) -> Need:
    """A need of 幸福社区, due two days later unless said otherwise."""
    community = more.pop("community", cast.xingfu)
    values = {"category": "home", "text": "楼道灯不亮", "due_at": at(day, 18) + timedelta(days=2), "tier": "important", **more}
    if state in ("closed", "refused"):
        values = {"outcome": "换了灯泡", "told": "phone", "closed_at": at(day, 17) + timedelta(days=1), **values}
    return Need.objects.create(
        number=number, town=cast.town.path, community=community, community_path=community.path, source="phone",
        state=state, registered_at=at(day, 11), **values,
    )  # fmt: skip


def commitment(of: Post, who: Member, **more: object) -> Commitment:
    """A promise on the board."""
    values = {"goal": "巡逻中发现路灯不亮，当晚报修", "when": "每周六 20:30–22:00", "quality": "次日社区回复结果", "state": "shown",
              "shown_since": date(2026, 10, 1), **more}  # fmt: skip
    return Commitment.objects.create(post=of, member=who, community_path=of.community_path, **values)


def build(cast: Cast) -> Served:
    """Six shifts in October (five rolled, one not), ten confirmed records, one pending; four needs."""
    eight = [member(f"党员{number}", cast.xingfu, cast.unit) for number in "一二三四五六七八"]
    alone = member("独一", cast.jiankang, cast.unit2)
    residents = [member("社区甲", cast.xingfu), member("社区乙", cast.jiankang)]
    watch, tutor = post(cast, cast.xingfu, "治安巡逻"), post(cast, cast.jiankang, "作业辅导", "bilingual")
    found = Served(cast, [*eight, alone], residents, [watch, tutor])
    days = [date(2026, 10, day) for day in (10, 17, 18, 24, 25, 31)]
    found.shifts = [shift(tutor if index == 4 else watch, day, taken=2) for index, day in enumerate(days)]
    found.shifts[5].state = "open"
    found.shifts[5].save()
    pairs = [(0, 0), (0, 1), (1, 2), (1, 3), (2, 4), (2, 5), (3, 0), (3, 6), (4, 8)]
    found.records = [record(found.shifts[s], found.members[m], minutes=60 + 15 * m) for s, m in pairs]
    found.records.append(record(found.shifts[4], residents[1], minutes=120))
    found.records.append(record(found.shifts[3], residents[0], state="pending"))
    found.needs = [
        need(cast, "10000001", date(2026, 10, 6), state="closed"),
        need(cast, "10000002", date(2026, 10, 7), state="closed", closed_at=at(date(2026, 10, 20), 12)),
        need(cast, "10000003", date(2026, 10, 8), state="registered", category="facility"),
        need(cast, "10000004", date(2026, 10, 9), state="spam"),
    ]
    NeedRating.objects.create(need=found.needs[0], grade="good", at=at(date(2026, 10, 8), 9))
    return found
