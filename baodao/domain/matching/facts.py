"""What a plan is made of, read from stored data in a constant number of queries: shifts, people, what is already held.

``load`` looks at a town or at some of its communities; whatever is decided elsewhere (accepted and offered places, lines
of plans that are not planned again) counts as held. Nothing here remembers an earlier plan's reasons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching import people
from baodao.domain.matching.fit import Person, Place, rest_day
from baodao.domain.matching.models import Offer, Plan, PlanLine
from baodao.domain.matching.rules import BEFORE_SHIFT
from baodao.domain.matching.states import WORKING, OfferState
from baodao.domain.posts import selectors as posts
from baodao.domain.posts.eligibility import Candidate, Slot
from baodao.domain.posts.states import ClaimState
from baodao.domain.service import selectors as service
from baodao.domain.service.states import BookingState, RecordState, ShiftState

READER = program("matching")
LATELY = timedelta(days=180)
#: Who gave an accepted place back: the member, the desk for them, the unit's duty.
GIVEN_BACK = ("member", "desk", "duty")
HELD = (BookingState.HELD, BookingState.TAKEN)
PLANNABLE = (ShiftState.PLANNED, ShiftState.OPEN)


@dataclass(slots=True)
class Facts:
    """One reading of a month: ``places`` and ``people`` by primary key, and what stands between some pairs."""

    town: str
    month: str
    communities: tuple[str, ...]
    places: dict[int, Place] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    holders: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    answered: set[tuple[int, int]] = field(default_factory=set)
    out: set[tuple[int, int]] = field(default_factory=set)
    gave_back: set[tuple[int, int]] = field(default_factory=set)
    holidays: tuple[date, ...] = ()

    def reach(self, community: str) -> list[Person]:
        """Who may serve in a community at all: its own, paired units', those who agreed to go further."""
        return [p for p in self.people.values() if near(p.who, community)]

    def with_lines(self, lines: Iterable[tuple[int, int]], *, apart_from: int = 0) -> Facts:
        """The same month with (member, shift) lines counted as held, except those of one shift."""
        days: dict[int, set[date]] = defaultdict(set)
        seats: Counter[int] = Counter()
        for member, shift in lines:
            place = self.places.get(shift)
            if place is None or shift == apart_from:
                continue
            days[member].add(place.where.day)
            seats[shift] += 1
        busy = dict(self.people)
        for member, more in days.items():
            if member in busy:
                busy[member] = replace(busy[member], who=holding(busy[member].who, self.month, more))
        places = dict(self.places)
        for shift, count in seats.items():
            where = places[shift].where
            places[shift] = replace(places[shift], where=replace(where, taken=where.taken + count))
        return replace(self, people=busy, places=places)


def near(who: Candidate, community: str) -> bool:
    """May this member serve in the community."""
    return who.community == community or who.far_ok or community in who.paired


def holding(who: Candidate, month: str, days: Iterable[date]) -> Candidate:
    """The same member with further days held."""
    more = frozenset(days) - who.taken_days
    if not more:
        return who
    in_month = {**who.taken_in_month, month: who.taken_in_month.get(month, 0) + len(more)}
    return replace(who, taken_days=who.taken_days | more, taken_in_month=in_month)


def load(town: str, month: str, communities: Iterable[str] = (), *, whole_month: bool = False) -> Facts:
    """Read the month of a town, or of some communities of it; ``whole_month`` also takes shifts too near to offer."""
    wanted = tuple(communities)
    found = Facts(town, month, wanted)
    rows = to_plan(town, month, whole_month=whole_month)
    days = set(rows.order_by().values_list("date", flat=True).distinct())
    found.holidays = tuple(sorted(day for day in days if calendar.kind_of(day, town) == "holiday"))
    shifts = list((rows.filter(community_path__in=wanted) if wanted else rows).order_by("start_at", "pk"))
    for shift, where in zip(shifts, service.slots_of(shifts).values(), strict=True):
        found.places[shift.pk] = place_of(shift, where, holiday=shift.date in found.holidays)
    read_people(found, wanted)
    _answers(found)
    return found


def to_plan(town: str, month: str, *, whole_month: bool = False) -> QuerySet[Any]:
    """The month's shifts that a plan may still fill; ``whole_month`` also takes those too near to offer."""
    rows = service.month_of(town, month).filter(state__in=PLANNABLE)
    return rows if whole_month else rows.filter(start_at__gt=clock.now() + BEFORE_SHIFT)


def place_of(shift: Any, where: Slot, *, holiday: bool) -> Place:
    """A shift as the plan sees it, with the slot it is to be looked at."""
    return Place(
        pk=shift.pk,
        code=shift.code,
        post=shift.post_id,
        post_name=shift.post.name,
        where=where,
        start=shift.start_at,
        end=shift.end_at,
        tier=shift.tier,
        desired=shift.desired_people,
        holiday=holiday,
        two_person=shift.post.two_person,
    )


def read_people(found: Facts, wanted: tuple[str, ...]) -> None:
    """Put the people into the facts, those who may serve in ``wanted`` (all when none is named)."""
    elsewhere = _elsewhere(found)
    _holders(found)
    served, holidays, did = history(found)
    claims = _claims(found.town)
    for row in people.read(found.town, Month.parse(found.month), HELD, READER, wanted):
        who = holding(row.who, found.month, elsewhere.get(row.pk, ()))
        found.people[row.pk] = Person(
            pk=row.pk,
            code=row.code,
            name=row.name,
            who=who,
            unit=row.unit,
            target=row.target,
            served=served.get(row.pk, 0),
            holidays=holidays.get(row.pk, 0),
            did=did.get(row.pk, {}),
            claims=frozenset(claims.get(row.pk, ())),
            rest_on=rest_day(row.code, found.holidays),
            sort_key=row.sort_key,
        )


def _holders(found: Facts) -> None:
    """Who holds a place in which shift, offered or accepted."""
    month = Month.parse(found.month)
    booked = service.visible_bookings(READER).filter(date__gte=month.first, date__lte=month.last, state__in=HELD)
    for member, shift in booked.order_by().values_list("member_id", "shift_id"):
        found.holders[shift].add(member)


def _elsewhere(found: Facts) -> dict[int, set[date]]:
    """Days of lines in plans that are not being planned again: other communities' drafts."""
    days: dict[int, set[date]] = defaultdict(set)
    if found.communities:
        lines = PlanLine.objects.filter(plan__town=found.town, plan__month=found.month, plan__state__in=WORKING)
        lines = lines.exclude(plan__community_path__in=found.communities)
        for member, day in lines.values_list("member_id", "shift__date"):
            days[member].add(day)
    return days


def history(found: Facts) -> tuple[dict[int, int], dict[int, int], dict[int, dict[int, int]]]:
    """(services this year, services on holidays in the last year, services per post lately), by member."""
    first = Month.parse(found.month).first
    rows = service.visible_records(READER).exclude(state=RecordState.REJECTED).filter(town=found.town).order_by()
    served = _counts(rows.filter(date__year=first.year, date__lt=first))
    holidays: dict[int, int] = {}
    if found.holidays:
        days = [first - timedelta(days=back) for back in range(1, 366)]
        off = [day for day in days if calendar.kind_of(day, found.town) == "holiday"]
        holidays = _counts(rows.filter(date__in=off))
    did: dict[int, dict[int, int]] = defaultdict(dict)
    lately = rows.filter(date__gte=first - LATELY, date__lt=first)
    for member, post, count in lately.values_list("member_id", "shift__post_id").annotate(n=Count("id")):
        did[member][post] = count
    return served, holidays, did


def _counts(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.values_list("member_id").annotate(n=Count("id")))


def _claims(town: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    held = posts.open_posts(town).filter(claims__state=ClaimState.HELD).order_by()
    for member, post in held.values_list("claims__member_id", "pk"):
        found[member].add(post)
    return found


def _answers(found: Facts) -> None:
    """Who was already asked for a shift or gave a place in it back, and is not asked again; who was taken out by hand."""
    asked = Offer.objects.filter(shift__town=found.town, shift__month=found.month)
    asked = asked.exclude(state__in=[OfferState.SENT, OfferState.ACCEPTED, OfferState.WITHDRAWN])
    found.answered = set(asked.values_list("member_id", "shift_id"))
    back = service.visible_bookings(READER).filter(
        shift__town=found.town, shift__month=found.month, state=BookingState.FREED, freed_by__in=GIVEN_BACK
    )
    found.gave_back = set(back.order_by().values_list("member_id", "shift_id"))
    drafts = Plan.objects.filter(town=found.town, month=found.month, state__in=WORKING)
    if found.communities:
        drafts = drafts.filter(community_path__in=found.communities)
    for notes in drafts.values_list("notes", flat=True):
        found.out.update((member, shift) for member, shift in notes.get("out", []))

