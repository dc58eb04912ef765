"""People come onto the ledger and their record is amended; the same write for a form, a file and the demo."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.text import names, phones
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, save_if_version, service
from baodao.domain.members import contacts, rules, selectors
from baodao.domain.members.models import (
    Employment,
    Enrolment,
    LanguageOffered,
    Member,
    MemberChange,
    MemberContact,
    SkillOffered,
)
from baodao.domain.members.rows import NewMember, name_columns, regular
from baodao.domain.members.services.history import change_rows, note, town_of
from baodao.domain.members.states import EnrolmentState, MemberKind
from baodao.domain.orgs import services as orgs

BATCH = 500
#: Columns of a member that a form may change; places, contact, skills and state have verbs of their own.
CHANGEABLE = ("name", "job_title", "party_org_name", "party_org", "note")
_COPIED = ("kind", "job_title", "party_org_name", "name_form", "wishes", "slots", "time_note", "max_per_month",
           "target_per_year", "takes_offers", "far_ok", "note")  # fmt: skip


@service
def add_member(*, actor: Actor, row: NewMember) -> Member:
    """One person onto the ledger. Refused for somebody who is on it already (same name and telephone)."""
    return add_members_many(actor=actor, rows=[row])[0]


@service
def add_members_many(*, actor: Actor, rows: list[NewMember], batch: str = "") -> list[Member]:
    """Many people onto the ledger, in order; all or none. Creates no logins."""
    for county in sorted({paths.county_of((row.community or row.unit).path) for row in rows if row.community or row.unit}):
        orgs.hold(county)  # who is on the ledger is read after whoever adds people just now
    names_of, digits_of = [], []
    for row in rows:
        names_of.append(_checked_name(actor, row))
        digits_of.append(clean_phone(row.phone))
    if not batch:
        _refuse_known(rows, names_of, digits_of)
    made = [_member(row, name) for row, name in zip(rows, names_of, strict=True)]
    Member.objects.bulk_create(made, batch_size=BATCH)
    MemberContact.objects.bulk_create(
        [
            MemberContact(member=one, **contacts.sealed(one.pk, digits)) if digits else MemberContact(member=one)
            for one, digits in zip(made, digits_of, strict=True)
        ],
        batch_size=BATCH,
    )
    _add_places(made, rows)
    _add_offers(made, rows)
    MemberChange.objects.bulk_create(
        [change for one in made for change in change_rows(one, actor, [("added", "", "")], batch)], batch_size=BATCH
    )
    towns = Counter(paths.town_of(row.community.path) if row.community else "" for row in rows)
    for town, count in sorted(towns.items()):
        record("members.added", actor=actor, kind="member", code=made[0].code if count == 1 and len(made) == 1 else "",
               town=town, data={"count": count, "batch": batch})
    return made


def clean_phone(text: str) -> str:
    """The stored digits of a number, or nothing for none; Refused in words for what is no number."""
    read = phones.normalise(text)
    if read.fault == "missing":
        return ""
    if not read.ok:
        raise Refused(f"{read.message}。{read.suggestion}。", code=str(read.fault))
    return read.digits


def _checked_name(actor: Actor, row: NewMember) -> str:
    community = row.community.path if row.community else ""
    must(rules.may_add(actor, community_path=community, unit_path=row.unit.path if row.unit else ""))
    try:
        name = regular(row.name)
    except names.NameTooLong as error:
        raise Refused(f"{error}。", code="too_long") from None
    values = {key: getattr(row, key) for key in (*_COPIED, "languages", "skills", "home_community", "team_name")}
    must(rules.why_not_values({**values, "name": name}))
    if row.kind == MemberKind.IN_SERVICE and row.unit is None:
        raise Refused("在职党员要写工作单位。", code="missing")
    if row.unit is None and row.community is None:
        raise Refused("要写报到社区。", code="missing")
    must(rules.why_not_paper_days(row.enrolment_state, row.reported_on, row.receipt_on, clock.today()))
    return name


def _refuse_known(rows: list[NewMember], names_of: list[str], digits_of: list[str]) -> None:
    wanted = {contacts.phone_index(digits): name for digits, name in zip(digits_of, names_of, strict=True) if digits}
    for start in range(0, len(wanted), BATCH):
        some = list(wanted)[start : start + BATCH]
        held = MemberContact.objects.filter(phone_index__in=some).values_list("phone_index", "member__name")
        for index, name in held:
            if wanted[index] == name:
                raise Refused(f"{name}已经在台账里（姓名和电话都一样）。", code="duplicate")
    again = [key for key, n in Counter(zip(names_of, digits_of, strict=True)).items() if n > 1 and key[1]]
    if again:
        raise Refused(f"{again[0][0]}写了两遍。", code="duplicate")


def _member(row: NewMember, name: str) -> Member:
    county = paths.county_of((row.community or row.unit).path)
    one = Member(county=county, party_org=row.party_org, **name_columns(name))
    for column in _COPIED:
        setattr(one, column, getattr(row, column))
    one.stamp()
    return one


def _add_places(made: list[Member], rows: list[NewMember]) -> None:
    today = clock.today()
    employed, enrolled = [], []
    for one, row in zip(made, rows, strict=True):
        if row.unit is not None and row.kind == MemberKind.IN_SERVICE:
            employed.append(Employment(member=one, unit=row.unit, since=row.since or row.reported_on or today))
        if row.community is not None:
            enrolled.append(enrolment(one, row, today))
    Employment.objects.bulk_create(employed, batch_size=BATCH)
    Enrolment.objects.bulk_create(enrolled, batch_size=BATCH)


def enrolment(member: Member, row: NewMember, today: date) -> Enrolment:
    """An unsaved open enrolment; someone's unit has issued a slip at least, community members carry neither paper."""
    since = row.since or row.reported_on or row.receipt_on or today
    slip = row.slip_number
    if not slip and row.kind == MemberKind.IN_SERVICE:
        slip = f"{since.year}-{random_code(6)}"
    back = row.receipt_on if row.kind == MemberKind.IN_SERVICE else None
    one = Enrolment(
        member=member, community=row.community, community_path=row.community.path, estate=row.estate,
        home_community=row.home_community, slip_number=slip, reported_on=row.reported_on or back, receipt_on=back,
        state=EnrolmentState.RECEIPTED if back else row.enrolment_state or EnrolmentState.REPORTED,
        channel=row.channel, team_name=row.team_name, since=min(since, today),
    )
    one.stamp()
    return one


def _add_offers(made: list[Member], rows: list[NewMember]) -> None:
    skills: list[SkillOffered] = []
    languages: list[LanguageOffered] = []
    for one, row in zip(made, rows, strict=True):
        skills += skill_rows(one, row.skills, row.skill_words)
        languages += [LanguageOffered(member=one, language=code) for code in dict.fromkeys(row.languages)]
    SkillOffered.objects.bulk_create(skills, batch_size=BATCH)
    LanguageOffered.objects.bulk_create(languages, batch_size=BATCH)


def skill_rows(member: Member, pairs: list[tuple[str, str]], words: list[str]) -> list[SkillOffered]:
    """Unsaved rows of what a member offers: leaves with their level, then words no leaf means."""
    known = [SkillOffered(member=member, skill=code, level=level) for code, level in dict(pairs).items()]
    return known + [SkillOffered(member=member, skill="", words=word[:40]) for word in dict.fromkeys(words)]


@service
def change_member(*, actor: Actor, member: Member, version: int, changes: dict[str, Any]) -> Member:
    """Amend name, job title, Party organisation, note; estate, team and home community of the enrolment with them.

    A stale version raises Stale with both texts; what did not change leaves no trace.
    """
    community, unit = selectors.place_of(member)
    must(rules.may_keep(actor, community_path=community, unit_path=unit))
    must(rules.why_not_here(member))
    wanted = {key: changes[key] for key in CHANGEABLE if key in changes}
    if "name" in wanted:
        wanted["name"] = regular(str(wanted["name"]))
    must(rules.why_not_values(wanted | {k: changes[k] for k in ("home_community", "team_name") if k in changes}))
    different = {key: value for key, value in wanted.items() if getattr(member, key) != value}
    history = [(key, getattr(member, key), value) for key, value in different.items()]
    if "name" in different:
        different |= name_columns(str(different["name"]))
    save_if_version(member, version=version, changes=different, labels=rules.LABELS)
    history += _change_enrolment(member, changes)
    note(member, actor, *history)
    record("member.changed", actor=actor, subject=member, town=town_of(member),
           data={"fields": sorted(field for field, _old, _new in history)})
    return member


def _change_enrolment(member: Member, changes: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    row = selectors.enrolment_of(member)
    done: list[tuple[str, Any, Any]] = []
    if row is None:
        return done
    for key in ("estate", "team_name", "home_community"):
        if key in changes and getattr(row, key) != changes[key]:
            done.append((key, getattr(row, key), changes[key]))
            setattr(row, key, changes[key])
    if done:
        row.version += 1
        row.save(update_fields=[*(key for key, _old, _new in done), "version"])
    return done


@service
def set_team_many(*, actor: Actor, members: list[Member], team_name: str) -> int:
    """Put people into a team by its name (out of any when empty); says how many were changed."""
    name = " ".join(team_name.split())
    must(rules.why_not_values({"team_name": name}))
    changed = 0
    for member in members:
        community, _unit = selectors.place_of(member)
        must(rules.may_move(actor, community_path=community))
        must(rules.why_not_here(member))
        done = _change_enrolment(member, {"team_name": name})
        if done:
            changed += 1
            note(member, actor, *done)
            record("member.changed", actor=actor, subject=member, town=town_of(member), data={"fields": ["team_name"]})
    return changed
