"""A month of the demo is closed, its points confirmed, its bulletin edited, signed, issued and received."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.demo.staff import Staff
from baodao.demo.town import Town
from baodao.domain.audit.services import service
from baodao.domain.documents import selectors as documents
from baodao.domain.documents import services as papers
from baodao.domain.months import issuing, selectors
from baodao.domain.months import services as months
from baodao.domain.points import services as points


def close(town: Town, staff: Staff, month: Month) -> None:
    """On the second and third day of the next month; the rendering stands outside any transaction."""
    second = datetime.combine(month.last + timedelta(days=2), time(11, 0))
    _receipts(town, staff, second - timedelta(hours=1))
    bulletin = _sign(town, staff, month, second)
    with clock.freeze(second + timedelta(days=1, hours=6)):
        issuing.issue(actor=staff.townlead, bulletin=bulletin)


@service
def _receipts(town: Town, staff: Staff, moment: datetime) -> None:
    """Before a month is closed the papers of the months before it are signed for: by the liaison in the program, by units
    without a login on the slip that the town writes down. The newest bulletin is what still waits."""
    with clock.freeze(moment):
        own = documents.delivered_to(staff.liaison, staff.liaison.path).filter(received_at=None)
        papers.receive_many(actor=staff.liaison, deliveries=list(own))
        for document in documents.visible(staff.town).filter(town=town.town.path):
            if back := list(document.deliveries.filter(received_at=None)):
                papers.receive_on_paper(actor=staff.town, document=document, deliveries=back)


@service
def _sign(town: Town, staff: Staff, month: Month, second: datetime) -> Any:
    path = town.town.path
    with clock.freeze(second):
        months.close_month(actor=staff.town, town=path, month=str(month))
        bulletin = selectors.bulletin_of(path, str(month))
        months.submit_bulletin(actor=staff.town, bulletin=bulletin)
    with clock.freeze(second + timedelta(hours=5)):
        for community in town.communities:
            points.confirm_month(
                actor=staff.secretaries[community.path], town=path, community=community.path, month=str(month)
            )
    with clock.freeze(second + timedelta(days=1)):
        return months.sign_bulletin(actor=staff.townlead, bulletin=bulletin)
