"""Triage: accept with weight and urgency, refer, refuse with the reason, merge, "about a person", spam, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import move, record, service
from baodao.domain.needs import rules, selectors
from baodao.domain.needs.models import Need, NeedEvent, Slip
from baodao.domain.needs.states import TAKES_BACK, TRANSITIONS, Category, NeedState, Step, Tier
from baodao.domain.needs.steps import destroy_contact, note_erased, step


@dataclass(slots=True)
class Triage:
    """What triage decides about one need."""

    weight: str
    urgency: str
    wished_on: date | None = None
    tier: str = ""
    tier_reason: str = ""
    category: str = ""


@service
def accept(
    *,
    actor: Actor,
    need: Need,
    weight: str,
    urgency: str,
    wished_on: date | None = None,
    tier: str = "",
    tier_reason: str = "",
    category: str = "",
) -> Need:
    """受理: weight and urgency give the tier (another one with a reason), the tier gives the due time."""
    said = Triage(weight, urgency, wished_on, tier, tier_reason, category)
    accept_many(actor=actor, needs=[need], triage=[said])
    return need


@service
def accept_many(*, actor: Actor, needs: Sequence[Need], triage: Sequence[Triage]) -> list[Need]:
    """Accept several needs, each with its own triage. Refused at the first that cannot be."""
    events = []
    for need, said in zip(needs, triage, strict=True):
        must(rules.may_handle(actor, need))
        if need.state == NeedState.ACCEPTED:
            _retriage(actor, need, said)
            continue
        _decide(need, said)
        move(need, to=NeedState.ACCEPTED, transitions=TRANSITIONS)
        need.accepted_at = clock.now()
        need.save(update_fields=[*_DECIDED, "accepted_at"])
        events.append(step(need, Step.ACCEPTED, actor))
        record("need.accepted", actor=actor, subject=need, town=need.town, data={"tier": need.tier})
    NeedEvent.objects.bulk_create(events, batch_size=500)
    return list(needs)


_DECIDED = ("weight", "urgency", "tier", "tier_reason", "wished_on", "category", "due_at")


def _retriage(actor: Actor, need: Need, said: Triage) -> None:
    """Change weight and urgency of a need that was accepted before."""
    _decide(need, said)
    need.version += 1
    need.save(update_fields=[*_DECIDED, "version"])
    record("need.retriaged", actor=actor, subject=need, town=need.town, data={"tier": need.tier})


def _decide(need: Need, said: Triage) -> None:
    must(rules.may_accept_as(said.weight, said.urgency))
    wished = said.wished_on or need.wished_on
    computed = rules.tier_of(said.weight, said.urgency, wished)
    tier = said.tier or computed
    must(rules.may_set_tier(computed, tier, said.tier_reason))
    if said.category and said.category not in Category.values:
        raise Refused(_("类别只能从列出的里面选。"), code="category")
    need.weight, need.urgency, need.tier, need.wished_on = said.weight, said.urgency, tier, wished
    need.tier_reason = rules.must_take(said.tier_reason, length=60) if tier != computed else ""
    need.category = said.category or need.category
    hours = rules.hours_of_tier(need.town)
    need.due_at = rules.due_at(tier, need.registered_at, wished, need.community_path, hours)


@service
def refer(*, actor: Actor, need: Need, to: str, words: str) -> Need:
    """转办: to whom, and what the asker is told; the receiver's name stands on the tracking page."""
    must(rules.may_handle(actor, need))
    receiver = rules.must_take(to, length=40, field="to", empty=_("写上转给谁办。"))
    said = rules.must_take(words, length=rules.OUTCOME_LENGTH, field="words", empty=_("写一句怎么告诉对方。"))
    move(need, to=NeedState.REFERRED, transitions=TRANSITIONS)
    need.referred_to, need.outcome = receiver, said
    need.accepted_at = need.accepted_at or clock.now()
    need.save(update_fields=["referred_to", "outcome", "accepted_at"])
    step(need, Step.REFERRED, actor, f"{receiver}：{said}"[:300]).save()
    record("need.referred", actor=actor, subject=need, town=need.town)
    return need


@service
def refuse(*, actor: Actor, need: Need, words: str, told: str = "") -> Need:
    """不能办: with the reason in words. Closed once the reason was told, now (``told``) or later by ``tell``."""
    must(rules.may_handle(actor, need))
    reason = rules.must_take(words, length=rules.OUTCOME_LENGTH, field="words", empty=_("写上为什么办不了，这句话对方会看到。"))
    need.outcome = reason
    if told:
        must(rules.may_tell(need, told, selectors.has_phone(need)))
    move(need, to=NeedState.REFUSED, transitions=TRANSITIONS)
    need.done_at = clock.now()
    need.told = told
    need.told_at = need.closed_at = clock.now() if told else None
    need.save(update_fields=["outcome", "done_at", "told", "told_at", "closed_at"])
    step(need, Step.REFUSED, actor, reason).save()
    record("need.refused", actor=actor, subject=need, town=need.town, data={"told": told})
    return need


@service
def merge_many(*, actor: Actor, needs: Sequence[Need], into: Need) -> list[Need]:
    """Merge several into one; all or none."""
    return [merge(actor=actor, need=need, into=into) for need in needs]


@service
def merge(*, actor: Actor, need: Need, into: Need) -> Need:
    """合并: this one is handled with the other; its asker is told when the other is."""
    must(rules.may_handle(actor, need))
    must(rules.may_merge(need, into))
    move(need, to=NeedState.MERGED, transitions=TRANSITIONS)
    need.merged_into = into
    need.accepted_at = need.accepted_at or clock.now()
    need.save(update_fields=["merged_into", "accepted_at"])
    need.merged.update(merged_into=into)
    step(need, Step.MERGED, actor).save()
    record("need.merged", actor=actor, subject=need, town=need.town, data={"into": into.code})
    return need


@service
def about_person(*, actor: Actor, need: Need) -> Need:
    """涉及他人，不收: the text, every added word and the contact are deleted at once."""
    must(rules.may_handle(actor, need))
    move(need, to=NeedState.ABOUT_PERSON, transitions=TRANSITIONS)
    need.text = need.place_name = need.outcome = need.tier_reason = need.referred_to = need.public_words = ""
    need.closed_at, need.secret_hash = clock.now(), ""
    need.save(
        update_fields=["text", "place_name", "outcome", "tier_reason", "referred_to", "public_words", "closed_at",
                       "secret_hash"]
    )
    need.events.update(words="")
    Slip.objects.filter(need=need).delete()
    destroy_contact(need)
    for kind in ("need_text", "need_contact"):
        note_erased(kind, need.code)
    record("need.about_person", actor=actor, subject=need, town=need.town)
    return need


@service
def spam(*, actor: Actor, need: Need) -> Need:
    """无效: deleted after 30 days."""
    must(rules.may_handle(actor, need))
    move(need, to=NeedState.SPAM, transitions=TRANSITIONS)
    need.closed_at = clock.now()
    need.save(update_fields=["closed_at"])
    record("need.spam", actor=actor, subject=need, town=need.town)
    return need


@service
def take_back(*, actor: Actor, need: Need) -> Need:
    """Undo the last step of triage or handling; what was already told or deleted cannot be taken back."""
    must(rules.may_handle(actor, need))
    to = TAKES_BACK.get(NeedState(need.state))
    if to is None or (need.told and need.state != NeedState.MERGED):
        raise Refused(_("这一步不能撤回，可以重开。"), code="state")
    move(need, to=to, transitions=TRANSITIONS)
    need.closed_at = need.told_at = need.done_at = None
    need.told = need.outcome = need.referred_to = need.public_words = ""
    need.merged_into = None
    if to in {NeedState.REGISTERED, NeedState.ACCEPTED}:
        need.assigned_code, need.assignee = "", None
    if to == NeedState.REGISTERED:
        _untriage(need)
    need.save()
    step(need, Step.TAKEN_BACK, actor).save()
    record("need.taken_back", actor=actor, subject=need, town=need.town, data={"to": str(to)})
    return need


def _untriage(need: Need) -> None:
    need.accepted_at, need.weight, need.urgency, need.tier_reason = None, "", "", ""
    need.tier = Tier.IMPORTANT
    hours = rules.hours_of_tier(need.town)
    need.due_at = rules.due_at(need.tier, need.registered_at, None, need.community_path, hours)


__all__ = ["Triage", "about_person", "accept", "accept_many", "merge", "merge_many", "refer", "refuse", "spam", "take_back"]
