"""Reads of organisations. Names of organisations are no secret; what hangs on them is guarded by its own area."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.verdict import Absent
from baodao.domain.columns import under, under_any
from baodao.domain.orgs.models import Org, OrgPast, PartyOrg, Place, Setting, Unit
from baodao.domain.orgs.rules import SETTINGS
from baodao.domain.orgs.states import OrgKind


def open_on(day: date | None = None) -> Q:
    """Organisations that exist on a day."""
    on = day or clock.today()
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def visible(actor: Actor) -> models.QuerySet[Org]:
    """The places under the actor's grants; everything for programs."""
    if actor.is_program:
        return Org.objects.order_by("path")
    return Org.objects.filter(under_any("path", tuple(g.path for g in actor.grants if g.path))).order_by("path")


def get_for(actor: Actor, path: str) -> Org:
    """A place the actor may work in; Absent otherwise."""
    found = visible(actor).filter(path=path).first()
    if found is None:
        raise Absent
    return found


def by_path(path: str) -> Org:
    """The organisation at a path; Absent if there is none."""
    found = Org.objects.filter(path=path).first()
    if found is None:
        raise Absent
    return found


def towns() -> list[Org]:
    """All open towns in their order."""
    return list(Org.objects.filter(open_on(), kind=OrgKind.TOWN).order_by("path"))


def town_by_code(code: str) -> Org | None:
    """The town people write as ``SZ``."""
    return Org.objects.filter(kind=OrgKind.TOWN, org_code=code).first()


def community_by_code(code: str) -> Org | None:
    """The community people write as ``SZ01``."""
    return Org.objects.filter(kind=OrgKind.COMMUNITY, org_code=code).first()


def communities(path: str) -> list[Org]:
    """The open communities under a path in their official order."""
    return list(Org.objects.filter(open_on(), under("path", path), kind=OrgKind.COMMUNITY).order_by("seq", "path"))


def estates(community: Org) -> list[Org]:
    """The open estates of a community in their order."""
    found = Org.objects.filter(open_on(), under("path", community.path), kind=OrgKind.ESTATE)
    return list(found.order_by("seq", "path"))


def units(county: str) -> list[Unit]:
    """The open units of a county in their official order (never by name)."""
    return list(Unit.objects.filter(open_on(), under("path", county)).order_by("seq", "path"))


def unit_by_code(county: str, code: str) -> Unit | None:
    """The unit people write as ``U001``."""
    return Unit.objects.filter(under("path", county), unit_code=code).first()


def unit_at(path: str) -> Unit:
    """The unit at a path; Absent if there is none."""
    found = Unit.objects.filter(path=path).first()
    if found is None:
        raise Absent
    return found


def party_orgs(path: str) -> models.QuerySet[PartyOrg]:
    """The community-side Party organisations under a path: counted, never derived."""
    return PartyOrg.objects.filter(open_on(), under("org__path", path)).order_by("seq", "pk")


def party_tree() -> list[tuple[PartyOrg, int]]:
    """Every open Party organisation below its superior, with its depth; the place it belongs to comes with it."""
    rows = list(PartyOrg.objects.filter(open_on()).select_related("org").order_by("org__path", "seq", "pk"))
    below: dict[int | None, list[PartyOrg]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[tuple[PartyOrg, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in below.get(parent, ()):
            found.append((row, depth))
            walk(row.pk, depth + 1)

    walk(None, 0)
    return found


def place(code: str) -> Place | None:
    """What a QR code stands for; a community's own code works too (an unsaved place of the whole community).

    Typed in small letters it is found as well; of a place or community that is closed nothing is found.
    """
    written = {code, code.upper()}
    today = clock.today()
    found = Place.objects.select_related("community", "estate").filter(place_code__in=written).first()
    if found is not None:
        over = [day for day in (found.until, found.community.until) if day and day <= today]
        return None if over else found
    community = Org.objects.filter(open_on(), kind=OrgKind.COMMUNITY, org_code__in=written).first()
    return Place(place_code=code[:4], community=community, name=community.name) if community else None


def places(community: str) -> list[Place]:
    """The places of a community that have a QR code, the community's own before its estates'."""
    rows = Place.objects.filter(community__path=community).exclude(until__lte=clock.today())
    return list(rows.order_by(models.F("estate_id").asc(nulls_first=True), "pk"))


def above(path: str) -> list[Org]:
    """The organisations from the county down to a path: what a page's header and foot are made of."""
    return list(Org.objects.filter(path__in=paths.parents(path)).order_by("path")) if path else []


def names_of_path(path: str) -> list[Org]:
    """The organisations from the town down to a path, for the header."""
    return [org for org in above(path) if org.kind != OrgKind.COUNTY]


def help_line(path: str, known: list[Org] | None = None) -> dict[str, str]:
    """Name and telephone that stand at the foot of a page: the nearest organisation with a telephone.

    ``known`` are the organisations above the path when the caller has read them.
    """
    rows = above(path) if known is None else known
    found = next((org for org in reversed(rows) if org.phone), None)
    if found is None:
        found = Org.objects.filter(kind=OrgKind.TOWN).exclude(phone="").order_by("path").first()
    return {"name": found.name, "phone": found.phone, "path": found.path} if found else {}


def setting(town: str, key: str) -> object:
    """A town's choice or its default; KeyError for a key that is not declared."""
    default = SETTINGS[key].default
    row = Setting.objects.filter(town__path=town, key=key).first()
    return row.value if row else default


def settings_of(town: str, keys: tuple[str, ...]) -> dict[str, object]:
    """Several choices of a town at once, with the defaults of those it never made."""
    chosen = dict(Setting.objects.filter(town__path=town, key__in=keys).values_list("key", "value"))
    return {key: chosen.get(key, SETTINGS[key].default) for key in keys}


def has_real_town() -> bool:
    """Is there a town made by ``new``."""
    return Org.objects.filter(real=True).exists()


def tree() -> list[Org]:
    """Every organisation that was not closed, each below its parent, in the order set by hand."""
    rows = list(Org.objects.filter(open_on()).order_by("seq", "path"))
    below: dict[int | None, list[Org]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[Org] = []

    def walk(parent: int | None) -> None:
        for row in below.get(parent, ()):
            found.append(row)
            walk(row.pk)

    walk(None)
    return found


def by_public_code(code: str) -> Org:
    """The organisation of a public code; Absent if there is none."""
    found = Org.objects.filter(code=code).first()
    if found is None:
        raise Absent
    return found


def unit_by_public_code(code: str) -> Unit:
    """The unit of a public code; Absent if there is none."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Absent
    return found


def past(org: Org) -> models.QuerySet[OrgPast]:
    """Former names and places of an organisation, newest first."""
    return org.past.order_by("-until")


def possible_parents(org: Org) -> list[Org]:
    """Where an organisation may be moved: open organisations of its parent's storey, in the same county."""
    if org.parent is None:
        return []
    same = Org.objects.filter(open_on(), under("path", paths.county_of(org.path)), kind=org.parent.kind)
    return list(same.exclude(pk=org.parent_id).order_by("path"))


def first_county() -> Org:
    """The county of this installation (one deployment per county)."""
    found = Org.objects.filter(kind=OrgKind.COUNTY).order_by("path").first()
    if found is None:
        raise Absent
    return found


def counties_with_units() -> list[tuple[Org, list[Unit]]]:
    """Each county with its open units in official order."""
    return [(county, units(county.path)) for county in Org.objects.filter(kind=OrgKind.COUNTY).order_by("path")]


def count_below(path: str) -> tuple[int, int]:
    """How many open grids and estates stand under a path."""
    found = Org.objects.filter(open_on(), under("path", path))
    return found.filter(kind=OrgKind.GRID).count(), found.filter(kind=OrgKind.ESTATE).count()


def paths_by_word(town: str) -> dict[str, list[str]]:
    """The paths that a name, a short name or a code may mean: the county, the town, what is below it, the county's units."""
    found: dict[str, list[str]] = {}
    county = paths.county_of(town)
    places = Org.objects.filter(open_on()).filter(Q(path=county) | under("path", town))
    for org in places:
        for word in {org.name, org.short_name, org.org_code} - {""}:
            found.setdefault(word, []).append(org.path)
    for unit in units(county):
        for word in {unit.name, unit.short_name, unit.unit_code, *unit.other_names} - {""}:
            found.setdefault(word, []).append(unit.path)
    return found


def shapers() -> list[tuple[str, str]]:
    """(path, name) of the county and its towns: where a calendar day or working hours may hold."""
    kinds = (OrgKind.COUNTY, OrgKind.TOWN)
    return list(Org.objects.filter(open_on(), kind__in=kinds).order_by("path").values_list("path", "name"))


def names(wanted: set[str]) -> dict[str, str]:
    """The name of the organisation or unit at each path; a path without one is left out."""
    found = dict(Org.objects.filter(path__in=wanted).values_list("path", "name"))
    return found | dict(Unit.objects.filter(path__in=wanted).values_list("path", "name"))


def all_paths() -> list[tuple[str, str]]:
    """(path, name with its storey) of everything a grant may be for, units included, for the choice of a scope."""
    found = [(org.path, f"{'　' * (len(paths.parts(org.path)) - 1)}{org.name}") for org in tree()]
    return found + [(unit.path, f"单位 {unit.name}") for _county, rows in counties_with_units() for unit in rows]
