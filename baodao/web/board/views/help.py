"""Privacy and help: what is kept, for how long, who reads it, how to have it deleted; accessibility."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.guard import public


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """A plain list."""
    community = orgs.community_by_code(request.GET.get("c", ""))
    if community is not None:
        request.help_path = community.path  # type: ignore[attr-defined]
    return render(request, "board/help/privacy.html", {"community": community})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done for everybody to use this, and where to say that something does not work."""
    return render(request, "board/help/accessibility.html", {})
