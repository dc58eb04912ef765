"""Sending the month's plan to the units: number → render outside any transaction → seal → deliver, with receipts.

Pressing twice sends nothing twice: a sealed plan is only delivered to units that do not have it yet, a number that was
reserved before a crash is rendered and sealed now. No person is named in a plan; names stand in each unit's extract.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days.months import Month
from baodao.base.verdict import Refused, must
from baodao.domain.documents import rules as issue_rules
from baodao.domain.documents import selectors as documents
from baodao.domain.documents import services as delivering
from baodao.domain.documents.states import DocumentKind, DocumentState
from baodao.domain.matching import papers, selectors
from baodao.domain.matching.facts import READER
from baodao.domain.matching.states import PlanState
from baodao.domain.members import selectors as members
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import selectors as posts


@dataclass(frozen=True, slots=True)
class Sent:
    """How a plan's sending stands: the paper, to how many units, how many receipts."""

    document: Any
    delivered: int
    received: int


def scope_of(path: str) -> str:
    """Who sends plans here: ``town`` for all, or each ``community`` (a setting of the town)."""
    return str(orgs.setting(paths.town_of(path) or path, "issued_by"))


def units_of(path: str) -> list[str]:
    """The units with members serving under a path, or paired with a community of it, in official order."""
    near = set(
        members.serving(path)
        .prefetch_related(None)
        .filter(employments__until__isnull=True, employments__unit__isnull=False)
        .order_by()
        .values_list("employments__unit__path", flat=True)
        .distinct()
    )
    near |= set(posts.pairings(path).order_by().values_list("unit__path", flat=True))
    return [unit.path for unit in orgs.units(paths.county_of(path)) if unit.path in near]


def status(path: str, month: str) -> Sent | None:
    """How far the sending of a place's plan is; None before it was sent."""
    town, community = (paths.town_of(path), path) if paths.community_of(path) else (path, "")
    document = documents.of_month(town, DocumentKind.PLAN, month, community)
    if document is None or document.state != DocumentState.SEALED:
        return None
    received, delivered = documents.receipts(document)
    return Sent(document, delivered, received)


def _sealed(actor: Actor, document: Any, copies: dict[str, bytes]) -> Any:
    """The archived plan: ours, or that of somebody who pressed at the same moment and was first."""
    try:
        return delivering.seal(actor=actor, document=document, copies=copies)
    except Refused:
        now = documents.of_month(document.town, document.kind, document.month, document.community)
        if now is None or now.state != DocumentState.SEALED:
            raise
        return now


def issue_plan(*, actor: Actor, path: str, month: str) -> Sent:
    """Send a community's (or the whole town's) plan of a month to its units. Refused before offers were sent."""
    community = path if paths.community_of(path) else ""
    town = paths.town_of(path) if community else path
    must(issue_rules.may_issue(actor, town, community))
    if (scope_of(path) == "community") != bool(community):
        raise Refused("月计划由镇里统一发。" if community else "月计划由各社区自己发。", code="scope")
    plans = selectors.plans_of_town(town, month)
    if not any(plan.state == PlanState.PUBLISHED for at, plan in plans.items() if at.startswith(path)):
        raise Refused("先批准计划、发出邀请，再发给单位。", code="state")
    document = documents.of_month(town, DocumentKind.PLAN, month, community)
    if document is None:
        title = f"{orgs.by_path(path).name}{Month.parse(month).label}服务活动计划"
        document = delivering.reserve(
            actor=actor, town=town, kind=DocumentKind.PLAN, month=month, title=title, community=community
        )
    if document.state == DocumentState.RESERVED:
        copies = {
            "docx": papers.monthly_plan_docx(READER, path, month),
            "xlsx": papers.monthly_plan_xlsx(READER, path, month),
        }
        document = _sealed(actor, document, copies)
    delivering.deliver_many(actor=actor, document=document, paths=units_of(path))
    received, delivered = documents.receipts(document)
    return Sent(document, delivered, received)
