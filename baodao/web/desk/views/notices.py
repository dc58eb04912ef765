"""Members without a login: what they have to be told, and how they were told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.actor import Actor
from baodao.domain.members import selectors as members
from baodao.domain.notices import selectors, services
from baodao.web.frame.answers import done, page_of
from baodao.web.frame.guard import audience


@audience("clerk", "secretary", methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """The oldest first."""
    page = page_of(request, selectors.to_tell(request.actor))  # type: ignore[attr-defined]
    for notice in page:
        notice.words = selectors.sentence(notice.key, notice.data)  # type: ignore[attr-defined]
    context = {"page": page, "messages_here": for_desk(request.actor)}  # type: ignore[attr-defined]
    return render(request, "desk/notices/listing.html", context)


def for_desk(actor: Actor) -> list[Any]:
    """What the desk itself was told and has not ticked: the newest forty, with the sentence and the member it is about."""
    rows = list(selectors.for_desk(actor)[:40])
    about = members.by_codes(actor, [row.subject_code for row in rows])
    for row in rows:
        row.words, row.about = selectors.sentence(row.key, row.data), about.get(row.subject_code)
    return rows


@audience("clerk", "secretary", methods=("POST",))
def seen(request: HttpRequest) -> HttpResponse:
    """The desk took note."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = [selectors.get_for(actor, code) for code in dict.fromkeys(request.POST.getlist("pick"))]
    count = services.mark_seen(actor=actor, notices=rows)
    return done(request, "/desk/notices/", toast=f"看过了 {count} 条")


@audience("clerk", "secretary", methods=("POST",))
def told(request: HttpRequest, code: str) -> HttpResponse:
    """Told by telephone, on paper or in person."""
    actor = request.actor  # type: ignore[attr-defined]
    notice = selectors.get_for(actor, code)
    services.mark_told(actor=actor, notice=notice, channel=request.POST.get("channel", ""))
    return done(request, "/desk/notices/", toast="已告知")
