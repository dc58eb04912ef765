"""Reads of resources: what units lend and their open days. Booking and rota come later."""

from __future__ import annotations

from django.db.models import QuerySet

from baodao.base.actor import Actor
from baodao.domain.columns import under_any
from baodao.domain.resources.models import OpenDay, Resource


def visible(actor: Actor) -> QuerySet[Resource]:
    """What units lend is no secret inside the county: everybody with a role sees it; the public does not yet."""
    if actor.is_program:
        return Resource.objects.order_by("unit__seq", "pk")
    counties = tuple(path.split("/")[0] + "/" for path in {grant.path for grant in actor.grants} if path)
    return Resource.objects.filter(under_any("unit__path", counties)).order_by("unit__seq", "pk")


def open_days(community_path: str) -> QuerySet[OpenDay]:
    """The open days of a community, in order of time."""
    return OpenDay.objects.filter(community__path=community_path).select_related("unit").order_by("date", "pk")
