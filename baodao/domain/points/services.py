"""Writes of points: the rule set, settling a month, reversal, the secretary's confirmation.

Entries form one chain per town: each carries the digest of the one before. The active rule set's row is the lock under
which the chain grows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, service
from baodao.domain.notices import services as notices
from baodao.domain.orgs import services as orgs
from baodao.domain.points import rules, selectors
from baodao.domain.points.models import PointConfirmation, PointEntry, RuleSet
from baodao.domain.points.states import EntryKind, Preset, RuleSetState


@service
def set_rules(*, actor: Actor, town: str, preset: str, params: dict[str, Any] | None = None) -> RuleSet:
    """Make a rule set the town's active one from today on; the former one is archived, its entries stay as they are."""
    must(rules.may_set_rules(actor, town))
    orgs.hold(town)
    wanted = dict(rules.DEFAULTS.get(preset, {})) | (params or {})
    must(rules.why_not_params(preset, wanted))
    former = RuleSet.objects.filter(town=town).order_by("-number").first()
    RuleSet.objects.filter(town=town, state=RuleSetState.ACTIVE).update(state=RuleSetState.ARCHIVED)
    made = RuleSet(
        town=town, preset=preset, params=wanted, number=(former.number if former else 0) + 1, since=clock.today()
    )
    made.save()
    record("rules.set", actor=actor, subject=made, town=town, data={"preset": preset, "number": made.number})
    return made


def _locked_rules(actor: Actor, town: str) -> RuleSet:
    active = RuleSet.objects.select_for_update().filter(town=town, state=RuleSetState.ACTIVE)
    held = active.first()
    if held is None:  # somebody may be making one just now: wait, and look again
        orgs.hold(town)
        held = active.first()
    if held is None:  # a town that never chose has the cheapest set
        held = RuleSet(
            town=town,
            preset=Preset.THRESHOLD_ONLY,
            params=dict(rules.DEFAULTS[Preset.THRESHOLD_ONLY]),
            since=clock.today(),
        )
        held.save()
        record("rules.set", actor=actor, subject=held, town=town, data={"preset": held.preset, "number": held.number})
    return held


@service
def hold(*, actor: Actor, town: str) -> RuleSet:
    """Lock the town's rule set until the caller's transaction ends, so that months and entries come one after another."""
    must(rules.may_settle(actor, town))
    return _locked_rules(actor, town)


def _append(town: str, entries: list[PointEntry]) -> list[PointEntry]:
    last = PointEntry.objects.filter(town=town).order_by("-seq").first()
    seq, before = (last.seq, last.digest) if last else (0, "")
    for entry in entries:
        seq += 1
        entry.seq, entry.prev = seq, before
        entry.digest = before = rules.entry_digest(entry)
    return PointEntry.objects.bulk_create(entries, batch_size=500)


@service
def settle(*, actor: Actor, town: str, month: str, records: Iterable[Any]) -> list[PointEntry]:
    """Enter the points of settled service records (in their order); a record earns once, whatever is called twice."""
    must(rules.may_settle(actor, town))
    rule_set = _locked_rules(actor, town)
    wanted = list(records)
    known = set(
        PointEntry.objects.filter(town=town, kind=EntryKind.EARNED, record_id__in=[r.pk for r in wanted]).values_list(
            "record_id", flat=True
        )
    )
    now, entries = clock.now(), []
    for one in wanted:
        tenths, arithmetic = rules.points_for(rule_set.preset, rule_set.params, one.minutes)
        if not tenths or one.pk in known:
            continue
        entries.append(
            PointEntry(
                code=random_code(),
                town=town,
                at=now,
                member_id=one.member_id,
                record_id=one.pk,
                rule_set=rule_set,
                unit_path=one.unit_path,
                community_path=one.community_path,
                month=month,
                kind=EntryKind.EARNED,
                tenths=tenths,
                arithmetic=arithmetic,
                recorded_by=actor.account_id,
            )
        )
    made = _append(town, entries)
    record("points.settled", actor=actor, kind="month", code=month, town=town, data={"entries": len(made)})
    return made


@service
def reverse(*, actor: Actor, entry: PointEntry, reason: str) -> PointEntry:
    """冲正: a counter-entry with its reason; the first entry stays and the member is told. Refused when reversed before."""
    must(rules.may_reverse(actor, entry.community_path))
    _locked_rules(actor, entry.town)
    if entry.kind != EntryKind.EARNED or PointEntry.objects.filter(reverses=entry).exists():
        raise Refused("这一条已经冲正过。")
    if not reason.strip():
        raise Refused("写一句为什么冲正。", code="reason")
    counter = PointEntry(
        code=random_code(),
        town=entry.town,
        at=clock.now(),
        member_id=entry.member_id,
        record_id=entry.record_id,
        rule_set_id=entry.rule_set_id,
        unit_path=entry.unit_path,
        community_path=entry.community_path,
        month=entry.month,
        kind=EntryKind.REVERSED,
        tenths=-entry.tenths,
        arithmetic={"reason": reason.strip()[:60]},
        reverses=entry,
        recorded_by=actor.account_id,
    )
    made = _append(entry.town, [counter])[0]
    notices.tell(
        actor=actor, key="points.reversed", member=entry.member, path=entry.community_path, subject_code=made.code
    )
    record("points.reversed", actor=actor, subject=made, town=entry.town, data={"of": entry.code})
    return made


@service
def confirm_month(*, actor: Actor, town: str, community: str, month: str) -> PointConfirmation:
    """The secretary confirms a community's month as it stands; later entries need a later confirmation."""
    rows = PointEntry.objects.filter(community_path=community, month=month)
    last = rows.order_by("-seq").first()
    if last is None:
        raise Refused("这个月没有积分要确认。")
    must(rules.may_confirm(actor, community, selectors.recorders(community, month)))
    assert actor.account_id is not None  # may_confirm lets no program pass
    made, _new = PointConfirmation.objects.get_or_create(
        community_path=community,
        month=month,
        last_seq=last.seq,
        defaults={"town": town, "confirmed_by": actor.account_id, "at": clock.now()},
    )
    record("points.confirmed", actor=actor, kind="month", code=month, town=town, data={"community": community})
    return made
