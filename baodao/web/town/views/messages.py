"""What was told to the town's own desk: lists that units brought whose people report nowhere yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.domain.notices import selectors, services
from baodao.web.frame.answers import done, page_of
from baodao.web.frame.guard import audience


@audience("town")
def listing(request: HttpRequest) -> HttpResponse:
    """The oldest first; a press takes note of one or all on the page."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        rows = [selectors.get_for(actor, code) for code in dict.fromkeys(request.POST.getlist("pick"))]
        count = services.mark_seen(actor=actor, notices=rows)
        return done(request, reverse("town:messages"), toast=f"看过了 {count} 条")
    page = page_of(request, selectors.for_desk(actor), 40)
    for notice in page:
        notice.words = selectors.sentence(notice.key, notice.data)  # type: ignore[attr-defined]
    return render(request, "town/messages/listing.html", {"page": page})
