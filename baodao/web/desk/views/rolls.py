"""C8: who came? The roll in taps or from the printed sheet, in the same order; helpers and late additions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base import paths
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.service import rules, selectors, services
from baodao.domain.service.forms import HelperForm, LateForm
from baodao.domain.service.states import Attendance, Finding, ShiftState
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience

NEAR = ("clerk", "secretary", "grid")
TAPS = (Attendance.PRESENT, Attendance.LATE, Attendance.LEAVE, Attendance.ABSENT)


def _page_of(code: str) -> str:
    return reverse("desk:roll", args=[code])


@audience(*NEAR, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """Shifts that wait for a roll, those of today, those rolled in the last days."""
    community = paths.community_of(request.actor.path)  # type: ignore[attr-defined]
    context = {
        "waiting": list(selectors.to_roll(community)),
        "coming": list(selectors.of_today(community)),
        "rolled": list(selectors.rolled_lately(community)),
    }
    return render(request, "desk/rolls/listing.html", context)


@audience(*NEAR, methods=("GET", "HEAD"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody with a place, four taps each."""
    return _show(request, selectors.get_for(request.actor, code))  # type: ignore[attr-defined]


def _show(request: HttpRequest, shift: Any, **forms: Any) -> HttpResponse:
    actor, places = request.actor, selectors.roll_of(shift)  # type: ignore[attr-defined]
    there = [one.member_id for one in places]
    context = {
        "shift": shift,
        "places": places,
        "taps": TAPS,
        "left": sum(one.attendance == Attendance.UNMARKED for one in places),
        "came": sum(one.attendance in rules.CAME for one in places),
        "is_done": shift.state == ShiftState.DONE,
        "is_over": shift.end_at <= clock.now(),
        "verdict": rules.when_roll(shift, clock.now()),
        "findings": Finding.choices if shift.post.kind == rules.PATROL else (),
        "helper_form": HelperForm(actor=actor, without=there, prefix="helper"),
        "late_form": LateForm(actor=actor, prefix="late"),
        **forms,
    }
    return form_page(request, "desk/rolls/show.html", context, invalid=bool(forms))


@audience(*NEAR, methods=("POST",))
def mark(request: HttpRequest, code: str) -> HttpResponse:
    """One tap, saved at once: ``mark`` is "place:mark"."""
    actor = request.actor  # type: ignore[attr-defined]
    place, _, attendance = request.POST.get("mark", "").partition(":")
    booking = selectors.booking_for(actor, place)
    services.mark(actor=actor, booking=booking, attendance=attendance)
    return done(request, f"{_page_of(code)}#place-{place}")


@audience(*NEAR, methods=("POST",))
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """The rest came; the records wait for their confirmation."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    rest = Attendance.PRESENT if request.POST.get("rest") else ""
    made = services.roll_call(actor=actor, shift=shift, marks={}, rest=rest, findings=request.POST.getlist("finding"))
    return done(request, _page_of(code), toast=f"点好了，{len(made)} 人的服务等确认")


@audience(*NEAR, methods=("POST",))
def helper(request: HttpRequest, code: str) -> HttpResponse:
    """有人来帮忙: somebody who came along."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    form = HelperForm(request.POST, actor=actor, prefix="helper")
    if form.is_valid():
        try:
            services.add_helper(actor=actor, shift=shift, member=form.cleaned_data["member"])
        except Refused as error:
            form.add_error("member", error.reason)
        else:
            return done(request, _page_of(code), toast=f"加上了{form.cleaned_data['member'].name}，记作到")
    return _show(request, shift, helper_form=form)


@audience(*NEAR, methods=("POST",))
def late(request: HttpRequest, code: str) -> HttpResponse:
    """补录: says so for ever; some need a second person to confirm."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    form = LateForm(request.POST, actor=actor, prefix="late")
    if form.is_valid():
        try:
            made = services.add_late(actor=actor, shift=shift, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            words = "补上了，一直标着补录" + ("；要另一个人确认" if made.needs_second else "")
            return done(request, _page_of(code), toast=words)
    return _show(request, shift, late_form=form)
