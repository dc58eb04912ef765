"""Reads of the ledger: who sees whom, and what other areas ask about members.

A clerk sees a member through an enrolment under her path, a liaison through an employment at his unit, a grid worker the
members of her community, a member only themselves. Town, county and administrators see nobody here: the town opens a
community's list with a reason (``services.open_list``), which is written down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.text import names, phones
from baodao.base.verdict import Absent
from baodao.domain.columns import under, under_any
from baodao.domain.members import contacts
from baodao.domain.members.models import (
    BlockedDay,
    Employment,
    Enrolment,
    ImportBatch,
    Member,
    SkillOffered,
)
from baodao.domain.members.rules import CLERKS
from baodao.domain.members.states import EnrolmentState, MemberKind, MemberState, NameForm
from baodao.domain.orgs import selectors as orgs
from baodao.domain.orgs.models import Org, Unit


def current(day: date | None = None) -> Q:
    """Rows of employment or enrolment that hold on a day."""
    on = day or clock.today()
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def _last_rows(left_on: str) -> Q:
    """Open rows; of people who left, the row that ended on that day."""
    return Q(until__isnull=True) | Q(member__state=MemberState.LEFT, until=F(left_on))


def visible(actor: Actor) -> QuerySet[Member]:
    """The members this actor may see at all, those who left within their time included."""
    everybody = Member.objects.filter(erased_at__isnull=True).order_by("sort_surname", "pk")
    if actor.is_program:
        return everybody
    wanted = actor.paths_of(*CLERKS)
    around = tuple(found for found in map(paths.community_of, actor.paths_of("grid")) if found)
    seen = Q(pk__in=[])
    if wanted or around:
        rows = Enrolment.objects.filter(under_any("community_path", (*wanted, *around)), member=OuterRef("pk"))
        seen |= Q(Exists(rows.filter(_last_rows("member__left_on"))))
    if actor.paths_of("liaison"):
        rows = Employment.objects.filter(under_any("unit__path", actor.paths_of("liaison")), member=OuterRef("pk"))
        seen |= Q(Exists(rows.filter(_last_rows("member__left_on"))))
    if actor.has("member") and actor.member_id is not None:
        seen |= Q(pk=actor.member_id)
    return everybody.filter(seen)


def get_for(actor: Actor, code: str) -> Member:
    """The member of a public code; Absent when there is none for this actor."""
    found = visible(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def by_codes(actor: Actor, codes: list[str]) -> dict[str, Member]:
    """Of these codes the members the actor may see, by code; one query."""
    return {one.code: one for one in visible(actor).filter(code__in=codes).distinct()} if codes else {}


def myself(actor: Actor) -> Member:
    """The record of the person who is logged in; Absent for accounts without one."""
    found = visible(actor).filter(pk=actor.member_id).first() if actor.member_id else None
    if found is None:
        raise Absent
    return found


def by_ids(ids: set[int] | list[int]) -> dict[int, Member]:
    """Members by key, for areas that hold the key and guard the row themselves."""
    return Member.objects.in_bulk(ids)


def units_of(ids: set[int]) -> dict[int, Unit]:
    """The unit each of these members works at now; community members are absent."""
    rows = Employment.objects.filter(member_id__in=ids, until__isnull=True).select_related("unit")
    return {row.member_id: row.unit for row in rows}


def serving(path: str, on: date | None = None) -> QuerySet[Member]:
    """Active members enrolled under a path on a day, with everything a match asks for already loaded."""
    held = Enrolment.objects.filter(current(on), under("community_path", path))
    found = Member.objects.filter(state=MemberState.ACTIVE, pk__in=held.values("member_id"))
    return found.order_by("sort_surname", "pk").prefetch_related(*loads(on))


def loads(on: date | None = None) -> tuple[Prefetch, ...]:
    """The rows of a day beside a member: enrolment and employment in force, skills, blocked days."""
    return (
        Prefetch("enrolments", Enrolment.objects.filter(current(on)).select_related("community", "estate")),
        Prefetch("employments", Employment.objects.filter(current(on)).select_related("unit")),
        Prefetch("skills", SkillOffered.objects.order_by("pk")),
        Prefetch("blocked_days", BlockedDay.objects.order_by("first")),
    )


def choices(path: str, without: Iterable[int] = ()) -> list[tuple[str, str]]:
    """(code, name with the unit, because names repeat) of the active members under a path, for a select: one query."""
    held = Enrolment.objects.filter(current(), under("community_path", path))
    job = Employment.objects.filter(current(), member=OuterRef("pk"))
    rows = Member.objects.filter(state=MemberState.ACTIVE, pk__in=held.values("member_id")).annotate(
        short=Subquery(job.values("unit__short_name")[:1]), whole=Subquery(job.values("unit__name")[:1])
    )
    rows = rows.exclude(pk__in=list(without)).order_by("sort_surname", "pk").values_list("code", "name", "short", "whole")
    return [(code, f"{name}（{short or whole or '社区'}）") for code, name, short, whole in rows]


def serving_counts(town: str, kind: str = "") -> dict[str, int]:
    """Active members by community path under a town; ``kind`` keeps in-service and community members apart."""
    rows = Enrolment.objects.filter(current(), under("community_path", town), member__state=MemberState.ACTIVE)
    rows = rows.filter(member__kind=kind) if kind else rows
    return dict(rows.values_list("community_path").annotate(n=Count("member_id", distinct=True)))


def unit_counts(town: str) -> dict[str, tuple[int, int]]:
    """In-service members by unit path: (on the ledger, reported to a community under ``town``)."""
    reported = Enrolment.objects.filter(
        current(), under("community_path", town), member=OuterRef("member_id"),
        state__in=[EnrolmentState.REPORTED, EnrolmentState.RECEIPTED],
    )
    rows = Employment.objects.filter(
        current(), under("unit__path", paths.county_of(town)), member__kind=MemberKind.IN_SERVICE,
    ).exclude(member__state=MemberState.LEFT)
    all_of = rows.values_list("unit__path").annotate(n=Count("pk"), done=Count("pk", filter=Exists(reported)))
    return {path: (n, done) for path, n, done in all_of}


def enrolment_of(member: Member, on: date | None = None) -> Enrolment | None:
    """The enrolment that holds on a day (of someone who left: the last one)."""
    rows = sorted(member.enrolments.all(), key=lambda row: row.since, reverse=True)
    day = on or clock.today()
    held = next((row for row in rows if row.since <= day and (row.until is None or row.until > day)), None)
    return held or (rows[0] if rows and on is None else None)


def open_enrolment(member: Member) -> Enrolment:
    """The enrolment that is open now; Absent if there is none."""
    found = member.enrolments.filter(until__isnull=True).select_related("community").first()
    if found is None:
        raise Absent
    return found


def employment_of(member: Member, on: date | None = None) -> Employment | None:
    """The employment that holds on a day (of someone who left: the last one)."""
    rows = sorted(member.employments.all(), key=lambda row: row.since, reverse=True)
    day = on or clock.today()
    held = next((row for row in rows if row.since <= day and (row.until is None or row.until > day)), None)
    return held or (rows[0] if rows and on is None else None)


def unit_of(member: Member, on: date | None = None) -> Unit | None:
    """Where the member works on a day; None for community members."""
    row = employment_of(member, on)
    return row.unit if row else None


def community_of(member: Member) -> Org:
    """The community where the member serves; Absent if there is none."""
    row = enrolment_of(member)
    if row is None:
        raise Absent
    return row.community


def place_of(member: Member) -> tuple[str, str]:
    """(community path, unit path) of a member today, empty where there is none: what rules ask."""
    enrolled, employed = enrolment_of(member), employment_of(member)
    return enrolled.community_path if enrolled else "", employed.unit.path if employed else ""


def shown_name(member: Member) -> str:
    """The form of the name the member chose for boards: the name, 姓+师傅, or nothing (post only)."""
    if member.name_form == NameForm.FULL:
        return member.name
    return f"{names.surname(member.name)}师傅" if member.name_form == NameForm.SURNAME else ""


def by_phone(actor: Actor, phone: str) -> QuerySet[Member]:
    """The visible members with a number (people of one office may share a landline)."""
    read = phones.normalise(phone)
    if not read.ok:
        return Member.objects.none()
    return visible(actor).filter(contact__phone_index=contacts.phone_index(read.digits))


def contact_masked(member: Member) -> str:
    """The number as lists show it (138****0001); empty when there is none or it was erased."""
    digits = contacts.opened(getattr(member, "contact", None))
    return phones.mask(digits) if digits else ""


def blocked_on(member_ids: list[int], first: date, last: date) -> QuerySet[BlockedDay]:
    """The blocked days of some members that touch a span."""
    return BlockedDay.objects.filter(member_id__in=member_ids, first__lte=last, last__gte=first)


def languages_of(member: Member) -> list[str]:
    """The languages the member offers: for the own record and for one post at a time, never for a list."""
    return list(member.languages.order_by("pk").values_list("language", flat=True))


def town_of_unit(unit_path: str) -> str:
    """The town most of a unit's members report in; where nobody does yet, the county's only town; else empty."""
    rows = Enrolment.objects.filter(until__isnull=True, member__employments__unit__path=unit_path,
                                    member__employments__until__isnull=True)
    held = Counter(paths.town_of(path) for path in rows.values_list("community_path", flat=True))
    if held:
        return held.most_common(1)[0][0]
    towns = [one.path for one in orgs.towns() if paths.covers(paths.county_of(unit_path), one.path)]
    return towns[0] if len(towns) == 1 else ""


def community_paths(codes: list[str]) -> dict[str, str]:
    """Where each of these members (by code) reports now; "" for those who report nowhere."""
    rows = Member.objects.filter(code__in=codes).annotate(
        at=Subquery(Enrolment.objects.filter(member=OuterRef("pk"), until__isnull=True).values("community_path")[:1])
    )
    return {code: at or "" for code, at in rows.values_list("code", "at")}


def batches(actor: Actor, noun: str) -> QuerySet[ImportBatch]:
    """The import batches of an actor's scope, newest first."""
    rows = ImportBatch.objects.filter(noun=noun).order_by("-created_at", "-pk")
    if actor.is_program:
        return rows
    mine = under_any("scope", actor.paths_of(*CLERKS, "liaison"))
    return rows.filter(mine | Q(scope__in=actor.paths_of("town")))


def batch_for(actor: Actor, code: str, noun: str) -> ImportBatch:
    """One batch of the actor's scope; Absent otherwise."""
    found = batches(actor, noun).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def batch_noun(code: str) -> str:
    """What a batch brought (members or needs), for the command that takes one back; Absent if there is none."""
    found = ImportBatch.objects.filter(code=code).values_list("noun", flat=True).first()
    if found is None:
        raise Absent
    return found
