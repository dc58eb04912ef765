"""Tables of voices."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.voices.states import SuggestionState


class Suggestion(Record):
    """A word to the community or town about how things are done; answered by a date."""

    number = models.CharField(max_length=8, unique=True)
    path = PathField(help_text="community or town it is for")
    text = models.CharField(max_length=300, blank=True)
    account_id = models.BigIntegerField(null=True, blank=True, help_text="only if signed")
    state = models.CharField(max_length=12, choices=SuggestionState.choices, default=SuggestionState.OPEN)
    due_on = models.DateField()
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["path", "state"], name="voices_suggestion_once")]

    def __str__(self) -> str:
        return self.number


class SkillCard(Record):
    """微课: a five-minute card for a kind of post (S16, S17)."""

    town = PathField()
    post_kind = models.CharField(max_length=14)
    title = models.CharField(max_length=40)
    steps = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title
