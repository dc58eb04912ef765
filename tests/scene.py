"""A community at work, for the tests of posts and service: an open post, shifts around the frozen noon of 24 Nov 2026."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from baodao.base.days import clock
from baodao.domain.posts import services as posts
from baodao.domain.posts.rows import NewPost
from baodao.domain.service import services
from baodao.domain.service.rows import NewShift
from tests.cast import PROGRAM, Cast, member

AT = datetime(2026, 11, 28, 20, 30, tzinfo=clock.ZONE)  # a Saturday evening


def post(cast: Cast, name: str = "夜间平安巡逻", *, opened: bool = True, community: Any = None, **more: Any) -> Any:
    """A post of 幸福社区 that 陈党员 leads."""
    values = {"kind": "volunteer", "quality": "每次填记录", "leader": cast.chen, "min_people": 1, "desired_people": 2,
              "max_people": 3, "pattern": [{"day": "5", "start": "20:30", "end": "22:00"}]} | more  # fmt: skip
    made = posts.make_post(actor=PROGRAM, community=community or cast.xingfu, row=NewPost(name=name, **values))
    return posts.open_post(actor=PROGRAM, post=made) if opened else made


def shift(of: Any, at: datetime = AT, minutes: int = 90, *, opened: bool = True, **more: Any) -> Any:
    """A shift of a post."""
    row = NewShift(post=of, start_at=at, end_at=at + timedelta(minutes=minutes), **more)
    made = services.make_shift(actor=PROGRAM, row=row)
    if opened:
        services.open_shifts_many(actor=PROGRAM, shifts=[made])
    return made


def people(cast: Cast, count: int, **more: Any) -> list[Any]:
    """So many members of 幸福社区 working at 县水利局."""
    return [member(f"党员{number:02d}", cast.xingfu, cast.unit, **more) for number in range(count)]


def ended(of: Any, *, ago: timedelta = timedelta(hours=1), minutes: int = 90, **more: Any) -> Any:
    """An open shift that ended a while ago."""
    return shift(of, clock.now() - ago - timedelta(minutes=minutes), minutes, **more)
