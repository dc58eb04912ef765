"""What is put into the ledger: one person as clean values, whoever brings them (a form, a file, the demo).

Organisations are objects here, codes are codes: reading words is the business of ``reading`` and the forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baodao.base.text import names, pinyin, strokes
from baodao.domain.members.states import MemberKind, NameForm


@dataclass(slots=True)
class NewMember:
    """One person for the ledger. ``unit`` is a Unit, ``community`` and ``estate`` are Orgs, ``party_org`` a PartyOrg.

    ``skills`` are (code, level) pairs, ``skill_words`` what no leaf means; ``since`` is the first day of employment and
    enrolment (today when empty); ``enrolment_state`` empty means reported, or receipted where ``receipt_on`` says the day the
    receipt went back to the unit.
    """

    name: str
    kind: str = MemberKind.IN_SERVICE
    phone: str = ""
    unit: Any = None
    community: Any = None
    estate: Any = None
    party_org: Any = None
    job_title: str = ""
    party_org_name: str = ""
    skills: list[tuple[str, str]] = field(default_factory=list)
    slots: list[str] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    reported_on: date | None = None
    receipt_on: date | None = None
    since: date | None = None
    max_per_month: int = 2
    target_per_year: int = 0
    name_form: str = NameForm.POST
    takes_offers: bool = True
    far_ok: bool = False
    note: str = ""
    skill_words: list[str] = field(default_factory=list)
    time_note: str = ""
    home_community: str = ""
    team_name: str = ""
    enrolment_state: str = ""
    channel: str = "desk"
    slip_number: str = ""


def name_columns(name: str) -> dict[str, str]:
    """The columns computed from a regular name: the name, its sound for search, its two official orders."""
    sound = pinyin.read(name)
    return {
        "name": name,
        "name_pinyin": sound.spaced[:200],
        "name_initials": sound.initials[:60],
        "sort_surname": strokes.stroke_key(name, "surname"),
        "sort_name": strokes.stroke_key(name, "name"),
    }


def regular(name: str) -> str:
    """The form of a name that is stored; empty when nothing is left. Raises ``names.NameTooLong``."""
    return names.normalise(name)
