"""两对两定: units paired with the community, members fixed to a post and a time, teams; one plain page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base import paths
from baodao.base.verdict import Refused
from baodao.domain.matching.keeping import kept
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import selectors, services
from baodao.domain.posts.desk_forms import AskedForm, FixingForm, PairingForm, TeamForm
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience

KEEPERS = ("clerk", "secretary")
PAGE = "/desk/pairings/"


@audience(*KEEPERS, methods=("GET", "HEAD"))
def show(request: HttpRequest) -> HttpResponse:
    """Everything that is paired, fixed and grouped here."""
    return _page(request)


def _page(request: HttpRequest, **forms: object) -> HttpResponse:
    """The page with fresh forms, except the one that was sent and is wrong."""
    actor = request.actor  # type: ignore[attr-defined]
    fixings = list(selectors.fixings_visible(actor))
    context = {
        "pairings": list(selectors.pairings(actor.path)),
        "fixings": fixings,
        "kept": kept(paths.community_of(actor.path), fixings),
        "teams": list(selectors.teams(actor, actor.path)),
        "pair_form": PairingForm(actor=actor),
        "fix_form": FixingForm(actor=actor),
        "team_form": TeamForm(actor=actor),
        "asked": AskedForm(),
        **forms,
    }
    return render(request, "desk/pairings/show.html", context, status=422 if forms else 200)


@audience(*KEEPERS, methods=("POST",))
def pair(request: HttpRequest) -> HttpResponse:
    """Pair a unit with the community: its members may serve here beside their own community."""
    actor = request.actor  # type: ignore[attr-defined]
    form = PairingForm(request.POST, actor=actor)
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            services.pair(actor=actor, unit=unit, community=orgs.by_path(actor.path))
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, PAGE, toast=f"和{unit.short_name or unit.name}结对了")
    return _page(request, pair_form=form)


@audience(*KEEPERS, methods=("POST",))
def unpair(request: HttpRequest, code: str) -> HttpResponse:
    """End a pairing today."""
    actor = request.actor  # type: ignore[attr-defined]
    services.unpair(actor=actor, pairing=selectors.pairing_for(actor, code))
    return done(request, PAGE, toast="结对解除了，已经接受的班不受影响")


@audience(*KEEPERS, methods=("POST",))
def fix(request: HttpRequest) -> HttpResponse:
    """Propose a fixed time to a member; it counts once the member accepted."""
    actor = request.actor  # type: ignore[attr-defined]
    form = FixingForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            services.offer_fixing(actor=actor, **form.values())
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, PAGE, toast="问过本人了，同意以后排班先排这个时间")
    return _page(request, fix_form=form)


@audience(*KEEPERS, methods=("POST",))
def accept_fixing(request: HttpRequest, code: str) -> HttpResponse:
    """代办: the member said yes to the desk."""
    actor = request.actor  # type: ignore[attr-defined]
    fixing = selectors.fixing_for(actor, code)
    services.accept_fixing(actor=actor, fixing=fixing, asked_how=request.POST.get("asked_how", ""))
    return done(request, PAGE, toast="记下了，标着代办")


@audience(*KEEPERS, methods=("POST",))
def end_fixing(request: HttpRequest, code: str) -> HttpResponse:
    """End a fixed time."""
    actor = request.actor  # type: ignore[attr-defined]
    services.end_fixing(actor=actor, fixing=selectors.fixing_for(actor, code))
    return done(request, PAGE, toast="不再固定")


@audience(*KEEPERS, methods=("POST",))
def team(request: HttpRequest) -> HttpResponse:
    """编组: a team of like speciality."""
    actor = request.actor  # type: ignore[attr-defined]
    form = TeamForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            services.make_team(actor=actor, community=orgs.by_path(actor.path), **form.values())
        except Refused as error:
            form.add_error(error.code if error.code in form.fields else None, error.reason)
        else:
            return done(request, PAGE, toast=f"编了{form.cleaned_data['name']}")
    return _page(request, team_form=form)


@audience(*KEEPERS, methods=("POST",))
def end_team(request: HttpRequest, code: str) -> HttpResponse:
    """Dissolve a team."""
    actor = request.actor  # type: ignore[attr-defined]
    services.end_team(actor=actor, team=selectors.team_for(actor, code))
    return done(request, PAGE, toast="编组解散了")
