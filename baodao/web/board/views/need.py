"""Raise a need: write → check → done. No login; nothing is stored before the confirmed sending."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from baodao.base.actor import PUBLIC
from baodao.base.papers import qr
from baodao.base.verdict import Refused
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit.services import KeyUsed
from baodao.domain.needs import rules, services
from baodao.domain.needs.forms import NeedForm
from baodao.domain.needs.papers import slip_picture
from baodao.domain.needs.rows import NewNeed, SlipShown
from baodao.domain.needs.states import Category, Source
from baodao.domain.orgs import selectors as orgs
from baodao.web.board.views.start import choose
from baodao.web.frame import keys
from baodao.web.frame.answers import file, form_page
from baodao.web.frame.guard import public


@public
@never_cache
@keys.finds_again
def write(request: HttpRequest, place: str) -> HttpResponse:
    """The form; without ``confirmed`` the check page, with it the need is stored and the done page opened."""
    found = orgs.place(place)
    if found is None:
        return choose(request, status=404)
    request.help_path = found.community.path  # type: ignore[attr-defined]
    context: dict[str, Any] = {"place": found, "community": found.community, "code": place}
    if request.method != "POST":
        return _form(request, NeedForm(), context)
    form = NeedForm(request.POST, area=_area(found.community.phone))
    if "edit" in request.POST:
        return _form(request, NeedForm(initial=request.POST.dict()), context)
    if not form.is_valid():
        return _form(request, form, context)
    if request.POST.get("confirmed") != "1":
        return render(request, "board/need/check.html", {**context, "form": form, "shown": _shown(form)})
    prefix = accounts.prefix_of(request.META.get("REMOTE_ADDR", ""))
    if accounts.tries("raised", rules.RAISING_WINDOW, prefix=prefix) >= rules.RAISED_PER_WINDOW:
        return too_many(request)
    return _store(request, form, context, prefix)


def _store(request: HttpRequest, form: NeedForm, context: dict[str, Any], prefix: str) -> HttpResponse:
    place = context["place"]
    token = keys.token_for(request.POST.get(keys.FIELD, ""), request.actor.account_id or 0)  # type: ignore[attr-defined]
    new = NewNeed(
        community=place.community,
        estate=place.estate,
        place_name="" if place.name == place.community.name else place.name,
        source=Source.QR,
        language=(get_language() or "zh-hans")[:10],
        **form.cleaned_data,
    )
    try:
        services.register(actor=PUBLIC, need=new, token=token, prefix=prefix)
    except KeyUsed:  # pressed twice, or sent again to a server that died: the first sending made the page both lead to
        pass
    except Refused as error:
        form.add_error("text", error.reason)
        return _form(request, form, context)
    response = HttpResponseRedirect(reverse("board:done", args=[context["code"], token]))
    response.status_code = 303
    return response


def _form(request: HttpRequest, form: NeedForm, context: dict[str, Any]) -> HttpResponse:
    return form_page(request, "board/need/write.html", {**context, "form": form}, invalid=bool(form.is_bound))


def _shown(form: NeedForm) -> dict[str, str]:
    found = dict(form.cleaned_data)
    found["category"] = str(dict(Category.choices).get(found["category"], ""))
    return found


def _area(phone: str) -> str:
    digits = "".join(sign for sign in phone if sign.isdigit() or sign == "-")
    area = digits.split("-")[0]
    return area if "-" in digits and area.startswith("0") else ""


def too_many(request: HttpRequest) -> HttpResponse:
    """429 in words, with the telephone number."""
    response = render(request, "board/start/too_many.html", {}, status=429)
    response.headers["Retry-After"] = "600"
    return response


def tracking_link(slip: SlipShown) -> str:
    """What the QR code of a slip says: the part after # never reaches a server by itself."""
    return f"{settings.SITE_URL}/t/#{slip.fragment}"


@public
@never_cache
def done(request: HttpRequest, place: str, token: str) -> HttpResponse:
    """Code and secret for 30 minutes; afterwards how to get a new slip."""
    found = orgs.place(place)
    if found is None:
        return choose(request, status=404)
    request.help_path = found.community.path  # type: ignore[attr-defined]
    slip = services.open_slip(token)
    context = {"place": found, "community": found.community, "code": place, "slip": slip, "token": token,
               "qr": qr.svg(tracking_link(slip)) if slip else ""}  # fmt: skip
    return render(request, "board/need/done.html", context)


@public
@never_cache
def picture(request: HttpRequest, place: str, token: str) -> HttpResponse:
    """The slip as a picture to keep; gone with the done page."""
    slip = services.open_slip(token)
    if slip is None:
        return HttpResponseRedirect(reverse("board:done", args=[place, quote(token)]))
    return file(slip_picture(slip, tracking_link(slip)), f"{slip.number}.png", inline=True)
