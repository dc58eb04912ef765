"""The months that were, made by the services' many-forms at the hours they would have happened; one transaction a month.

Each month: shifts from the posts, a plan at the solver's flow rung, submitted, approved, sent, answered (by the desk
where there is no login), lapsed, served, confirmed, needs handled, told; whole months but the latest are closed and signed.
"""

from __future__ import annotations

import gc
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Refused
from baodao.demo import asking, closing, people, promises, serving
from baodao.demo.posts import Offered
from baodao.demo.staff import Staff
from baodao.demo.town import Town
from baodao.demo.visits import Visits
from baodao.domain.audit.services import service
from baodao.domain.matching import selectors as matching_reads
from baodao.domain.matching import services as matching
from baodao.domain.matching.services.answering import Answer
from baodao.domain.notices import selectors as notice_reads
from baodao.domain.notices import services as notices
from baodao.domain.service import selectors as served
from baodao.domain.service import services as shifts

ACTOR = program("demo")
HOWS = ("in_person", "phone", "phone", "paper", "chain")
RUNG, PLAN_SECONDS = "flow", 20.0


@dataclass(slots=True)
class Told:
    """Who tells, and what stands on the desks from month to month."""

    town: Town
    staff: Staff
    offered: Offered
    diary: asking.Diary
    posts: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        """The posts of each community by their names: needs are handed to them; some are visited at home."""
        self.diary.visits = Visits(self.town.communities[0].path, self.staff.people)
        for post in self.offered.posts:
            self.posts[post.community_path][post.name] = post


def first_day(today: date, months: int) -> date:
    """The day so many months before today (the last of its month where that is shorter); 0: this month's first."""
    month = Month.of(today).shifted(-months)
    return month.first + timedelta(days=min(today.day, month.last.day) - 1) if months else month.first


def run(
    rng: random.Random, town: Town, staff: Staff, offered: Offered, started: date, today: date,
    step: Callable[[int, str], None],
) -> None:  # fmt: skip
    """Everything from the first day to yesterday, and what came in yesterday; the bar moves by 85 parts."""
    told = Told(town, staff, offered, asking.Diary.of(town.town.path, started, today))
    month, last = Month.of(started), Month.of(today)
    parts = 80 // max(1, (last.year - month.year) * 12 + last.number - month.number + 1)
    while month <= last:
        step(parts, f"{month.label}的服务")
        live(rng, told, month, max(month.first, started), today)
        if month < last.previous():
            closing.close(told.town, told.staff, month)
        gc.collect()
        month = month.next()
    with clock.freeze(_at(today - timedelta(days=1), time(19, 40))):
        coming(rng, told, last.next())
    step(5, "")


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=clock.ZONE)


@service
def coming(rng: random.Random, told: Told, month: Month) -> None:
    """What stands on the desks: fresh needs, new members, promises to review, and the coming month's shifts without a plan."""
    asking.coming(rng, told.town, told.staff, told.diary)
    first = told.town.communities[0].path
    people.arrive(told.staff.people, told.staff.clerks[first], told.diary.today - timedelta(days=1))
    promises.waiting(rng, told.town.communities[0], told.offered, told.staff)
    for community in told.town.communities:
        shifts.make_month(actor=told.staff.clerks[community.path], community=community, month=str(month))
    invite(told)


def invite(told: Told) -> None:
    """The member with a login has an offer to answer, where the days that are planned have one that fits."""
    member, today = told.staff.people.member, told.diary.today
    found = served.open_to_member(member, today + timedelta(days=1), today + timedelta(days=13))
    fitting = [one for one in found if one.fits and not one.mine]
    for opening in sorted(fitting, key=lambda one: one.shift.date < today + timedelta(days=3)):  # time to answer first
        clerk = told.staff.clerks[opening.shift.community_path]
        try:
            matching.offer_place(actor=clerk, shift=served.get_for(clerk, opening.shift.code), member=member)
        except Refused:
            continue
        return


@service
def live(rng: random.Random, told: Told, month: Month, first: date, today: date) -> None:
    """One month from ``first`` on, in one transaction: planned ten days before, served until yesterday."""
    eve = first - timedelta(days=10)
    _plan(told, month, eve)
    _answer(rng, told, month, eve + timedelta(days=2))
    for day in month.days():
        if day < first:
            continue
        if day >= today:
            break
        if day.weekday() == serving.SITTING:
            serving.sitting(rng, told.staff, day, before=day)
        asking.day(rng, told.town, told.staff, told.diary, day, told.posts)
    ended = min(month.last, today - timedelta(days=1))
    if ended >= first:
        with clock.freeze(_at(ended, time(18, 30))):
            promises.month(rng, told.town, told.offered, told.staff)
        last = ended == today - timedelta(days=1)
        serving.sitting(rng, told.staff, ended, before=ended + timedelta(days=1), evening=True, last=last)
        with clock.freeze(_at(ended, time(23, 50))):
            tell(told)


def _plan(told: Told, month: Month, eve: date) -> None:
    """Shifts, one solve for the town, and each community's own submission, approval and sending."""
    for index, community in enumerate(told.town.communities):
        with clock.freeze(_at(eve, time(10, 5 + index))):
            shifts.make_month(actor=told.staff.clerks[community.path], community=community, month=str(month))
    with clock.freeze(_at(eve, time(12, 0))):
        plans = matching.solve_month(
            actor=told.staff.town, town=told.town.town.path, month=str(month), seconds=PLAN_SECONDS, seed=1, rung=RUNG
        )
    for index, plan in enumerate(plans):
        with clock.freeze(_at(eve, time(17, 5 + index))):
            matching.submit(actor=told.staff.clerks[plan.community_path], plan=plan)
        with clock.freeze(_at(eve + timedelta(days=1), time(10, 30 + index))):
            matching.approve(actor=told.staff.secretaries[plan.community_path], plan=plan)
        with clock.freeze(_at(eve + timedelta(days=1), time(11, 30 + index))):
            matching.publish(actor=told.staff.clerks[plan.community_path], plan=plan)


def _answer(rng: random.Random, told: Told, month: Month, day: date) -> None:
    """Most accept, some decline, some stay silent until the offer lapses; the two with a login answer for themselves."""
    for index, community in enumerate(told.town.communities):
        clerk, how, by_desk = told.staff.clerks[community.path], rng.choice(HOWS), []
        offers = list(matching_reads.offers_of_month(clerk, community.path, str(month)).filter(state="sent"))
        with clock.freeze(_at(day, time(16, 10 + index))):
            for offer in offers:
                drawn = rng.random()
                own = told.staff.members.get(offer.member_id)
                if own is not None:
                    matching.answer(actor=own, offer=offer, accept=True)
                elif drawn < 0.90:
                    by_desk.append(Answer(offer, accept=True, asked_how=how))
                elif drawn < 0.95:
                    by_desk.append(Answer(offer, accept=False, reason=rng.choice(("", "busy", "far")), asked_how=how))
            matching.answer_many(actor=clerk, rows=by_desk)
    with clock.freeze(_at(day + timedelta(days=3), time(9, 0))):
        matching.lapse_due(actor=ACTOR)


def tell(told: Told) -> None:
    """The clerks read their lists out to members without a login; those with one have opened their inbox."""
    for clerk in told.staff.clerks.values():
        waiting = list(notice_reads.to_tell(clerk))
        if waiting:
            notices.mark_told_many(actor=clerk, notices=waiting, channel="phone")
    for own in told.staff.members.values():
        notices.mark_read(actor=own, notices=list(notice_reads.inbox(own)))

