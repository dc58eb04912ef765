"""The asker's own deeds, by code and secret on the tracking page: add, hurry, withdraw, rate, not solved, delete contact."""

from __future__ import annotations

from django.utils.translation import gettext as _

from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.accounts import services as accounts
from baodao.domain.audit.services import move, record, service
from baodao.domain.needs import rules
from baodao.domain.needs.models import Need, NeedRating
from baodao.domain.needs.services.handling import put_back
from baodao.domain.needs.states import OPEN, TRANSITIONS, Grade, NeedState, Step
from baodao.domain.needs.steps import destroy_contact, note_erased, step


@service
def note_wrong(*, prefix: str, number: str, secret: bool) -> None:
    """Count a wrong code or a wrong secret; they are counted alike, whether the code exists or not."""
    accounts.note_failure(prefix=prefix, kind="secret" if secret else "code", subject=number)


@service
def add_words(*, actor: Actor, need: Need, words: str) -> Need:
    """补充: more words to an open need."""
    if need.state not in OPEN and need.state != NeedState.MERGED:
        raise Refused(_("这件事已经办结，要接着办就按“没解决”。"), code="state")
    said = rules.must_take(words, field="words", empty=_("写一写要补充什么。"))
    step(need, Step.ADDED, actor, said).save()
    record("need.added", actor=actor, subject=need, town=need.town)
    return need


@service
def hurry(*, actor: Actor, need: Need) -> Need:
    """催一下: once in 24 hours; the desk sees it on the card."""
    must(rules.may_hurry(need))
    need.hurried_at = clock.now()
    need.save(update_fields=["hurried_at"])
    step(need, Step.HURRIED, actor).save()
    record("need.hurried", actor=actor, subject=need, town=need.town)
    return need


@service
def withdraw(*, actor: Actor, need: Need) -> Need:
    """不需要了: the asker ends it."""
    move(need, to=NeedState.WITHDRAWN, transitions=TRANSITIONS)
    need.closed_at = clock.now()
    need.save(update_fields=["closed_at"])
    step(need, Step.WITHDRAWN, actor).save()
    record("need.withdrawn", actor=actor, subject=need, town=need.town)
    return need


@service
def rate(*, actor: Actor, need: Need, grade: str, words: str = "") -> Need:
    """评价: one grade for the service, once; words about a person are not taken."""
    if need.state not in {NeedState.DONE, NeedState.CLOSED}:
        raise Refused(_("办好以后再评价。"), code="state")
    if grade not in Grade.values:
        raise Refused(_("选一个：满意、一般、不满意。"), code="grade")
    said = rules.must_take(words, length=120, field="words")
    _row, made = NeedRating.objects.get_or_create(
        need=need, defaults={"grade": grade, "words": said, "at": clock.now()}
    )
    if not made:
        raise Refused(_("已经评价过了。"), code="state")
    step(need, Step.RATED, actor).save()
    record("need.rated", actor=actor, subject=need, town=need.town, data={"grade": grade})
    return need


@service
def not_solved(*, actor: Actor, need: Need, words: str = "") -> Need:
    """没解决: within 15 days of the outcome the need is taken up again."""
    must(rules.may_say_not_solved(need))
    return put_back(actor, need, rules.must_take(words, field="words"))


@service
def delete_contact(*, actor: Actor, need: Need) -> Need:
    """Delete the contact now: the data key is destroyed and the erasure noted outside the database."""
    if destroy_contact(need):
        note_erased("need_contact", need.code)
        step(need, Step.CONTACT_DELETED, actor).save()
        record("need.contact_deleted", actor=actor, subject=need, town=need.town)
    return need
