"""The points ledger of a community: every figure opens to its entries; wrong ones are reversed, never changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.members import selectors as members
from baodao.domain.points import papers, selectors, services
from baodao.domain.points.forms import ReverseForm
from baodao.domain.points.reading import ledger_of, member_page, month_or_last
from baodao.web.frame.answers import done, file, form_page, page_of
from baodao.web.frame.guard import audience

KEEPERS = ("clerk", "secretary")


@audience(*KEEPERS, methods=("GET", "HEAD"))
def ledger(request: HttpRequest) -> HttpResponse:
    """A month's entries in order of entry, with who may confirm it."""
    actor = request.actor  # type: ignore[attr-defined]
    month = month_or_last(actor, request.GET.get("month", ""))
    page = page_of(request, selectors.month_ledger(actor, actor.path, str(month)), 100)
    return render(request, "desk/points/ledger.html", {"page": page, **ledger_of(actor, month)})


@audience(*KEEPERS, methods=("GET", "HEAD"))
def sheet(request: HttpRequest) -> HttpResponse:
    """The month as 积分台账."""
    actor = request.actor  # type: ignore[attr-defined]
    month = month_or_last(actor, request.GET.get("month", ""))
    return file(papers.points_ledger(actor, actor.path, str(month)), f"积分台账{month}.xlsx")


@audience("secretary", methods=("POST",))
def confirm(request: HttpRequest) -> HttpResponse:
    """The secretary confirms a month as it stands."""
    actor = request.actor  # type: ignore[attr-defined]
    month = month_or_last(actor, request.POST.get("month", ""))
    services.confirm_month(actor=actor, town=paths.town_of(actor.path), community=actor.path, month=str(month))
    return done(request, f"/desk/points/?month={month}", toast=f"{month.label}积分已确认")


@audience(*KEEPERS, methods=("GET", "HEAD"))
def member(request: HttpRequest, code: str) -> HttpResponse:
    """One member's entries of a year, with the sum they make."""
    actor = request.actor  # type: ignore[attr-defined]
    found = members.get_for(actor, code)
    year = int(request.GET["year"]) if request.GET.get("year", "").isdecimal() else clock.today().year
    return render(request, "desk/points/member.html", {"member": found, **member_page(actor, found.pk, year)})


@audience(*KEEPERS)
def reverse(request: HttpRequest, code: str) -> HttpResponse:
    """冲正 with a reason; both entries stay."""
    actor = request.actor  # type: ignore[attr-defined]
    entry = selectors.get_for(actor, code)
    form = ReverseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reverse(actor=actor, entry=entry, reason=form.cleaned_data["reason"])
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"/desk/points/?month={entry.month}", toast="已冲正，两条都留着")
    return form_page(request, "desk/points/reverse.html", {"entry": entry, "form": form}, invalid=form.is_bound)
