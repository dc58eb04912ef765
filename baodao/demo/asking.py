"""What residents of the demo ask for, and how the communities deal with it: registered, triaged, handled, told, rated.

The desks sit down twice a working day. What came in is accepted at the next sitting; most is done and told before the
promised time, some is late, and a day before today at most two in the town are overdue.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from baodao.base.actor import PUBLIC
from baodao.base.days import clock
from baodao.demo.asked import ASKED, CALLED, ELSEWHERE, RATED, REFUSED, SOURCES, Asked
from baodao.demo.staff import Staff
from baodao.demo.town import Town
from baodao.demo.visits import Visits
from baodao.domain.calendar import selectors as calendar
from baodao.domain.needs import services as needs
from baodao.domain.needs.rows import NewNeed
from baodao.domain.needs.services.triage import Triage
from baodao.domain.posts.catalogue import template

SITTINGS = (time(11, 2), time(18, 32))
A_DAY, LATE, OVERDUE, AHEAD = 0.36, 0.13, 2, 60
_NAMES = {code: found.name for code in {one.post for one in ASKED} if (found := template(code))}


@dataclass(slots=True)
class Case:
    """A need on a desk, and at which sittings (by their number) its next steps come; 0 means never."""

    need: Any
    asked: Asked
    phone: bool
    end: str = "done"
    assign: int = 0
    done: int = 0
    told: int = 0
    rated: int = 0
    grade: str = ""
    words: str = ""
    shift: Any = None


@dataclass(slots=True)
class Diary:
    """The sittings of all desks, and what lies on each; communities sit a minute after each other."""

    today: date
    sittings: list[datetime]
    desks: dict[str, list[Case]] = field(default_factory=dict)
    overdue: list[str] = field(default_factory=list)
    visits: Visits | None = None

    @classmethod
    def of(cls, path: str, first: date, today: date) -> Diary:
        """From ``first`` until well after today."""
        days = (first + timedelta(days=n) for n in range((today - first).days + AHEAD))
        moments = [_at(day, one) for day in days if calendar.is_workday(day, path) for one in SITTINGS]
        return cls(today, [_at(first, time(0)), *moments])

    @property
    def last(self) -> int:
        """The last sitting before today."""
        return bisect_left(self.sittings, _at(self.today, time(0))) - 1


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=clock.ZONE)


def day(rng: random.Random, town: Town, staff: Staff, diary: Diary, day: date, posts: dict[str, dict[str, Any]]) -> None:
    """What comes in on a day, and the sittings of a working day."""
    works = calendar.is_workday(day, town.town.path)
    calm = day >= diary.sittings[diary.last].date()
    for index, community in enumerate(town.communities):
        clerk, desk = staff.clerks[community.path], diary.desks.setdefault(community.path, [])
        part = rng.choices((0, 1, 2), (3, 6, 2))[0] if works else 2
        comes = rng.random() < (A_DAY if works else A_DAY / 3)
        for half, moment in enumerate(SITTINGS):
            if comes and part == half:
                _register(rng, town, community, clerk, desk, _moment(rng, day, half), calm=calm)
            if works:
                number = bisect_left(diary.sittings, _at(day, moment))
                with clock.freeze(_at(day, moment) + timedelta(minutes=index)):
                    _sit(rng, clerk, diary, desk, number, posts[community.path])
        if comes and part == len(SITTINGS):
            _register(rng, town, community, clerk, desk, _moment(rng, day, part), calm=calm)
        if works:
            _rate(desk, bisect_left(diary.sittings, _at(day, SITTINGS[1])), _at(day, time(20, 11 + index)))


def _moment(rng: random.Random, day: date, part: int) -> datetime:
    """A moment before the first sitting, between the two, or in the evening."""
    start, minutes = ((time(10, 2), 55), (time(11, 20), 420), (time(19, 45), 150))[part]
    return _at(day, start) + timedelta(minutes=rng.randrange(minutes))


def _register(
    rng: random.Random, town: Town, community: Any, clerk: Any, desk: list[Case], at: datetime, *, calm: bool = False
) -> None:
    """One more need at a moment; in the evening it comes through the code on the board. ``calm``: nothing urgent."""
    asked = rng.choice([one for one in ASKED if not calm or one.urgency == "slow"])
    source = "qr" if at.time() > time(19, 40) else rng.choice(SOURCES)
    phone = f"1990999{rng.randrange(10_000):04d}" if source == "phone" or rng.random() < 0.6 else ""
    called, told_category = rng.choice(CALLED), rng.random() < 0.85
    wished = at.date() + timedelta(days=rng.randint(4, 12)) if rng.random() < 0.3 else None
    row = NewNeed(
        text=asked.text, community=community, category=asked.category if told_category else "",
        estate=rng.choice(town.estates[community.path]), contact_name=called if phone else "", contact_phone=phone,
        source=source, registered_at=at, wished_on=wished,
    )  # fmt: skip
    with clock.freeze(at):
        (made,) = needs.register_many(actor=PUBLIC if source == "qr" else clerk, needs=[row])
    desk.append(Case(made, asked, bool(phone)))


def _sit(
    rng: random.Random, clerk: Any, diary: Diary, desk: list[Case], number: int, posts: dict[str, Any]
) -> None:
    """One sitting of a desk: accept, hand on, finish and tell what is due for it, in the order of the steps."""
    _accept(rng, clerk, diary, [one for one in desk if not one.done], number)
    for case in [one for one in desk if one.assign == number]:
        post = posts[_NAMES[case.asked.post]]
        needs.assign_many(actor=clerk, needs=[case.need], subject_code=post.code, words=post.name)
        if diary.visits is not None:
            case.shift = diary.visits.plan(clerk, case.need, post, diary.sittings[case.done], diary.today)
    for case in desk:
        if case.done == number and case.shift is not None:
            diary.visits.roll(clerk, case.shift)
    _end(rng, clerk, [one for one in desk if one.done == number])
    told = [one for one in desk if one.told == number]
    if told:
        ways = [_way(one) for one in told]
        solved = {one.need.code for one in told if one.shift is not None and one.end == "done" and not one.rated}
        needs.tell_many(actor=clerk, needs=[one.need for one in told], told=ways, solved=solved)
    desk[:] = [one for one in desk if not one.done or max(one.done, one.told, one.rated) > number or one.rated == number]


def _way(case: Case) -> str:
    return "phone" if case.phone else "in_person"


def _accept(rng: random.Random, clerk: Any, diary: Diary, fresh: list[Case], number: int) -> None:
    if not fresh:
        return
    said = [
        Triage(one.asked.weight, one.asked.urgency, wished_on=one.need.wished_on, category=one.asked.category)
        for one in fresh
    ]
    needs.accept_many(actor=clerk, needs=[one.need for one in fresh], triage=said)
    for case in fresh:
        _foresee(rng, diary, case, number)


def _foresee(rng: random.Random, diary: Diary, case: Case, now: int) -> None:
    """When the steps of an accepted need come: before the promised time, or some sittings after it."""
    due, urgent = bisect_left(diary.sittings, case.need.due_at) - 1, case.need.tier == "urgent"
    late, wait, drawn = rng.random() < (LATE / 2 if urgent else LATE), rng.randint(1, 5), rng.random()
    ended, slow = rng.random(), rng.choice((1, 1, 1, 2))
    earliest, latest = now + 1, max(now + 1, due - 2)
    case.done = due + wait if late else earliest + int(drawn * (min(latest, earliest + 9) - earliest + 1))
    if not late and case.need.tier == "ordinary":
        case.done = max(earliest, latest - int(drawn * 3))  # on the wished day or just before
    _today(diary, case, earliest, due)
    case.told = case.done if urgent else case.done + slow
    if ended < 0.05 and case.asked.category in {"home", "facility"}:
        case.end = "referred"
    elif ended < 0.08:
        case.end, case.told = "refused", 0
    else:
        case.assign = now if urgent or case.done == earliest else earliest
        _grade(rng, case, late=late)


def _today(diary: Diary, case: Case, earliest: int, due: int) -> None:
    """What would be overdue today was done in time, but for two in the town, in different communities."""
    path, last = case.need.community_path, diary.last
    if last - 6 <= due < last >= earliest and len(diary.overdue) < OVERDUE and path not in diary.overdue:
        diary.overdue.append(path)
        case.done = last + 2
    elif case.need.due_at.date() <= diary.today and case.done > last:
        case.done = max(earliest, min(due, last))


def _grade(rng: random.Random, case: Case, *, late: bool) -> None:
    """Four in ten say how it was, a sitting or some days after they were told."""
    says, after, kind = rng.random() < 0.4, rng.randint(1, 6), rng.random()
    good, fair = (0.4, 0.8) if late else (0.84, 0.97)
    if says:
        case.rated = (case.told + after + 1) // 2 * 2  # evenings have even numbers
        case.grade = "good" if kind < good else "fair" if kind < fair else "poor"
        case.words = rng.choice(RATED[case.grade])


def _end(rng: random.Random, clerk: Any, ending: list[Case]) -> None:
    done = [one for one in ending if one.end == "done"]
    if done:
        needs.finish_many(
            actor=clerk, needs=[one.need for one in done], outcomes=[one.asked.outcome for one in done],
            public_words=[one.asked.shown for one in done],
        )  # fmt: skip
    for case in ending:
        if case.end == "referred":
            to, words = rng.choice(ELSEWHERE)
            needs.refer(actor=clerk, need=case.need, to=to, words=words)
        elif case.end == "refused":
            needs.refuse(actor=clerk, need=case.need, words=REFUSED, told=_way(case))


def _rate(desk: list[Case], number: int, at: datetime) -> None:
    """The askers whose evening it is look at their page and press a face."""
    rated = [one for one in desk if one.rated == number]
    for case in rated:
        with clock.freeze(at):
            needs.rate(actor=PUBLIC, need=case.need, grade=case.grade, words=case.words)
    desk[:] = [one for one in desk if one.rated != number or not one.done]


def coming(rng: random.Random, town: Town, staff: Staff, diary: Diary) -> None:
    """What came in yesterday evening and nobody has looked at: some for 幸福社区, one here and there elsewhere."""
    yesterday = diary.today - timedelta(days=1)
    for index, community in enumerate(town.communities):
        desk = diary.desks.setdefault(community.path, [])
        for moment in sorted(_moment(rng, yesterday, 2) for _n in range(_fresh(rng, index))):
            _register(rng, town, community, staff.clerks[community.path], desk, moment, calm=True)


def _fresh(rng: random.Random, index: int) -> int:
    return 3 - index if index < 2 else rng.choice((0, 0, 1))
