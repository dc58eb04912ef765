"""C4: who are our members? The ledger with its views, filters, search, orders; papers and deeds for the picked rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.members import ledger, selectors, services
from baodao.domain.members.looks import list_looks
from baodao.domain.members.papers import ledger as ledger_paper
from baodao.domain.members.papers.ledger import ledger_data
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.answers import done, file, page_of
from baodao.web.frame.guard import audience

LIST = "/desk/ledger/"
CLERKS = ("clerk", "secretary")
MOST_CARDS = 200


@audience(*CLERKS, methods=("GET", "HEAD"))
def show(request: HttpRequest) -> HttpResponse:
    """The ledger of the community."""
    actor = request.actor  # type: ignore[attr-defined]
    wanted = ledger.chosen(request.GET)
    order = wanted["order"] if wanted["order"] in ledger.ORDERS else town_order(actor)
    page = page_of(request, ledger.listing(actor, wanted, order))
    context = {
        "wanted": wanted,
        "order": order,
        "page": page,
        "rows": [ledger.line(member) for member in page.object_list],
        "tabs": ledger.tab_counts(actor, wanted),
        "summary": ledger.summary(actor),
        "options": ledger.options(actor),
        "note": ledger.order_note(order),
        "looks": list_looks(paths.community_of(actor.path)),
        "narrowed": any(wanted[name] for name in ("q", "kind", "unit", "skill", "when", "state", "tab")),
    }
    return render(request, "desk/ledger/show.html", context)


def town_order(actor: Any) -> str:
    """The official order the town chose."""
    return "name" if orgs.setting(paths.town_of(actor.path), "name_order") == "name" else "surname"


@audience(*CLERKS, methods=("GET", "HEAD"))
def export(request: HttpRequest) -> HttpResponse:
    """The ledger as the paper people know (``form=paper``) or flat (``form=data``)."""
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    place = paths.community_of(actor.path)
    if request.GET.get("form") == "data":
        return file(ledger_data(actor, place), f"台账数据-{today:%Y%m%d}.xlsx")
    return file(ledger_paper(actor, place), f"在职党员台账-{today:%Y%m%d}.xlsx")


@audience(*CLERKS, methods=("POST",))
def picked(request: HttpRequest) -> HttpResponse:
    """One deed for the picked rows: into a team, receipts sent, invitation cards."""
    actor = request.actor  # type: ignore[attr-defined]
    members = list(selectors.visible(actor).filter(code__in=request.POST.getlist("pick")))
    if not members:
        raise Refused("没有选人。回到台账，在左边勾选。")
    deed, back = request.POST.get("do", ""), back_to(request)
    if deed == "cards":
        return cards(request, members[:MOST_CARDS])
    if deed == "receipt":
        count = services.receipt_many(actor=actor, members=members)
        return done(request, back, toast=f"已记 {count} 人的回执" if count else "选中的人都不用回执")
    count = services.set_team_many(actor=actor, members=members, team_name=request.POST.get("team", ""))
    return done(request, back, toast=f"{count} 人已编入队伍" if request.POST.get("team", "").strip() else f"{count} 人已移出队伍")


def back_to(request: HttpRequest) -> str:
    """The list with the filters it had."""
    query = request.POST.get("query", "")
    return f"{LIST}?{query}" if query and "\n" not in query else LIST


def cards(request: HttpRequest, members: list[Any]) -> HttpResponse:
    """A sheet of invitation cards; the codes stand on this answer and never again."""
    codes = services.invite_many(actor=request.actor, members=members)  # type: ignore[attr-defined]
    made = [
        {"member": member, "login": login, "code": f"{code[:4]}-{code[4:]}", "unit": selectors.unit_of(member)}
        for member, (login, code) in zip(members, codes, strict=True)
    ]
    return render(request, "desk/ledger/cards.html", {"cards": made})
