"""Service records: those that wait for a confirmation, those that count, and what was added late."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.domain.service import selectors, services
from baodao.domain.service.states import RecordState
from baodao.web.frame.answers import done, page_of
from baodao.web.frame.guard import audience

KEEPERS = ("clerk", "secretary")
PAGE = "/desk/records/"


@audience(*KEEPERS, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """By state; what waits stands first, oldest first."""
    actor, state = request.actor, request.GET.get("state", RecordState.PENDING)  # type: ignore[attr-defined]
    if state == RecordState.PENDING:
        rows = selectors.to_confirm(actor, actor.path)
    else:
        rows = selectors.visible_records(actor).select_related("member", "shift__post")
        rows = rows.filter(state=state) if state in RecordState.values else rows
    months = [Month.of(clock.today()).shifted(-back) for back in range(6)]
    if request.GET.get("month"):
        rows = rows.filter(month=request.GET["month"])
    context = {
        "page": page_of(request, rows, 100),
        "state": state,
        "states": RecordState.choices,
        "waiting": selectors.to_confirm(actor, actor.path).count(),
        "mine": selectors.supervised(actor).filter(state=RecordState.PENDING).count(),
        "months": months,
        "month": request.GET.get("month", ""),
    }
    return render(request, "desk/records/listing.html", context)


@audience(*KEEPERS, methods=("POST",))
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the picked ones: as the post's keeper, or because the person served said so."""
    actor, picked = request.actor, request.POST.getlist("pick")  # type: ignore[attr-defined]
    rows = list(selectors.to_confirm(actor, actor.path).filter(code__in=picked))
    return settle(request, rows, PAGE)


def settle(request: HttpRequest, rows: list[Any], page: str) -> HttpResponse:
    """Confirm these records and go back to their list; one alone can be taken back at once."""
    if not rows:
        return done(request, page, toast="先勾选要确认的")
    services.confirm_records(actor=request.actor, records=rows, served=request.POST.get("do") == "served")  # type: ignore[attr-defined]
    undo = f"{page}{rows[0].code}/reopen/" if len(rows) == 1 else ""
    return done(request, page, toast=f"确认了 {len(rows)} 条", undo=undo)


def turn_down(request: HttpRequest, one: Any, page: str) -> HttpResponse:
    """Do not confirm this record and go back to its list, where that can be taken back at once."""
    services.reject_record(actor=request.actor, record_=one)  # type: ignore[attr-defined]
    return done(request, page, toast=f"{one.member.name}这一条没有确认", undo=f"{page}{one.code}/reopen/")


def wait_again(request: HttpRequest, one: Any, page: str) -> HttpResponse:
    """Let this record wait again and go back to its list."""
    services.reopen_record(actor=request.actor, record_=one)  # type: ignore[attr-defined]
    return done(request, page, toast="退回待确认")


@audience(*KEEPERS, methods=("POST",))
def reject(request: HttpRequest, code: str) -> HttpResponse:
    """Not confirmed: it counts nowhere and stays visible to the member."""
    return turn_down(request, selectors.record_for(request.actor, code), PAGE)  # type: ignore[attr-defined]


@audience(*KEEPERS, methods=("POST",))
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Back to waiting, while the month has not settled it."""
    return wait_again(request, selectors.record_for(request.actor, code), PAGE)  # type: ignore[attr-defined]
