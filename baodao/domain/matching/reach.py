"""Who fits one need best: the first of a community's members in the order of the plan's own cost, by one indexed query.

The table ``Reach`` holds the cost of one more service as the plan counts it (L4: wishes, distance, this year's services, this
month's load, behind one's own pace). What depends on the post (holding it, having done it lately) or on a holiday is
added here, so that this order and the plan's agree; what the table does not know (language, batches, earlier answers)
is asked of the rules for the few that come first. ``rows_of`` lays the table out from the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from baodao.base.days.months import Month
from baodao.base.days.service_days import SLOTS
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching.facts import LATELY, READER, Facts, read_people
from baodao.domain.matching.fit import DID_BEFORE, FAR, HOLDS, HOLIDAY_TURN, PAIRED, WISH_OPEN, Person
from baodao.domain.matching.models import Offer, Reach
from baodao.domain.matching.states import OfferState
from baodao.domain.members import selectors as members
from baodao.domain.posts import selectors as posts
from baodao.domain.posts.eligibility import CERTIFIED, UNSAID_SLOTS, Slot, why_not
from baodao.domain.posts.states import ClaimState, PostKind
from baodao.domain.service import selectors as service
from baodao.domain.service.states import RecordState, ShiftState

SLOT_BIT = {slot: 1 << number for number, slot in enumerate(sorted(SLOTS))}
KIND_BIT = {kind: 1 << number for number, kind in enumerate(PostKind.values)}
EVERY_KIND = (1 << len(KIND_BIT)) - 1
#: One row of the table: everything but its key and its town.
Row = tuple[str, str, int, str, bool, int, int, int, int, int]
COLUMNS = ("community_path", "month", "member_id", "skill", "certified", "standing", "festive", "slots", "kinds", "days")


@dataclass(frozen=True, slots=True)
class Best:
    """A member who fits, and the plan's cost of one more service there (lower is better)."""

    member: int
    cost: int


def rows_of(town: str, month: str, communities: Iterable[str]) -> Iterator[Row]:
    """The rows a town's month should have, from the facts as they stand."""
    facts = Facts(town, month, ())
    held = service.month_of(town, month).exclude(state=ShiftState.CANCELLED).order_by()
    days = set(held.values_list("date", flat=True).distinct())
    facts.holidays = tuple(sorted(day for day in days if calendar.kind_of(day, town) == "holiday"))
    read_people(facts, ())
    known = frozenset(communities)
    for person in facts.people.values():
        who = person.who
        if not (who.active and who.takes_offers) or who.taken_in_month.get(month, 0) >= who.max_per_month:
            continue
        standing, free = _standing(person, month), _free_days(person, month)
        slots = sum(SLOT_BIT[slot] for slot in who.slots or UNSAID_SLOTS if slot in SLOT_BIT)
        kinds = sum(KIND_BIT.get(kind, 0) for kind in who.wishes) if who.wishes else EVERY_KIND
        turn = HOLIDAY_TURN * min(person.holidays, 4)
        for community in sorted(known if who.far_ok else known & {who.community, *who.paired}):
            near = 0 if community == who.community else PAIRED if community in who.paired else FAR
            for skill in ("", *sorted(who.skills)):
                certified = bool(skill) and who.skills[skill] == CERTIFIED
                price = standing + near
                yield (community, month, person.pk, skill, certified, price, price + turn, slots, kinds, free)


def _standing(person: Person, month: str) -> int:
    """The plan's cost of one more service in the month, distance and post apart."""
    from baodao.base.solver import Weights

    weights, count = Weights(), person.who.taken_in_month.get(month, 0)
    behind = weights.behind if person.served < person.target and not count else 0
    return (0 if person.who.wishes else WISH_OPEN) + weights.year * person.served + weights.load * count - behind


def _free_days(person: Person, month: str) -> int:
    """Bits of the days of the month on which the member may be asked."""
    value = Month.parse(month)
    away = {day for day in person.who.taken_days if value.first <= day <= value.last}
    for first, last in person.who.blocked:
        for number in range(max(first, value.first).toordinal(), min(last, value.last).toordinal() + 1):
            away.add(date.fromordinal(number))
    if person.rest_on is not None:
        away.add(person.rest_on)
    return sum(1 << day for day in range(1, value.last.day + 1) if value.first.replace(day=day) not in away)


def fitting(where: Slot) -> QuerySet[Reach]:
    """The rows of those who fit a shift, in no order; one indexed range."""
    all_kept = where.role_count >= where.max_people
    need = where.role_skill if all_kept and where.role_skill else where.skill
    rows = Reach.objects.filter(community_path=where.community, month=where.month, skill=need)
    if where.certificate and (all_kept or (where.skill and not where.role_skill)):
        rows = rows.filter(certified=True)
    return rows.annotate(
        at_slot=F("slots").bitand(SLOT_BIT[where.slot]), of_kind=F("kinds").bitand(KIND_BIT[where.kind]),
        that_day=F("days").bitand(1 << where.day.day),
    ).filter(at_slot__gt=0, of_kind__gt=0, that_day__gt=0)  # fmt: skip


def first(where: Slot, count: int, *, holiday: bool = False) -> list[tuple[int, int]]:
    """(member, cost) of the first who fit, the post's own terms left out."""
    price = "festive" if holiday else "standing"
    return list(fitting(where).order_by(price, "member_id").values_list("member_id", price)[:count])


def best(shift: Any, count: int = 20) -> list[Best]:
    """The members who fit a shift (loaded with post and batch) best, checked against the rules as they stand."""
    where = service.slots_of([shift])[shift.pk]
    holiday = calendar.kind_of(shift.date, shift.town) == "holiday"
    bonus = _bonus(shift)
    asked = count
    while True:
        rows = dict(first(where, asked, holiday=holiday))
        price = "festive" if holiday else "standing"
        more = fitting(where).filter(member_id__in=list(bonus)).values_list("member_id", price) if bonus else []
        known = rows | dict(more)
        scored = sorted((size + bonus.get(member, 0), member) for member, size in known.items())
        able = _able(shift, where, [member for _, member in scored])
        found = [Best(member, size) for size, member in scored if member in able]
        if len(rows) < asked or len([one for one in found if one.member in rows]) >= count:
            return found[:count]
        asked *= 2


def _bonus(shift: Any) -> dict[int, int]:
    """What holding the post or having done it lately takes off, by member."""
    first_day = Month.parse(shift.month).first
    did = service.visible_records(READER).exclude(state=RecordState.REJECTED).filter(
        shift__post_id=shift.post_id, date__gte=first_day - LATELY, date__lt=first_day
    ).order_by()  # fmt: skip
    found = dict.fromkeys(did.values_list("member_id", flat=True).distinct(), DID_BEFORE)
    held = posts.open_posts(shift.town).filter(pk=shift.post_id, claims__state=ClaimState.HELD).order_by()
    for member in held.values_list("claims__member_id", flat=True):
        found[member] = found.get(member, 0) + HOLDS
    return found


def _able(shift: Any, where: Slot, wanted: list[int]) -> set[int]:
    """Those whom no rule keeps out just now and who were not asked for this shift before."""
    people = list(members.visible(READER).filter(pk__in=wanted).prefetch_related(None))
    who = service.candidates_of(people, shift.date, shift.date, held=True, town=shift.town, languages=bool(where.language))
    asked = Offer.objects.filter(shift=shift).exclude(state__in=[OfferState.SENT, OfferState.ACCEPTED, OfferState.WITHDRAWN])
    told = set(asked.values_list("member_id", flat=True))
    return {key for key, one in who.items() if key not in told and why_not(one, where, offering=True) is None}
