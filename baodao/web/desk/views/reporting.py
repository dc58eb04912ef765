"""Who has to report in, whose receipt has to go back: both lists by unit, with their papers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.members import ledger, selectors, services
from baodao.domain.members.papers import receipts, report_slips
from baodao.web.desk.views.ledger import CLERKS
from baodao.web.frame.answers import done, file
from baodao.web.frame.guard import audience

PAGE = "/desk/reporting/"


@audience(*CLERKS, methods=("GET", "HEAD"))
def show(request: HttpRequest) -> HttpResponse:
    """Slips that were issued and not handed in; reports whose receipt is due."""
    waiting = ledger.waiting(request.actor)  # type: ignore[attr-defined]
    context = {
        "issued": by_unit(waiting["issued"]),
        "issued_count": len(waiting["issued"]),
        "reported": by_unit(waiting["reported"]),
        "reported_count": len(waiting["reported"]),
    }
    return render(request, "desk/reporting/show.html", context)


def by_unit(rows: list[Any]) -> list[dict[str, Any]]:
    """Rows under the name of their unit."""
    return [{"unit": unit or "没有单位", "rows": list(some)} for unit, some in groupby(rows, key=lambda row: row.unit_name)]


@audience(*CLERKS, methods=("POST",))
def many(request: HttpRequest) -> HttpResponse:
    """Report in, or note receipts, for everybody who was picked."""
    actor = request.actor  # type: ignore[attr-defined]
    members = list(selectors.visible(actor).filter(code__in=request.POST.getlist("pick")))
    if not members:
        raise Refused("没有选人。在左边勾选，再按一次。")
    if request.POST.get("do") == "report":
        count = services.report_in_many(actor=actor, members=members)
        return done(request, PAGE, toast=f"{count} 人已报到")
    count = services.receipt_many(actor=actor, members=members)
    return done(request, PAGE, toast=f"{count} 人的回执已记下")


@audience(*CLERKS, methods=("GET", "HEAD"))
def slips(request: HttpRequest) -> HttpResponse:
    """All slips that have no receipt yet, or all receipts (``form=receipt``); a blank sheet when there are none."""
    actor, filled = request.actor, request.GET.get("form") == "receipt"  # type: ignore[attr-defined]
    content = (receipts if filled else report_slips)(actor, paths.community_of(actor.path))
    return file(content, f"{'回执' if filled else '报到单'}-{clock.today():%Y%m%d}.pdf", inline=True)
