"""C6, shifts: what is held this month, how full is it; made from the posts' times, changed, cancelled, filled for members who asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base import paths
from baodao.base.verdict import Absent, Refused
from baodao.domain.calendar import selectors as calendar
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts.states import AskedHow
from baodao.domain.service import selectors, services
from baodao.domain.service.forms import NewShiftForm, PlaceForm, ShiftForm
from baodao.domain.service.rows import NewShift
from baodao.domain.service.selectors.calendar_list import month_list
from baodao.domain.service.states import ShiftState
from baodao.web.desk.views.plan import month_asked
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience

DESK = ("clerk", "secretary")


def _list(month: object) -> str:
    return f"{reverse('desk:shifts')}?month={month}"


def _page_of(code: str) -> str:
    return reverse("desk:shift", args=[code])


@audience(*DESK, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """The month as a calendar list."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    found = month_list(actor.path, str(month), cancelled="cancelled" in request.GET)
    context = {
        "month": month,
        "found": found,
        "note": calendar.month_note(str(month), actor.path),
        "batches": list(selectors.batches(actor, actor.path, str(month))),
    }
    return render(request, "desk/shifts/listing.html", context)


@audience(*DESK, methods=("POST",))
def make(request: HttpRequest) -> HttpResponse:
    """The month's shifts from the posts' times; those that are there stay."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    community = orgs.by_path(paths.community_of(actor.path))
    made = services.make_month(actor=actor, community=community, month=str(month))
    words = f"生成了 {len(made)} 个班，在月计划里排人" if made else "没有新的班：开放的岗位里没有固定时间，或者已经都在"
    return done(request, _list(month), toast=words)


@audience(*DESK, methods=("POST",))
def open_all(request: HttpRequest) -> HttpResponse:
    """Let members take places in every planned shift of the month."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    rows = selectors.month_of(actor.path, str(month)).filter(state=ShiftState.PLANNED)
    opened = services.open_shifts_many(actor=actor, shifts=list(rows))
    return done(request, _list(month), toast=f"开放了 {len(opened)} 个班，党员自己可以认领")


@audience(*DESK)
def add(request: HttpRequest) -> HttpResponse:
    """One more shift."""
    actor = request.actor  # type: ignore[attr-defined]
    form = NewShiftForm(request.POST or None, actor=actor, initial={name: request.GET.get(name, "") for name in ("post", "need")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_shift(actor=actor, row=NewShift(**form.row()))
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, _page_of(made.code), toast="加了一个班")
    return form_page(request, "desk/shifts/add.html", {"form": form}, invalid=form.is_bound)


@audience(*DESK, methods=("GET", "HEAD"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One shift: when, where, who has a place, who held one."""
    return _show(request, selectors.get_for(request.actor, code))  # type: ignore[attr-defined]


def _show(request: HttpRequest, shift: Any, form: PlaceForm | None = None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    places = selectors.places_of(shift)
    context = {
        "shift": shift,
        "places": places,
        "asked": AskedHow.choices,
        "form": form or PlaceForm(actor=actor, without=[one.member_id for one in places]),
        "leader": shift.leader or shift.post.leader,
    }
    return form_page(request, "desk/shifts/show.html", context, invalid=form is not None)


@audience(*DESK)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Amend a shift; whoever has a place is told when time or place changed."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    form = ShiftForm(request.POST or None, actor=actor, initial=selectors.shift_values(shift))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.change_shift(
                actor=actor, shift=shift, version=said["version"] or 0, changes=form.changes(), words=said["words"]
            )
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, _page_of(code), toast="已保存" + ("，占了位置的人会知道" if shift.taken else ""))
    return form_page(request, "desk/shifts/change.html", {"form": form, "shift": shift}, invalid=form.is_bound)


@audience(*DESK, methods=("POST",))
def act(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Open, cancel, take the cancellation back."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    if deed == "open":
        services.open_shifts_many(actor=actor, shifts=[shift])
        return done(request, _page_of(code), toast="开放了，党员自己可以认领")
    if deed == "cancel":
        services.cancel_shift(actor=actor, shift=shift, words=request.POST.get("words", ""))
        return done(request, _page_of(code), toast="取消了，占了位置的人会知道")
    if deed == "restore":
        services.restore_shift(actor=actor, shift=shift)
        return done(request, _page_of(code), toast="恢复成待安排，位置是空的")
    raise Absent


@audience(*DESK, methods=("POST",))
def book(request: HttpRequest, code: str) -> HttpResponse:
    """代办: a member told the desk that he comes."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    form = PlaceForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            made = services.book(actor=actor, shift=shift, source="desk", **form.cleaned_data)
        except Refused as error:
            form.add_error("member", error.reason)
        else:
            return done(request, _page_of(code), toast=f"{made.member.name}有位置了，标着代办，本人 7 天内可以撤")
    return _show(request, shift, form)


@audience(*DESK, methods=("POST",))
def free(request: HttpRequest, code: str) -> HttpResponse:
    """代办: a member told the desk that he cannot come; no reason is asked."""
    actor = request.actor  # type: ignore[attr-defined]
    booking = selectors.booking_for(actor, code)
    services.free(actor=actor, booking=booking, asked_how=request.POST.get("asked_how", ""))
    return done(request, _page_of(booking.shift.code), toast=f"{booking.member.name}的位置让出来了")
