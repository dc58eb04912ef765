"""Reads of the month: closes, assessments in official order, bulletins and the rows behind their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.verdict import Absent
from baodao.domain.columns import under_any
from baodao.domain.months import figures
from baodao.domain.months import rows as counted
from baodao.domain.months.models import Assessment, Bulletin, MonthClose
from baodao.domain.months.rules import COMMUNITY_COMPONENTS, SMALL, UNIT_COMPONENTS, Component, persons
from baodao.domain.months.states import BulletinState
from baodao.domain.orgs import selectors as orgs

TOWN_ROLES = ("town", "townlead")


def close_of(town: str, month: str) -> MonthClose | None:
    """The close of a month, or None while it is open."""
    return MonthClose.objects.filter(town=town, month=month).first()


def closes(town: str) -> models.QuerySet[MonthClose]:
    """A town's closed months, newest first."""
    return MonthClose.objects.filter(town=town).order_by("-month")


def visible(actor: Actor) -> models.QuerySet[Bulletin]:
    """Drafts to the town; signed bulletins to everybody of the staff under it."""
    rows = Bulletin.objects.select_related("document").order_by("-month")
    if actor.is_program:
        return rows
    if actor.has(*TOWN_ROLES):
        return rows.filter(under_any("town", actor.paths_of(*TOWN_ROLES)))
    if actor.has("secretary", "clerk"):
        towns = [paths.town_of(path) for path in actor.paths_of("secretary", "clerk")]
        return rows.filter(town__in=towns, state=BulletinState.DELIVERED)
    return rows.none()


def get_for(actor: Actor, code: str) -> Bulletin:
    """One bulletin the actor may read; Absent otherwise."""
    found = visible(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def bulletin_of(town: str, month: str) -> Bulletin | None:
    """The bulletin of a month."""
    return Bulletin.objects.select_related("document").filter(town=town, month=month).first()


def to_be_sealed() -> list[Bulletin]:
    """Signed bulletins whose paper was not rendered yet (the worker tries again)."""
    return list(Bulletin.objects.filter(state=BulletinState.SIGNED).select_related("document"))


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation's components, in official order."""

    path: str
    name: str
    components: list[Component]


def assessment(actor: Actor, town: str, month: str, *, of_units: bool) -> list[Line]:
    """The assessment of a closed month: communities or units in their official order, never by figure."""
    if not (actor.is_program or actor.has(*TOWN_ROLES, path=town) or actor.has("county", path=town)):
        raise Absent
    labels = UNIT_COMPONENTS if of_units else COMMUNITY_COMPONENTS
    stored: dict[str, dict[str, Assessment]] = {}
    for row in Assessment.objects.filter(town=town, month=month, component__in=labels):
        stored.setdefault(row.path, {})[row.component] = row
    listed = orgs.units(paths.county_of(town)) if of_units else orgs.communities(town)
    return [
        Line(
            org.path,
            org.name,
            [
                Component(key, str(label), _of(stored, org.path, key, "part"), _of(stored, org.path, key, "base"))
                for key, label in labels.items()
            ],
        )
        for org in listed
        if org.path in stored
    ]


def _of(stored: dict[str, dict[str, Assessment]], path: str, key: str, column: str) -> int | None:
    row = stored[path].get(key)
    return getattr(row, column) if row else None


def counts_of_places(town: str, month: str) -> dict[str, dict[str, dict[str, int]]]:
    """The month's counts by community and by unit as they stand now; a close keeps them."""
    communities = [org.path for org in orgs.communities(town)]
    units = [unit.path for unit in orgs.units(paths.county_of(town))]
    return {
        "communities": figures.by_community(town, month, communities),
        "units": figures.by_unit(town, month, units),
    }


def bulletin_figures(town: str, month: str) -> dict[str, Any]:
    """All figures of a bulletin, as they are frozen at signing: town, communities, units; persons under five hidden.

    Of a closed month they are those of its close, whatever happened since.
    """
    close = close_of(town, month)
    counts = close.places if close else counts_of_places(town, month)
    communities = [org for org in orgs.communities(town) if org.path in counts["communities"]]
    units = [unit for unit in orgs.units(paths.county_of(town)) if unit.path in counts["units"]]
    return {
        "town": close.figures if close else figures.town_figures(town, month),
        "left_out": len(close.left_out) if close else 0,
        "communities": [
            {"path": org.path, "name": org.name, **_shown(counts["communities"][org.path])} for org in communities
        ],
        "units": [
            {"path": unit.path, "name": unit.name, **_unit_line(counts["units"][unit.path])}
            for unit in units
            if counts["units"][unit.path]["members"] or counts["units"][unit.path]["times"]
        ],
    }


def _shown(counts: dict[str, int]) -> dict[str, str]:
    shown = {key: str(value) for key, value in counts.items() if key not in {"minutes", "people"}}
    for key in ("people_in_service", "people_community"):
        shown[key] = persons(counts[key])
    shown["hours"] = f"{counts['minutes'] / 60:.1f}"
    return shown


def _unit_line(counts: dict[str, int]) -> dict[str, str]:
    """A unit of fewer than five members has only that in its line."""
    if counts["members"] < SMALL:
        return {"members": persons(counts["members"]), "small": "1"}
    return {
        "members": str(counts["members"]),
        "reported": persons(counts["reported"]),
        "people": persons(counts["people"]),
        "times": str(counts["times"]),
        "hours": f"{counts['minutes'] / 60:.1f}",
    }


def rows_behind(
    actor: Actor, key: str, path: str, month: str, unit: str = ""
) -> tuple[models.QuerySet[Any], str]:
    """The rows a figure counts, and what a row is (record, person, shift, need); Absent for what is not the actor's.

    ``path`` is a town or community; ``unit`` narrows service to one unit's members, which only the town may ask.
    """
    allowed = actor.has(*TOWN_ROLES, path=path) or (actor.has("secretary", "clerk", path=path) and not unit)
    if key not in counted.ROWS or not allowed or not paths.town_of(path):
        raise Absent
    found, kind = counted.ROWS[key]
    if unit:
        if kind not in {"record", "person"}:
            raise Absent
        return found(path, month, unit), kind
    return found(path, month), kind


def place_name(path: str) -> str:
    """The name of a town, community or unit."""
    return orgs.unit_at(path).name if "/u/" in path else orgs.by_path(path).name


def names(actor: Actor) -> dict[str, str]:
    """Path → short name of every community and unit the rows of a figure may stand under."""
    town = paths.town_of(actor.path)
    found = {org.path: org.short_name or org.name for org in orgs.communities(town)}
    return found | {unit.path: unit.short_name or unit.name for unit in orgs.units(paths.county_of(town))}
