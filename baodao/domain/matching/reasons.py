"""Reasons in words: why this member, why not that one, who else and what a change would cost, why a shift is short.

Everything is recomputed from the facts at hand by the same rules that made the plan. A language that a post needs is
never named and never counted (red line 4): it shows as "另一项要求" and keeps a shift's numbers silent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from baodao.base.days.service_days import SLOTS, weekday_label
from baodao.domain.matching import fit
from baodao.domain.matching.facts import Facts
from baodao.domain.matching.fit import EXTRA_WORDS, Person, Place, cost, terms
from baodao.domain.matching.problem import Pair, bar
from baodao.domain.members.skills import LABELS as SKILLS
from baodao.domain.posts.eligibility import ReasonCode, holds_role, sentence
from baodao.domain.posts.states import PostKind

UNFIT = frozenset({ReasonCode.KIND, ReasonCode.SKILL, ReasonCode.CERTIFICATE, ReasonCode.LANGUAGE, ReasonCode.COMMUNITY})
#: What a draft's other lines cause: moving the member solves it.
MOVABLE = frozenset({ReasonCode.DAY_TAKEN, ReasonCode.MONTH_FULL})


@dataclass(frozen=True, slots=True)
class Reason:
    """A stated reason: a stable code for programs and tests, words for people."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could (or could not) take a place: ``can`` is yes, move (leaves another shift) or no."""

    person: Person
    can: str
    words: str
    cost: int
    code: str = ""
    leaves: int = 0


def why(person: Person, place: Place, *, lines: int = 0) -> list[Reason]:
    """Why a member stands in a shift; ``lines`` is how many of the draft's lines are theirs, this one included."""
    who, where, found = person.who, place.where, []
    slot = SLOTS[where.slot]
    if where.slot in who.slots:
        found.append(Reason("time", f"{slot}有空"))
    elif not who.slots:
        found.append(Reason("time_unsaid", f"没有说过时间，{slot}在下班后或休息日"))
    else:
        found.append(Reason("time_by_hand", f"{slot}不在说过的时间里，是手工排的或者固定的"))
    if holds_role(who, where) or (where.skill and where.skill in who.skills):
        skill = where.skill if where.skill in who.skills else where.role_skill
        found.append(Reason("skill", f"会{SKILLS.get(skill, skill)}"))
    if place.post in person.claims:
        found.append(Reason("holds", "认领了这个岗位"))
    if person.did.get(place.post):
        found.append(Reason("did_before", f"这个岗位半年里做过 {person.did[place.post]} 次"))
    if where.kind in who.wishes:
        found.append(Reason("wish", f"选了{PostKind(where.kind).label}"))
    if who.community != where.community:
        paired = where.community in who.paired
        found.append(Reason("paired" if paired else "far", "单位和本社区结对" if paired else "愿意去别的社区"))
    held = who.taken_in_month.get(where.month, 0) + max(lines, 1)
    found.append(Reason("load", f"说一个月最多 {who.max_per_month} 次，现在排了 {held} 次"))
    if person.target:
        found.append(Reason("year", f"一年想做 {person.target} 次，今年做过 {person.served} 次"))
    return found


def words_of(code: str, person: Person, place: Place) -> str:
    """A refusal in words for the clerk."""
    if code == ReasonCode.MONTH_FULL:
        most = person.who.max_per_month
        return f"说一个月最多 {most} 次，这会是第 {person.who.taken_in_month.get(place.where.month, 0) + 1} 次"
    if code == ReasonCode.TIME:
        return f"{SLOTS[place.where.slot]}没说有空"
    return EXTRA_WORDS[code] if code in EXTRA_WORDS else sentence(code)


def why_not(facts: Facts, person: Person, place: Place) -> Reason | None:
    """The first rule that keeps a member out of a shift, in words; None when nothing does."""
    code = bar(facts, person, place)
    return Reason(code, words_of(code, person, place)) if code else None


def choices(facts: Facts, place: Place, lines: dict[Pair, bool], instead_of: Person | None = None) -> list[Choice]:
    """Everybody in reach of a shift who is not in it: those who can, those who would leave another shift, those who cannot.

    ``lines`` are the draft's (member, shift) → locked. Ranked by the same misfit as the plan, ties by name order.
    """
    after = facts.with_lines(lines, apart_from=place.pk)
    inside = {member for member, shift in lines if shift == place.pk} | facts.holders.get(place.pk, set())
    standard = cost(instead_of, place) if instead_of else None
    found = []
    for person in after.reach(place.where.community):
        if person.pk in inside:
            continue
        code = bar(after, person, place)
        size = cost(person, place)
        if code is None:
            found.append(Choice(person, "yes", _compared(person, place, standard, size, instead_of), size))
            continue
        leaves = _leaves(facts, person, place, lines, code)
        if leaves:
            words = f"{_day(facts.places[leaves])}的{facts.places[leaves].post_name}就少 1 人"
            found.append(Choice(person, "move", words, size, str(code), leaves))
        else:
            found.append(Choice(person, "no", words_of(str(code), person, place), size, str(code)))
    order = {"yes": 0, "move": 1, "no": 2}
    return sorted(found, key=lambda c: (order[c.can], _distance(c), c.cost, c.person.sort_key, c.person.pk))


def _distance(choice: Choice) -> int:
    """Those who fail a rule of the month come before those whom the post does not fit at all."""
    return 1 if choice.code in UNFIT else 0


def _day(place: Place) -> str:
    return f"{place.where.day:%m-%d} {weekday_label(place.where.day)}"


def _leaves(facts: Facts, person: Person, place: Place, lines: dict[Pair, bool], code: str) -> int:
    """The unlocked line of the draft that would have to go so that the member fits; 0 when that does not help."""
    if code not in MOVABLE:
        return 0
    mine = [shift for (member, shift), locked in lines.items() if member == person.pk and not locked]
    mine = [shift for shift in mine if shift in facts.places and shift != place.pk]
    if code == ReasonCode.DAY_TAKEN:
        mine = [shift for shift in mine if facts.places[shift].where.day == place.where.day]
    for shift in sorted(mine, key=lambda pk: facts.places[pk].start):
        rest = {pair: held for pair, held in lines.items() if pair != (person.pk, shift)}
        moved = facts.with_lines(rest, apart_from=place.pk)
        if bar(moved, moved.people[person.pk], place) is None:
            return shift
    return 0


def _compared(person: Person, place: Place, standard: int | None, size: int, other: Person | None) -> str:
    """A possible change in words: which terms differ, never a bare number."""
    if standard is None or other is None:
        plus = [LIKES[name] for name in terms(person, place) if name in LIKES]
        return "，".join(plus) if plus else "能来"
    mine, theirs = terms(person, place), terms(other, place)
    worse = [WORSE[name] for name in WORSE if mine.get(name, 0) > theirs.get(name, 0)]
    better = [BETTER[name] for name in BETTER if mine.get(name, 0) < theirs.get(name, 0)]
    if size == standard and not worse:
        return "一样好"
    if not worse:
        return "，".join(["更合适", *better])
    return "，".join([*worse, *better])


LIKES = {"holds": "认领了这个岗位", "did_before": "做过", "paired": "单位结对", "far": "要从别的社区来", "wish_open": "没说想做哪类"}
WORSE = {
    "holds": "没有认领这个岗位",
    "did_before": "少一个熟手",
    "far": "要从别的社区来",
    "paired": "家不在本社区",
    "wish_open": "没说想做这类",
    "holiday_turn": "假日来得多了",
}
BETTER = {
    "holds": "认领了这个岗位",
    "did_before": "是熟手",
    "far": "就在本社区",
    "paired": "就在本社区",
    "wish_open": "选了这类服务",
    "holiday_turn": "假日来得少",
}


def shortage(facts: Facts, place: Place, lines: Iterable[Pair]) -> list[Reason]:
    """Why a shift is not full: how many people fit at all, and what keeps each of them away. Counts, never names."""
    pairs = list(lines)
    return shortage_in(facts.with_lines(pairs), place, pairs)


def shortage_in(after: Facts, place: Place, lines: Iterable[Pair]) -> list[Reason]:
    """The same for facts that already count the lines as held (many shifts at once)."""
    if place.where.language:
        return [Reason("requirement", "符合要求的人都没空、已经排满，或者没有")]
    here = replace(after.places[place.pk], where=replace(place.where, taken=0))
    inside = {member for member, shift in lines if shift == place.pk} | after.holders.get(place.pk, set())
    pool, counted, unfit = 0, Counter[str](), Counter[str]()
    reach = after.reach(place.where.community)
    for person in reach:
        if person.pk in inside:
            continue
        code = bar(after, person, here)
        if code in UNFIT:
            unfit[str(code)] += 1
            continue
        pool += 1
        counted[str(code or "free")] += 1
    found = [Reason("pool", f"合适的另有 {pool} 人"), *_counts(counted, pool)] if pool else [_nobody(place, unfit)]
    return [*_kept_seat(after, here, reach, inside), *found]


def _kept_seat(after: Facts, here: Place, reach: Iterable[Person], inside: set[int]) -> list[Reason]:
    """Why a kept seat has nobody; empty where it has somebody, or somebody who can come."""
    if here.where.role_count <= here.where.role_taken:
        return []
    skill = SKILLS.get(here.where.role_skill, here.where.role_skill)
    holders = [person for person in reach if holds_role(person.who, here.where)]
    if not holders:
        return [Reason("role", f"没有人会{skill}")]
    if any(person.pk in inside or bar(after, person, here) is None for person in holders):
        return []
    return [Reason("role", f"会{skill}的 {len(holders)} 人都没空或排在别处，留的位置没有人")]


def _counts(counted: Counter[str], pool: int) -> list[Reason]:
    if len(counted) == 1 and pool > 1:
        return [Reason(code, f"都{COUNTED[code].removeprefix('已')}") for code in counted]
    return [Reason(code, f"{n} 人{COUNTED[code]}") for code, n in counted.most_common()]


def _nobody(place: Place, unfit: Counter[str]) -> Reason:
    if unfit[ReasonCode.SKILL] or unfit[ReasonCode.CERTIFICATE]:
        skill = place.where.skill or place.where.role_skill
        return Reason("skill", f"没有别人会{SKILLS.get(skill, skill)}")
    if unfit[ReasonCode.KIND]:
        return Reason("kind", f"没有别人选{PostKind(place.where.kind).label}")
    return Reason("nobody", "没有别的合适的人")


COUNTED = {
    ReasonCode.LEFT: "不在册",
    ReasonCode.PAUSED: "暂缓",
    ReasonCode.TIME: "那个时间没空",
    ReasonCode.BLOCKED: "那天来不了或单位值班",
    ReasonCode.DAY_TAKEN: "那天已有别的班",
    ReasonCode.MONTH_FULL: "已到自己说的次数",
    ReasonCode.NO_OFFERS: "说过不用推荐",
    ReasonCode.FULL: "遇到满员",
    fit.HOLIDAY_REST: "轮到那天休息",
    fit.ANSWERED: "邀请过了",
    fit.TAKEN_OUT: "从这个班拿下来过",
    fit.HERE: "已在这个班",
    fit.GAVE_BACK: "说过这个班来不了",
    "free": "能来，这次没有排上",
}
