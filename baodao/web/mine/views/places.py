"""My place in a shift: "I am here" (a favour, never a duty) and handing it back without a reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.service import selectors, services
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience


@audience("member", methods=("POST",))
def here(request: HttpRequest, code: str) -> HttpResponse:
    """The member's tap."""
    actor = request.actor  # type: ignore[attr-defined]
    booking = services.say_here(actor=actor, booking=selectors.booking_for(actor, code))
    return done(request, f"/me/shifts/{booking.shift.code}/", toast="组长看得到")


@audience("member")
def free(request: HttpRequest, code: str) -> HttpResponse:
    """Hand the place back: asked once more on a page of its own, done at once by the undo of the toast."""
    actor = request.actor  # type: ignore[attr-defined]
    booking = selectors.booking_for(actor, code)
    if request.method == "POST":
        services.free(actor=actor, booking=booking)
        return done(request, "/me/", toast="让出来了，不扣分")
    return render(request, "mine/places/free.html", {"booking": booking, "shift": booking.shift})
