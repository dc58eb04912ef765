"""A month that is over, as if it were to be planned again: a problem of the solver without anybody in it.

The shifts are those that were held, empty again; the people are those of today's ledger with what they say today, and
what they had served before that month. Nothing of who served, was asked, declined or kept silent is read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from baodao.base.days.months import Month
from baodao.base.verdict import Refused
from baodao.domain.calendar import selectors as calendar
from baodao.domain.matching import people
from baodao.domain.matching.facts import READER, Facts, history, place_of
from baodao.domain.matching.fit import Person, rest_day
from baodao.domain.matching.problem import build
from baodao.domain.service import selectors as service
from baodao.domain.service.states import ShiftState


def facts_again(town: str, month: str, today: date) -> Facts:
    """The facts of a month that is over with all its places free; Refused while it still runs."""
    value = Month.parse(month)
    if value.last >= today:
        raise Refused(f"{month} 还没有过完，过完的月份才能重放。", code="not_over")
    found = Facts(town, month, ())
    shifts = list(service.month_of(town, month).exclude(state=ShiftState.CANCELLED))
    if not shifts:
        raise Refused(f"{month} 没有班次。", code="no_shifts")
    days = sorted({shift.date for shift in shifts})
    found.holidays = tuple(day for day in days if calendar.kind_of(day, town) == "holiday")
    for shift, where in zip(shifts, service.slots_of(shifts).values(), strict=True):
        free = replace(where, taken=0, role_taken=0)
        found.places[shift.pk] = place_of(shift, free, holiday=shift.date in found.holidays)
    served, holidays, did = history(found)
    for row in people.read(town, value, (), READER):
        found.people[row.pk] = Person(
            pk=row.pk, code=row.code, name="", who=row.who, unit=row.unit, target=row.target, served=served.get(row.pk, 0),
            holidays=holidays.get(row.pk, 0), did=did.get(row.pk, {}), rest_on=rest_day(row.code, found.holidays),
        )  # fmt: skip
    if not found.people:
        raise Refused("台账里还没有能来的党员。", code="no_people")
    return found


def problem_again(facts: Facts) -> dict[str, object]:
    """The problem of these facts, still under the database's own codes."""
    return build(facts).problem
