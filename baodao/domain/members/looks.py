"""Who looked: at one member's number, at a list with the member on it, at a community's list as a whole.

A look is shown to whom it concerns: the member on the own page, the desk on the member's record and above its ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from baodao.base import paths
from baodao.domain.accounts import selectors as accounts
from baodao.domain.accounts.states import Role
from baodao.domain.audit import selectors as audit
from baodao.domain.members import selectors
from baodao.domain.members.models import Member

MOST = 50
KEPT = 40  #: the end of a path that a look keeps


def looks(member: Member) -> list[dict[str, Any]]:
    """Who read the number in clear or opened a list with this member on it, when and why, newest first, 50 rows."""
    lists: dict[str, date] = {}
    enrolled = selectors.enrolment_of(member)
    if enrolled is not None:
        lists[enrolled.community_path[-KEPT:]] = lists[paths.town_of(enrolled.community_path)[-KEPT:]] = enrolled.since
    job = member.employments.filter(until__isnull=True).select_related("unit").first()
    if job is not None:
        lists[job.unit.path[-KEPT:]] = job.since
    rows = [*audit.looks_at("member", member.code)[:MOST], *audit.looks_at_lists(lists)[:MOST]]
    return _told(sorted(rows, key=lambda row: row.at, reverse=True)[:MOST])


def list_looks(path: str) -> list[dict[str, Any]]:
    """Who opened or printed a community's list, when and why, newest first, 50 rows."""
    return _told(audit.looks_at_lists({path[-KEPT:]: date(2000, 1, 1)})[:MOST])


def _told(rows: Iterable[Any]) -> list[dict[str, Any]]:
    found = list(rows)
    who, roles = accounts.names({row.account_id for row in found}), dict(Role.choices)
    return [
        {"at": row.at, "who": who.get(row.account_id, ""), "role": roles.get(row.role, row.role),
         "reason": f"{'看名单：' if row.field == 'list' else ''}{row.reason}"}
        for row in found
    ]
