"""Two plans of a month side by side: the shifts in which they differ, who comes, who goes, and a few figures of each.

A plan that was sent is compared by the lines it was sent with. Names are those of the desk's own page; nobody is counted
against anybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from baodao.base.actor import Actor
from baodao.base.verdict import Absent
from baodao.domain.matching import selectors
from baodao.domain.matching.facts import HELD, READER
from baodao.domain.matching.models import Plan
from baodao.domain.service import selectors as service
from baodao.domain.service.states import ShiftState


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan comes to: shifts full and able to run, wished places filled, people, how it was found."""

    plan: Plan
    shifts: int
    full: int
    runs: int
    filled: int
    wished: int
    people: int
    by_hand: int
    locked: int


@dataclass(frozen=True, slots=True)
class Side:
    """A name on one side: ``mark`` is "only" when the other side lacks it in this shift, "role" when the seat differs."""

    name: str
    mark: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A shift in which two plans differ."""

    shift: Any
    left: list[Side]
    right: list[Side]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans: figures of both, the shifts that differ, how many lines came and went and changed their seat."""

    left: Figures
    right: Figures
    rows: list[Row]
    come: int
    gone: int
    changed: int
    people: int


def drafts(actor: Actor, community: str, month: str) -> list[Plan]:
    """Every plan of a community's month that has lines, the newest first."""
    rows = selectors.plans(actor).filter(community_path=community, month=month).exclude(lines=None)
    return list(rows.distinct().order_by("-draft"))


def pair_of(found: Sequence[Plan], left: str, right: str) -> tuple[Plan, Plan]:
    """The two plans asked for by draft number; by default the newest beside the one it was made from. Absent otherwise."""
    by_number = {str(plan.draft): plan for plan in found}
    if not found:
        raise Absent
    new = by_number.get(right) if right else found[0]
    if new is None:
        raise Absent
    before = str(new.notes.get("before", ""))
    old = by_number.get(left or before) if left or before in by_number else next((p for p in found if p.pk != new.pk), new)
    if old is None:
        raise Absent
    return old, new


def compare(left: Plan, right: Plan) -> Comparison:
    """Two plans of one community and month; a constant number of queries."""
    shifts = service.month_of(right.community_path, right.month).exclude(state=ShiftState.CANCELLED)
    month = list(shifts.select_related("post").order_by("start_at", "pk"))
    sides = [_lines(plan) for plan in (left, right)]
    held = _held(right)
    rows, come, gone, changed, moved = [], 0, 0, 0, set()
    for shift in month:
        one, two = sides[0].get(shift.pk, {}), sides[1].get(shift.pk, {})
        seats = {pk for pk in one.keys() & two.keys() if one[pk].role != two[pk].role}
        if one.keys() == two.keys() and not seats:
            continue
        gone, come, changed = gone + len(one.keys() - two.keys()), come + len(two.keys() - one.keys()), changed + len(seats)
        moved |= one.keys() ^ two.keys()
        rows.append(Row(shift, _sides(one, two, seats), _sides(two, one, seats)))
    figures = [_figures(plan, lines, month, held) for plan, lines in zip((left, right), sides, strict=True)]
    return Comparison(figures[0], figures[1], rows, come, gone, changed, len(moved))


def _lines(plan: Plan) -> dict[int, dict[int, Any]]:
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    for line in plan.lines.select_related("member").order_by("member__sort_surname", "member__name", "pk"):
        found[line.shift_id][line.member_id] = line
    return found


def _held(plan: Plan) -> Counter[int]:
    """Places already given by shift, which count for both sides, except those the plan itself was sent with."""
    rows = service.visible_bookings(READER).filter(
        shift__community_path=plan.community_path, shift__month=plan.month, state__in=HELD
    )
    sent = rows.filter(offer__plan__community_path=plan.community_path, offer__plan__month=plan.month)
    return Counter(rows.exclude(pk__in=sent.values("pk")).order_by().values_list("shift_id", flat=True))


def _sides(mine: dict[int, Any], other: dict[int, Any], seats: set[int]) -> list[Side]:
    found = []
    for pk, line in mine.items():
        mark = "only" if pk not in other else ("role" if pk in seats else "")
        found.append(Side(line.member.name, mark, line.locked))
    return found


def _figures(plan: Plan, lines: dict[int, dict[int, Any]], month: list[Any], held: Counter[int]) -> Figures:
    counts = {shift.pk: len(lines.get(shift.pk, ())) + held[shift.pk] for shift in month}
    every = [line for one in lines.values() for line in one.values()]
    return Figures(
        plan,
        len(month),
        sum(counts[shift.pk] >= shift.desired_people for shift in month),
        sum(counts[shift.pk] >= shift.min_people for shift in month),
        sum(min(counts[shift.pk], shift.desired_people) for shift in month),
        sum(shift.desired_people for shift in month),
        len({line.member_id for line in every}),
        sum(line.by_hand for line in every),
        sum(line.locked for line in every),
    )
