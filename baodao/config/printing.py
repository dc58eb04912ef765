"""What ``./run paper`` can print: each kind with the endings it may have and the function that makes it.

A program prints: it sees everything of the place it was asked for, and nothing of another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from baodao.base import paths
from baodao.base.actor import Actor, program
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Refused
from baodao.domain.matching import papers as plans
from baodao.domain.members import papers as ledgers
from baodao.domain.members import selectors as members
from baodao.domain.months import papers as months
from baodao.domain.months import selectors as month_selectors
from baodao.domain.orgs import selectors as orgs
from baodao.domain.points import papers as points
from baodao.domain.posts import papers as posts
from baodao.domain.service import papers as service


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for, with every code looked up: ``path`` is the community's or the town's."""

    actor: Actor
    town: str
    path: str
    unit: str
    month: str
    member: str
    ending: str

    @classmethod
    def read(cls, options: Mapping[str, Any], ending: str) -> Order | str:
        """The order, or a sentence that says which code is wrong."""
        town = orgs.town_by_code(options["town"])
        if town is None:
            return f"没有代码是 {options['town']} 的镇。"
        path = town.path
        if options["community"]:
            community = orgs.community_by_code(options["community"])
            if community is None or not paths.covers(town.path, community.path):
                return f"{town.name}没有代码是 {options['community']} 的社区。"
            path = community.path
        unit = orgs.unit_by_code(paths.county_of(town.path), options["unit"]) if options["unit"] else None
        if options["unit"] and unit is None:
            return f"没有代码是 {options['unit']} 的单位。"
        actor = program("paper")
        if options["member"] and not members.visible(actor).filter(code=options["member"]).exists():
            return f"没有编号是 {options['member']} 的党员。"
        try:
            month = str(Month.parse(options["month"])) if options["month"] else ""
        except ValueError as error:
            return str(error)
        return cls(actor, town.path, path, unit.path if unit else "", month, options["member"], ending)

    @property
    def in_month(self) -> str:
        """The month asked for, or the present one."""
        return self.month or str(Month.of(clock.today()))

    def one_community(self) -> str:
        """The community; refused where only the town was named."""
        if not paths.community_of(self.path):
            raise Refused("这种表按社区印，加上 --community。")
        return self.path


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper."""

    endings: tuple[str, ...]
    make: Callable[[Order], bytes]


def _slips(order: Order) -> bytes:
    return ledgers.report_slips(order.actor, order.path, unit=order.unit, member=order.member)


def _receipts(order: Order) -> bytes:
    held = posts.held_posts(order.path)
    return ledgers.receipts(order.actor, order.path, unit=order.unit, member=order.member, posts=held)


def _commitment(order: Order) -> bytes:
    make = posts.commitments_docx if order.ending == "docx" else posts.commitments_pdf
    return make(order.actor, order.path, member=order.member)


def _poster(order: Order) -> bytes:
    make = posts.poster_png if order.ending == "png" else posts.poster_pdf
    return make(order.actor, order.one_community(), order.in_month, settings.SITE_URL)


def _post_list(order: Order) -> bytes:
    return (posts.post_list_xlsx if order.ending == "xlsx" else posts.post_list_docx)(order.actor, order.path)


def _plan(order: Order) -> bytes:
    month = order.month or str(Month.of(clock.today()).next())
    return (plans.monthly_plan_xlsx if order.ending == "xlsx" else plans.monthly_plan_docx)(order.actor, order.path, month)


def _extract(order: Order) -> bytes:
    if not order.unit:
        raise Refused("单位摘录要说是哪个单位，加上 --unit。")
    return plans.unit_extract_docx(order.unit, order.in_month)


def _bulletin(order: Order) -> bytes:
    closed = month_selectors.closes(order.town).first()
    month = order.month or (closed.month if closed else "")
    found = month_selectors.bulletin_of(order.town, month)
    if found is None:
        raise Refused(f"{Month.parse(month).label}还没有结月，没有通报。" if month else "还没有结过月，没有通报。")
    return months.png(found)[0] if order.ending == "png" else (months.docx if order.ending == "docx" else months.pdf)(found)


KINDS: dict[str, Kind] = {
    "ledger": Kind(("xlsx",), lambda o: ledgers.ledger(o.actor, o.path, unit=o.unit)),
    "report_slip": Kind(("pdf",), _slips),
    "receipt": Kind(("pdf",), _receipts),
    "commitment": Kind(("docx", "pdf"), _commitment),
    "commitment_poster": Kind(("pdf", "png"), _poster),
    "post_list": Kind(("xlsx", "docx"), _post_list),
    "monthly_plan": Kind(("docx", "xlsx"), _plan),
    "unit_extract": Kind(("docx",), _extract),
    "sign_in_sheet": Kind(
        ("pdf",), lambda o: service.sign_in_sheets(o.actor, o.path, o.in_month, settings.SITE_URL)
    ),
    "bulletin": Kind(("docx", "pdf", "png"), _bulletin),
    "points_ledger": Kind(("xlsx",), lambda o: points.points_ledger(o.actor, o.path, o.in_month)),
}
