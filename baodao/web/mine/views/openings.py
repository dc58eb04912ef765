"""M2 and M3: what suits me, day by day; one shift with every reason; take a place."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days import clock, service_days
from baodao.base.verdict import Refused
from baodao.domain.members import selectors as members
from baodao.domain.posts.states import PostKind
from baodao.domain.service import selectors, services
from baodao.domain.service.states import BookingState
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience

WEEKS = 6


def _day(request: HttpRequest) -> date:
    """The day asked for, within the weeks that are shown; today otherwise."""
    today = clock.today()
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return asked if today <= asked <= today + timedelta(weeks=WEEKS) else today


@audience("member", methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """A week of what is open to me, paged by day; ``all=1`` shows the others too, each with what speaks against it."""
    day, today, every = _day(request), clock.today(), request.GET.get("all") == "1"
    first = max(service_days.week_start(day), today)
    last = service_days.week_start(day) + timedelta(days=6)
    kind = request.GET.get("kind", "")
    found = selectors.open_to_member(members.myself(request.actor), first, last, every=every)  # type: ignore[attr-defined]
    found = [one for one in found if not kind or one.shift.post.kind == kind]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    counts = {one: sum(1 for o in found if o.shift.date == one) for one in days}
    context = {
        "day": day,
        "days": [(one, counts[one]) for one in days],
        "openings": [one for one in found if one.shift.date == day],
        "week_count": len(found),
        "every": every,
        "kind": kind,
        "kinds": PostKind.choices,
        "before": first - timedelta(days=1) if first > today else None,
        "after": last + timedelta(days=1) if last < today + timedelta(weeks=WEEKS) else None,
    }
    return render(request, "mine/openings/listing.html", context)


@audience("member", methods=("GET", "HEAD"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One shift: what, where, with how many; why it fits or what speaks against it; my place in it."""
    return _show(request, code)


def _show(request: HttpRequest, code: str, problem: str = "") -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    opening = selectors.opening_for(actor, shift)
    mine = selectors.visible_bookings(actor).filter(shift=shift).exclude(state=BookingState.FREED).first()
    context = {
        "shift": shift,
        "opening": opening,
        "place": mine,
        "leader": shift.leader or shift.post.leader,
        "others": max(shift.taken - (1 if mine else 0), 0),
        "begun": shift.start_at <= clock.now(),
        "problem": problem,
    }
    return render(request, "mine/openings/show.html", context, status=422 if problem else 200)


@audience("member", methods=("POST",))
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a place; the page comes back with the reason when it is not to be had."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    try:
        booking = services.book(actor=actor, shift=shift, member=members.myself(actor))
    except Refused as error:
        return _show(request, code, error.reason)
    return done(request, "/me/", toast=f"{shift.date:%m-%d} 算你一个", undo=f"/me/places/{booking.code}/free/")
