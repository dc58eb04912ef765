"""Who answers a suggestion, by when, and which words are not taken."""

from __future__ import annotations

from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.text.free import about_person, emergency, find_ids
from baodao.base.verdict import YES, Verdict, no
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


def why_not_words(text: str) -> Verdict:
    """The same guard as for needs: no emergencies, no reports on a person, no identity numbers."""
    found = emergency(text)
    if found is not None:
        others = _("、").join(number for number in ("110", "119", "120") if number != found.number)
        words = _("这像是紧急情况，马上打 %(number)s（也可打 %(others)s）。这里要等人看到才能处理，来不及。")
        return no(words % {"number": found.number, "others": others})
    if about_person(text) is not None:
        return no(_("这里收对办事、服务和公共地方的意见，不收说某个人怎么样的内容。换成想改的事再写。"))
    if find_ids(text):
        return no(_("里面有身份证号，删掉再提交。这里不需要身份证号。"))
    return YES


def code_of_words(text: str) -> str:
    """emergency, about_person, id_number or ""."""
    if emergency(text) is not None:
        return "emergency"
    if about_person(text) is not None:
        return "about_person"
    return "id_number" if find_ids(text) else ""
