"""One member: the record with its history and who looked, amendments, what the member offers (代办), days that do not work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from baodao.base import paths
from baodao.base.verdict import Refused
from baodao.domain.members import ledger, reading, selectors, services
from baodao.domain.members.forms import (
    SLOT_TABLE,
    ChangeForm,
    DaysForm,
    NewPersonForm,
    OffersForm,
    PhoneForm,
    ReasonForm,
)
from baodao.domain.members.looks import looks
from baodao.domain.members.rows import NewMember
from baodao.domain.members.skills import TREE
from baodao.domain.members.states import MemberKind, NameForm
from baodao.domain.orgs import selectors as orgs
from baodao.web.desk.views.ledger import CLERKS, LIST
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience


def community_of(request: HttpRequest) -> Any:
    """The community of the desk."""
    return orgs.by_path(paths.community_of(request.actor.path))  # type: ignore[attr-defined]


def estate_choices(community: Any) -> list[tuple[str, str]]:
    """Estates of a community for a form."""
    return [(one.path, one.name) for one in orgs.estates(community)]


def unit_choices(community: Any) -> list[tuple[str, str]]:
    """Units of the county in official order for a form."""
    return [(one.path, one.name) for one in orgs.units(paths.county_of(community.path))]


@audience(*CLERKS)
def add(request: HttpRequest) -> HttpResponse:
    """Register one person."""
    community = community_of(request)
    form = NewPersonForm(request.POST or None, estates=estate_choices(community), units=unit_choices(community))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        unit_path = values.pop("unit")
        unit = orgs.unit_at(unit_path) if values["kind"] == MemberKind.IN_SERVICE else None
        estate = orgs.by_path(values["estate"]) if values["estate"] else None
        row = NewMember(**{**values, "estate": estate}, unit=unit, community=community)
        try:
            made = services.add_member(actor=request.actor, row=row)  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"{LIST}{made.code}/", toast=f"{made.name}已登记")
    return form_page(request, "desk/people/add.html", {"form": form}, invalid=form.is_bound)


@audience(*CLERKS, methods=("GET", "HEAD"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The record."""
    return record_page(request, selectors.get_for(request.actor, code))  # type: ignore[attr-defined]


def record_page(
    request: HttpRequest, member: Any, *, number: str = "", forms: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of one member; ``number`` is shown in clear once, ``forms`` carries a refused one."""
    place = selectors.enrolment_of(member)
    context = {
        "member": member,
        "row": ledger.line(member),
        "place": place,
        "wishes": reading.wishes_label(member.wishes),
        "languages": reading.languages_label(selectors.languages_of(member)),
        "name_form": NameForm(member.name_form).label,
        "blocks": list(member.blocked_days.order_by("first")),
        "past_places": [row for row in member.enrolments.select_related("community").order_by("-since") if row.until],
        "past_jobs": [row for row in member.employments.select_related("unit").order_by("-since") if row.until],
        "history": ledger.history(member),
        "looks": looks(member),
        "number": number,
        "reason_form": ReasonForm(),
        "days_form": DaysForm(),
        **(forms or {}),
    }
    return form_page(request, "desk/people/show.html", context, invalid=bool(forms))


@audience(*CLERKS)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Amend the record; somebody else's change in between is shown, not overwritten."""
    member = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    place = selectors.enrolment_of(member)
    estate = place.estate.path if place and place.estate else ""
    initial = {name: getattr(member, name) for name in ("name", "job_title", "party_org_name", "note", "version")}
    initial |= {"estate": estate, "team_name": place.team_name, "home_community": place.home_community} if place else {}
    form = ChangeForm(request.POST or None, initial=initial, estates=estate_choices(community_of(request)))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["estate"] = orgs.by_path(values["estate"]) if values["estate"] else None
        version = values.pop("version")
        try:
            services.change_member(actor=request.actor, member=member, version=version, changes=values)  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"{LIST}{code}/", toast="已保存")
    return form_page(request, "desk/people/change.html", {"form": form, "member": member}, invalid=form.is_bound)


@audience(*CLERKS)
def offers(request: HttpRequest, code: str) -> HttpResponse:
    """What the member offers, written down by the clerk for a member who asked (代办)."""
    member = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    form = OffersForm(request.POST or None, initial=offers_of(member))
    if request.method == "POST" and form.is_valid():
        try:
            write_offers(request.actor, member, form)  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"{LIST}{code}/", toast="已按本人的意思记下（代办）")
    ticked = {name: set(form[name].value() or ()) for name in ("slots", "skills", "certified", "wishes", "languages")}
    context = {"form": form, "member": member, "slot_table": SLOT_TABLE, "tree": TREE, "ticked": ticked}
    return form_page(request, "desk/people/offers.html", context, invalid=form.is_bound)


def offers_of(member: Any) -> dict[str, Any]:
    """The present values of the form."""
    rows = list(member.skills.order_by("pk"))
    kept = ("slots", "max_per_month", "target_per_year", "takes_offers", "far_ok", "wishes", "name_form", "version")
    return {name: getattr(member, name) for name in kept} | {
        "skills": [row.skill for row in rows if row.skill],
        "certified": [row.skill for row in rows if row.skill and row.level == "certified"],
        "other_skills": "、".join(row.words for row in rows if not row.skill),
        "languages": selectors.languages_of(member),
    }


def write_offers(actor: Any, member: Any, form: OffersForm) -> None:
    """All of them in one deed."""
    values = form.cleaned_data
    services.set_offers(
        actor=actor, member=member, version=values["version"],
        values={name: values[name] for name in ("slots", "max_per_month", "target_per_year", "takes_offers", "far_ok",
                                                "wishes", "name_form", "languages")},
        skills=form.skill_pairs(), words=form.skill_words(),
    )


@audience(*CLERKS)
def phone(request: HttpRequest, code: str) -> HttpResponse:
    """Another number for a member."""
    member = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_phone(actor=request.actor, member=member, phone=form.cleaned_data["phone"])  # type: ignore[attr-defined]
        return done(request, f"{LIST}{code}/", toast="电话已改")
    context = {"form": form, "member": member, "masked": selectors.contact_masked(member)}
    return form_page(request, "desk/people/phone.html", context, invalid=form.is_bound)


@audience(*CLERKS, methods=("POST",))
def look(request: HttpRequest, code: str) -> HttpResponse:
    """Show the number in clear, once, with a reason that is written down."""
    member = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return record_page(request, member, forms={"reason_form": form})
    number = services.show_phone(actor=request.actor, member=member, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
    return record_page(request, member, number=number or "没有号码")


@audience(*CLERKS, methods=("POST",))
def block(request: HttpRequest, code: str) -> HttpResponse:
    """Days on which the member said they cannot come."""
    member = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    form = DaysForm(request.POST)
    if form.is_valid():
        try:
            services.block_days(actor=request.actor, member=member, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"{LIST}{code}/", toast="记下了，这些天不排")
    return record_page(request, member, forms={"days_form": form})


@audience(*CLERKS, methods=("POST",))
def unblock(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take days back."""
    member = selectors.get_for(request.actor, code)  # type: ignore[attr-defined]
    services.unblock(actor=request.actor, member=member, block=number)  # type: ignore[attr-defined]
    return done(request, f"{LIST}{code}/", toast="这些天又可以排了")
