"""What a row says differently from what is stored, field by field; what it does not say is left alone."""

from __future__ import annotations

from typing import Any

from baodao.domain.members.intake.checking import Checked
from baodao.domain.members.intake.known import Person
from baodao.domain.members.states import MemberKind

_LEVELS = ("can", "skilled", "certified")


def changes_of(person: Person, checked: Checked) -> list[tuple[str, Any, Any]]:
    """(field, old, new) of everything the file says differently; what it does not say is left alone."""
    values, member, enrolment = checked.values, person.member, person.enrolment
    found: list[tuple[str, Any, Any]] = []
    for name in ("name", "kind", "job_title", "party_org_name", "note", "wishes", "slots", "time_note"):
        quiet = name == "time_note" and not values.get(name) and values.get("slots") == member.slots
        if name in values and values[name] != getattr(member, name) and not quiet:
            found.append((name, getattr(member, name), values[name]))
    if "party_org" in values and values["party_org"].pk != member.party_org_id:
        found.append(("party_org", member.party_org_id, values["party_org"]))
    if checked.phone_index and checked.phone_index != person.phone_index:
        found.append(("phone", "", ""))
    kind = values.get("kind", member.kind)
    if kind == MemberKind.IN_SERVICE and checked.unit is not None and (person.unit is None or person.unit.pk != checked.unit.pk):
        found.append(("unit", person.unit, checked.unit))
    if checked.community is not None and person.community_path != checked.community.path:
        found.append(("community", enrolment.community if enrolment else None, checked.community))
    found += _enrolment_changes(person, checked)
    found += _offer_changes(person, values)
    return found


def _enrolment_changes(person: Person, checked: Checked) -> list[tuple[str, Any, Any]]:
    values, row = checked.values, person.enrolment
    found: list[tuple[str, Any, Any]] = []
    for name in ("team_name", "home_community", "reported_on"):
        old = getattr(row, name) if row else None
        if name in values and values[name] != old:
            found.append((name, old, values[name]))
    if "estate" in values and (row is None or row.estate_id != values["estate"].pk):
        found.append(("estate", row.estate if row else None, values["estate"]))
    return found


def _offer_changes(person: Person, values: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []
    if "skills" in values:
        new = merged_levels(person.skills, values["skills"])
        words = values["skill_words"]
        if new != person.skills or set(words) != set(person.skill_words):
            old = [(code, level, "") for code, level in person.skills.items()] + [("", "can", w) for w in person.skill_words]
            found.append(("skills", old, [(code, level, "") for code, level in new.items()] + [("", "can", w) for w in words]))
    if "languages" in values and set(values["languages"]) != set(person.languages):
        found.append(("languages", person.languages, values["languages"]))
    return found


def merged_levels(stored: dict[str, str], said: list[tuple[str, str]]) -> dict[str, str]:
    """The leaves a file names; a level already known is never lowered by a file that names none."""
    return {code: max(level, stored.get(code, "can"), key=_LEVELS.index) for code, level in said}
