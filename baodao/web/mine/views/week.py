"""M1: what do I do next. Offers to answer, the next place, the days after, what fits me; and what I was told."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days import clock
from baodao.domain.matching import selectors as matching
from baodao.domain.members import selectors as members
from baodao.domain.needs import selectors as needs
from baodao.domain.notices import selectors as notices
from baodao.domain.notices import services as telling
from baodao.domain.posts import selectors as posts
from baodao.domain.posts.states import FixingState
from baodao.domain.service import selectors as service
from baodao.web.frame.answers import page_of
from baodao.web.frame.guard import audience

SUGGESTED = 3


@audience("member", methods=("GET", "HEAD"))
def home(request: HttpRequest) -> HttpResponse:
    """The next thing first; then the days after; then up to three that fit, each with its reasons."""
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    member = members.myself(actor)
    following = service.next_of(member)
    days = service.my_week(member, today, today + timedelta(days=13))
    fitting = [o for o in service.open_to_member(member, today, today + timedelta(days=13)) if o.fits and not o.mine]
    context = {
        "member": member,
        "next": following,
        "offers": list(matching.my_offers(member)),
        "days": days,
        "fitting": fitting[:SUGGESTED],
        "fitting_count": len(fitting),
        "led": list(service.led_by(actor)[:5]),
        "fixings": [f for f in posts.fixings_visible(actor) if f.state == FixingState.OFFERED],
        "needs": list(needs.assigned_to(actor)[:5]),
        "unread": notices.unread_count(actor),
        "today": today,
        "now": clock.now(),
    }
    return render(request, "mine/week/home.html", context)


@audience("member", methods=("GET", "HEAD"))
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was told; opening the page marks it as read."""
    actor = request.actor  # type: ignore[attr-defined]
    page = page_of(request, notices.inbox(actor), 30)
    lines = [
        {"at": row.created_at, "fresh": row.read_at is None, "words": notices.sentence(row.key, row.data)}
        for row in page.object_list
    ]
    telling.mark_read(actor=actor, notices=page.object_list)
    return render(request, "mine/week/inbox.html", {"page": page, "lines": lines})
