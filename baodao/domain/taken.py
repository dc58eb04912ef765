"""Which words are taken from people: the one guard of every area that keeps what somebody wrote freely.

Emergencies go to 110, 119 or 120; reports on another person and identity numbers are not taken (``base.text.free``).
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from baodao.base.text.free import code_of, emergency
from baodao.base.verdict import YES, Refused, Verdict, no


def why_not(text: str, *, about_person: str) -> Verdict:
    """Taken or not, in the reader's language; ``about_person`` is what the area says instead of such words."""
    found = emergency(text)
    if found is not None:
        others = _("、").join(number for number in ("110", "119", "120") if number != found.number)
        words = _("这像是紧急情况，马上打 %(number)s（也可打 %(others)s）。这里要等人看到才能处理，来不及。")
        return no(words % {"number": found.number, "others": others})
    reason = code_of(text)
    if reason == "about_person":
        return no(about_person)
    if reason == "id_number":
        return no(_("里面有身份证号，删掉再提交。这里不需要身份证号。"))
    return YES


def must_take(text: str, *, length: int, about_person: str, field: str = "text", empty: str = "") -> str:
    """The words without surrounding space; raises Refused with its code when they are not taken."""
    clean = text.strip()
    if not clean and empty:
        raise Refused(empty, code=field)
    if len(clean) > length:
        raise Refused(_("最多 %(count)d 个字，现在 %(now)d 个。") % {"count": length, "now": len(clean)}, code="too_long")
    verdict = why_not(clean, about_person=about_person)
    if not verdict.ok:
        raise Refused(verdict.reason, code=code_of(clean))
    return clean
