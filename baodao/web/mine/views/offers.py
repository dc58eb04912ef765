"""An offer: why I was asked, yes or no in one press, a reason only if I want to give one; undo what was answered for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.verdict import Refused
from baodao.domain.matching import asked, selectors, services
from baodao.domain.matching.states import DeclineReason, OfferState
from baodao.domain.service import selectors as service
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience


@audience("member")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Read and answer."""
    actor = request.actor  # type: ignore[attr-defined]
    offer = selectors.get_for(actor, code)
    problem = ""
    if request.method == "POST":
        accept = request.POST.get("answer") == "yes"
        try:
            services.answer(actor=actor, offer=offer, accept=accept, reason=request.POST.get("reason", ""))
        except Refused as error:
            problem = error.reason
        else:
            return done(request, "/me/", toast="记下了，到时候见" if accept else "记下了，我们找别人")
    context = {
        "offer": offer,
        "open": offer.state == OfferState.SENT,
        "opening": service.opening_for(actor, offer.shift),
        "why": asked.why_asked(actor, offer),
        "decline_reasons": DeclineReason.choices,
        "problem": problem,
    }
    return render(request, "mine/offers/show.html", context, status=422 if problem else 200)


@audience("member", methods=("POST",))
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take back what the desk answered for me, within seven days, without a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    services.undo_on_behalf(actor=actor, offer=selectors.get_for(actor, code))
    return done(request, "/me/", toast="撤回了")
