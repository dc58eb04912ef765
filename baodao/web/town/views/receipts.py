"""Who signed for a paper the town sent (plan or bulletin), when and who; paper receipts written down; a kind reminder."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base.verdict import Refused
from baodao.domain.documents import selectors, services
from baodao.domain.months.reading import receipts_of
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience

TOWN = ("town", "townlead")


def _page(request: HttpRequest, code: str, problem: str = "") -> HttpResponse:
    document = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    context = {"document": document, "problem": problem,
               **receipts_of(document, waiting_only=request.GET.get("waiting") == "1")}  # fmt: skip
    return render(request, "town/receipts/show.html", context, status=422 if problem else 200)


@audience(*TOWN, methods=("GET", "HEAD"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    """In official order, who signed and who has not yet."""
    return _page(request, code)


@audience(*TOWN, methods=("POST",))
def on_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Paper receipts that came back."""
    actor = request.actor  # type: ignore[attr-defined]
    document = selectors.get_for(actor, code)
    wanted = set(request.POST.getlist("pick"))
    rows = [row for row in selectors.waiting_for(document) if row.code in wanted]
    try:
        count = services.receive_on_paper(actor=actor, document=document, deliveries=rows)
    except Refused as error:
        return _page(request, code, error.reason)
    return done(request, reverse("town:receipts", args=[code]), toast=f"记下了 {count} 份纸质回执")


@audience(*TOWN, methods=("POST",))
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Remind those who have not signed; once in three days."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        count = services.remind(actor=actor, document=selectors.get_for(actor, code))
    except Refused as error:
        return _page(request, code, error.reason)
    return done(request, reverse("town:receipts", args=[code]), toast=f"提醒了 {count} 家，有登录的会看到")
