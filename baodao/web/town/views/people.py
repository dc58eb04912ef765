"""Who is on a community's ledger: names and units, opened with a reason that the community and each member can read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from baodao.base.verdict import Absent, Refused
from baodao.domain.members import ledger, services
from baodao.domain.members.forms import ReasonForm
from baodao.domain.members.looks import list_looks
from baodao.domain.orgs import selectors as orgs
from baodao.web.frame.answers import form_page
from baodao.web.frame.guard import audience


@audience("town", "townlead")
@never_cache
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Ask why; with a reason show the list once. Numbers stay with the community and the unit."""
    actor = request.actor  # type: ignore[attr-defined]
    community = next((one for one in orgs.communities(actor.path) if one.org_code == code), None)
    if community is None:
        raise Absent
    form, rows, opened = ReasonForm(request.POST or None), [], False
    if request.method == "POST" and form.is_valid():
        try:
            found = services.open_list(actor=actor, path=community.path, reason=form.cleaned_data["reason"])
        except Refused as error:
            form.add_error("reason", error.reason)
        else:
            rows, opened = ledger.named(found), True
    context = {"community": community, "form": form, "rows": rows, "opened": opened, "looks": list_looks(community.path)}
    return form_page(request, "town/places/people.html", context, invalid=bool(form.errors))
