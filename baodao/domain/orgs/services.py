"""Writes of organisations: make, rename, move, order, close (never delete); units, Party organisations, places, settings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.audit.services import record, save_if_version, service
from baodao.domain.columns import under
from baodao.domain.orgs import rules, selectors
from baodao.domain.orgs.models import Org, OrgPast, PartyOrg, Place, Setting, Unit
from baodao.domain.orgs.states import BELOW, OrgKind


def hold(path: str) -> None:
    """Lock an organisation until the caller's transaction ends: those who number, count or add below it take turns.

    On SQLite the transaction is the lock already. Rows that refer to the organisation are written meanwhile.
    """
    list(Org.objects.select_for_update(no_key=True).filter(path=path).values_list("pk"))


@service
def make_town(
    *, actor: Actor, county_code: str, county_name: str, town_code: str, town_name: str, real: bool = True
) -> Org:
    """A county (if it is new) and an empty town in it. Refused where a town of that code is."""
    must(rules.may_shape_orgs(actor))
    county = Org.objects.filter(kind=OrgKind.COUNTY, org_code=county_code).first()
    if county is None:
        county = add_org(actor=actor, parent=None, kind=OrgKind.COUNTY, org_code=county_code, name=county_name)
    if Org.objects.filter(kind=OrgKind.TOWN, org_code=town_code).exists():
        raise Refused(f"代码是 {town_code} 的镇已经有了。", code="duplicate")
    town = add_org(actor=actor, parent=county, kind=OrgKind.TOWN, org_code=town_code, name=town_name)
    town.real = real
    town.save(update_fields=["real"])
    return town


@service
def add_org(
    *, actor: Actor, parent: Org | None, kind: str, org_code: str, name: str, seq: int | None = None, **more: Any
) -> Org:
    """One organisation below its parent, at the end of the order unless ``seq`` says otherwise."""
    return add_orgs_many(actor=actor, rows=[{"parent": parent, "kind": kind, "org_code": org_code, "name": name,
                                             "seq": seq, **more}])[0]


@service
def add_orgs_many(*, actor: Actor, rows: list[dict[str, Any]]) -> list[Org]:
    """Many organisations in order; each row has parent (an Org, perhaps made earlier), kind, org_code, name."""
    must(rules.may_shape_orgs(actor))
    made = []
    for index, row in enumerate(rows):
        parent, code = row["parent"], str(row["org_code"]).strip()
        must(rules.may_stand_below(row["kind"], parent.kind if parent else None))
        must(rules.why_not_names(code, str(row["name"]).strip()))
        path = paths.child(parent.path if parent else "", code)
        if Org.objects.filter(path=path).exists():
            raise Refused(f"代码 {code} 已经用了，换一个。", code="duplicate")
        seq = row.get("seq")
        org = Org(
            org_code=code,
            kind=row["kind"],
            name=str(row["name"]).strip(),
            short_name=str(row.get("short_name", "")).strip(),
            parent=parent,
            path=path,
            seq=seq if seq is not None else index + 1,
            phone=row.get("phone", ""),
            address=row.get("address", ""),
            households=row.get("households"),
            residents=row.get("residents"),
            since=row.get("since") or clock.today(),
        )
        org.save()
        record("org.added", actor=actor, subject=org, town=paths.town_of(path), data={"path": path})
        made.append(org)
    return made


@service
def add_below(*, actor: Actor, parent: str, org_code: str, name: str, phone: str = "") -> Org:
    """One organisation of the next storey below the organisation of the public code ``parent``."""
    above = selectors.by_public_code(parent)
    if OrgKind(above.kind) not in BELOW:
        raise Refused("小区下面不再分。")
    last = Org.objects.filter(parent=above).order_by("-seq").values_list("seq", flat=True).first() or 0
    kind = BELOW[OrgKind(above.kind)]
    return add_org(actor=actor, parent=above, kind=kind, org_code=org_code, name=name, seq=last + 1, phone=phone)


@service
def add_pasted(*, actor: Actor, rows: list[dict[str, str]]) -> list[Org]:
    """Rows pasted from a sheet (类型, 上级代码, 代码, 名称, 电话), parents before children; all or none."""
    must(rules.may_shape_orgs(actor))
    known = {org.org_code: org for org in selectors.tree() if org.kind != OrgKind.COUNTY}
    counts: dict[int, int] = {}
    made = []
    for row in rows:
        parent = known.get(row["上级代码"])
        if parent is None:
            raise Refused(f"第 {row['line']} 行：没有代码是 {row['上级代码']} 的上级。")
        counts[parent.pk] = counts.get(parent.pk, Org.objects.filter(parent=parent).count()) + 1
        kind = next(k for k in OrgKind if str(k.label) == row["类型"])
        org = add_org(
            actor=actor, parent=parent, kind=kind, org_code=row["代码"], name=row["名称"],
            seq=counts[parent.pk], phone=row.get("电话", ""),
        )
        known[org.org_code] = org
        made.append(org)
    return made


@service
def change_org(*, actor: Actor, org: Org, version: int, changes: dict[str, Any]) -> Org:
    """Rename or amend; the former name is kept with its last day."""
    must(rules.may_shape_orgs(actor))
    allowed = {"name", "short_name", "phone", "address", "households", "residents", "seq"}
    wanted = {key: value for key, value in changes.items() if key in allowed}
    if "name" in wanted:
        must(rules.why_not_names(org.org_code, str(wanted["name"])))
        if wanted["name"] != org.name:
            OrgPast.objects.create(
                org=org, name=org.name, short_name=org.short_name, path=org.path, until=clock.today()
            )
    save_if_version(org, version=version, changes=wanted, labels=rules.LABELS)
    record("org.changed", actor=actor, subject=org, town=paths.town_of(org.path), data={"fields": sorted(wanted)})
    return org


@service
def name_town(
    *, actor: Actor, town: Org, version: int, name: str, phone: str, address: str, issuer: str, document_word: str
) -> Org:
    """What a town is called and reached by, and what stands on its papers: one deed of the first day."""
    change_org(actor=actor, org=town, version=version, changes={"name": name, "phone": phone, "address": address})
    set_settings_many(actor=actor, town=town, values={"issuer": issuer, "document_word": document_word})
    return town


@service
def move_org(*, actor: Actor, org: Org, to: Org) -> Org:
    """Hang a branch below another parent of the same storey; rows of other areas keep the path of their day."""
    must(rules.may_shape_orgs(actor))
    must(rules.may_stand_below(org.kind, to.kind))
    if paths.covers(org.path, to.path):
        raise Refused("不能移到自己下面。")
    old, new = org.path, paths.child(to.path, org.org_code)
    if Org.objects.filter(path=new).exists():
        raise Refused("那边已经有同样代码的，先改代码。", code="duplicate")
    OrgPast.objects.create(org=org, name=org.name, short_name=org.short_name, path=old, until=clock.today())
    Org.objects.filter(under("path", old)).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    Org.objects.filter(pk=org.pk).update(parent=to, version=F("version") + 1)
    org.refresh_from_db()
    record("org.moved", actor=actor, subject=org, town=paths.town_of(new), data={"from": old, "to": new})
    return org


@service
def close_org(*, actor: Actor, org: Org, on: date | None = None) -> Org:
    """Close from a day on; refused while something open stands below."""
    must(rules.may_shape_orgs(actor))
    if Org.objects.filter(under("path", org.path), until__isnull=True).exclude(pk=org.pk).exists():
        raise Refused("下面还有没关的，先关下面的。")
    org.until = on or clock.today()
    org.save(update_fields=["until"])
    record("org.closed", actor=actor, subject=org, town=paths.town_of(org.path))
    return org


@service
def add_unit(*, actor: Actor, county: Org, unit_code: str, name: str, **more: Any) -> Unit:
    """One unit of the county."""
    return add_units_many(actor=actor, county=county, rows=[{"unit_code": unit_code, "name": name, **more}])[0]


@service
def add_units_many(*, actor: Actor, county: Org, rows: list[dict[str, Any]]) -> list[Unit]:
    """Units in official order; codes are unique in the county."""
    must(rules.may_shape_orgs(actor))
    known = set(Unit.objects.filter(county=county).values_list("unit_code", flat=True))
    last = Unit.objects.filter(county=county).order_by("-seq").values_list("seq", flat=True).first() or 0
    made = []
    for index, row in enumerate(rows, 1):
        code, name = str(row["unit_code"]).strip(), str(row["name"]).strip()
        must(rules.why_not_names(code, name))
        if code in known:
            raise Refused(f"单位代码 {code} 已经用了，换一个。", code="duplicate")
        known.add(code)
        unit = Unit(
            county=county,
            unit_code=code,
            name=name,
            short_name=row.get("short_name", ""),
            other_names=row.get("other_names", []),
            kind=row.get("kind", "organ"),
            party_org_name=row.get("party_org_name", ""),
            party_org_kind=row.get("party_org_kind", "branch"),
            path=paths.unit(county.path, code),
            seq=last + index,
            since=row.get("since") or clock.today(),
        )
        unit.stamp()
        made.append(unit)
    Unit.objects.bulk_create(made, batch_size=200)
    record("units.added", actor=actor, subject=county, data={"count": len(made)})
    return made


@service
def change_unit(*, actor: Actor, unit: Unit, version: int, changes: dict[str, Any]) -> Unit:
    """Amend a unit's names, kind or place in the order; ``until`` closes it."""
    must(rules.may_shape_orgs(actor))
    allowed = {"name", "short_name", "other_names", "kind", "party_org_name", "party_org_kind", "seq", "until"}
    wanted = {key: value for key, value in changes.items() if key in allowed}
    save_if_version(unit, version=version, changes=wanted, labels=rules.LABELS)
    record("unit.changed", actor=actor, subject=unit, data={"fields": sorted(wanted)})
    return unit


@service
def add_party_orgs_many(*, actor: Actor, rows: list[dict[str, Any]]) -> list[PartyOrg]:
    """Community-side Party organisations: org, name, kind, parent (made earlier)."""
    must(rules.may_shape_orgs(actor))
    made = []
    for index, row in enumerate(rows, 1):
        one = PartyOrg(
            name=row["name"], kind=row["kind"], org=row["org"], parent=row.get("parent"), seq=index,
            since=row.get("since") or clock.today(),
        )
        one.save()
        made.append(one)
    record("party_orgs.added", actor=actor, kind="party_org", data={"count": len(made)})
    return made


@service
def add_place(*, actor: Actor, community: Org, name: str, estate: Org | None = None, place_code: str = "") -> Place:
    """What a new QR code stands for; its code is given or chosen (at most four symbols)."""
    if not (actor.is_program or actor.has("sysadmin") or actor.has("clerk", "secretary", path=community.path)):
        raise Refused("二维码由系统管理员或社区专干建。")
    code = place_code
    while not code or Place.objects.filter(place_code=code).exists():
        code = random_code(3)
    made = Place.objects.create(place_code=code, community=community, estate=estate, name=name.strip()[:40])
    town = paths.town_of(community.path)
    record("place.added", actor=actor, kind="place", code=code, town=town, data={"community": community.path})
    return made


@service
def set_setting(*, actor: Actor, town: Org, key: str, value: object) -> Setting:
    """A town's choice; refused when the key is unknown or the value not allowed."""
    return set_settings_many(actor=actor, town=town, values={key: value})[0]


@service
def set_settings_many(*, actor: Actor, town: Org, values: dict[str, Any]) -> list[Setting]:
    """Several choices of a town at once; one that is not allowed stops them all."""
    rows = []
    for key, value in values.items():
        must(rules.may_choose(actor, town.path, key))
        must(rules.why_not_setting(key, value))
        row, _made = Setting.objects.update_or_create(town=town, key=key, defaults={"value": value})
        rows.append(row)
        record("setting.set", actor=actor, subject=town, town=town.path, data={"key": key})
    return rows
