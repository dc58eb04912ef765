"""C6, posts: what do we offer, who leads it, what is still missing before it can be open; made from the catalogue or a need."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base import paths
from baodao.base.verdict import Absent, Refused
from baodao.domain.accounts import selectors as accounts
from baodao.domain.needs import selectors as needs
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts import patterns, rules, selectors, services
from baodao.domain.posts.catalogue import template as template_of
from baodao.domain.posts.forms import HolderForm, PostForm, initial_of
from baodao.domain.posts.states import PostState
from baodao.domain.service import selectors as service
from baodao.web.frame.answers import done, form_page, page_of
from baodao.web.frame.guard import audience

DESK = ("clerk", "secretary")
DEEDS = {
    "open": (services.open_post, "开放了，可以生成班次、有人认领"),
    "pause": (services.pause_post, "暂停了，已经接受的班不受影响"),
    "close": (services.close_post, "结束了，记录和承诺都在"),
}
CLAIMS = {"hold": (services.hold, "认领定下来了"), "end": (services.end_claim, "不再由他管这个岗位")}


def _page_of(code: str) -> str:
    return reverse("desk:post", args=[code])


@audience(*DESK, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """The community's posts by state."""
    actor = request.actor  # type: ignore[attr-defined]
    state = request.GET.get("state", PostState.OPEN)
    rows = selectors.kept(actor, actor.path)
    counts = selectors.state_counts(actor, actor.path)
    page = page_of(request, rows.filter(state=state) if state in PostState.values else rows, 50)
    for post in page:
        post.when, post.lacks = patterns.words(post.pattern), rules.missing_to_open(post)
    context = {"page": page, "state": state, "states": PostState.choices, "counts": counts}
    return render(request, "desk/posts/listing.html", context)


@audience(*DESK, methods=("GET", "HEAD"))
def choose(request: HttpRequest) -> HttpResponse:
    """The catalogue, the seed's six kinds first; carries the need that a post is made for."""
    need = _need(request)
    kinds: dict[str, list[Any]] = {}
    for one in selectors.catalogue():
        kinds.setdefault(one.kind, []).append((one, patterns.words(one.pattern)))
    return render(request, "desk/posts/choose.html", {"kinds": selectors.by_kind(kinds), "need": need})


def _need(request: HttpRequest) -> Any:
    code = request.GET.get("need", "")
    return needs.get_for(request.actor, code) if code else None  # type: ignore[attr-defined]


@audience(*DESK)
def add(request: HttpRequest) -> HttpResponse:
    """A draft, filled in from a template, for a need or for itself."""
    actor, need = request.actor, _need(request)  # type: ignore[attr-defined]
    template = template_of(request.GET.get("template", ""))
    initial = initial_of(template.values()) if template else {"min_people": 1, "desired_people": 1, "max_people": 2}
    if need is not None:
        initial["place"] = need.place_name
    form = PostForm(request.POST or None, actor=actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(actor, need, form)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, _page_of(made.code), toast=f"已建草稿“{made.name}”，看过再开放")
    context = {"form": form, "need": need, "template": template}
    return form_page(request, "desk/posts/add.html", context, invalid=form.is_bound)


def _make(actor: Any, need: Any, form: PostForm) -> Any:
    if need is not None:
        return services.make_from_need(actor=actor, need=need, row=form.row(estate=need.estate))
    return services.make_post(actor=actor, community=orgs.by_path(paths.community_of(actor.path)), row=form.row())


@audience(*DESK, methods=("GET", "HEAD"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One post: what it is, who holds it, its next shifts, what is missing."""
    return _show(request, selectors.get_for(request.actor, code))  # type: ignore[attr-defined]


def _show(request: HttpRequest, post: Any, form: HolderForm | None = None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "post": post,
        "when": patterns.words(post.pattern),
        "lacks": rules.missing_to_open(post),
        "supervisor": accounts.names({post.supervisor_account or 0}).get(post.supervisor_account, ""),
        "claims": list(selectors.claims(post)),
        "needs": selectors.needs_of(post),
        "shifts": list(service.coming_of(actor, post)[:8]),
        "form": form or HolderForm(actor=actor),
    }
    return form_page(request, "desk/posts/show.html", context, invalid=form is not None)


@audience(*DESK)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Amend a post; shifts that are made keep what they were made with."""
    actor = request.actor  # type: ignore[attr-defined]
    post = selectors.get_for(actor, code)
    form = PostForm(request.POST or None, actor=actor, initial=initial_of(selectors.values_of(post)))
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            services.change_post(actor=actor, post=post, version=version, changes=form.changes())
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, _page_of(code), toast="已保存")
    return form_page(request, "desk/posts/change.html", {"form": form, "post": post}, invalid=form.is_bound)


@audience(*DESK, methods=("POST",))
def act(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Open, pause, close."""
    actor = request.actor  # type: ignore[attr-defined]
    post = selectors.get_for(actor, code)
    if deed not in DEEDS:
        raise Absent
    verb, words = DEEDS[deed]
    verb(actor=actor, post=post)
    return done(request, _page_of(code), toast=words)


@audience(*DESK, methods=("POST",))
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """代办: a member asked the desk to hold this post."""
    actor = request.actor  # type: ignore[attr-defined]
    post = selectors.get_for(actor, code)
    form = HolderForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            services.claim(actor=actor, post=post, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, _page_of(code), toast="记下了，标着代办，本人 7 天内可以撤")
    return _show(request, post, form)


@audience(*DESK, methods=("POST",))
def claim_act(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Confirm a claim, or end one because the member said so."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.claim_for(actor, code)
    if deed not in CLAIMS:
        raise Absent
    verb, words = CLAIMS[deed]
    asked = {"asked_how": request.POST.get("asked_how", "")} if deed == "end" else {}
    verb(actor=actor, claim=found, **asked)
    return done(request, _page_of(found.post.code), toast=words)
