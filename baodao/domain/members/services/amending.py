"""Writing what a file says differently about people who are on the ledger, and putting it back as it was.

Each amendment returns what undoing needs: old and new of every value. Undoing puts an old value back only where the new
one still stands; what somebody changed since stays.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.domain.members import contacts
from baodao.domain.members.intake.verdicts import Line
from baodao.domain.members.models import (
    Employment,
    Enrolment,
    LanguageOffered,
    Member,
    MemberChange,
    MemberContact,
    SkillOffered,
)
from baodao.domain.members.rows import name_columns
from baodao.domain.members.services import moves
from baodao.domain.members.services.history import change_rows
from baodao.domain.members.states import EnrolmentState, MemberKind

Undo = dict[str, Any]
COLUMNS = ("name", "kind", "job_title", "party_org_name", "note", "wishes", "slots", "time_note", "party_org")
PLACES = ("team_name", "home_community", "reported_on", "receipt_on", "estate")
_DAYS = ("reported_on", "receipt_on")


def amend_many(actor: Actor, lines: list[Line], batch: str) -> list[Undo]:
    """Write the changes of all lines, with history; returns the undo of each."""
    history: list[MemberChange] = []
    undone = []
    for line in lines:
        undone.append(_amend(actor, line, batch))
        person = line.person
        if person is not None:
            told = [change for change in line.changes if change[0] not in ("unit", "community")]
            history += change_rows(person.member, actor, told, batch)
    MemberChange.objects.bulk_create(history, batch_size=500)
    return undone


def _amend(actor: Actor, line: Line, batch: str) -> Undo:
    person, values = line.person, line.checked.values
    assert person is not None
    member, changed = person.member, {name: (old, new) for name, old, new in line.changes}
    undo: Undo = {"code": member.code}
    columns = {name: changed[name] for name in COLUMNS if name in changed}
    if columns:
        undo["member"] = {name: [_stored(old), _stored(new)] for name, (old, new) in columns.items()}
        _write_member(member.pk, {name: new for name, (_old, new) in columns.items()})
        member.kind = values.get("kind", member.kind)
    if "unit" in changed:
        closed = person.employment.pk if person.employment else None
        made = moves.change_employer(actor=actor, member=member, unit=changed["unit"][1], batch=batch)
        undo["job"] = {"closed": closed, "opened": made.pk}
    elif member.kind == MemberKind.COMMUNITY and person.employment is not None:
        Employment.objects.filter(pk=person.employment.pk).update(until=clock.today())
        undo["job"] = {"closed": person.employment.pk, "opened": None}
    enrolment = person.enrolment
    if "community" in changed:
        before = (enrolment.pk, enrolment.state) if enrolment else (None, "")
        enrolment = moves.transfer(actor=actor, member=member, community=changed["community"][1], batch=batch)
        undo["moved"] = {"closed": before[0], "state": before[1], "opened": enrolment.pk}
    places = {name: changed[name] for name in PLACES if name in changed}
    if places and enrolment is not None:
        if "moved" not in undo:
            undo["places"] = {name: [_stored(old), _stored(new)] for name, (old, new) in places.items()}
        undo |= _write_places(enrolment, {name: new for name, (_old, new) in places.items()}, undo)
    undo |= _write_offers(member, changed)
    if "phone" in changed:
        undo["phone"] = [contacts.opened(getattr(member, "contact", None)), values["phone"]]
        _write_phone(member.pk, values["phone"])
    return undo


def _stored(value: Any) -> Any:
    """A value as JSON keeps it: dates as text, rows as keys."""
    if isinstance(value, date):
        return value.isoformat()
    return value.pk if hasattr(value, "pk") else value


def _write_member(key: int, values: dict[str, Any]) -> None:
    written = dict(values)
    if "name" in written:
        written |= name_columns(written["name"])
    if isinstance(written.get("party_org"), int) or written.get("party_org", "") is None:
        written["party_org_id"] = written.pop("party_org")
    Member.objects.filter(pk=key).update(**written, version=F("version") + 1, changed_at=clock.now())


def _write_places(row: Enrolment, values: dict[str, Any], undo: Undo) -> Undo:
    written = dict(values)
    more: Undo = {}
    state = _state_after(row.state, written)
    if state != row.state:
        written["state"] = state
        if "moved" not in undo:
            more["places"] = undo["places"] | {"state": [row.state, state]}
    Enrolment.objects.filter(pk=row.pk).update(**written, version=F("version") + 1, changed_at=clock.now())
    return more


def _state_after(state: str, written: dict[str, Any]) -> str:
    """What the days a file brings make of an enrolment: a slip that was handed in, a receipt that went back."""
    if "receipt_on" in written and state in (EnrolmentState.ISSUED, EnrolmentState.REPORTED):
        return EnrolmentState.RECEIPTED
    return EnrolmentState.REPORTED if "reported_on" in written and state == EnrolmentState.ISSUED else state


def _write_offers(member: Member, changed: dict[str, tuple[Any, Any]]) -> Undo:
    undo: Undo = {}
    if "skills" in changed:
        old, new = changed["skills"]
        undo["skills"] = [[list(one) for one in old], [list(one) for one in new]]
        _set_skills(member.pk, undo["skills"][1])
    if "languages" in changed:
        undo["languages"] = [list(changed["languages"][0]), list(changed["languages"][1])]
        _set_languages(member.pk, undo["languages"][1])
    return undo


def _set_skills(key: int, rows: list[list[str]]) -> None:
    SkillOffered.objects.filter(member_id=key).delete()
    SkillOffered.objects.bulk_create(
        [SkillOffered(member_id=key, skill=code, level=level, words=words) for code, level, words in rows]
    )


def _set_languages(key: int, codes: list[str]) -> None:
    LanguageOffered.objects.filter(member_id=key).delete()
    LanguageOffered.objects.bulk_create([LanguageOffered(member_id=key, language=code) for code in codes])


def _write_phone(key: int, digits: str) -> None:
    blank: dict[str, Any] = {"wrapped_key": b"", "phone": b"", "phone_index": "", "tail_index": ""}
    MemberContact.objects.update_or_create(
        member_id=key, defaults=contacts.sealed(key, digits) if digits else blank
    )


def put_back(undo: Undo) -> bool:
    """Undo one amendment; True if something was put back."""
    member = Member.objects.filter(code=undo["code"], erased_at__isnull=True).select_related("contact").first()
    if member is None:
        return False
    done = _put_back_columns(member, undo.get("member", {}))
    done |= _put_back_offers(member, undo)
    done |= _put_back_job(undo.get("job"))
    done |= _put_back_place(member, undo)
    return done


def _put_back_columns(member: Member, columns: dict[str, list[Any]]) -> bool:
    old = {
        name: before for name, (before, after) in columns.items()
        if (member.party_org_id if name == "party_org" else getattr(member, name)) == after
    }
    if old:
        _write_member(member.pk, old)
    return bool(old)


def _put_back_offers(member: Member, undo: Undo) -> bool:
    done = False
    if "skills" in undo:
        now = [[row.skill, row.level, row.words] for row in member.skills.order_by("pk")]
        if sorted(now) == sorted(undo["skills"][1]):
            _set_skills(member.pk, undo["skills"][0])
            done = True
    if "languages" in undo:
        now = list(member.languages.values_list("language", flat=True))
        if set(now) == set(undo["languages"][1]):
            _set_languages(member.pk, undo["languages"][0])
            done = True
    if "phone" in undo and contacts.opened(getattr(member, "contact", None)) == undo["phone"][1]:
        _write_phone(member.pk, undo["phone"][0])
        done = True
    return done


def _put_back_job(job: dict[str, Any] | None) -> bool:
    if job is None:
        return False
    if job["opened"] and not Employment.objects.filter(pk=job["opened"], until__isnull=True).delete()[0]:
        return False
    if job["closed"]:
        Employment.objects.filter(pk=job["closed"]).update(until=None)
    return True


def _put_back_place(member: Member, undo: Undo) -> bool:
    moved = undo.get("moved")
    if moved is not None:
        if not Enrolment.objects.filter(pk=moved["opened"], until__isnull=True).delete()[0]:
            return False
        Enrolment.objects.filter(pk=moved["closed"]).update(until=None, state=moved["state"] or EnrolmentState.REPORTED)
        return True
    row = member.enrolments.filter(until__isnull=True).first()
    if row is None or "places" not in undo:
        return False
    old = {}
    for name, (before, after) in undo["places"].items():
        column = "estate_id" if name == "estate" else name
        if _stored(getattr(row, column)) == after:
            old[column] = date.fromisoformat(before) if name in _DAYS and before else before
    if old:
        Enrolment.objects.filter(pk=row.pk).update(**old, version=F("version") + 1, changed_at=clock.now())
    return bool(old)
