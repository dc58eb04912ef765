"""What is open to a member: a week of the town's shifts with the first rule that fails, or why it fits; his own week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.days.service_days import SLOTS, weekday_label
from baodao.base.verdict import Absent
from baodao.domain.members import selectors as members
from baodao.domain.members.skills import label as skill_label
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts.eligibility import OWN_WORD, Candidate, ReasonCode, Slot, against, sentence
from baodao.domain.service.models import Booking, Shift
from baodao.domain.service.selectors.candidates import candidate_of, slot_of
from baodao.domain.service.states import BookingState, ShiftState

_OWN = (
    "pk", "code", "date", "start_at", "end_at", "place", "min_people", "desired_people", "max_people", "taken",
    "role_skill", "role_count", "role_taken", "community_path",
)  # fmt: skip
_POST = (
    "code", "name", "kind", "skill", "certificate", "language", "remote", "community__name", "community__short_name",
)  # fmt: skip
_BATCH = ("code", "split", "days")


class PostLine(NamedTuple):
    """What the page and the rules ask of a shift's post."""

    code: str
    name: str
    kind: str
    skill: str
    certificate: str
    language: str
    remote: bool
    community_name: str
    community_short: str


class BatchLine(NamedTuple):
    """What the rules ask of a shift's batch."""

    code: str
    split: bool
    days: list[str]


class ShiftLine(NamedTuple):
    """A shift of a long list, read without building rows of three tables for each; ``get_for`` gives the shift itself."""

    pk: int
    code: str
    date: date
    start_at: datetime
    end_at: datetime
    place: str
    min_people: int
    desired_people: int
    max_people: int
    taken: int
    role_skill: str
    role_count: int
    role_taken: int
    community_path: str
    post: PostLine
    batch: BatchLine | None


@dataclass(slots=True)
class Opening:
    """A shift as the member sees it: what, where, when, how many are still wanted; why it fits or what speaks against."""

    shift: Shift | ShiftLine
    community: str
    mine: str = ""
    code: ReasonCode | None = None
    reasons: list[str] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        """Does no rule fail."""
        return self.code is None

    @property
    def can_take(self) -> bool:
        """May the member take it: nothing fails, or only his own word (time, kind, how often) does."""
        return not self.mine and (self.code is None or self.code in OWN_WORD)

    @property
    def why_not(self) -> str:
        """What speaks against it, in a sentence; empty when it fits."""
        return sentence(self.code, to_member=True) if self.code else ""

    @property
    def missing(self) -> int:
        """How many are still wanted (at least one while there is room)."""
        room = self.shift.max_people - self.shift.taken
        return min(room, max(self.shift.desired_people - self.shift.taken, 1)) if room > 0 else 0


def _subject(who: Actor | Any) -> Any:
    member = members.myself(who) if isinstance(who, Actor) else who
    prefetch_related_objects([member], *members.loads())
    return member


def open_to_member(who: Actor | Any, first: date, last: date, *, every: bool = False) -> list[Opening]:
    """The town's open shifts between two days for a member (or the actor who is one), in order of time.

    Without ``every`` only those that fit and have room, and the member's own; with it all, each with the
    rule that speaks against it. At most 12 queries.
    """
    member = _subject(who)
    town = paths.town_of(members.community_of(member).path)
    rows = Shift.objects.filter(
        town=town, state=ShiftState.OPEN, date__gte=first, date__lte=last, start_at__gt=clock.now()
    )
    shifts = _lines(rows.order_by("start_at", "community_path", "pk"))
    held = list(
        Booking.objects.filter(member=member, date__gte=Month.of(first).first, date__lte=Month.of(last).last)
        .exclude(state=BookingState.FREED)
        .values_list("shift_id", "state", "date")
    )
    candidate = candidate_of(
        member,
        first,
        last,
        town=town,
        taken=[day for _shift, state, day in held if state == BookingState.TAKEN],
        languages=any(shift.post.language for shift in shifts),
    )
    mine = {shift: state for shift, state, _day in held}
    return list(_openings(shifts, candidate, mine, every=every))


def _lines(rows: QuerySet[Shift]) -> list[ShiftLine]:
    columns = (*_OWN, *(f"post__{name}" for name in _POST), *(f"batch__{name}" for name in _BATCH))
    own, post = len(_OWN), len(_OWN) + len(_POST)
    return [
        ShiftLine(*row[:own], PostLine(*row[own:post]), BatchLine(*row[post:]) if row[post] is not None else None)
        for row in rows.values_list(*columns)
    ]


def _openings(
    rows: Iterable[ShiftLine], candidate: Candidate, mine: dict[int, str], *, every: bool
) -> Iterable[Opening]:
    for shift in rows:
        slot = slot_of(shift)
        own = mine.get(shift.pk, "")
        code = None if own else against(candidate, slot)
        if own or every or code is None:
            found = Opening(shift, shift.post.community_short or shift.post.community_name, own, code)
            if code is None:
                found.reasons = why(candidate, slot)
            yield found


def opening_for(who: Actor | Any, shift: Shift) -> Opening:
    """One shift as the member sees it, with every reason."""
    member = _subject(who)
    town = paths.town_of(members.community_of(member).path)
    if shift.town != town:
        raise Absent
    candidate, slot = candidate_of(member, shift.date, shift.date, town=town), slot_of(shift)
    own = Booking.objects.filter(member=member, shift=shift).exclude(state=BookingState.FREED).first()
    name = orgs.by_path(shift.community_path).name
    code = None if own else against(candidate, slot)
    return Opening(shift, name, own.state if own else "", code, why(candidate, slot) if code is None else [])


def why(who: Candidate, where: Slot) -> list[str]:
    """What speaks for it, in the member's own facts; no language is named (red line 4)."""
    found = []
    if where.slot in who.slots:
        found.append(_("你说%(slot)s有空") % {"slot": SLOTS[where.slot]})
    if where.skill in who.skills:
        found.append(_("你会%(skill)s") % {"skill": skill_label(where.skill)})
    elif where.role_skill and where.role_skill in who.skills:
        found.append(_("你会%(skill)s") % {"skill": skill_label(where.role_skill)})
    if where.kind in who.wishes:
        found.append(_("是你选的服务意向"))
    if where.community == who.community:
        found.append(_("就在你报到的社区"))
    elif where.community in who.paired:
        found.append(_("是你单位结对的社区"))
    elif who.far_ok:
        found.append(_("你说过愿意去邻近社区"))
    return found


@dataclass(slots=True)
class Day:
    """A day of the member's week with what the member has on it."""

    date: date
    label: str
    bookings: list[Booking]


def my_week(member: Any, first: date, last: date) -> list[Day]:
    """The member's places between two days, by day, held ones (waiting for an answer) and accepted ones."""
    rows = (
        Booking.objects.filter(member=member, date__gte=first, date__lte=last)
        .exclude(state=BookingState.FREED)
        .exclude(shift__state=ShiftState.CANCELLED)
        .select_related("shift", "shift__post", "shift__post__leader", "shift__leader", "shift__batch")
        .order_by("shift__start_at", "pk")
    )
    found: dict[date, Day] = {}
    for booking in rows:
        day = booking.shift.date
        found.setdefault(day, Day(day, weekday_label(day), [])).bookings.append(booking)
    return list(found.values())


def next_of(member: Any, now: datetime | None = None) -> Booking | None:
    """The member's next accepted place that is not over."""
    rows = Booking.objects.filter(
        member=member, state=BookingState.TAKEN, shift__state=ShiftState.OPEN, shift__end_at__gt=now or clock.now()
    )
    return rows.select_related("shift", "shift__post", "shift__leader", "shift__post__leader").order_by(
        "shift__start_at"
    ).first()
