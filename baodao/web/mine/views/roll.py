"""The leader's roll on the phone: taps in the order of the paper sheet, saved one by one, finished with "其余都到"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.base.days import clock
from baodao.base.verdict import Absent
from baodao.domain.service import rules, selectors, services
from baodao.domain.service.states import Attendance, Finding, ShiftState
from baodao.web.frame.answers import done
from baodao.web.frame.guard import audience

TAPS = (Attendance.PRESENT, Attendance.LEAVE, Attendance.ABSENT)


def _led(request: HttpRequest, code: str) -> object:
    """The shift, if this member leads it; Absent otherwise."""
    actor = request.actor  # type: ignore[attr-defined]
    shift = selectors.get_for(actor, code)
    if not rules.leads(actor, shift):
        raise Absent
    return shift


@audience("member", methods=("GET", "HEAD"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody of the shift with three taps each."""
    shift = _led(request, code)
    places = selectors.roll_of(shift)
    context = {
        "shift": shift,
        "places": places,
        "taps": TAPS,
        "left": sum(1 for one in places if one.attendance == Attendance.UNMARKED),
        "done": shift.state == ShiftState.DONE,
        "verdict": rules.when_roll(shift, clock.now()),
        "findings": Finding.choices if shift.post.kind == rules.PATROL else (),
    }
    return render(request, "mine/roll/show.html", context)


@audience("member", methods=("POST",))
def mark(request: HttpRequest, code: str, place: str) -> HttpResponse:
    """One tap."""
    _led(request, code)
    actor = request.actor  # type: ignore[attr-defined]
    booking = selectors.booking_for(actor, place)
    services.mark(actor=actor, booking=booking, attendance=request.POST.get("attendance", ""))
    return done(request, f"/me/roll/{code}/#place-{place}")


@audience("member", methods=("POST",))
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """The rest came; the records go to the desk for confirmation."""
    shift = _led(request, code)
    actor = request.actor  # type: ignore[attr-defined]
    made = services.roll_call(
        actor=actor, shift=shift, marks={}, rest=Attendance.PRESENT, findings=request.POST.getlist("finding")
    )
    return done(request, f"/me/roll/{code}/", toast=f"点好了，{len(made)} 人的服务等社区确认")
