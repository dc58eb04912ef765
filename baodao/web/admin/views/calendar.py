"""A5: is the year loaded, and when do offices work?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.calendar import selectors, services
from baodao.domain.calendar.forms import DayForm, HoursForm, hours_text
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience

SYS = ("sysadmin",)
LIST = "/admin/calendar/"


@audience(*SYS)
def show(request: HttpRequest) -> HttpResponse:
    """The days of a year, the years entered, the working hours of each county and town."""
    return _page(request)


@audience(*SYS, methods=("POST",))
def load(request: HttpRequest) -> HttpResponse:
    """Enter a year's statutory days."""
    year = clock.today().year + (1 if request.POST.get("which") == "next" else 0)
    found = services.load_year(actor=request.actor, year=year)  # type: ignore[attr-defined]
    words = "已录入，是正式安排" if found.official else "已录入；正式安排还没公布，先按法定节日算"
    return done(request, f"{LIST}?year={year}", toast=f"{year} 年{words}")


@audience(*SYS, methods=("POST",))
def set_day(request: HttpRequest) -> HttpResponse:
    """Enter or change one day."""
    form = DayForm(request.POST, places=orgs.shapers())
    if not form.is_valid():
        return _page(request, day_form=form)
    day = services.set_day(actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    return done(request, f"{LIST}?year={day.date.year}", toast=f"{day.date:%m-%d} 已记为{day.get_kind_display()}")


@audience(*SYS, methods=("POST",))
def drop_day(request: HttpRequest) -> HttpResponse:
    """Take a listed day out."""
    form = DayForm.dropping(request.POST)
    if not form.is_valid():
        return _page(request)
    day = form.cleaned_data["day"]
    services.drop_day(actor=request.actor, day=day, path=form.cleaned_data["path"])  # type: ignore[attr-defined]
    return done(request, f"{LIST}?year={day.year}", toast=f"{day:%m-%d} 已去掉")


@audience(*SYS, methods=("POST",))
def set_hours(request: HttpRequest) -> HttpResponse:
    """Set the working hours of a county or town."""
    form = HoursForm(request.POST, places=orgs.shapers())
    if form.is_valid():
        try:
            services.set_hours(actor=request.actor, path=form.cleaned_data["path"], rows=form.cleaned_data["seasons"])  # type: ignore[attr-defined]
        except Refused as error:
            form.add_error("seasons", error.reason)
        else:
            return done(request, f"{LIST}#hours", toast="工时已保存，明天起的办理时限按它算")
    return _page(request, hours_form=form)


def _page(request: HttpRequest, day_form: DayForm | None = None, hours_form: HoursForm | None = None) -> HttpResponse:
    year = int(request.GET["year"]) if request.GET.get("year", "").isdigit() else clock.today().year
    places = orgs.shapers()
    first = places[-1][0] if places else ""
    context = {
        "year": year,
        "years": selectors.years(),
        "days": selectors.listed_days(year),
        "official": selectors.is_official(year),
        "next_missing": clock.today().month >= 11 and not selectors.is_official(clock.today().year + 1),
        "this_year": clock.today().year,
        "places": dict(places),
        "hours": [(name, selectors.seasons(path)) for path, name in places],
        "day_form": day_form or DayForm(places=places),
        "hours_form": hours_form or HoursForm(places=places, initial={"path": first, "seasons": hours_text(selectors.hours_of(first))}),
    }
    invalid = day_form is not None or hours_form is not None
    return form_page(request, "admin/calendar/show.html", context, invalid=invalid)
