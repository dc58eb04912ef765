"""单位摘录: a unit's own part of the month's plan: members who accepted, and the places still open near them.

Nobody who was asked and has not accepted is in it, and no refusal (red line 7).
"""

from __future__ import annotations

from datetime import date, datetime

from baodao.base.days import clock
from baodao.base.days.months import Month
from baodao.base.days.service_days import weekday_label
from baodao.base.papers.word import Paper
from baodao.domain.matching.extract import extract

_OPEN_SHOWN = 40


def unit_extract_docx(unit_path: str, month: str) -> bytes:
    """The extract as Word: a letter between equals, two tables, a receipt to cut off."""
    found, value = extract(unit_path, month), Month.parse(month)
    paper = Paper(title=f"{found.unit.name}{value.label}服务安排")
    paper.title(f"{value.label}党员到社区服务安排", size=18)
    paper.line(f"{found.unit.party_org_name or found.unit.name}：", height=26)
    paper.line(f"你单位党员本月已经答应的服务有 {len(found.lines)} 个班次，请在工作安排上给予方便。", indent=2, height=22)
    if found.note:
        paper.line(found.note, size=10.5, indent=2, height=20)
    paper.heading("一、已经答应的")
    if found.lines:
        rows = [[_day(one.date), _hours(one.start, one.end), one.name, one.community, one.post, one.place, one.phone]
                for one in found.lines]
        paper.table(["日期", "时间", "姓名", "社区", "岗位", "地点", "社区电话"], rows, [27, 24, 30, 22, 26, 18, 27], size=10, height=8)
    else:
        paper.line("还没有。", indent=2, height=22)
    paper.heading("二、还空着的，谁愿意都可以")
    if found.open:
        rows = [[_day(one.date), _hours(one.start, one.end), one.community, one.post, one.place, str(one.free)]
                for one in found.open[:_OPEN_SHOWN]]
        paper.table(["日期", "时间", "社区", "岗位", "地点", "还缺"], rows, [28, 26, 28, 40, 36, 16], size=10, height=8)
        if len(found.open) > _OPEN_SHOWN:
            paper.line(f"另有 {len(found.open) - _OPEN_SHOWN} 个班次，问社区或在网页上看。", size=10.5, indent=2, height=20)
    else:
        paper.line("附近的班次都有人了。", indent=2, height=22)
    paper.heading("三、回执")
    paper.line("哪位党员那天值班，写在下面，班次就让出来，不影响任何人。名单有变化也写上。", size=10.5, indent=2, height=22)
    paper.table(["知道了", "那天值班的（姓名、日期）", "联络员", "日期"], [["", "", "", ""]], [22, 92, 30, 30], size=11, height=16)
    day = clock.today()
    paper.line(f"{day.year}年{day.month}月{day.day}日", align="right", height=28)
    return paper.content()


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日 {weekday_label(day)}"


def _hours(start: datetime, end: datetime) -> str:
    return f"{start.astimezone(clock.ZONE):%H:%M}–{end.astimezone(clock.ZONE):%H:%M}"
