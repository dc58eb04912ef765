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
    said = {name: values[name] for name in ("team_name", "home_community") if name in values} | _days(person, checked)
    for name, new in said.items():
        old = getattr(row, name) if row else None
        if new != old:
            found.append((name, old, new))
    if "estate" in values and (row is None or row.estate_id != values["estate"].pk):
        found.append(("estate", row.estate if row else None, values["estate"]))
    return found


def _days(person: Person, checked: Checked) -> dict[str, Any]:
    """Report and receipt as they will stand; a receipt says at least that day for the report, and is never before it."""
    values, row = checked.values, person.enrolment
    said = {name: values[name] for name in ("reported_on", "receipt_on") if name in values}
    if values.get("kind", person.member.kind) == MemberKind.COMMUNITY:
        said.pop("receipt_on", None)
    here = row is not None and (checked.community is None or person.community_path == checked.community.path)
    first = said.get("reported_on") or (row.reported_on if row and here else None)
    back = said.get("receipt_on") or (row.receipt_on if row and here else None)
    if first and back and back < first:
        checked.notes.append("回执早于报到，这两个日子没有改")
        return {}
    return said | ({"reported_on": back} if back and not first else {})


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
