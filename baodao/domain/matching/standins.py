"""Who could stand in: places that were given back shortly before, and whom to ask next, in the order of the plan's own terms.

Nobody is assigned: a place is offered to one after the other, and only the member accepts. What is shown about a place is
that it was given back, never by whom it was declined.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.domain.matching import rules
from baodao.domain.matching.facts import GIVEN_BACK, Facts, load
from baodao.domain.matching.fit import Person, Place, cost, terms
from baodao.domain.matching.problem import bar
from baodao.domain.matching.reasons import LIKES
from baodao.domain.posts.eligibility import seat_of
from baodao.domain.service import selectors as service
from baodao.domain.service.states import BookingState, ShiftState

AHEAD, SHOWN = timedelta(days=21), 40


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody to ask, with what speaks for it."""

    person: Person
    words: str
    price: int


@dataclass(frozen=True, slots=True)
class Hole:
    """A coming shift that lost people: how many are missing, how many are asked, who comes next (none if nobody fits)."""

    shift: Any
    given_back: int
    asked: int
    missing: int
    runs: bool
    following: tuple[StandIn, ...]
    in_time: bool


def shifts_with_holes(actor: Actor) -> Any:
    """Coming open shifts of the actor's community that have fewer people than wished after places were given back."""
    now = clock.now()
    back = Count("bookings", filter=Q(bookings__state=BookingState.FREED, bookings__freed_by__in=GIVEN_BACK), distinct=True)
    held = Count("bookings", filter=Q(bookings__state=BookingState.HELD), distinct=True)
    rows = service.visible(actor).filter(state=ShiftState.OPEN, start_at__gt=now, start_at__lte=now + AHEAD)
    rows = rows.annotate(back=back, held=held).filter(back__gt=0, taken__lt=F("desired_people"))
    return rows.select_related("post").order_by("start_at", "pk")


def holes(actor: Actor) -> list[Hole]:
    """The holes of the next three weeks, the nearest first, each with the three whom one would ask next.

    The facts are read once for each month and community, whatever the number of holes.
    """
    read: dict[tuple[str, str], Facts] = {}
    found, now = [], clock.now()
    for shift in shifts_with_holes(actor)[:SHOWN]:
        key = (shift.community_path, shift.month)
        if key not in read:
            read[key] = load(shift.town, shift.month, [shift.community_path], whole_month=True)
        facts = read[key]
        place = facts.places.get(shift.pk)
        ranked = ranked_for(facts, place)[:3] if place is not None else []
        in_time = bool(rules.may_send(now, shift.start_at))
        missing = shift.desired_people - shift.taken
        found.append(
            Hole(shift, shift.back, shift.held, missing, shift.taken >= shift.min_people, tuple(ranked), in_time)
        )
    return found


def ranked_for(facts: Facts, place: Place) -> list[StandIn]:
    """Everybody who may come now, best first: the misfit, what they already do this month and did this year, by the
    solver's own weights; whoever wished for more and has nothing yet comes first. Equals stand in order of public code."""
    from baodao.base.solver import Weights

    weights, found = Weights(), []
    for person in facts.reach(place.where.community):
        if bar(facts, person, place) is not None or not _has_seat(person, place):
            continue
        held = person.who.taken_in_month.get(facts.month, 0)
        price = cost(person, place) + weights.load * held + weights.year * person.served
        if not held and person.served < person.target:
            price -= weights.behind
        found.append(StandIn(person, _words(person, place, held), price))
    return sorted(found, key=lambda one: (one.price, one.person.code))


def _has_seat(person: Person, place: Place) -> bool:
    """Is there a seat: a kept one for its holder, or a general one."""
    where = place.where
    general = where.max_people - where.taken - (where.role_count - where.role_taken)
    return bool(seat_of(person.who, where)) or general > 0


def _words(person: Person, place: Place, held: int) -> str:
    likes = [LIKES[name] for name in terms(person, place) if name in LIKES]
    month = f"这个月有 {held} 次" if held else "这个月还没有班"
    return "，".join([*likes, month, f"今年做过 {person.served} 次"])


def next_for(shift: Any) -> list[StandIn]:
    """The order for one shift, read now."""
    facts = load(shift.town, shift.month, [shift.community_path], whole_month=True)
    place = facts.places.get(shift.pk)
    return ranked_for(facts, place) if place is not None else []

