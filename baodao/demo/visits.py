"""Services for one need: a thing asked for in a home of the first community has a shift of its own, offered to two who fit.

Nobody at the desk confirms these: the asker's own word does, on the tracking page or to the clerk who calls back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from baodao.base.days import clock, service_days
from baodao.demo.people import People
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching import services as matching
from baodao.domain.posts.eligibility import Slot, holds_role, why_not
from baodao.domain.service import selectors as served
from baodao.domain.service import services as shifts
from baodao.domain.service.rows import NewShift
from baodao.domain.service.states import ShiftState

HOUR, NOTICE = timedelta(hours=1), timedelta(hours=28)
EVENING, AFTERNOON = time(20, 15), time(16, 0)


@dataclass(slots=True)
class Visits:
    """The community whose needs are visited, and who may be asked: its members without a login."""

    community: str
    people: People

    def plan(self, clerk: Any, need: Any, post: Any, done_at: datetime, today: date) -> Any:
        """A shift for the need on the first day on which two fit; None when there is none before it is done."""
        if need.community_path != self.community or need.category != "home" or not post.role_skill:
            return None
        day = clock.today() + timedelta(days=1)
        while day < min(today, done_at.date() + timedelta(days=1)):
            start = datetime.combine(day, self._hour(day), tzinfo=clock.ZONE)
            if clock.now() + NOTICE <= start and start + HOUR < done_at:
                pair = self._pair(post, start)
                if pair:
                    return self._offer(clerk, need, post, start, pair)
            day += timedelta(days=1)
        return None

    def _hour(self, day: date) -> time:
        return EVENING if calendar.kind_of(day, self.community) == "workday" else AFTERNOON

    def _pair(self, post: Any, start: datetime) -> list[Any]:
        """Somebody of the kept seat's speciality and another, both with time and leave to be asked."""
        where = _slot(post, start)
        mine = [one for one in self.people.members if one.enrolled_in == self.community]
        mine = [one for one in mine if one.pk not in (self.people.member.pk, self.people.leader.pk)]
        mine = [one for one in mine if where.slot in one.slots and (not one.wishes or where.kind in one.wishes)]
        found = served.candidates_of(mine, where.day, where.day, held=True, town=post.town)
        fit = [one for one in mine if why_not(found[one.pk], where, offering=True) is None]
        holder = next((one for one in fit if holds_role(found[one.pk], where)), None)
        other = next((one for one in fit if one is not holder), None)
        return [holder, other] if holder is not None and other is not None else []

    def _offer(self, clerk: Any, need: Any, post: Any, start: datetime, pair: list[Any]) -> Any:
        row = NewShift(post=post, start_at=start, end_at=start + HOUR, need=need)
        shift = shifts.make_shift(actor=clerk, row=row)
        shifts.open_shifts_many(actor=clerk, shifts=[shift])
        for member in pair:
            offer = matching.offer_place(actor=clerk, shift=shift, member=member)
            matching.answer(actor=clerk, offer=offer, accept=True, asked_how="phone")
        return shift

    def roll(self, clerk: Any, shift: Any) -> None:
        """Enter the sheet before the outcome is written down, where the Monday's sitting has not."""
        now = served.get_for(clerk, shift.code)
        if now.state == ShiftState.OPEN:
            shifts.roll_call(actor=clerk, shift=now, marks={}, rest="present")


def _slot(post: Any, start: datetime) -> Slot:
    day = start.date()
    return Slot(
        community=post.community_path, kind=post.kind, day=day, skill=post.skill, role_skill=post.role_skill,
        slot=service_days.slot_of(start, start + HOUR, calendar.kind_of(day, post.community_path)),
        role_count=post.role_count, certificate=post.certificate, language=post.language,
        min_people=post.min_people, max_people=post.max_people,
    )  # fmt: skip
