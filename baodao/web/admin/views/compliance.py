"""减负自查 for the administrators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baodao.domain.months import burden
from baodao.web.frame.guard import audience


@audience("sysadmin", "secadmin", "auditor")
def show(request: HttpRequest) -> HttpResponse:
    """Each prohibition with its present setting."""
    items = burden.items()
    green = sum(item.green for item in items)
    return render(request, "admin/compliance/show.html", {"items": items, "green": green, "open": len(items) - green})
