"""The places of a community that have a QR code: make one, print them with the telephone number beside."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from baodao.base.papers import qr
from baodao.base.verdict import Refused
from baodao.domain.orgs import selectors, services
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience

KEEPERS = ("clerk", "secretary")


class PlaceForm(forms.Form):
    """Where a new code will hang."""

    name = forms.CharField(
        label="挂在哪", max_length=40, help_text="例：幸福小区北门宣传栏", widget=forms.TextInput(attrs={"class": "form-control"})
    )
    estate = forms.ChoiceField(label="小区", required=False, widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, *args: object, estates: list[object], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["estate"].choices = [("", "整个社区"), *((one.path, one.name) for one in estates)]  # type: ignore


def _drawn(code: str) -> dict[str, object]:
    """The address of a place and its code as a picture."""
    address = f"{settings.SITE_URL}/q/{code}"
    return {"address": address, "svg": mark_safe(qr.svg(address, outdoors=True))}  # noqa: S308 - drawn by us from a code


@audience(*KEEPERS)
def listing(request: HttpRequest) -> HttpResponse:
    """All places with their codes; a form for one more."""
    actor = request.actor  # type: ignore[attr-defined]
    community = selectors.by_path(actor.path)
    estates = selectors.estates(community)
    form = PlaceForm(request.POST or None, estates=estates)
    if request.method == "POST" and form.is_valid():
        estate = next((one for one in estates if one.path == form.cleaned_data["estate"]), None)
        try:
            made = services.add_place(actor=actor, community=community, name=form.cleaned_data["name"], estate=estate)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, "/desk/places/", toast=f"建好了，代码 {made.place_code}，打印出来贴上就能用")
    places = [(one, _drawn(one.place_code)) for one in selectors.places(community.path)]
    context = {"form": form, "community": community, "places": places, "own": _drawn(community.org_code)}
    return render(request, "desk/places/listing.html", context, status=422 if form.errors else 200)
