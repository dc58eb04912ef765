"""Where each role starts, and how a role and its place are called in the header."""

from __future__ import annotations

from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.verdict import Absent
from baodao.domain.accounts import selectors as accounts
from baodao.domain.accounts.states import FACE, Role
from baodao.domain.orgs import selectors as orgs

PREFIXES = {"mine": "/me/"}


def face_of(role: str) -> str:
    """The address a role starts at."""
    face = FACE.get(Role(role)) if role in Role.values else None
    return PREFIXES.get(face, f"/{face}/") if face else "/account/"


def role_label(role: str) -> str:
    """What a role is called."""
    return str(Role(role).label) if role in Role.values else ""


def place_names(path: str, above: list[Any] | None = None) -> list[str]:
    """The names from the town (or the county alone) down to a path; a unit gives its own name.

    ``above`` are the organisations above the path when the caller has read them.
    """
    if not path:
        return []
    if paths.UNITS in paths.parts(path)[1:2]:
        try:
            return [orgs.unit_at(path).name]
        except Absent:
            return []
    rows = orgs.above(path) if above is None else above
    return [org.name for org in rows[1:]] or [org.name for org in rows]


def other_roles(account: Any, actor: Actor) -> list[dict[str, str]]:
    """What else this person may be, with the name of the place."""
    return [
        {"code": grant.code, "label": role_label(grant.role), "place": "".join(place_names(grant.path)[-1:])}
        for grant in accounts.other_grants(account, actor)
    ]


def rows_of_grants(people: Any) -> list[dict[str, Any]]:
    """Accounts with their grants in words, for lists: one query for the names of all places."""
    held = {account.pk: [g for g in account.grants.all() if g.is_open()] for account in people}
    names = orgs.names({grant.path for grants in held.values() for grant in grants if grant.path})
    return [
        {
            "account": account,
            "name": account.display_name or account.login,
            "grants": [
                {"code": g.code, "role": role_label(g.role), "place": names.get(g.path, ""), "until": g.until, "since": g.since}
                for g in held[account.pk]
            ],
        }
        for account in people
    ]
