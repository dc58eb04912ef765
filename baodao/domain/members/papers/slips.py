"""报到单 and 回执: one A4 sheet in three parts with cut lines (domain.md §2.2): stub, slip, receipt.

``report_slips`` prints what the unit fills (parts one and two) with the receipt left open; ``receipts`` prints the third
part filled by the community as well. A sheet without a person is a blank form. Days are those that are kept: the slip's
is the first of the enrolment, the receipt's the one on which it went back, and a line to write on while it has not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from baodao.base.actor import Actor
from baodao.base.days import clock, offered
from baodao.base.papers import pdf as typeset
from baodao.domain.audit.services import looked
from baodao.domain.columns import under
from baodao.domain.members import contacts, selectors
from baodao.domain.members.models import Employment, Enrolment, Member
from baodao.domain.members.papers.ledger import skills_label
from baodao.domain.members.reading import wishes_label
from baodao.domain.members.states import EnrolmentState, MemberState

TEMPLATE = Path(__file__).with_name("slip.typ")


def report_slips(actor: Actor, path: str, *, unit: str = "", member: str = "") -> bytes:
    """The sheets of everybody enrolled under ``path`` who has no receipt yet, of one unit or one member if given.

    Nobody to print gives one blank sheet, to be filled by hand.
    """
    people = _people(actor, path, unit, member)
    if not member:
        people = [one for one in people if _state(one) != EnrolmentState.RECEIPTED]
    return _sheets(actor, path, people, None)


def receipts(
    actor: Actor, path: str, *, unit: str = "", member: str = "", posts: dict[int, str] | None = None
) -> bytes:
    """The sheets with the community's part filled, of those who reported; nobody gives one blank sheet.

    ``posts`` says which posts a member (by key) holds.
    """
    people = _people(actor, path, unit, member)
    if not member:
        people = [one for one in people if _state(one) in (EnrolmentState.REPORTED, EnrolmentState.RECEIPTED)]
    return _sheets(actor, path, people, posts or {})


def _state(member: Member) -> str:
    row = selectors.enrolment_of(member)
    return row.state if row else ""


def _people(actor: Actor, path: str, unit: str, member: str) -> list[Member]:
    on = clock.today()
    found = selectors.visible(actor).exclude(state=MemberState.LEFT).filter(kind="in_service")
    found = found.filter(pk__in=Enrolment.objects.filter(selectors.current(on), under("community_path", path)).values("member_id"))
    if unit:
        rows = Employment.objects.filter(selectors.current(on), under("unit__path", unit))
        found = found.filter(pk__in=rows.values("member_id"))
    if member:
        found = found.filter(code=member)
    return list(found.select_related("contact").prefetch_related(*selectors.loads(on)))


def _sheets(actor: Actor, path: str, people: list[Member], posts: dict[int, str] | None) -> bytes:
    if actor.account_id is not None and people:
        looked(actor=actor, subject="ledger", code=path[-40:], field="phone", reason="打印报到单")
    sheets = [_sheet(member, posts) for member in people] or [_blank()]
    return typeset.pdf(TEMPLATE, {"sheets": sheets, "title": "在职党员到社区报到单"})


def _blank() -> dict[str, Any]:
    keys = ("number", "name", "unit", "party_org", "job", "phone", "community", "estate", "skills", "wishes", "slots",
            "issued", "reported", "team", "posts", "handler", "receipt")  # fmt: skip
    return dict.fromkeys(keys, "")


def _sheet(member: Member, posts: dict[int, str] | None) -> dict[str, Any]:
    enrolled, works_at = selectors.enrolment_of(member), selectors.unit_of(member)
    reported = enrolled.reported_on if enrolled else None
    filled = posts is not None
    return _blank() | {
        "number": (enrolled.slip_number if enrolled else "") or member.code,
        "name": member.name,
        "unit": works_at.name if works_at else "",
        "party_org": member.party_org_name or (works_at.party_org_name if works_at else ""),
        "job": member.job_title,
        "phone": contacts.opened(getattr(member, "contact", None)),
        "community": enrolled.community.name if enrolled else "",
        "estate": enrolled.estate.name if enrolled and enrolled.estate else "",
        "skills": skills_label(member),
        "wishes": wishes_label(member.wishes),
        "slots": offered.label(member.slots) or member.time_note,
        "issued": _day(min(enrolled.since, reported or enrolled.since) if enrolled else None),
        "reported": _day(reported) if filled else "",
        "team": enrolled.team_name if enrolled and filled else "",
        "posts": posts.get(member.pk, "") if posts is not None else "",
        "receipt": _day(enrolled.receipt_on if enrolled else None) if filled else "",
    }


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
