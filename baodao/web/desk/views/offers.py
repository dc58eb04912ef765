"""The answers: who was asked, who said what, and writing down what a member told the desk (代办)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base.days import clock
from baodao.domain.accounts import selectors as accounts
from baodao.domain.matching import selectors, services
from baodao.domain.matching.forms import OnBehalfForm
from baodao.domain.matching.rules import UNDO_FOR
from baodao.domain.matching.states import OfferState
from baodao.web.desk.views.plan import DESK, month_asked
from baodao.web.frame.answers import done, form_page, page_of
from baodao.web.frame.guard import audience


@audience(*DESK, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """The offers of a month by state, open ones first."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    state = request.GET.get("state", "sent")
    rows = selectors.offers_of_month(actor, actor.path, str(month))
    page = page_of(request, rows.filter(state=state) if state in OfferState.values else rows)
    context = {
        "page": page,
        "month": month,
        "state": state,
        "states": OfferState.choices,
        "counts": selectors.offer_counts(actor.path, str(month)),
        "names": accounts.names({o.on_behalf_by for o in page if o.on_behalf_by}),
        "undo_since": clock.now() - UNDO_FOR,
    }
    return render(request, "desk/offers/listing.html", context)


@audience(*DESK)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what the member said; the act is marked 代办 and the member is told."""
    actor = request.actor  # type: ignore[attr-defined]
    offer = selectors.get_for(actor, code)
    form = OnBehalfForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"offer": offer, "form": form}
        return form_page(request, "desk/offers/answer.html", context, invalid=request.method == "POST")
    said = form.cleaned_data
    yes = said["answer"] == "yes"
    services.answer(actor=actor, offer=offer, accept=yes, reason="" if yes else said["reason"], asked_how=said["asked_how"])
    words = f"记下了：{offer.member.name}{'来' if yes else '来不了'}"
    return done(request, _list(offer), toast=words, undo=reverse("desk:offer_undo", args=[offer.code]))


def _list(offer: object) -> str:
    return f"{reverse('desk:offers')}?month={offer.shift.month}"  # type: ignore[attr-defined]


@audience(*DESK, methods=("POST",))
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take back what was written down for a member."""
    actor = request.actor  # type: ignore[attr-defined]
    offer = selectors.get_for(actor, code)
    services.undo_on_behalf(actor=actor, offer=offer)
    return done(request, _list(offer), toast="撤销了")


@audience(*DESK, methods=("POST",))
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take an unanswered offer back."""
    actor = request.actor  # type: ignore[attr-defined]
    offer = services.withdraw(actor=actor, offer=selectors.get_for(actor, code))
    return done(request, _list(offer), toast=f"{offer.member.name}的邀请撤回了")
