"""Making shifts: single ones, a month from the posts' patterns on the holiday calendar, a batch on chosen days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.text.controls import strip_controls
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, service
from baodao.domain.calendar import selectors as calendar
from baodao.domain.columns import under
from baodao.domain.orgs import services as orgs
from baodao.domain.posts import patterns
from baodao.domain.posts import selectors as posts
from baodao.domain.posts.states import PostState
from baodao.domain.service import rules
from baodao.domain.service.models import Batch, Shift
from baodao.domain.service.rows import NewShift

MAX_SHIFT = timedelta(hours=12)


def _shift(row: NewShift) -> Shift:
    post = row.post
    if row.end_at <= row.start_at or row.end_at - row.start_at > MAX_SHIFT:
        raise Refused(_("一个班最长 12 小时，结束要晚于开始。"), code="time")
    day = row.start_at.astimezone(clock.ZONE).date()
    low = row.min_people if row.min_people is not None else post.min_people
    wished = row.desired_people if row.desired_people is not None else post.desired_people
    high = row.max_people if row.max_people is not None else post.max_people
    if not 1 <= low <= wished <= high:
        raise Refused(_("人数按“最少 ≤ 希望 ≤ 最多”填。"), code="people")
    if post.two_person and low < 2:
        raise Refused(_("两人同行的岗位，最少要 2 人。"), code="people")
    made = Shift(
        post=post,
        need=row.need,
        batch=row.batch,
        town=post.town,
        community_path=post.community_path,
        month=str(Month.of(day)),
        date=day,
        start_at=row.start_at,
        end_at=row.end_at,
        place=post.place if row.place is None else strip_controls(row.place).strip(),
        tier=row.tier or post.tier,
        min_people=low,
        desired_people=wished,
        max_people=high,
        role_skill=post.role_skill,
        role_count=min(post.role_count, high),
        leader=row.leader,
    )
    made.stamp()
    return made


@service
def make_shifts_many(*, actor: Actor, rows: Iterable[NewShift], pass_over_existing: bool = False) -> list[Shift]:
    """Planned shifts of open posts, in one insert.

    Refused when a post is not open, the numbers do not fit, or the post has a shift at that moment already (such rows
    are passed over with ``pass_over_existing``).
    """
    wanted = list(rows)
    for path in sorted({row.post.community_path for row in wanted}):
        orgs.hold(path)  # what is there already is read after whoever makes the same shifts just now
    for post in {row.post.pk: row.post for row in wanted}.values():
        must(rules.may_keep(actor, post.community_path))
        if post.state != PostState.OPEN:
            raise Refused(_("“%(post)s”还没有开放，先开放岗位。") % {"post": post.name}, code="post")
        must(rules.why_not_needs(post, [row.need for row in wanted if row.need is not None and row.post.pk == post.pk]))
    known = _known(wanted)
    made = []
    for row in wanted:
        key = (row.post.pk, row.start_at)
        if row.need is None and key in known:
            if pass_over_existing:
                continue
            raise Refused(_("“%(post)s”这个时间已经有一个班。") % {"post": row.post.name}, code="duplicate")
        known.add(key)
        made.append(_shift(row))
    Shift.objects.bulk_create(made, batch_size=500)
    for (community, month), count in sorted(Counter((one.community_path, one.month) for one in made).items()):
        data = {"community": community, "month": month, "count": count}
        code = made[0].code if len(made) == 1 else month
        record("shifts.made", actor=actor, kind="shift", code=code, town=paths.town_of(community), data=data)
    return made


def _known(rows: Sequence[NewShift]) -> set[tuple[int, datetime]]:
    if not rows:
        return set()
    moments = [row.start_at for row in rows]
    found = Shift.objects.filter(
        post_id__in={row.post.pk for row in rows}, start_at__gte=min(moments), start_at__lte=max(moments), need=None
    )
    return set(found.values_list("post_id", "start_at"))


@service
def make_shift(*, actor: Actor, row: NewShift) -> Shift:
    """One planned shift."""
    return make_shifts_many(actor=actor, rows=[row])[0]


@service
def make_month(*, actor: Actor, community: Any, month: str) -> list[Shift]:
    """The month's shifts of every open post of a community, from its pattern on the holiday calendar.

    Weekday times leave out holidays, weekend times leave out make-up workdays; what is there already stays as it is, so
    that making a month twice changes nothing.
    """
    must(rules.may_keep(actor, community.path))
    value = Month.parse(month)
    rows: list[NewShift] = []
    open_posts = posts.visible(actor).filter(under("community_path", community.path), state=PostState.OPEN)
    for post in open_posts:
        rows += _occurring(post, value, community.path)
    return make_shifts_many(actor=actor, rows=rows, pass_over_existing=True)


def _occurring(post: Any, month: Month, path: str) -> Iterator[NewShift]:
    days = [day for day in month.days() if day >= post.since and (post.until is None or day <= post.until)]
    for _day, start, end in patterns.occurrences(post.pattern, days, lambda day: calendar.kind_of(day, path)):
        yield NewShift(post=post, start_at=start, end_at=end)


@dataclass(slots=True)
class BatchTimes:
    """When the posts of a batch are held on its days."""

    start: time
    end: time

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Start and end on a day; an end that is not later is on the next day."""
        begins = datetime.combine(day, self.start, tzinfo=clock.ZONE)
        return begins, begins + timedelta(minutes=patterns.minutes(self.start, self.end))


@service
def make_batch(
    *,
    actor: Actor,
    community: Any,
    month: str,
    name: str,
    days: Sequence[date],
    posts: Sequence[Any],
    times: BatchTimes | None = None,
    tier: str = "",
    split: bool = True,
) -> Batch:
    """批次: a named set of shifts of some posts on chosen days of a month.

    The times are the given ones, or those of each post's pattern's first row. With ``split`` a big turn-out is dealt
    out over the days, so that nobody is asked for every one (``posts.eligibility.has_turn``).
    """
    must(rules.may_keep(actor, community.path))
    value, wanted, said = Month.parse(month), sorted(set(days)), strip_controls(name).strip()[:40]
    if not said:
        raise Refused(_("给这批起个名字，比如“元旦前清扫”。"), code="name")
    if not wanted or not posts:
        raise Refused(_("选好日子和岗位。"), code="days")
    if any(not value.contains(day) for day in wanted):
        raise Refused(_("日子都要在%(month)s里。") % {"month": value.label}, code="days")
    made = Batch(
        town=paths.town_of(community.path),
        community_path=community.path,
        month=str(value),
        name=said,
        days=[day.isoformat() for day in wanted],
        split=split and len(wanted) > 1,
    )
    made.save()
    rows = []
    for post in posts:
        for day in wanted:
            start, end = (times or _first_times(post)).on(day)
            rows.append(NewShift(post=post, start_at=start, end_at=end, batch=made, tier=tier or None))
    fresh = make_shifts_many(actor=actor, rows=rows, pass_over_existing=True)
    joined = _join_existing(made, rows, fresh)
    data = {"month": made.month, "days": len(wanted), "shifts": len(fresh) + joined}
    record("batch.made", actor=actor, subject=made, town=made.town, data=data)
    return made


def _first_times(post: Any) -> BatchTimes:
    if not post.pattern:
        raise Refused(_("“%(post)s”没有固定时间，写上这批的时间。") % {"post": post.name}, code="times")
    row = post.pattern[0]
    return BatchTimes(time.fromisoformat(row["start"]), time.fromisoformat(row["end"]))


def _join_existing(batch: Batch, rows: list[NewShift], fresh: list[Shift]) -> int:
    """Shifts that were already there at these times join the batch instead of being doubled."""
    made = {(one.post_id, one.start_at) for one in fresh}
    keys = {(row.post.pk, row.start_at) for row in rows} - made
    there = Shift.objects.filter(post_id__in={post for post, _at in keys}, start_at__in={at for _post, at in keys})
    wanted = [one.pk for one in there if (one.post_id, one.start_at) in keys]
    return Shift.objects.filter(pk__in=wanted).update(batch=batch)
