"""Handling: who does it, that it is done, that the asker was told, and the audited look at a contact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.crypto import unseal
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import looked, move, record, service
from baodao.domain.keyring import master_key
from baodao.domain.needs import rules
from baodao.domain.needs.models import Need, NeedContact, NeedEvent
from baodao.domain.needs.numbers import printed_number
from baodao.domain.needs.rows import ContactShown
from baodao.domain.needs.states import TRANSITIONS, NeedState, Step
from baodao.domain.needs.steps import row_key, step
from baodao.domain.notices import services as notices


@service
def assign(*, actor: Actor, need: Need, subject_code: str = "", member: Any = None, words: str = "") -> Need:
    """安排: a post or shift (its public code), perhaps a member; ``words`` is what the asker reads (水电维修岗)."""
    assign_many(actor=actor, needs=[need], subject_code=subject_code, member=member, words=words)
    return need


@service
def assign_many(
    *, actor: Actor, needs: Sequence[Need], subject_code: str = "", member: Any = None, words: str = ""
) -> list[Need]:
    """Hand several needs to the same post, shift or person."""
    said = rules.must_take(words, length=rules.OUTCOME_LENGTH, field="words")
    events = []
    for need in needs:
        must(rules.may_handle(actor, need))
        if need.state != NeedState.ASSIGNED:
            move(need, to=NeedState.ASSIGNED, transitions=TRANSITIONS)
        need.assigned_code, need.assignee = subject_code[:12], member
        need.save(update_fields=["assigned_code", "assignee"])
        events.append(step(need, Step.ASSIGNED, actor, said))
        record("need.assigned", actor=actor, subject=need, town=need.town, data={"to": subject_code})
    NeedEvent.objects.bulk_create(events, batch_size=500)
    if member is not None:
        notices.tell_many(actor=actor, rows=[
            notices.Telling("need.assigned", member=member, path=need.community_path, subject_code=need.code,
                            data={"number": printed_number(need.number)})
            for need in needs
        ])  # fmt: skip
    return list(needs)


@service
def finish(*, actor: Actor, need: Need, outcome: str, public_words: str = "") -> Need:
    """办好了: what came of it, in words for the asker; ``public_words`` is what the board may say, naming nobody."""
    finish_many(actor=actor, needs=[need], outcomes=[outcome], public_words=[public_words])
    return need


@service
def finish_many(
    *, actor: Actor, needs: Sequence[Need], outcomes: Sequence[str], public_words: Sequence[str] = ()
) -> list[Need]:
    """Finish several needs; each then waits for being told."""
    shown = list(public_words) or [""] * len(needs)
    events = []
    for need, outcome, public in zip(needs, outcomes, shown, strict=True):
        must(rules.may_finish(actor, need))
        said = rules.must_take(
            outcome, length=rules.OUTCOME_LENGTH, field="outcome", empty=_("写一句办成了什么，没办成写为什么。")
        )
        move(need, to=NeedState.DONE, transitions=TRANSITIONS)
        need.done_at, need.outcome = clock.now(), said
        need.public_words = rules.must_take(public, length=80, field="public_words")
        need.save(update_fields=["done_at", "outcome", "public_words"])
        events.append(step(need, Step.DONE, actor, said))
        record("need.done", actor=actor, subject=need, town=need.town)
    NeedEvent.objects.bulk_create(events, batch_size=500)
    return list(needs)


@service
def tell(*, actor: Actor, need: Need, told: str, solved: bool = False) -> Need:
    """The asker was told the outcome, in this way: closes the need. ``solved``: and said that it is solved."""
    tell_many(actor=actor, needs=[need], told=told, solved={need.code} if solved else ())
    return need


@service
def tell_many(
    *, actor: Actor, needs: Sequence[Need], told: str | Sequence[str], solved: Collection[str] = ()
) -> list[Need]:
    """Close several needs that were told (each with its own way, when ``told`` is a list).

    ``solved`` are the codes of those whose askers said that it is solved: the confirmation of the person served.
    """
    ways = [told] * len(needs) if isinstance(told, str) else list(told)
    phones = set(
        NeedContact.objects.filter(need__in=list(needs)).exclude(phone=b"").values_list("need_id", flat=True)
    )
    events = []
    for need, way in zip(needs, ways, strict=True):
        must(rules.may_handle(actor, need))
        if need.state == NeedState.MERGED and need.merged_into is not None:
            need.outcome = need.merged_into.outcome
        said = need.code in solved
        must(rules.may_tell(need, way, need.pk in phones, solved=said))
        _close(need, way)
        events.append(step(need, Step.TOLD, actor))
        data = {"told": way} | ({"solved": True} if said else {})
        record("need.told", actor=actor, subject=need, town=need.town, data=data)
    NeedEvent.objects.bulk_create(events, batch_size=500)
    return list(needs)


def _close(need: Need, told: str) -> None:
    moment = clock.now()
    need.told, need.told_at, need.closed_at = told, moment, moment
    need.done_at = need.done_at or moment
    if need.state in {NeedState.REFUSED, NeedState.MERGED}:
        if need.version and Need.objects.filter(pk=need.pk, told="").update(told=told) == 0:
            raise Refused(_("已经告知过了。"), code="state")
        need.version += 1
        need.save(update_fields=["told_at", "closed_at", "done_at", "outcome", "version"])
        return
    if need.state not in {NeedState.DONE, NeedState.REFERRED}:
        raise Refused(_("先写结果，再告知。"), code="state")
    Need.objects.filter(pk=need.pk).update(told=told, outcome=need.outcome)  # the constraint asks for both first
    move(need, to=NeedState.CLOSED, transitions=TRANSITIONS)
    need.save(update_fields=["told_at", "closed_at", "done_at"])


@service
def reopen(*, actor: Actor, need: Need, words: str = "") -> Need:
    """重开: a closed or refused need goes on; the earlier outcome stays in the timeline."""
    must(rules.may_handle(actor, need))
    return put_back(actor, need, rules.must_take(words, length=rules.OUTCOME_LENGTH, field="words"))


def put_back(actor: Actor, need: Need, words: str) -> Need:
    """Take a need with an outcome up again: refused ones wait for a place, others go on being done."""
    to = NeedState.ACCEPTED if need.state == NeedState.REFUSED else NeedState.ASSIGNED
    move(need, to=to, transitions=TRANSITIONS)
    need.done_at = need.told_at = need.closed_at = None
    need.told = need.outcome = need.public_words = ""
    hours = rules.hours_of_tier(need.town)
    if need.wished_on is None or need.tier != "ordinary":
        need.due_at = rules.due_at(need.tier, clock.now(), None, need.community_path, hours)
    else:
        need.due_at = rules.due_at("important", clock.now(), None, need.community_path, hours)
    need.save(update_fields=["done_at", "told_at", "closed_at", "told", "outcome", "public_words", "due_at"])
    step(need, Step.REOPENED, actor, words).save()
    record("need.reopened", actor=actor, subject=need, town=need.town)
    return need


@service
def show_contact(*, actor: Actor, need: Need, reason: str) -> ContactShown:
    """The contact in clear for who calls or goes there; the look is written down and the asker can see it."""
    must(rules.may_see_contact(actor, need))
    if not reason.strip():
        raise Refused(_("写一下为什么要看。"), code="reason")
    found = NeedContact.objects.filter(need=need).exclude(wrapped_key=b"").first()
    if found is None:
        raise Refused(_("对方没有留联系方式，或已经按期删除。"), code="absent")
    looked(actor=actor, subject="need", code=need.code, field="contact", reason=reason)
    return reveal(need, found)


def reveal_for_asker(need: Need) -> ContactShown:
    """The contact for the asker's own eyes (code and secret were checked), and for tests; no look is written."""
    return reveal(need, NeedContact.objects.get(need=need))


def reveal(need: Need, contact: NeedContact) -> ContactShown:
    """Open the sealed values. Callers write the look down first, or are the asker."""
    row = row_key(need)
    key = master_key().unwrap(contact.wrapped_key, row)
    return ContactShown(
        name=unseal(key, contact.name, row, "name"),
        phone=unseal(key, contact.phone, row, "phone"),
        place_detail=unseal(key, contact.place_detail, row, "place_detail"),
        language=unseal(key, contact.language, row, "language"),
    )


