"""Issuing a bulletin: render outside any transaction, then seal and deliver; what was left unsealed is tried again.

A signed bulletin keeps its number whatever happens in between; whoever comes second (the worker or the signer) finds it
delivered and does nothing.
"""

from __future__ import annotations

import logging

from baodao.base.actor import Actor
from baodao.base.verdict import Absent, Refused
from baodao.domain.months import papers, selectors, services
from baodao.domain.months.models import Bulletin
from baodao.domain.months.states import BulletinState

log = logging.getLogger("baodao.months")
#: What is archived: the official version and the one for boards, each as Word and as PDF.
FORMS = ("docx", "pdf", "public.docx", "public.pdf")


def render(bulletin: Bulletin, form: str) -> bytes:
    """The bytes of a bulletin in one of ``FORMS``; Absent for any other."""
    if form not in FORMS:
        raise Absent
    public = form.startswith("public.")
    return (papers.docx if form.endswith("docx") else papers.pdf)(bulletin, public=public)


def issue(*, actor: Actor, bulletin: Bulletin) -> Bulletin:
    """Render every form of a signed bulletin, archive and deliver it; a bulletin delivered meanwhile is answered as it is."""
    copies = {form: render(bulletin, form) for form in FORMS}
    try:
        return services.seal_bulletin(actor=actor, bulletin=bulletin, copies=copies)
    except Refused:
        now = selectors.bulletin_of(bulletin.town, bulletin.month)
        if now is None or now.state != BulletinState.DELIVERED:
            raise
        return now


def retry(*, actor: Actor) -> int:
    """Issue what was signed and never sealed (a crash in between); says how many. One that fails does not stop the others."""
    done = 0
    for bulletin in selectors.to_be_sealed():
        try:
            issue(actor=actor, bulletin=bulletin)
        except Exception:  # the next turn of the clock tries again
            log.exception("bulletin %s was not sealed", bulletin.code)
        else:
            done += 1
    return done
