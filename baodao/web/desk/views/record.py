"""One service record: what it rests on, who confirmed it, whether it was added late; amended while it waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baodao.base.verdict import Refused
from baodao.domain.accounts import selectors as accounts
from baodao.domain.service import rules, selectors, services
from baodao.domain.service.forms import ResultForm
from baodao.domain.service.states import Finding, RecordState
from baodao.web.frame.answers import done, form_page
from baodao.web.frame.guard import audience


@audience("clerk", "secretary")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The record; minutes, result and words may be mended until it is confirmed."""
    actor = request.actor  # type: ignore[attr-defined]
    found = selectors.record_for(actor, code)
    initial = {name: getattr(found, name) for name in ("minutes", "result", "words", "findings")}
    form = ResultForm(request.POST or None, patrol=found.shift.post.kind == rules.PATROL, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_result(actor=actor, record_=found, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.reason)
        else:
            return done(request, reverse("desk:record", args=[code]), toast="已保存")
    context = {
        "record": found,
        "form": form,
        "is_waiting": found.state == RecordState.PENDING,
        "names": accounts.names({one for one in (found.recorded_by, found.confirmed_by) if one}),
        "findings": [Finding(one).label for one in found.findings],
    }
    return form_page(request, "desk/records/show.html", context, invalid=form.is_bound)
