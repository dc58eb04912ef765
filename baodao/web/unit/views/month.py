"""L1: the unit's month in two presses: the list is right, the plan was read; and 那天值班, never 同意 for another person."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.verdict import Absent
from baodao.domain.accounts import selectors as accounts
from baodao.domain.documents import selectors as documents
from baodao.domain.matching import extract, papers, selectors, services
from baodao.domain.service import selectors as service
from baodao.web.frame.answers import done, file
from baodao.web.frame.guard import audience

LIAISON = "liaison"
FEW = 6
LAST_DAY = 28


def month_asked(request: HttpRequest) -> Month:
    """The month of the address; by default the running one, from the 20th on the next."""
    try:
        return Month.parse(request.GET.get("month") or request.POST.get("month", ""))
    except ValueError:
        today = clock.today()
        return Month.parse(selectors.month_for_unit(str(Month.of(today)), today.day))


def here(request: HttpRequest, month: Month) -> str:
    """The page of a month."""
    return f"{reverse('unit:home')}?month={month}"


@audience(LIAISON, methods=("GET", "HEAD"))
def show(request: HttpRequest) -> HttpResponse:
    """The two things of the month, what is done, and what else came."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    held = selectors.unit_month(actor.path, str(month))
    found = extract.extract(actor.path, str(month))
    last = date(month.previous().year, month.previous().number, LAST_DAY)
    read, unsigned = extract.reading(found, held), documents.delivered_to(actor, actor.path).filter(received_at=None)
    own = int(not (held and held.list_at)) + int(bool(found.lines) and not read.read)
    papers_here = unsigned.count()
    context = {
        "month": month,
        "held": held,
        "extract": found,
        "read": read,
        "few": (read.new or found.lines)[:FEW],
        "list": extract.unit_list(actor, actor.path, str(month)),
        "last": last if clock.today() <= last else None,
        "next_on": date(month.year, month.number, 25),
        "waiting": list(unsigned[:2]),
        "papers": papers_here,
        "own": own,
        "todo": own + papers_here,
        "names": accounts.names({n for n in (held.list_by, held.plan_by) if n} if held else set()),
        "done": bool(held and held.list_at and read.read),
    }
    return render(request, "unit/month/show.html", context)


@audience(LIAISON, methods=("POST",))
def confirm_list(request: HttpRequest) -> HttpResponse:
    """The list is right, or the confirmation is taken back."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    yes = request.POST.get("confirmed", "1") == "1"
    row = services.confirm_list(actor=actor, unit_path=actor.path, month=str(month), confirmed=yes)
    return done(request, here(request, month), toast=f"名单确认了，{row.list_count} 人" if yes else "撤销了，名单没有确认")


@audience(LIAISON, methods=("POST",))
def receive(request: HttpRequest) -> HttpResponse:
    """The plan was read, or that is taken back."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    yes = request.POST.get("received", "1") == "1"
    row = services.receive_plan(actor=actor, unit_path=actor.path, month=str(month), received=yes)
    return done(request, here(request, month), toast=f"看过了，{row.plan_count} 人次" if yes else "撤销了，算没有看过")


@audience(LIAISON, methods=("POST",))
def duty(request: HttpRequest, code: str) -> HttpResponse:
    """那天值班: the place is freed, neutrally."""
    actor = request.actor  # type: ignore[attr-defined]
    booking = services.mark_on_duty(actor=actor, booking=service.booking_for(actor, code))
    words = f"{booking.member.name} {booking.date:%m-%d} 值班，位置让出来了"
    return done(request, here(request, Month.parse(booking.shift.month)), toast=words)


@audience(LIAISON, methods=("GET", "HEAD"))
def extract_page(request: HttpRequest) -> HttpResponse:
    """The whole extract: accepted names, open places beside them."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    found = extract.extract(actor.path, str(month))
    return render(request, "unit/month/extract.html", {"month": month, "extract": found, "open": found.open[:60]})


@audience(LIAISON, methods=("GET", "HEAD"))
def extract_file(request: HttpRequest, month: str) -> HttpResponse:
    """The extract as Word."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        value = Month.parse(month)
    except ValueError:
        raise Absent from None
    content = papers.unit_extract_docx(actor.path, str(value))
    return file(content, f"{value.label}党员到社区服务安排.docx")
