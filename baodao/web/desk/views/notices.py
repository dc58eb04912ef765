"""Members without a login: what they have to be told, and how they were told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.notices import selectors, services
from baodao.web.frame.answers import done, page_of
from baodao.web.frame.guard import audience


@audience("clerk", "secretary", methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """The oldest first."""
    page = page_of(request, selectors.to_tell(request.actor))  # type: ignore[attr-defined]
    for notice in page:
        notice.words = selectors.sentence(notice.key, notice.data)  # type: ignore[attr-defined]
    return render(request, "desk/notices/listing.html", {"page": page})


@audience("clerk", "secretary", methods=("POST",))
def told(request: HttpRequest, code: str) -> HttpResponse:
    """Told by telephone, on paper or in person."""
    actor = request.actor  # type: ignore[attr-defined]
    notice = selectors.get_for(actor, code)
    services.mark_told(actor=actor, notice=notice, channel=request.POST.get("channel", ""))
    return done(request, "/desk/notices/", toast="已告知")
