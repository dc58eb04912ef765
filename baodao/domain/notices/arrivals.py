"""Whoever receives a paper is told that it came: the liaison of a unit, the desk of a community; once, and once a reminder.

Rung by the delivery of a paper. Units without a login are not told here: the sender sees who has none and hands it over.
"""

from __future__ import annotations

from baodao.base.actor import Actor, program
from baodao.base.days.months import Month
from baodao.domain.accounts import selectors as accounts
from baodao.domain.accounts.states import Role
from baodao.domain.audit.services import service
from baodao.domain.documents import selectors as documents
from baodao.domain.documents.states import DocumentKind
from baodao.domain.notices.models import Notice
from baodao.domain.notices.services import Telling, tell_many

READER = program("notices")
RECEIVERS = (Role.LIAISON, Role.SECRETARY, Role.CLERK)
KEYS = {DocumentKind.BULLETIN: "bulletin.delivered", DocumentKind.PLAN: "plan.delivered", DocumentKind.EXTRACT: "plan.delivered"}


@service
def tell_of_paper(*, actor: Actor, code: str, data: dict[str, object]) -> None:
    """A paper was delivered: tell the people of each place it came to who were not told of it before."""
    document = documents.get_for(READER, code)
    _tell(actor, document, KEYS[DocumentKind(document.kind)], documents.deliveries(document))


@service
def remind_of_paper(*, actor: Actor, code: str, data: dict[str, object]) -> None:
    """The sender reminds: tell the people of each place that has not signed for it."""
    document = documents.get_for(READER, code)
    key = KEYS[DocumentKind(document.kind)].replace("delivered", "reminded")
    Notice.objects.filter(key=key, subject_code=document.code).delete()  # the newer reminder takes the older one's place
    _tell(actor, document, key, documents.waiting_for(document))


def _tell(actor: Actor, document: object, key: str, deliveries: object) -> None:
    places = list(deliveries.values_list("path", flat=True))  # type: ignore[attr-defined]
    known = set(
        Notice.objects.filter(key=key, subject_code=document.code).values_list("account_id", flat=True)  # type: ignore[attr-defined]
    )
    said = {"month": str(Month.parse(document.month).label)}  # type: ignore[attr-defined]
    rows = [
        Telling(key, account_id=account, subject_code=document.code, data=said)  # type: ignore[attr-defined]
        for held in accounts.at_paths(places, *RECEIVERS).values()
        for account in held
        if account not in known
    ]
    tell_many(actor=actor, rows=rows)
