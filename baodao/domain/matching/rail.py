"""What stands beside the plan when a name or a shift is pressed: why, who else and at what cost, what is missing and helps."""

from __future__ import annotations

from dataclasses import dataclass, field

from baodao.domain.matching import reasons, remedies, what_if, why_not
from baodao.domain.matching.facts import Facts, load
from baodao.domain.matching.fit import Person, Place
from baodao.domain.matching.models import Plan
from baodao.domain.matching.problem import Pair
from baodao.domain.matching.reasons import Choice, Reason
from baodao.domain.matching.sheet import Chip, Sheet, ShiftRow
from baodao.domain.matching.states import PlanState
from baodao.domain.matching.why_not import WhyNot

FEW = 3


@dataclass(slots=True)
class Rail:
    """The right column: a shift, perhaps one of its people, and what may be done."""

    row: ShiftRow
    chip: Chip | None = None
    why: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    hidden: int = 0
    short: list[str] = field(default_factory=list)
    remedies: list[remedies.Remedy] = field(default_factory=list)
    may_change: bool = False
    may_offer: bool = False
    leaves: dict[int, str] = field(default_factory=dict)
    priced: dict[int, WhyNot] = field(default_factory=dict)
    is_priced: bool = False
    settled: bool = True
    times: list[tuple[str, str]] = field(default_factory=list)

    @property
    def may_price(self) -> bool:
        """Is there anybody whose absence only the plan explains, and are prices not there yet."""
        return self.may_change and not self.is_priced and any(choice.can != "no" for choice in self.choices)


def read(
    sheet: Sheet, shift: str, member: str = "", *, every: bool = False, frozen: bool = False, priced: bool = False
) -> Rail | None:
    """The rail of a pressed shift or name; None when there is no such shift in the month.

    ``frozen`` shows it without deeds, because the draft is being planned again; ``priced`` works out why the others are
    not there (some tenths of a second).
    """
    row = next((r for r in sheet.rows if r.shift.code == shift), None)
    if row is None:
        return None
    rail = Rail(row, next((c for c in row.chips if c.code == member), None))
    facts = load(row.shift.town, row.shift.month, [row.shift.community_path], whole_month=True)
    place = facts.places.get(row.shift.pk)
    if place is None:  # rolled or cancelled: nothing to plan any more
        return rail
    lines = _lines(sheet)
    person = next((p for p in facts.people.values() if p.code == member), None) if rail.chip else None
    rail.may_change = sheet.plan is not None and sheet.plan.state == PlanState.DRAFT and not frozen
    rail.may_offer = sheet.plan is not None and sheet.plan.state == PlanState.PUBLISHED and place.free > 0
    if person is not None:
        rail.why = [r.words for r in _why(facts, person, place, lines, rail.chip)]
    if rail.may_change and not place.where.taken:
        rail.times = what_if.times(place)
    if row.missing:
        rail.short = [r.words for r in reasons.shortage(facts, place, list(lines))]
        rail.remedies = remedies.offered(facts, place, list(lines)) if rail.may_change else []
    _choices(rail, facts, place, lines, person, every=every)
    if priced and rail.may_price and sheet.plan is not None:
        wanted = [choice.person.pk for choice in rail.choices if choice.can != "no"]
        answers = why_not.others(sheet.plan, place.pk, wanted)
        rail.priced, rail.settled, rail.is_priced = answers.by_member, answers.settled, True
    return rail


def _lines(sheet: Sheet) -> dict[Pair, bool]:
    plan: Plan | None = sheet.plan
    if plan is None or plan.state == PlanState.PUBLISHED:
        return {}
    return {(m, s): locked for m, s, locked in plan.lines.values_list("member_id", "shift_id", "locked")}


def _why(facts: Facts, person: Person, place: Place, lines: dict[Pair, bool], chip: Chip | None) -> list[Reason]:
    mine = sum(1 for member, _shift in lines if member == person.pk)
    said = reasons.why(person, place, lines=mine)
    if chip is not None and chip.mark != "line":  # already counted among the places held
        said = [r for r in said if r.code != "load"]
    if chip is not None and chip.locked:
        said.append(Reason("locked", "锁定了，重新安排也不动"))
    return said


def _choices(
    rail: Rail, facts: Facts, place: Place, lines: dict[Pair, bool], person: Person | None, *, every: bool
) -> None:
    if not (rail.may_change or rail.may_offer):
        return
    if person is None and not rail.row.missing:
        return
    found = reasons.choices(facts, place, lines, person if rail.chip and rail.chip.mark == "line" else None)
    shown = found if every else _first(found)
    rail.choices, rail.hidden = shown, len(found) - len(shown)
    codes = {p.pk: p.code for p in facts.places.values()}
    rail.leaves = {c.person.pk: codes[c.leaves] for c in shown if c.leaves}


def _first(found: list[Choice]) -> list[Choice]:
    """A few who can, one who would leave another shift, one who cannot and nearly could."""
    able = [c for c in found if c.can == "yes"]
    move = [c for c in found if c.can == "move"]
    cannot = [c for c in found if c.can == "no" and c.code not in reasons.UNFIT]
    return [*able[:FEW], *move[: max(1, FEW - len(able))], *cannot[:1]]



def short_words(sheet: Sheet) -> dict[int, str]:
    """Why each shift that is not full is short, by its key: one reading of the facts for all of them."""
    if not sheet.short:
        return {}
    first = sheet.short[0].shift
    facts = load(first.town, first.month, [first.community_path], whole_month=True)
    lines = list(_lines(sheet))
    return {
        row.shift.pk: "，".join(r.words for r in reasons.shortage(facts, facts.places[row.shift.pk], lines))
        for row in sheet.short
        if row.shift.pk in facts.places
    }
