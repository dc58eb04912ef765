"""A11: what happened, does the chain hold, who tried to log in, what was deleted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain import erasures
from baodao.domain.accounts import selectors as accounts
from baodao.domain.audit import selectors
from baodao.domain.audit.forms import EntryFilter
from baodao.web.admin.words import codes_for, deed_words, thing_words
from baodao.web.frame.answers import page_of
from baodao.web.frame.guard import audience


@audience("auditor")
def listing(request: HttpRequest) -> HttpResponse:
    """Deeds, newest first; filters in the address. Ids, roles and public codes: nobody's words."""
    form = EntryFilter(request.GET or None)
    asked = dict(form.cleaned_data) if form.is_valid() else {}
    asked["actions"] = codes_for(asked.pop("what", ""))
    page = page_of(request, selectors.matching(request.actor, **asked))  # type: ignore[attr-defined]
    names = accounts.names({entry.account_id for entry in page if entry.account_id})
    rows = [(entry, deed_words(entry.action), thing_words(entry.subject)) for entry in page]
    return render(request, "admin/audit/listing.html", {"page": page, "rows": rows, "names": names, "form": form})


@audience("auditor")
def verify(request: HttpRequest) -> HttpResponse:
    """Walk every chain and name the first bad entry of each."""
    faults = list(selectors.broken_links()) if request.method == "POST" else []
    context = {"chains": selectors.heads(), "walked": request.method == "POST", "faults": faults}
    return render(request, "admin/audit/verify.html", context)


@audience("secadmin", "auditor")
def security(request: HttpRequest) -> HttpResponse:
    """Logins, refusals, codes and passwords of the last year."""
    page = page_of(request, accounts.security_events(request.actor))  # type: ignore[attr-defined]
    ids = {i for event in page for i in (event.account_id, event.by_account_id) if i}
    return render(request, "admin/audit/security.html", {"page": page, "names": accounts.names(ids)})


@audience("auditor")
def erased(request: HttpRequest) -> HttpResponse:
    """What the nightly deletion destroyed: counts by day and kind."""
    return render(request, "admin/audit/erased.html", {"days": erasures.by_day()})
