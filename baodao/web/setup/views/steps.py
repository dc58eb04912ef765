"""The pages of the seven steps: each shows what is there, takes more, and leads to the next open one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.accounts import selectors as accounts
from baodao.domain.accounts import services as account_services
from baodao.domain.calendar import selectors as calendar
from baodao.domain.calendar import services as calendar_services
from baodao.domain.calendar.forms import HoursForm, hours_text
from baodao.domain.members import selectors as members
from baodao.domain.orgs import first_day, services
from baodao.domain.orgs import selectors as orgs
from baodao.domain.points import selectors as points
from baodao.domain.points import services as point_services
from baodao.domain.points.forms import RulesForm
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.faces import rows_of_grants
from baodao.web.frame.guard import audience
from baodao.web.setup import progress
from baodao.web.setup.forms import NamesForm, PlacesForm, StaffForm, UnitsForm


@audience(*progress.SYS)
def names(request: HttpRequest, town: str) -> HttpResponse:
    """1. What the town is called and where people phone."""
    found = progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    papers = orgs.settings_of(found.path, ("issuer", "document_word"))
    own = {key: getattr(found, key) for key in ("name", "phone", "address", "version")}
    form = NamesForm(request.POST or None, initial=own | papers)
    if request.method == "POST" and form.is_valid():
        services.name_town(actor=request.actor, town=found, **form.cleaned_data)  # type: ignore[attr-defined]
        return _next(request, found, "names", "已保存")
    return _step(request, found, "names", form)


@audience(*progress.SYS)
def places(request: HttpRequest, town: str) -> HttpResponse:
    """2. Communities, grids, estates."""
    found = progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    form = PlacesForm(request.POST or None, request.FILES or None)
    made = _try(form, lambda rows: first_day.add_places(actor=request.actor, town=found, rows=rows))  # type: ignore[attr-defined]
    if made is not None:
        return _next(request, found, "places", f"建了 {len(made)} 个，已经有的没有动")
    return _step(request, found, "places", form, held=[o for o in orgs.tree() if paths.covers(found.path, o.path)][1:])


@audience(*progress.SYS)
def units(request: HttpRequest, town: str) -> HttpResponse:
    """3. Units, in their official order."""
    found = progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    county = orgs.by_path(paths.county_of(found.path))
    form = UnitsForm(request.POST or None, request.FILES or None)
    made = _try(form, lambda rows: first_day.add_units(actor=request.actor, county=county, rows=rows))  # type: ignore[attr-defined]
    if made is not None:
        return _next(request, found, "units", f"建了 {len(made)} 个单位，已经有的没有动")
    return _step(request, found, "units", form, held=orgs.units(county.path))


@audience(*progress.SYS)
def hours(request: HttpRequest, town: str) -> HttpResponse:
    """4. When offices work; this year's and next year's days are entered with it."""
    found = progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    initial = {"path": found.path, "seasons": hours_text(calendar.hours_of(found.path))}
    form = HoursForm(request.POST or None, places=[(found.path, found.name)], initial=initial)
    form.fields["path"].widget = forms.HiddenInput()
    if request.method == "POST" and form.is_valid():
        calendar_services.begin(actor=request.actor, path=found.path, rows=form.cleaned_data["seasons"])  # type: ignore[attr-defined]
        return _next(request, found, "hours", "工时已保存，今年和明年的放假已录入")
    year = clock.today().year
    return _step(request, found, "hours", form, year=year, official=calendar.is_official(year), next_year=year + 1)


@audience(*progress.SEC)
def people(request: HttpRequest, town: str) -> HttpResponse:
    """5. The staff; the answer shows a card with a one-time code for each, once."""
    found = progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    form = StaffForm(request.POST or None, request.FILES or None, places=orgs.paths_by_word(found.path))
    made = _try(form, lambda rows: account_services.welcome_many(actor=request.actor, rows=rows))  # type: ignore[attr-defined]
    if made is not None:
        cards = [(row, f"{code[:4]}-{code[4:]}") for row, (_a, code) in zip(rows_of_grants([a for a, _c in made]), made, strict=True)]
        return render(request, "setup/cards.html", {"town": found, "cards": cards})
    staff = rows_of_grants(accounts.staff_under(request.actor, found.path))  # type: ignore[attr-defined]
    return _step(request, found, "people", form, staff=staff)


@audience(*progress.SYS)
def rules(request: HttpRequest, town: str) -> HttpResponse:
    """6. The rule set of points."""
    found = progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    active = points.active_rules(found.path)
    form = RulesForm(request.POST or None, initial=RulesForm.initial_of(active))
    if request.method == "POST" and form.is_valid():
        point_services.set_rules(actor=request.actor, town=found.path, **form.values())  # type: ignore[attr-defined]
        return _next(request, found, "rules", "积分规则已定，镇里以后能换")
    return _step(request, found, "rules", form, active=active)


@audience(*progress.LOCAL)
def ledger(request: HttpRequest, town: str) -> HttpResponse:
    """7. The first ledger: the way to the import, and who is there already."""
    found = progress.town_for(request.actor, town)  # type: ignore[attr-defined]
    counts = members.serving_counts(found.path)
    held = [(community, counts.get(community.path, 0)) for community in orgs.communities(found.path)]
    at_desk = request.actor.has("clerk", "secretary")  # type: ignore[attr-defined]
    return _step(request, found, "ledger", None, held=held, at_desk=at_desk)


def _try(form: Any, deed: Any) -> Any:
    """The deed's result for a valid form; None while the form has to be shown (a refusal stands on it)."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return deed(form.cleaned_data["rows"])
    except Refused as error:
        form.add_error(None, error.reason)
        return None


def _step(request: HttpRequest, town: Any, key: str, form: Any, **more: Any) -> HttpResponse:
    found = progress.steps(town)
    number = [step.key for step in found].index(key) + 1
    own = {step.key for step in found if request.actor.has(*step.who)}  # type: ignore[attr-defined]
    context = {"town": town, "steps": found, "own": own, "step": found[number - 1], "number": number, "form": form, **more}
    return form_page(request, f"setup/{key}.html", context, invalid=bool(form is not None and form.is_bound and form.errors))


def _next(request: HttpRequest, town: Any, key: str, toast: str) -> HttpResponse:
    following = progress.next_of(progress.steps(town), request.actor, after=key)  # type: ignore[attr-defined]
    to = f"/setup/{town.code}/{following.key}/" if following else f"/setup/{town.code}/"
    return done(request, to, toast=toast)
