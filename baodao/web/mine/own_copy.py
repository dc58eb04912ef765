"""Everything this program keeps about a member, gathered for the member alone."""

from __future__ import annotations

from typing import Any

from baodao.base.actor import Actor
from baodao.base.days import offered
from baodao.domain.members import selectors as members
from baodao.domain.members import services as ledger
from baodao.domain.members.looks import looks
from baodao.domain.members.reading import languages_label
from baodao.domain.members.skills import label
from baodao.domain.points import selectors as points
from baodao.domain.posts import selectors as posts
from baodao.domain.service import selectors as service


def collect(actor: Actor) -> dict[str, Any]:
    """Ledger, places, services, promises, points, looks: as words and dates, for reading and for taking along."""
    member = members.myself(actor)
    enrolled, unit = members.enrolment_of(member), members.unit_of(member)
    records = service.visible_records(actor).select_related("shift__post")
    entries = points.visible(actor).filter(member_id=member.pk)
    return {
        "姓名": member.name,
        "类别": member.get_kind_display(),
        "电话": ledger.show_phone(actor=actor, member=member, reason="本人"),
        "单位": unit.name if unit else "",
        "报到社区": enrolled.community.name if enrolled else "",
        "报到时间": enrolled.reported_on if enrolled else None,
        "特长": [label(row.skill) or row.words for row in member.skills.all()],
        "语言": languages_label(members.languages_of(member)),
        "有空时间": offered.label(member.slots),
        "每月最多": member.max_per_month,
        "宣传栏上的名字": member.get_name_form_display(),
        "来不了的日子": [f"{row.first}–{row.last}" for row in member.blocked_days.all()],
        "承诺": [
            {"岗位": row.post.name, "做到什么": row.goal, "什么时候": row.when, "做到多好": row.quality,
             "状态": row.get_state_display()}
            for row in posts.commitments_visible(actor)
        ],
        "班次": [
            {"日期": row.date, "岗位": row.shift.post.name, "状态": row.get_state_display()}
            for row in service.visible_bookings(actor)
        ],
        "服务": [
            {"日期": row.date, "岗位": row.shift.post.name, "分钟": row.minutes, "依据": row.get_evidence_display(),
             "状态": row.get_state_display()}
            for row in records
        ],
        "积分": [{"月份": row.month, "分": row.tenths / 10, "算法": row.arithmetic} for row in entries],
        "谁看过我的电话和有我的名单": [
            {"时间": look["at"], "谁": look["role"], "原因": look["reason"]} for look in looks(member)
        ],
    }
