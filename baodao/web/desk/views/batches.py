"""批次: a named set of shifts on chosen days; big turn-outs are dealt out, so that nobody is asked for every day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baodao.base import paths
from baodao.base.verdict import Refused
from baodao.domain.orgs import selectors as orgs
from baodao.domain.service import selectors, services
from baodao.domain.service.forms import BatchForm
from baodao.web.desk.views.plan import month_asked
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience


@audience("clerk", "secretary")
def show(request: HttpRequest) -> HttpResponse:
    """The month's batches, and a new one."""
    actor, month = request.actor, month_asked(request)  # type: ignore[attr-defined]
    form = BatchForm(request.POST or None, actor=actor, month=month)
    if request.method == "POST" and form.is_valid():
        community = orgs.by_path(paths.community_of(actor.path))
        try:
            made = services.make_batch(actor=actor, community=community, month=str(month), **form.values())
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, f"{reverse('desk:shifts')}?month={month}", toast=f"“{made.name}”建好了，在月计划里排人")
    rows = list(selectors.batches(actor, actor.path, str(month)))
    context = {"form": form, "month": month, "batches": rows}
    return form_page(request, "desk/batches/show.html", context, invalid=form.is_bound)
