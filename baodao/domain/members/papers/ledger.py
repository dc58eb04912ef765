"""党员台账 as paper: A4 landscape, the columns that are known (domain.md §2.1), never languages (red line 4).

It carries telephone numbers, so that it can be imported again; a person who takes it is written down.
"""

from __future__ import annotations

from typing import Any

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.days import clock, offered
from baodao.base.papers.sheet.writer import Field, Form, Value, as_data, as_form
from baodao.base.text.strokes import NOTES, Convention
from baodao.domain.audit.services import looked
from baodao.domain.columns import under
from baodao.domain.members import contacts, selectors, skills
from baodao.domain.members.models import Employment, Enrolment, Member
from baodao.domain.members.reading import wishes_label
from baodao.domain.members.states import MemberKind, MemberState, SkillLevel
from baodao.domain.orgs import selectors as orgs

FIELDS = [
    Field("seq", "序号", 5),
    Field("name", "姓名", 15),
    Field("kind", "类别", 6),
    Field("unit", "工作单位", 16),
    Field("party_org", "所在党组织", 16),
    Field("job_title", "职务", 10),
    Field("phone", "联系电话", 13, is_code=True),
    Field("home_community", "居住社区", 11),
    Field("estate", "小区", 11),
    Field("community", "报到社区", 11),
    Field("skills", "特长", 13),
    Field("wishes", "服务意向", 13),
    Field("availability", "可服务时间", 13),
    Field("reported_on", "报到时间", 11),
    Field("team", "编入队伍", 11),
    Field("note", "备注", 10),
]


def ledger(actor: Actor, path: str, *, unit: str = "") -> bytes:
    """The ledger of everybody enrolled under ``path`` (a town or community), of one unit's members if one is given."""
    order: Convention = "name" if orgs.setting(paths.town_of(path), "name_order") == "name" else "surname"
    people = _people(actor, path, unit, order)
    if actor.account_id is not None:
        looked(actor=actor, subject="ledger", code=(unit or path)[-40:], field="phone", reason="打印或导出台账")
    kinds = [member.kind for member in people]
    count = f"共 {len(kinds)} 人：在职 {kinds.count(MemberKind.IN_SERVICE)} 人，社区 {kinds.count(MemberKind.COMMUNITY)} 人。"
    place = orgs.unit_at(unit).name if unit else orgs.by_path(path).name
    form = Form(f"{place}在职党员到社区报到服务台账", place, clock.today(), f"{count}{NOTES[order]}", ("制表", "审核", "单位党组织（盖章）"))
    return as_form(FIELDS, (_row(number, member) for number, member in enumerate(people, 1)), form)


def ledger_data(actor: Actor, path: str, *, unit: str = "") -> bytes:
    """The same people and columns as a flat sheet for machines; never languages."""
    people = _people(actor, path, unit, "surname")
    if actor.account_id is not None:
        looked(actor=actor, subject="ledger", code=(unit or path)[-40:], field="phone", reason="打印或导出台账")
    return as_data(FIELDS, (_row(number, member) for number, member in enumerate(people, 1)), "台账")


def _people(actor: Actor, path: str, unit: str, order: str) -> list[Member]:
    on = clock.today()
    found = selectors.visible(actor).exclude(state=MemberState.LEFT)
    enrolled = Enrolment.objects.filter(selectors.current(on), under("community_path", path))
    found = found.filter(pk__in=enrolled.values("member_id"))
    if unit:
        employed = Employment.objects.filter(selectors.current(on), under("unit__path", unit))
        found = found.filter(pk__in=employed.values("member_id"))
    found = found.select_related("contact", "party_org").prefetch_related(*selectors.loads(on))
    return list(found.order_by("sort_name" if order == "name" else "sort_surname", "pk"))


def _row(number: int, member: Member) -> dict[str, Value]:
    enrolled, works_at = selectors.enrolment_of(member), selectors.unit_of(member)
    return {
        "seq": number,
        "name": member.name,
        "kind": str(MemberKind(member.kind).label),
        "unit": works_at.name if works_at else "",
        "party_org": member.party_org_name or (member.party_org.name if member.party_org else ""),
        "job_title": member.job_title,
        "phone": contacts.opened(getattr(member, "contact", None)),
        **_place(enrolled),
        "skills": skills_label(member),
        "wishes": wishes_label(member.wishes),
        "availability": offered.label(member.slots) or member.time_note,
        "note": member.note,
    }


def _place(enrolled: Any) -> dict[str, Value]:
    if enrolled is None:
        return {}
    return {
        "home_community": enrolled.home_community,
        "estate": enrolled.estate.name if enrolled.estate else "",
        "community": enrolled.community.name,
        "reported_on": enrolled.reported_on,
        "team": enrolled.team_name,
    }


def skills_label(member: Member) -> str:
    """A member's specialities as words: the tree's labels, and what was written where the tree has none."""
    return "、".join(_skill(row) for row in member.skills.all())


def _skill(row: Any) -> str:
    if not row.skill:
        return str(row.words)
    level = f"（{row.get_level_display()}）" if row.level != SkillLevel.CAN else ""
    return f"{skills.label(row.skill)}{level}"
