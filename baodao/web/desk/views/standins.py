"""Places given back shortly before: whom to ask next, one press a person; nobody is assigned."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.domain.matching import services, standins
from baodao.domain.service import selectors as service
from baodao.web.desk.views.plan import DESK
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience


@audience(*DESK, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """The holes of the next weeks with the order of asking."""
    return render(request, "desk/standins/listing.html", {"holes": standins.holes(request.actor)})  # type: ignore[attr-defined]


@audience(*DESK, methods=("POST",))
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the one who stands first."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = service.get_for(actor, code)
    offer = services.offer_next(actor=actor, shift=shift, member=request.POST.get("member", ""))
    undo = reverse("desk:offer_withdraw", args=[offer.code])
    return done(request, reverse("desk:standins"), toast=f"邀请发给 {offer.member.name} 了，等本人答复", undo=undo)
