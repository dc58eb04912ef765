"""A town's first day: tables of names, typed or out of a spreadsheet, become organisations and units with codes.

Whoever fills them knows names, not codes. A line that names what is there already changes nothing, so that the same table
may be sent twice, longer the second time. One line that cannot be read and nothing is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.verdict import Refused
from baodao.domain.audit.services import service
from baodao.domain.columns import under
from baodao.domain.orgs import selectors, services
from baodao.domain.orgs.models import Org, PartyOrg, Unit
from baodao.domain.orgs.states import OrgKind, PartyOrgKind

PLACE_HEADS = {
    "社区": "community", "社区名称": "community", "村": "community", "网格": "grid", "网格名称": "grid", "小区": "estate",
    "小区名称": "estate", "电话": "phone", "社区电话": "phone", "联系电话": "phone", "代码": "code", "社区代码": "code",
    "户数": "households",
}  # fmt: skip
UNIT_HEADS = {
    "单位": "name", "单位名称": "name", "名称": "name", "工作单位": "name", "全称": "name", "简称": "short_name",
    "党组织": "party_org_name", "单位党组织": "party_org_name", "所在党组织": "party_org_name", "代码": "code", "单位代码": "code",
}  # fmt: skip
PARTY_HEADS = {
    "党组织": "name", "党组织名称": "name", "名称": "name", "类型": "kind", "上级": "parent", "上级党组织": "parent", "社区": "place",
    "镇": "place", "所在社区": "place",
}  # fmt: skip
PARTY_ORDER = ("name", "kind", "place", "parent")
PLACE_ORDER = ("community", "grid", "estate", "phone")
UNIT_ORDER = ("name", "short_name", "party_org_name")
NUMBERING = frozenset({"序号", "编号", "号"})


@dataclass(slots=True)
class Table:
    """Rows as dictionaries, each with its line number, and what is wrong with which line."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_table(lines: Sequence[Sequence[str]], heads: dict[str, str], order: Sequence[str]) -> Table:
    """Cells by line; a head row names the columns in any order, without one they stand in ``order``.

    The first column may be empty where it repeats the line above (merged cells).
    """
    found, columns, main = Table(), list(order), order[0]
    above = ""
    for number, raw in enumerate(lines, 1):
        cells = [str(cell).strip() for cell in raw]
        if not any(cells):
            continue
        if sum(cell in heads for cell in cells) >= min(2, sum(bool(cell) for cell in cells)):
            columns = [heads.get(cell, "") for cell in cells]
            continue
        row: dict[str, Any] = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        row[main] = above = row.get(main) or (above if any(row.values()) else "")
        if not row[main]:
            found.problems.append(f"第 {number} 行没有写名称。")
            continue
        if any(len(str(value)) > 60 for value in row.values()):
            found.problems.append(f"第 {number} 行有一格超过 60 个字，看看是不是粘错了。")
            continue
        found.rows.append({"line": number, **row})
    if not found.rows and not found.problems:
        found.problems.append("没有读到内容。")
    return found


def split_lines(text: str) -> list[list[str]]:
    """Typed or pasted text as cells: divided by tabs, else by commas, else by spaces."""
    lines = []
    for line in text.splitlines():
        if "\t" in line:
            lines.append(line.split("\t"))
        else:
            lines.append(line.replace("，", ",").split(",") if "," in line or "，" in line else line.split())
    return lines


@service
def add_places(*, actor: Actor, town: Org, rows: list[dict[str, Any]]) -> list[Org]:
    """Communities, their grids and estates by name; those that are there are left alone. Returns what was made."""
    held = list(Org.objects.filter(selectors.open_on(), under("path", town.path)))
    known = {(org.parent_id, org.name): org for org in held}
    used = {org.path for org in Org.objects.filter(under("path", town.path))}
    made: list[Org] = []

    def below(parent: Org, kind: OrgKind, name: str, stem: str, digits: int, **more: Any) -> Org:
        org = known.get((parent.pk, name))
        if org is None:
            code = more.pop("code", "") or _free(parent.path, stem, digits, used)
            seq = sum(1 for key in known if key[0] == parent.pk) + 1
            org = services.add_org(actor=actor, parent=parent, kind=kind, org_code=code, name=name, seq=seq, **more)
            known[(parent.pk, name)] = org
            used.add(org.path)
            made.append(org)
        return org

    for row in rows:
        try:
            community = below(town, OrgKind.COMMUNITY, row["community"], town.org_code, 2, phone=row.get("phone", ""),
                              code=row.get("code", ""), households=_count(row.get("households", "")))
            grid = below(community, OrgKind.GRID, row["grid"], "G", 1) if row.get("grid") else None
            if row.get("estate"):
                grid = grid or below(community, OrgKind.GRID, "第一网格", "G", 1)
                below(grid, OrgKind.ESTATE, row["estate"], "E", 1)
        except Refused as error:
            raise Refused(f"第 {row['line']} 行：{error.reason}", code=error.code) from None
    return made


@service
def add_units(*, actor: Actor, county: Org, rows: list[dict[str, Any]]) -> list[Unit]:
    """Units by name in the order of the table; those that are there are left alone. Returns what was made."""
    held = {unit.name for unit in Unit.objects.filter(county=county)}
    used = {unit.path for unit in Unit.objects.filter(county=county)}
    wanted = []
    for row in rows:
        if row["name"] in held:
            continue
        held.add(row["name"])
        code = row.get("code") or _free(f"{county.path}{paths.UNITS}/", "U", 3, used)
        used.add(paths.unit(county.path, code) if code.isascii() and code.replace("-", "").isalnum() else code)
        more = {key: row.get(key, "") for key in ("short_name", "party_org_name")}
        wanted.append({"unit_code": code, "name": row["name"], **more})
    return services.add_units_many(actor=actor, county=county, rows=wanted) if wanted else []


@service
def add_party_orgs(*, actor: Actor, rows: list[dict[str, Any]]) -> list[PartyOrg]:
    """Party organisations of communities and towns by name; those that are there are left alone. Returns what was made."""
    places = {org.name: org for org in selectors.tree()} | {org.org_code: org for org in selectors.tree()}
    kinds = {str(kind.label): kind for kind in PartyOrgKind}
    known = {one.name: one for one in PartyOrg.objects.filter(selectors.open_on())}
    made: list[PartyOrg] = []
    for row in rows:
        line, place, above = f"第 {row['line']} 行", places.get(row.get("place", "")), row.get("parent", "")
        if row["name"] in known:
            continue
        if row.get("kind") not in kinds:
            raise Refused(f"{line}：类型写{'、'.join(kinds)}。")
        if place is None:
            raise Refused(f"{line}：没有“{row.get('place', '')}”这个社区或镇。")
        if above and above not in known:
            raise Refused(f"{line}：没有“{above}”这个上级，先写上级。")
        one = {"org": place, "name": row["name"], "kind": kinds[row["kind"]], "parent": known.get(above)}
        made += services.add_party_orgs_many(actor=actor, rows=[one])
        known[row["name"]] = made[-1]
    return made


def _free(parent: str, stem: str, digits: int, used: set[str]) -> str:
    number = 1
    while paths.child(parent, f"{stem}{number:0{digits}d}") in used:
        number += 1
    return f"{stem}{number:0{digits}d}"


def _count(text: str) -> int | None:
    digits = str(text).replace(",", "").removesuffix("户")
    return int(float(digits)) if digits.replace(".", "", 1).isdigit() else None
