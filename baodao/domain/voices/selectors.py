"""Reads of suggestions and skill cards."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from baodao.base.actor import Actor
from baodao.base.verdict import Absent
from baodao.domain.columns import under_any
from baodao.domain.voices.models import SkillCard, Suggestion
from baodao.domain.voices.states import SuggestionState


def visible(actor: Actor) -> QuerySet[Suggestion]:
    """What an actor answers: a community's clerk and secretary their own, the town's desk those to the town itself."""
    if actor.is_program:
        return Suggestion.objects.all()
    wanted = under_any("path", actor.paths_of("clerk", "secretary"))
    wanted |= Q(path__in=actor.paths_of("town", "townlead"))
    return Suggestion.objects.filter(wanted)


def get_for(actor: Actor, code: str) -> Suggestion:
    """One suggestion; Absent when there is none for this actor."""
    found = visible(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def listing(actor: Actor) -> QuerySet[Suggestion]:
    """Open ones first, by the date they are due; then the answered ones, the newest first."""
    return visible(actor).order_by("-state", "due_on", "-pk")


def open_count(actor: Actor) -> int:
    """How many wait for an answer."""
    return visible(actor).filter(state=SuggestionState.OPEN).count()


def by_code(code: str) -> Suggestion:
    """The word a sent form left, for whoever sends the same form again; Absent when there is none."""
    found = Suggestion.objects.filter(code=code).first()
    if found is None:
        raise Absent
    return found


def by_number(number: str) -> Suggestion | None:
    """The suggestion of an answer number, for the public page."""
    return Suggestion.objects.filter(number=number).first() if number else None


def mine(actor: Actor) -> QuerySet[Suggestion]:
    """Those this person signed, the newest first."""
    if actor.account_id is None:
        return Suggestion.objects.none()
    return Suggestion.objects.filter(account_id=actor.account_id).order_by("-created_at", "-pk")


def skill_cards(town: str, post_kind: str = "") -> QuerySet[SkillCard]:
    """The five-minute cards of a town, perhaps for one kind of post."""
    rows = SkillCard.objects.filter(town=town)
    return rows.filter(post_kind=post_kind) if post_kind else rows
