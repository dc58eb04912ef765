"""待我确认: records of the posts that name this person as who confirms. The right is the post's, whatever role one has."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.service import selectors
from baodao.domain.service.states import RecordState
from baodao.web.desk.views.records import settle, turn_down, wait_again
from baodao.web.frame.answers import page_of
from baodao.web.frame.guard import audience

NEAR = ("clerk", "secretary", "grid")
PAGE = "/desk/records/mine/"
TABS = {"": (RecordState.PENDING,), "done": (RecordState.CONFIRMED, RecordState.REJECTED)}


@audience(*NEAR, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for me, or what I may still take back."""
    actor, tab = request.actor, request.GET.get("tab", "")  # type: ignore[attr-defined]
    rows = selectors.supervised(actor).filter(state__in=TABS.get(tab, TABS[""]))
    waiting = selectors.supervised(actor).filter(state=RecordState.PENDING).count()
    context = {"page": page_of(request, rows, 50), "tab": tab if tab in TABS else "", "waiting": waiting}
    return render(request, "desk/records/mine.html", context)


@audience(*NEAR, methods=("POST",))
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the picked ones: I saw it done, or the person served said so."""
    actor, picked = request.actor, request.POST.getlist("pick")  # type: ignore[attr-defined]
    rows = list(selectors.supervised(actor).filter(code__in=picked, state=RecordState.PENDING))
    return settle(request, rows, PAGE)


@audience(*NEAR, methods=("POST",))
def reject(request: HttpRequest, code: str) -> HttpResponse:
    """Not confirmed: it counts nowhere and stays visible to the member."""
    return turn_down(request, selectors.supervised_for(request.actor, code), PAGE)  # type: ignore[attr-defined]


@audience(*NEAR, methods=("POST",))
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Back to waiting, while the month has not settled it."""
    return wait_again(request, selectors.supervised_for(request.actor, code), PAGE)  # type: ignore[attr-defined]
