"""积分台账 (domain.md §2.11): every entry of a community's month with what it was made of, never in the order of points."""

from __future__ import annotations

from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.papers.sheet.writer import Field, Form, as_form
from baodao.domain.orgs import selectors as orgs
from baodao.domain.points import selectors
from baodao.domain.points.models import PointConfirmation, PointEntry
from baodao.domain.points.states import EntryKind

FIELDS = [
    Field("seq", "流水号", 8), Field("date", "日期", 12), Field("name", "姓名", 15), Field("unit", "单位", 16),
    Field("rule", "规则", 16), Field("record", "依据（服务记录号）", 14, is_code=True), Field("post", "岗位", 14),
    Field("minutes", "分钟", 7), Field("rate", "每小时分值", 9), Field("cut", "封顶前", 8),
    Field("points", "得分", 8, is_total=True), Field("so_far", "本人本年累计", 11), Field("state", "状态", 10),
    Field("note", "备注", 16),
]  # fmt: skip


def points_ledger(actor: Actor, path: str, month: str) -> bytes:
    """The entries of a month under a community (or town), in order of entry; a reversal stands as its own line."""
    value = Month.parse(month)
    rows = list(selectors.month_ledger(actor, path, month))
    held = _confirmed(path, month)
    units = {unit.path: unit.short_name or unit.name for unit in orgs.units(paths.county_of(path))}
    before = selectors.sums_before(actor, {row.member_id for row in rows}, month)
    form = Form(f"{orgs.by_path(path).name}{value.label}积分台账", orgs.by_path(path).name, clock.today(),
                "按流水号排，不排名次。错了不涂改，用冲正。", ("记录", "确认（社区书记）"))
    lines = []
    for row in rows:
        before[row.member_id] = before.get(row.member_id, 0) + row.tenths
        lines.append(_row(row, units, before[row.member_id], row.seq <= held.get(row.community_path, 0)))
    return as_form(FIELDS, lines, form)


def _confirmed(path: str, month: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in PointConfirmation.objects.filter(community_path__startswith=path, month=month):
        found[row.community_path] = max(found.get(row.community_path, 0), row.last_seq)
    return found


def _row(entry: PointEntry, units: dict[str, str], so_far: int, confirmed: bool) -> dict[str, Any]:
    made_of = entry.arithmetic
    reversal = entry.kind == EntryKind.REVERSED
    state = "冲正" if reversal else "已冲正" if entry.was_reversed else "已确认" if confirmed else "待确认"
    return {
        "seq": entry.seq,
        "date": entry.record.date if entry.record else entry.at,
        "name": entry.member.name,
        "unit": units.get(entry.unit_path, "社区党员"),
        "rule": f"v{entry.rule_set.number} {entry.rule_set.get_preset_display()}",
        "record": entry.record.code if entry.record else "",
        "post": entry.record.shift.post.name if entry.record else "",
        "minutes": made_of.get("minutes", ""),
        "rate": made_of["rate"] / 10 if "rate" in made_of else "",
        "cut": made_of["before_cap"] / 10 if made_of.get("before_cap", 0) > made_of.get("cap", 0) else "",
        "points": entry.tenths / 10,
        "so_far": so_far / 10,
        "state": state,
        "note": made_of.get("reason", ""),
    }
