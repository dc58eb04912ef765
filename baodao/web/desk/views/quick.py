"""C3: entry at the counter and on the telephone, keyboard only, five a minute; and at the door, on a phone."""

from __future__ import annotations

import contextlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from baodao.base import paths
from baodao.base.papers import qr
from baodao.base.verdict import Refused
from baodao.domain.audit.services import KeyUsed
from baodao.domain.needs import selectors, services
from baodao.domain.needs.forms import DeskForm
from baodao.domain.needs.rows import NewNeed
from baodao.domain.needs.states import Source
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame import keys
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience


def _estates(actor: Any) -> list[Any]:
    community = orgs.by_path(paths.community_of(actor.path))
    return [estate for estate in orgs.estates(community) if actor.path in paths.parents(estate.path)]


def _slip(request: HttpRequest) -> Any:
    token = request.GET.get("slip", "")
    return services.open_slip(token) if token else None


@audience("clerk", "secretary")
@never_cache
@keys.finds_again
def desk(request: HttpRequest) -> HttpResponse:
    """Save and next: the form comes back empty with the last code beside it."""
    first = request.GET.get("source", "")
    source = first if first in {Source.COUNTER, Source.PHONE} else Source.PHONE
    return _enter(request, "/desk/needs/new/", "desk/quick/desk.html", str(source))


@audience("grid", "clerk", "secretary")
@never_cache
@keys.finds_again
def door(request: HttpRequest) -> HttpResponse:
    """The same at a door, on a phone; the slip is photographed or its code written down."""
    return _enter(request, "/desk/door/", "desk/quick/door.html", str(Source.DOOR))


def _enter(request: HttpRequest, here: str, template: str, source: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    estates = _estates(actor)
    form = DeskForm(request.POST or None, estates=estates, area=_area(actor), initial={"source": source})
    if request.method == "POST" and form.is_valid():
        try:
            token = _register(request, form, estates)
        except Refused as error:
            form.add_error(error.code if error.code in form.fields else "text", error.reason)
        else:
            return done(request, f"{here}?source={form.cleaned_data['source']}&slip={token}")
    slip = _slip(request)
    link = f"{settings.SITE_URL}/t/#{slip.fragment}" if slip else ""
    recent = selectors.listing(actor).filter(registered_by=actor.account_id)[:6]
    context = {"form": form, "slip": slip, "token": request.GET.get("slip", ""), "recent": recent,
               "qr": qr.svg(link) if slip else ""}  # fmt: skip
    return form_page(request, template, context, invalid=bool(form.errors))


def _register(request: HttpRequest, form: DeskForm, estates: list[Any]) -> str:
    actor = request.actor  # type: ignore[attr-defined]
    said = dict(form.cleaned_data)
    said["estate"] = next((e for e in estates if e.code == said["estate"]), None)
    token = keys.token_for(request.POST.get(keys.FIELD, ""), actor.account_id)
    new = NewNeed(community=orgs.by_path(paths.community_of(actor.path)), **said)
    with contextlib.suppress(KeyUsed):  # sent again to a server that died: the slip of the first sending
        services.register(actor=actor, need=new, token=token)
    return token


def _area(actor: Any) -> str:
    phone = orgs.help_line(actor.path).get("phone", "")
    head = phone.split("-")[0]
    return head if "-" in phone and head.startswith("0") else ""


@audience("clerk", "secretary", "grid", methods=("GET", "HEAD"))
def similar(request: HttpRequest) -> HttpResponse:
    """What reads like the words being typed (a part of the page)."""
    actor = request.actor  # type: ignore[attr-defined]
    path = paths.community_of(actor.path)
    found = selectors.alike(actor, path, request.GET.get("text", ""), category=request.GET.get("category", ""))
    return render(request, "desk/quick/similar.html", {"similar": found})


@audience("clerk", "secretary", "grid", methods=("GET", "HEAD"))
@never_cache
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """A slip to print or to hold out for a photograph; gone after 30 minutes."""
    found = services.open_slip(token)
    actor = request.actor  # type: ignore[attr-defined]
    if found is not None:
        selectors.get_for(actor, found.need.code)
    link = f"{settings.SITE_URL}/t/#{found.fragment}" if found else ""
    return render(request, "desk/quick/slip.html", {"slip": found, "qr": qr.svg(link) if found else ""})
