"""减负自查."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.months import burden
from baodao.web.frame.guard import audience


@audience("town", "townlead", "county")
def show(request: HttpRequest) -> HttpResponse:
    """Each prohibition with its present setting."""
    actor = request.actor  # type: ignore[attr-defined]
    return render(
        request, "town/compliance/show.html", {"items": burden.items(), "note": burden.points_note(actor.path)}
    )
