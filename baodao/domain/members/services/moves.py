"""Report-in, receipt, transfer, pause, leave: the dated rows that closed months rely on are ended, never rewritten."""

from __future__ import annotations

from datetime import date

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.accounts import services as accounts
from baodao.domain.audit.services import move, record, service
from baodao.domain.members import rules, selectors
from baodao.domain.members.models import Employment, Enrolment, Member
from baodao.domain.members.services.history import note, town_of
from baodao.domain.members.states import (
    ENROLMENT_TRANSITIONS,
    MEMBER_TRANSITIONS,
    EnrolmentState,
    MemberKind,
    MemberState,
    PauseReason,
)
from baodao.domain.orgs.models import Org, Unit


def _may_move(actor: Actor, member: Member) -> str:
    community, _unit = selectors.place_of(member)
    must(rules.may_move(actor, community_path=community))
    must(rules.why_not_here(member))
    return community


@service
def pause(*, actor: Actor, member: Member, reason: str) -> Member:
    """Let a member rest: nobody plans with them until they resume. The reason is a code, no medical word."""
    must(rules.may_speak_for(actor, community_path=selectors.place_of(member)[0], member_id=member.pk))
    if reason not in PauseReason.values:
        raise Refused("选一个暂缓的原因。")
    old = move(member, to=MemberState.PAUSED, transitions=MEMBER_TRANSITIONS)
    member.pause_reason = reason
    member.save(update_fields=["pause_reason"])
    note(member, actor, ("state", old, member.state))
    record("member.paused", actor=actor, subject=member, town=town_of(member), data={"reason": reason})
    return member


@service
def resume(*, actor: Actor, member: Member) -> Member:
    """Back from a rest."""
    must(rules.may_speak_for(actor, community_path=selectors.place_of(member)[0], member_id=member.pk))
    must(rules.why_not_here(member))
    old = move(member, to=MemberState.ACTIVE, transitions=MEMBER_TRANSITIONS)
    member.pause_reason = ""
    member.save(update_fields=["pause_reason"])
    note(member, actor, ("state", old, member.state))
    record("member.resumed", actor=actor, subject=member, town=town_of(member))
    return member


@service
def transfer(
    *, actor: Actor, member: Member, community: Org, on: date | None = None, estate: Org | None = None, batch: str = ""
) -> Enrolment:
    """Serve in another community from a day on (today unless said); the earlier enrolment keeps its dates.

    A slip is issued; the new community reports the member in. By the present community, or the one taking over.
    """
    here, unit = selectors.place_of(member)
    may = rules.may_move(actor, community_path=here) or rules.may_move(actor, community_path=community.path)
    must(may if may.ok or not batch else rules.may_add(actor, community_path=community.path, unit_path=unit))
    must(rules.why_not_here(member))
    day = on or clock.today()
    before = member.enrolments.filter(until__isnull=True).select_related("community").first()
    if before is not None and before.community_id == community.pk:
        raise Refused("本来就在这个社区。")
    if day > clock.today() or (before is not None and day < before.since):
        raise Refused("调动的日子不对：不能在将来，也不能早于上次报到。")
    if before is not None:
        _end(before, day)
    slip = f"{day.year}-{random_code(6)}" if member.kind == MemberKind.IN_SERVICE else ""
    made = Enrolment(
        member=member, community=community, community_path=community.path, estate=estate, since=day, slip_number=slip,
        state=EnrolmentState.ISSUED if slip else EnrolmentState.REPORTED, channel="import" if batch else "desk",
    )
    made.save()
    note(member, actor, ("community", before.community if before else "", community), batch=batch)
    for town in sorted({paths.town_of(found) for found in (here, community.path) if found}):
        record("member.transferred", actor=actor, subject=member, town=town,
               data={"from": here, "to": community.path, "on": day.isoformat()})
    accounts.move_member_login(actor=actor, member_id=member.pk, path=community.path)
    return made


def _end(row: Enrolment, day: date) -> None:
    row.state_before, row.state, row.until = row.state, EnrolmentState.ENDED, day
    row.version += 1
    row.save(update_fields=["state_before", "state", "until", "version"])


@service
def change_employer(*, actor: Actor, member: Member, unit: Unit, on: date | None = None, batch: str = "") -> Employment:
    """Work at another unit from a day on; the earlier employment keeps its dates."""
    community, here = selectors.place_of(member)
    if not batch:
        must(rules.may_keep(actor, community_path=community, unit_path=here))
    else:
        must(rules.may_add(actor, community_path=community, unit_path=unit.path))
    must(rules.why_not_here(member))
    day = on or clock.today()
    before = member.employments.filter(until__isnull=True).select_related("unit").first()
    if before is not None and before.unit_id == unit.pk:
        raise Refused("本来就在这个单位。")
    if before is not None:
        before.until = max(day, before.since)
        before.save(update_fields=["until"])
    made = Employment.objects.create(member=member, unit=unit, since=day)
    note(member, actor, ("unit", before.unit if before else "", unit), batch=batch)
    record("member.employer_changed", actor=actor, subject=member, town=paths.town_of(community),
           data={"from": here, "to": unit.path})
    return made


@service
def leave(*, actor: Actor, member: Member, on: date | None = None) -> Member:
    """Off the ledger: rows end, the login ends; the telephone goes after 30 days, the name after a year."""
    _may_move(actor, member)
    town, day = town_of(member), on or clock.today()
    if day > clock.today():
        raise Refused("离开的日子不能在将来。")
    old = move(member, to=MemberState.LEFT, transitions=MEMBER_TRANSITIONS)
    member.left_on = day
    member.save(update_fields=["left_on"])
    for row in member.enrolments.filter(until__isnull=True):
        _end(row, day)
    member.employments.filter(until__isnull=True).update(until=day)
    accounts.end_member_login(actor=actor, member_id=member.pk)
    note(member, actor, ("state", old, member.state))
    record("member.left", actor=actor, subject=member, town=town, data={"on": day.isoformat()})
    return member


@service
def come_back(*, actor: Actor, member: Member) -> Member:
    """Undo a leaving: the rows that ended with it are open again, slip and receipt as they were.

    Refused once the telephone was erased.
    """
    community, _unit = selectors.place_of(member)
    must(rules.may_move(actor, community_path=community))
    if member.state != MemberState.LEFT or member.left_on is None or getattr(member, "contact", None) is None:
        raise Refused("这个人没有离开。")
    if member.contact.erased_at is not None:
        raise Refused("离开超过 30 天，联系方式已删。重新登记一次。")
    day = member.left_on
    move(member, to=MemberState.ACTIVE, transitions=MEMBER_TRANSITIONS)
    member.left_on = None
    member.save(update_fields=["left_on"])
    last = member.enrolments.filter(until=day).order_by("-since", "-pk").first()
    if last is not None:
        last.state, last.state_before, last.until = stood(last), "", None
        last.save(update_fields=["state", "state_before", "until"])
    job = member.employments.filter(until=day).order_by("-since", "-pk").first()
    if job is not None:
        job.until = None
        job.save(update_fields=["until"])
    accounts.end_member_login(actor=actor, member_id=member.pk, active=True)
    note(member, actor, ("state", MemberState.LEFT, member.state))
    record("member.came_back", actor=actor, subject=member, town=town_of(member))
    return member


def stood(row: Enrolment) -> str:
    """The state an ended enrolment had; rows ended before that was kept say it by their dates."""
    if row.state_before:
        return row.state_before
    return EnrolmentState.RECEIPTED if row.receipt_on and row.reported_on else EnrolmentState.REPORTED


@service
def report_in(*, actor: Actor, enrolment: Enrolment, on: date | None = None) -> Enrolment:
    """The member handed the slip in: reported on a day (today unless said)."""
    must(rules.may_move(actor, community_path=enrolment.community_path))
    day = on or clock.today()
    must(rules.why_not_paper_days("", day, None, clock.today()))
    move(enrolment, to=EnrolmentState.REPORTED, transitions=ENROLMENT_TRANSITIONS)
    enrolment.reported_on = day
    enrolment.save(update_fields=["reported_on"])
    note(enrolment.member, actor, ("reported_on", "", day))
    record("member.reported", actor=actor, subject=enrolment.member, town=paths.town_of(enrolment.community_path),
           data={"on": day.isoformat()})
    return enrolment


@service
def receipt(*, actor: Actor, enrolment: Enrolment, on: date | None = None) -> Enrolment:
    """The receipt went back to the unit on a day (today unless said); an issued slip is reported in with it."""
    must(rules.may_move(actor, community_path=enrolment.community_path))
    if enrolment.state == EnrolmentState.ISSUED:
        report_in(actor=actor, enrolment=enrolment, on=on)
    day = on or clock.today()
    must(rules.why_not_paper_days(EnrolmentState.RECEIPTED, enrolment.reported_on, day, clock.today()))
    enrolment.receipt_on = day
    enrolment.reported_on = enrolment.reported_on or day
    enrolment.save(update_fields=["receipt_on", "reported_on"])
    move(enrolment, to=EnrolmentState.RECEIPTED, transitions=ENROLMENT_TRANSITIONS)
    note(enrolment.member, actor, ("receipt_on", "", day))
    record("member.receipted", actor=actor, subject=enrolment.member, town=paths.town_of(enrolment.community_path),
           data={"on": day.isoformat()})
    return enrolment


@service
def report_in_many(*, actor: Actor, members: list[Member], on: date | None = None) -> int:
    """Everybody whose slip is still out reports in; says how many did."""
    rows = _waiting(members, {EnrolmentState.ISSUED})
    for row in rows:
        report_in(actor=actor, enrolment=row, on=on)
    return len(rows)


@service
def receipt_many(*, actor: Actor, members: list[Member], on: date | None = None) -> int:
    """Receipts for everybody in service who reported and has none; says how many."""
    rows = _waiting(members, {EnrolmentState.REPORTED})
    for row in rows:
        receipt(actor=actor, enrolment=row, on=on)
    return len(rows)


def _waiting(members: list[Member], states: set[EnrolmentState]) -> list[Enrolment]:
    found = Enrolment.objects.filter(member__in=members, until__isnull=True, state__in=states)
    return list(found.filter(member__kind=MemberKind.IN_SERVICE).select_related("member").order_by("pk"))
