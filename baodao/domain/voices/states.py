"""States of suggestions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SuggestionState(models.TextChoices):
    """Until it is answered."""

    OPEN = "open", _("待答复")
    ANSWERED = "answered", _("已答复")
    ABOUT_PERSON = "about_person", _("涉及他人，不收")


TRANSITIONS = {
    SuggestionState.OPEN: frozenset({SuggestionState.ANSWERED, SuggestionState.ABOUT_PERSON}),
    SuggestionState.ANSWERED: frozenset(),
    SuggestionState.ABOUT_PERSON: frozenset(),
}
