"""What a town decides: its rules of points (a person signs for them) and how its papers are issued."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from baodao.base.verdict import Refused
from baodao.domain.months.forms import ChoicesForm
from baodao.domain.orgs import selectors as orgs
from baodao.domain.orgs import services as org_services
from baodao.domain.points import selectors as point_rules
from baodao.domain.points import services as point_services
from baodao.domain.points.forms import RulesForm
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience


@audience("town", "townlead")
def points(request: HttpRequest) -> HttpResponse:
    """The active rule set, the former ones, and a choice of another; entries made before stay as they are."""
    actor = request.actor  # type: ignore[attr-defined]
    active = point_rules.active_rules(actor.path)
    form = RulesForm(request.POST or None, initial=RulesForm.initial_of(active))
    if request.method == "POST" and form.is_valid():
        try:
            made = point_services.set_rules(actor=actor, town=actor.path, **form.values())
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, "/town/points/", toast=f"已换成规则 v{made.number}，从今天起用")
    context = {"form": form, "active": active, "former": point_rules.former_rules(actor.path)}
    return form_page(request, "town/settings/points.html", context, invalid=form.is_bound)


@audience("town", "townlead")
def choices(request: HttpRequest) -> HttpResponse:
    """Who issues plan and bulletin, the issuer's name and word, the order of names."""
    actor = request.actor  # type: ignore[attr-defined]
    form = ChoicesForm(request.POST or None, initial=orgs.settings_of(actor.path, ChoicesForm.KEYS))
    if request.method == "POST" and form.is_valid():
        org_services.set_settings_many(actor=actor, town=orgs.by_path(actor.path), values=form.cleaned_data)
        return done(request, "/town/settings/", toast="已保存")
    return form_page(request, "town/settings/choices.html", {"form": form}, invalid=form.is_bound)
