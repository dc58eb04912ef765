"""What the unit received: plans, extracts, bulletins (L7); each with its receipt and its file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baodao.base.verdict import Absent
from baodao.domain.documents import selectors, services
from baodao.web.frame.answers import done, file, page_of
from baodao.web.frame.guard import audience
from baodao.web.unit.views.month import LIAISON

#: The archived forms a unit may take, and what they are called.
SHOWN = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}


@audience(LIAISON, methods=("GET", "HEAD"))
def listing(request: HttpRequest) -> HttpResponse:
    """The papers, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    page = page_of(request, selectors.delivered_to(actor, actor.path), 30)
    forms: dict[int, list[tuple[str, str]]] = {}
    held = selectors.visible(actor).filter(pk__in=[row.document_id for row in page], copies__form__in=SHOWN).order_by()
    for document, form in held.values_list("pk", "copies__form").order_by("copies__form"):
        forms.setdefault(document, []).append((form, SHOWN[form]))
    return render(request, "unit/papers/listing.html", {"page": page, "forms": forms})


@audience(LIAISON, methods=("POST",))
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """Sign for one."""
    actor = request.actor  # type: ignore[attr-defined]
    delivery = services.receive(actor=actor, delivery=selectors.delivery_for(actor, code))
    return done(request, reverse("unit:papers"), toast=f"签收了：{delivery.document.title}")


@audience(LIAISON, methods=("GET", "HEAD"))
def copy(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """One archived file of a paper that came to this unit."""
    actor = request.actor  # type: ignore[attr-defined]
    document = selectors.delivery_for(actor, code).document
    if form not in SHOWN:
        raise Absent
    return file(selectors.copy_bytes(document, form), f"{document.title}.{form}")
