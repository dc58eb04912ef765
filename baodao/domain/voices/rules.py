"""Who answers a suggestion, by when, and which words are not taken."""

from __future__ import annotations

from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.verdict import YES, Verdict, no
from baodao.domain import taken
from baodao.domain.voices.models import Suggestion

TEXT_LENGTH = ANSWER_LENGTH = 300
ANSWER_HOURS = 80  # working hours, as for a need that can wait


def may_answer(actor: Actor, suggestion: Suggestion) -> Verdict:
    """The community's clerk or secretary; the town's desk for those to the town."""
    if actor.is_program or actor.has("clerk", "secretary", path=suggestion.path):
        return YES
    if not paths.community_of(suggestion.path) and actor.has("town", "townlead", path=suggestion.path):
        return YES
    return no("给社区的意见由社区答复，给镇里的由镇里答复。")


def must_take(text: str) -> str:
    """A suggestion's words as they are kept; raises Refused with its code when they are not taken."""
    about = _("这里收对办事、服务和公共地方的意见，不收说某个人怎么样的内容。换成想改的事再写。")
    return taken.must_take(text, length=TEXT_LENGTH, about_person=about, empty=_("写一写你的意见。"))
