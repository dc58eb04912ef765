"""Slips to be handed out to members without a login, six to an A4 page, by unit, each to be folded and stapled shut.

What stands inside is between the member and the community: the outside carries name and unit alone, and answers go to the
community, so that whoever hands slips out (a unit's liaison) learns of no invitation and of no answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from baodao.base.days import clock
from baodao.base.papers import pdf as typeset
from baodao.domain.notices.models import Stack
from baodao.domain.notices.telling import COMMUNITY, Group, pile
from baodao.domain.orgs import selectors as orgs

TEMPLATE = Path(__file__).with_name("slips.typ")
LINES = 5


def slips(stack: Stack) -> bytes:
    """The slips of a pile as PDF."""
    community = orgs.by_path(stack.path)
    printed = (stack.printed_at or clock.now()).astimezone(clock.ZONE)
    return typeset.pdf(TEMPLATE, {
        "title": "告知纸条", "community": community.name, "phone": community.phone,
        "day": f"{printed.year}年{printed.month}月{printed.day}日", "code": stack.code,
        "groups": [_group(group) for group in pile(stack)],
    })  # fmt: skip


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "hand": "本人来取，或网格员顺路带到" if group.key == COMMUNITY else "请联络员转交，不要拆开",
        "people": [
            {"name": person.member.name, "lines": person.lines[:LINES], "more": max(0, len(person.lines) - LINES),
             "asks": any(one.key in ("offer.sent", "fixing.offered") for one in person.notices)}
            for person in group.people
        ],
    }  # fmt: skip
