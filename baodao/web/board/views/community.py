"""The public board of a community: commitments, posts, "you said, we did"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.needs import selectors as needs
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import selectors as posts
from baodao.web.board.views.start import choose
from baodao.web.frame.guard import public

SHOWN = 8  # the rest is one press away


@public
def board(request: HttpRequest, community: str) -> HttpResponse:
    """Who promised what, which posts there are, what came of what people said."""
    found = orgs.community_by_code(community)
    if found is None:
        return choose(request, status=404)
    request.help_path = found.path  # type: ignore[attr-defined]
    commitments = posts.shown_commitments(found.path)
    context = {
        "community": found,
        "commitments": commitments,
        "more_count": max(len(commitments) - SHOWN, 0),
        "posts": list(posts.open_posts(found.path)),
        "said": needs.said_and_done(found.path),
        "counts": needs.answered_counts(found.path),
    }
    return render(request, "board/board/show.html", context)
