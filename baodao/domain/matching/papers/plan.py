"""月度服务活动计划 (domain.md §2.9): what is to be done when, how many are needed; no person is named in it.

Names stand in a unit's extract, and only those who accepted. Part two counts the needs behind the plan.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.days.service_days import weekday_label
from baodao.base.papers.sheet.writer import Field, Form, as_form
from baodao.base.papers.word import Paper
from baodao.domain.calendar import selectors as calendar
from baodao.domain.columns import under
from baodao.domain.matching import selectors as matching
from baodao.domain.matching.facts import READER
from baodao.domain.members import skills
from baodao.domain.needs import selectors as needs
from baodao.domain.needs.states import OPEN, Category, Tier
from baodao.domain.orgs import selectors as orgs
from baodao.domain.service import selectors as service
from baodao.domain.service.states import ShiftState

FIELDS = [
    Field("seq", "序号", 5), Field("day", "日期", 13), Field("hours", "时段", 13), Field("community", "社区", 11),
    Field("post", "服务事项或岗位", 16), Field("kind", "类别", 10), Field("place", "地点", 16),
    Field("wanted", "需要人数", 8, is_total=True), Field("filled", "已有", 6, is_total=True), Field("wish", "资质和特长", 13),
    Field("phone", "联系电话", 14, is_code=True), Field("note", "备注", 14),
]  # fmt: skip
_WIDTHS = (11, 30, 28, 22, 34, 22, 34, 14, 12, 26, 28)
_ANSWER_DAYS = 5


def monthly_plan_xlsx(actor: Actor, path: str, month: str) -> bytes:
    """The plan as a sheet."""
    return as_form(FIELDS, _rows(actor, path, month), _form(path, month))


def monthly_plan_docx(actor: Actor, path: str, month: str) -> bytes:
    """The plan as Word, with the needs behind it and the receipt to be cut off."""
    value, form, rows = Month.parse(month), _form(path, month), _rows(actor, path, month)
    paper = Paper(landscape=True, title=form.title)
    paper.title(form.title, size=18)
    paper.line(_head(actor, path, month), size=10.5, height=22)
    if form.note:
        paper.line(form.note, size=10.5, height=20)
    keys = [field for field in FIELDS if field.key != "note"]
    table = [[str(row[field.key] if row[field.key] is not None else "") for field in keys] for row in rows]
    paper.heading("一、班次")
    paper.table([field.heading for field in keys], table, [w * 261 / sum(_WIDTHS) for w in _WIDTHS], size=9.5)
    paper.heading("二、本月诉求概况")
    for words in _needs(path):
        paper.line(words, size=11, indent=2, height=20)
    paper.heading("三、回执")
    paper.line(f"请在 {_day(_answer_by(value))} 前反馈。值班、外出的说一声就行，不影响任何人。", size=11, indent=2, height=22)
    paper.table(["单位", "知道了", "能来的人数", "联络员", "电话", "日期"], [["", "", "", "", "", ""]], [62, 24, 32, 48, 55, 40],
                size=11, height=11)
    return paper.content()


def _answer_by(month: Month) -> date:
    return max(clock.today() + timedelta(days=_ANSWER_DAYS), month.first - timedelta(days=3))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _form(path: str, month: str) -> Form:
    place, value = orgs.by_path(path).name, Month.parse(month)
    note = str(calendar.month_note(month, paths.county_of(path)))
    return Form(f"{place}{value.label}服务活动计划", place, clock.today(), note, ("制表", "社区党组织书记", "镇党委组织委员"))


def _head(actor: Actor, path: str, month: str) -> str:
    plan = matching.plan_of(path, month) if paths.community_of(path) else None
    number = f"计划编号：{plan.code}　　" if plan else ""
    approved = f"批准：{plan.approved_at.astimezone(clock.ZONE):%Y-%m-%d}　　" if plan and plan.approved_at else ""
    return f"{number}报送：镇党委　　抄送：各有关单位党组织　　{approved}制表日期：{clock.today():%Y-%m-%d}"


def _rows(actor: Actor, path: str, month: str) -> list[dict[str, Any]]:
    seen = service.visible(actor).values("pk")
    shifts = service.month_of(path, month).filter(pk__in=seen).exclude(state=ShiftState.CANCELLED)
    places = {org.path: org for org in orgs.communities(path)}
    return [_row(number, shift, places.get(shift.community_path)) for number, shift in enumerate(shifts, 1)]


def _row(number: int, shift: Any, community: Any) -> dict[str, Any]:
    post = shift.post
    start, end = shift.start_at.astimezone(clock.ZONE), shift.end_at.astimezone(clock.ZONE)
    wish = [skills.label(post.skill) if post.skill else "", post.certificate]
    return {
        "seq": number,
        "day": f"{shift.date:%m-%d} {weekday_label(shift.date)}",
        "hours": f"{start:%H:%M}–{end:%H:%M}",
        "community": (community.short_name or community.name) if community else "",
        "post": post.name,
        "kind": post.get_kind_display(),
        "place": "远程" if post.remote else (shift.place or post.place),
        "wanted": shift.desired_people,
        "filled": shift.taken,
        "wish": "、".join(word for word in wish if word),
        "phone": community.phone if community else "",
        "note": shift.batch.name if shift.batch_id else ("两人同行" if post.two_person else ""),
    }


def _needs(path: str) -> list[str]:
    waiting = needs.visible(READER).filter(under("community_path", path), state__in=OPEN)
    counts = Counter(waiting.values_list("category", flat=True))
    urgent = waiting.filter(tier=Tier.URGENT).count()
    kinds = "，".join(f"{Category(key).label if key else '没选类别'} {n} 件" for key, n in counts.most_common())
    if not counts:
        return ["现在没有等着办的诉求。"]
    return [f"等着办的诉求 {sum(counts.values())} 件：{kinds}。", f"其中急的 {urgent} 件。" if urgent else "没有急的。"]
