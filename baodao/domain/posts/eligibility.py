"""Who may serve in which shift, as pure rules over plain values: no database, no clock, no request.

``why_not`` gives the first rule that fails (in the order of ``ORDER``), ``why_all`` every one; a sentence for each stands
beside it, for the member ("你…") and for the clerk. The self-claim page, the booking and the plan use these same rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

CERTIFIED = "certified"
#: When a member has not said any time: after work and on days off.
UNSAID_SLOTS = frozenset(
    {
        "workday_evening",
        "saturday_morning",
        "saturday_afternoon",
        "saturday_evening",
        "sunday_morning",
        "sunday_afternoon",
        "sunday_evening",
        "holiday_morning",
        "holiday_afternoon",
        "holiday_evening",
    }
)


class ReasonCode(StrEnum):
    """The rule that a pair fails."""

    LEFT = "left"
    PAUSED = "paused"
    COMMUNITY = "community"
    KIND = "kind"
    SKILL = "skill"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
    TIME = "time"
    BLOCKED = "blocked"
    DAY_TAKEN = "day_taken"
    MONTH_FULL = "month_full"
    NO_OFFERS = "no_offers"
    BATCH_TURN = "batch_turn"
    FULL = "full"


ORDER = tuple(ReasonCode)
#: What the member said about himself; taking a place himself, he may go beyond his own word.
OWN_WORD = frozenset(
    {
        ReasonCode.KIND,
        ReasonCode.TIME,
        ReasonCode.BLOCKED,
        ReasonCode.MONTH_FULL,
        ReasonCode.NO_OFFERS,
        ReasonCode.BATCH_TURN,
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member as the rules see one. Paths are organisations' paths; ``skills`` maps a speciality to its level.

    ``taken_days`` are days with a place of the member's own (held places count when they are planned with), and
    ``taken_in_month`` maps YYYY-MM to how many of them lie in it. ``wishes`` empty: every kind; ``slots`` empty: after
    work and on days off. ``key`` is the member's public code: by it the days of a big batch are dealt out.
    """

    community: str
    paired: frozenset[str] = frozenset()
    far_ok: bool = False
    active: bool = True
    paused: bool = False
    takes_offers: bool = True
    wishes: frozenset[str] = frozenset()
    skills: Mapping[str, str] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    blocked: tuple[tuple[date, date], ...] = ()
    taken_days: frozenset[date] = frozenset()
    taken_in_month: Mapping[str, int] = field(default_factory=dict)
    max_per_month: int = 2
    key: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A shift as the rules see one. ``slot`` is the code of base.days.service_days, ``skill`` what everybody needs.

    ``role_skill`` is what the ``role_count`` kept seats need; ``certificate`` is the paper that the holder of the
    seat's speciality must have (of ``role_skill`` where there are such seats, otherwise of ``skill``). ``batch`` and
    ``turn`` = (number of the day, number of days) are set for a big turn-out that is split over the days of a batch.
    """

    community: str
    kind: str
    day: date
    slot: str
    skill: str = ""
    role_skill: str = ""
    role_count: int = 0
    certificate: str = ""
    language: str = ""
    min_people: int = 1
    max_people: int = 1
    taken: int = 0
    role_taken: int = 0
    batch: str = ""
    turn: tuple[int, int] | None = None

    @property
    def month(self) -> str:
        """The shift's month, YYYY-MM."""
        return f"{self.day.year:04d}-{self.day.month:02d}"


def _near(who: Candidate, where: Slot) -> bool:
    return who.community == where.community or who.far_ok or where.community in who.paired


def holds_role(who: Candidate, where: Slot) -> bool:
    """May this member sit on one of the seats kept for a speciality?"""
    if not where.role_skill or where.role_skill not in who.skills:
        return False
    return not where.certificate or who.skills[where.role_skill] == CERTIFIED


def seat_of(who: Candidate, where: Slot) -> str:
    """The seat a place would be: the kept seat's speciality while one is free and the member holds it, otherwise ""."""
    return where.role_skill if where.role_taken < where.role_count and holds_role(who, where) else ""


def _skill_fault(who: Candidate, where: Slot) -> ReasonCode | None:
    if where.skill and where.skill not in who.skills:
        return ReasonCode.SKILL
    if where.role_count >= where.max_people and not holds_role(who, where):
        return ReasonCode.CERTIFICATE if where.role_skill in who.skills else ReasonCode.SKILL
    if where.certificate and where.skill and not where.role_skill and who.skills[where.skill] != CERTIFIED:
        return ReasonCode.CERTIFICATE
    return None


def _is_full(who: Candidate, where: Slot) -> bool:
    if where.taken >= where.max_people:
        return True
    if where.role_count >= where.max_people:  # holders only: whoever is none fails by the speciality
        return False
    kept = where.role_count - where.role_taken
    return where.taken + kept >= where.max_people and not (kept and holds_role(who, where))


def has_turn(key: str, batch: str, turn: tuple[int, int] | None) -> bool:
    """Is the member asked on this day of a big batch? Half of the days at most, dealt out by a lottery anyone can redo.

    The lot is the first 8 hex digits of SHA-256 of "batch/key", modulo the number of days; a batch of one day asks all.
    """
    if turn is None or turn[1] < 2:
        return True
    index, days = turn
    lot = int(hashlib.sha256(f"{batch}/{key}".encode()).hexdigest()[:8], 16)
    return (index - lot) % days < max(1, days // 2)


def _faults(who: Candidate, where: Slot, *, offering: bool, places: bool) -> Iterator[ReasonCode]:
    if not who.active and not who.paused:
        yield ReasonCode.LEFT
    if who.paused:
        yield ReasonCode.PAUSED
    if not _near(who, where):
        yield ReasonCode.COMMUNITY
    if who.wishes and where.kind not in who.wishes:
        yield ReasonCode.KIND
    fault = _skill_fault(who, where)
    if fault is not None:
        yield fault
    if where.language and where.language not in who.languages:
        yield ReasonCode.LANGUAGE
    if where.slot not in (who.slots or UNSAID_SLOTS):
        yield ReasonCode.TIME
    if any(first <= where.day <= last for first, last in who.blocked):
        yield ReasonCode.BLOCKED
    if where.day in who.taken_days:
        yield ReasonCode.DAY_TAKEN
    if who.taken_in_month.get(where.month, 0) >= who.max_per_month:
        yield ReasonCode.MONTH_FULL
    if offering and not who.takes_offers:
        yield ReasonCode.NO_OFFERS
    if offering and where.turn is not None and not has_turn(who.key, where.batch, where.turn):
        yield ReasonCode.BATCH_TURN
    if places and _is_full(who, where):
        yield ReasonCode.FULL


def why_not(who: Candidate, where: Slot, *, offering: bool = False, places: bool = False) -> ReasonCode | None:
    """The first rule this pair fails, or None. ``offering``: for a proposal; ``places``: also ask for a free place."""
    return next(_faults(who, where, offering=offering, places=places), None)


def why_all(who: Candidate, where: Slot, *, offering: bool = False, places: bool = False) -> list[ReasonCode]:
    """Every rule this pair fails, in the order of ``ORDER``."""
    return list(_faults(who, where, offering=offering, places=places))


def bars_taking(who: Candidate, where: Slot) -> ReasonCode | None:
    """The first rule that forbids the member to take this place himself: his own word (``OWN_WORD``) does not."""
    return next((code for code in _faults(who, where, offering=False, places=False) if code not in OWN_WORD), None)


def against(who: Candidate, where: Slot) -> ReasonCode | None:
    """What speaks against a place, as the member is told: a rule that forbids it comes before his own word (``OWN_WORD``).

    So a place that only his own word speaks against is one he may take.
    """
    faults = _faults(who, where, offering=False, places=True)
    first = next(faults, None)
    return first if first not in OWN_WORD else next((code for code in faults if code not in OWN_WORD), first)


#: What the member reads. The language rule names no language (red line 4).
TO_MEMBER = {
    ReasonCode.LEFT: _("你已经不在册。"),
    ReasonCode.PAUSED: _("你现在暂缓服务，恢复以后再认领。"),
    ReasonCode.COMMUNITY: _("这个岗位在别的社区，也不是你单位结对的社区。"),
    ReasonCode.KIND: _("不在你选的服务意向里。"),
    ReasonCode.SKILL: _("这个岗位要的特长，你没有填。"),
    ReasonCode.CERTIFICATE: _("这个岗位要持证的人。"),
    ReasonCode.LANGUAGE: _("这个岗位另有要求，你没有填。"),
    ReasonCode.TIME: _("不在你说的有空时间里。"),
    ReasonCode.BLOCKED: _("那天你说过来不了，或者单位值班。"),
    ReasonCode.DAY_TAKEN: _("那天你已经有一个班。"),
    ReasonCode.MONTH_FULL: _("这个月已经到你说的次数。"),
    ReasonCode.NO_OFFERS: _("你说过不用推荐。"),
    ReasonCode.BATCH_TURN: _("这批人多，分开叫，这一天轮到别人。"),
    ReasonCode.FULL: _("人已经够了。"),
}
#: What the clerk reads beside a name.
TO_CLERK = {
    ReasonCode.LEFT: _("已经不在册"),
    ReasonCode.PAUSED: _("暂缓服务"),
    ReasonCode.COMMUNITY: _("不在本社区，单位没有和本社区结对，也没有说愿意去别的社区"),
    ReasonCode.KIND: _("没有选这类服务"),
    ReasonCode.SKILL: _("没有这个岗位要的特长"),
    ReasonCode.CERTIFICATE: _("没有这个岗位要的证"),
    ReasonCode.LANGUAGE: _("不符合这个岗位的另一项要求"),
    ReasonCode.TIME: _("那个时间没空"),
    ReasonCode.BLOCKED: _("那天来不了或者单位值班"),
    ReasonCode.DAY_TAKEN: _("那天已经有一个班"),
    ReasonCode.MONTH_FULL: _("这个月已经到自己说的次数"),
    ReasonCode.NO_OFFERS: _("说过不用推荐"),
    ReasonCode.BATCH_TURN: _("这批人多，分开叫，这一天轮到别人"),
    ReasonCode.FULL: _("这个班人已经够了"),
}


def sentence(code: ReasonCode | str, *, to_member: bool = False) -> str:
    """The rule in words, for the member ("你…") or for the clerk."""
    table = TO_MEMBER if to_member else TO_CLERK
    return str(table[ReasonCode(code)])
