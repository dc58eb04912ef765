"""Writes of suggestions: leave one (signed or not), answer it, refuse one about a person."""

from __future__ import annotations

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.accounts import services as accounts
from baodao.domain.audit.services import move, record, service
from baodao.domain.calendar import selectors as calendar
from baodao.domain.needs import selectors as needs
from baodao.domain.notices import services as notices
from baodao.domain.voices import rules
from baodao.domain.voices.models import Suggestion
from baodao.domain.voices.states import TRANSITIONS, SuggestionState


@service
def suggest(*, actor: Actor, path: str, text: str, signed: bool = False, prefix: str = "") -> Suggestion:
    """Leave a word for a community or the town; answered by ``due_on``. Refused words are stored nowhere."""
    clean = rules.must_take(text)
    number = needs.free_number()
    while Suggestion.objects.filter(number=number).exists():
        number = needs.free_number()
    made = Suggestion(
        number=number,
        path=path,
        text=clean,
        account_id=actor.account_id if signed else None,
        due_on=calendar.due_after(clock.now(), rules.ANSWER_HOURS, path).date(),
    )
    made.save()
    if prefix:
        accounts.note_failure(prefix=prefix, kind="raised")
    record("suggestion.left", actor=actor, subject=made, town=paths.town_of(path))
    return made


@service
def answer(*, actor: Actor, suggestion: Suggestion, words: str) -> Suggestion:
    """答复: what was done with it; whoever has the number reads it, whoever signed gets a notice."""
    must(rules.may_answer(actor, suggestion))
    said = words.strip()
    if not said:
        raise Refused("写一句答复。", code="words")
    if len(said) > rules.ANSWER_LENGTH:
        raise Refused(f"最多 {rules.ANSWER_LENGTH} 个字，现在 {len(said)} 个。", code="words")
    move(suggestion, to=SuggestionState.ANSWERED, transitions=TRANSITIONS)
    suggestion.answer, suggestion.answered_at, suggestion.answered_by = said, clock.now(), actor.account_id
    suggestion.save(update_fields=["answer", "answered_at", "answered_by"])
    if suggestion.account_id is not None:
        notices.tell(
            actor=actor, key="suggestion.answered", account_id=suggestion.account_id, subject_code=suggestion.code
        )
    record("suggestion.answered", actor=actor, subject=suggestion, town=paths.town_of(suggestion.path))
    return suggestion


@service
def about_person(*, actor: Actor, suggestion: Suggestion) -> Suggestion:
    """涉及他人，不收: the text is deleted at once."""
    must(rules.may_answer(actor, suggestion))
    move(suggestion, to=SuggestionState.ABOUT_PERSON, transitions=TRANSITIONS)
    suggestion.text, suggestion.answered_at = "", clock.now()
    suggestion.save(update_fields=["text", "answered_at"])
    record("suggestion.about_person", actor=actor, subject=suggestion, town=paths.town_of(suggestion.path))
    return suggestion
