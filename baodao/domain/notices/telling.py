"""Who is to be told what, gathered by person and by unit, for the desk's list and for the slips it prints.

A person stands once, however many things there are to say; units stand in their official order, community members last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.domain.members import selectors as members
from baodao.domain.notices import rules, selectors
from baodao.domain.notices.models import Notice, Stack

COMMUNITY = "community"


@dataclass(slots=True)
class Person:
    """A member without a login, and what there is to say, the oldest first."""

    member: Any
    notices: list[Notice] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The sentences."""
        return list(dict.fromkeys(selectors.sentence(one.key, one.data) for one in self.notices))

    @property
    def since(self) -> datetime:
        """Since when the oldest waits."""
        return self.notices[0].created_at

    @property
    def printed(self) -> Stack | None:
        """The pile of slips all of it lies on, if it does."""
        held = {one.stack_id for one in self.notices}
        stack = self.notices[0].stack
        return stack if len(held) == 1 and stack is not None and stack.printed_at else None


@dataclass(slots=True)
class Group:
    """The people of one unit, or the community members; ``key`` is the unit's code in forms."""

    key: str
    name: str
    people: list[Person]

    @property
    def count(self) -> int:
        """How many things there are to say."""
        return sum(len(person.notices) for person in self.people)


def groups(rows: Iterable[Notice]) -> list[Group]:
    """Notices by unit and person, in official order and the order of surnames; two queries."""
    people: dict[int, Person] = {}
    for notice in rows:
        people.setdefault(notice.member_id or 0, Person(notice.member)).notices.append(notice)
    units = members.units_of(set(people))
    found: dict[tuple[int, int, str], Group] = {}
    for key, person in sorted(people.items(), key=lambda item: (item[1].member.sort_surname, item[0])):
        unit = units.get(key)
        place = (0, unit.seq, unit.path) if unit else (1, 0, "")
        group = found.setdefault(place, Group(unit.unit_code if unit else COMMUNITY, unit.name if unit else "社区党员", []))
        group.people.append(person)
    return [found[place] for place in sorted(found)]


def waiting(actor: Actor) -> list[Group]:
    """Everybody the desk still has to tell."""
    return groups(selectors.to_tell(actor))


def chosen(actor: Actor, *, codes: Iterable[str] = (), group: str = "") -> list[Notice]:
    """What is to be told to these members, or to a whole group (``*`` = everybody); codes of others are passed over."""
    wanted = set(codes)
    return [
        notice
        for one in waiting(actor)
        for person in one.people
        if (group in ("*", one.key) if group else person.member.code in wanted)
        for notice in person.notices
    ]


def pile(stack: Stack) -> list[Group]:
    """What lies on a pile: of a printed one what is still to be told, of a told one what was told."""
    rows = stack.notices.filter(member__isnull=False, read_at__isnull=stack.told_at is None)
    return groups(rows.select_related("member", "stack").order_by("created_at", "pk"))


def recent(actor: Actor) -> list[Stack]:
    """Piles of the last day that were told, and printed ones not yet handed out, newest first (twelve at most)."""
    fresh = clock.now() - rules.UNDO
    open_ones = selectors.stacks(actor).filter(told_at__isnull=True, printed_at__gte=clock.now() - timedelta(days=14))
    open_ones = open_ones.filter(notices__read_at__isnull=True).distinct()
    told = selectors.stacks(actor).filter(told_at__gte=fresh)
    return sorted([*open_ones[:12], *told[:12]], key=lambda one: one.created_at, reverse=True)[:12]
