"""Who may make shifts, book, call the roll, confirm; when a second person is needed. Pure decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from baodao.base import paths
from baodao.base.actor import Actor
from baodao.base.text.free import find_ids
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.needs.states import NeedState
from baodao.domain.service.states import Attendance, Finding, ShiftState

KEEPERS = ("clerk", "secretary")
READERS = ("clerk", "secretary", "grid", "town", "townlead")
NEAR = ("clerk", "secretary", "grid")
CAME = frozenset({Attendance.PRESENT, Attendance.LATE})
MARKS = (Attendance.PRESENT, Attendance.LATE, Attendance.LEAVE, Attendance.ABSENT, Attendance.ON_DUTY)
LATE_MINUTES = 240
LATE_PEOPLE = 5
ROLL_OPENS = timedelta(hours=1)
ROLL_STAYS = timedelta(days=3)
MAX_MINUTES = 720
PATROL = "patrol"

LABELS = {
    "start_at": "开始",
    "end_at": "结束",
    "place": "地点",
    "tier": "轻重缓急",
    "min_people": "最少",
    "desired_people": "希望",
    "max_people": "最多",
    "leader": "组长",
}


def may_keep(actor: Actor, community: str) -> Verdict:
    """Shifts and batches are kept by the community's clerk and secretary."""
    if actor.is_program or actor.has(*KEEPERS, path=community):
        return YES
    return no(_("班次由本社区的专干或书记管。"))


def why_not_needs(post: Any, needs: list[Any]) -> Verdict:
    """A shift is made for a need of the same community that is being done."""
    if any(one.community_path != post.community_path for one in needs):
        return no(_("诉求和岗位要在同一个社区。"))
    if any(one.state != NeedState.ASSIGNED for one in needs):
        return no(_("先把这件诉求安排给岗位，再为它加班次。"))
    return YES


def leads(actor: Actor, shift: Any) -> bool:
    """Is the actor the leader named by the shift, or by its post when the shift names none."""
    leader = shift.leader_id or shift.post.leader_id
    return leader is not None and actor.member_id == leader


def works_near(actor: Actor, community: str) -> bool:
    """Is the actor of the community's desk; a grid worker works for the whole community."""
    if actor.has(*KEEPERS, path=community):
        return True
    return community in {paths.community_of(place) for place in actor.paths_of("grid")}


def may_roll(actor: Actor, shift: Any) -> Verdict:
    """The roll is called by the leader or from the community's desk."""
    if actor.is_program or leads(actor, shift) or works_near(actor, shift.community_path):
        return YES
    return no(_("点名由这个班的组长或者社区来点。"))


def when_roll(shift: Any, now: datetime) -> Verdict:
    """From an hour before the start; marks may be changed for three days after the end."""
    if shift.state == ShiftState.CANCELLED:
        return no(_("这个班已经取消。"))
    if shift.state == ShiftState.PLANNED:
        return no(_("这个班还没有开放，先开放再点名。"))
    if now < shift.start_at - ROLL_OPENS:
        return no(_("还没到时间，开始前一小时起可以点名。"))
    if shift.state == ShiftState.DONE and now > shift.end_at + ROLL_STAYS:
        return no(_("结束三天以后不能改点名，用补录。"))
    return YES


def why_not_marks(marks: Iterable[tuple[str, int | None]]) -> Verdict:
    """Marks are known words; minutes lie between 1 and 720."""
    for attendance, minutes in marks:
        if attendance not in MARKS:
            return no(_("点名只有到、迟到、请假、没来、单位值班。"))
        if minutes is not None and not 0 < minutes <= MAX_MINUTES:
            return no(_("时长填 1 到 720 分钟。"))
    return YES


def why_not_findings(kind: str, findings: Iterable[str], words: str = "") -> Verdict:
    """Patrol posts note places from the pick list and nothing else; other posts have no findings."""
    if kind == PATROL and words.strip():
        return no(_("巡逻记录只勾选，不写字。"))
    if kind != PATROL and list(findings):
        return no(_("只有巡逻岗勾选看到的情况。"))
    if set(findings) - set(Finding.values):
        return no(_("看到的情况里有认不出的。"))
    return YES


def supervises(actor: Actor, record: Any) -> bool:
    """Does the post of a record name the actor as the one who confirms: a right of the post, not of a grant."""
    return actor.account_id is not None and record.shift.post.supervisor_account == actor.account_id


def may_reopen(actor: Actor, record: Any) -> Verdict:
    """A slip of the hand is taken back by the community's desk, or by the supervisor who confirmed or refused it."""
    if supervises(actor, record) and actor.member_id != record.member_id:
        return YES
    return may_keep(actor, record.community_path)


def may_confirm(actor: Actor, record: Any) -> Verdict:
    """Confirmed by the post's supervisor or the community's desk; some late additions by another than the recorder."""
    if actor.is_program:
        return YES
    if not (supervises(actor, record) or actor.has(*KEEPERS, path=record.community_path)):
        return no(_("服务记录由岗位负责人或社区专干确认。"))
    if actor.member_id is not None and actor.member_id == record.member_id:
        return no(_("自己的服务由别人确认。"))
    if record.needs_second and record.recorded_by == actor.account_id:
        return no(_("补录超过 4 小时或者超过 5 个人，要另一个人确认。"))
    return YES


def needs_second(minutes: Iterable[int], already: int) -> bool:
    """Late additions over 4 hours for one, or over 5 people in a shift, need a second person."""
    longest, count = 0, already
    for one in minutes:
        longest, count = max(longest, one), count + 1
    return longest > LATE_MINUTES or count > LATE_PEOPLE


def why_not_late(reason: str, minutes: Iterable[int]) -> Verdict:
    """A late addition says why in a sentence without identity numbers, with believable minutes."""
    if not reason.strip():
        return no(_("写一句为什么当时没记。"))
    if len(reason) > 60 or find_ids(reason):
        return no(_("原因最多 60 个字，不写身份证号。"))
    if any(not 0 < one <= MAX_MINUTES for one in minutes):
        return no(_("时长填 1 到 720 分钟。"))
    return YES


def may_free(actor: Actor, booking: Any, by: str, now: datetime) -> Verdict:
    """Hand a place back: the member, the desk for him, the unit for duty (nothing else), the program."""
    if booking.shift.state in (ShiftState.DONE, ShiftState.CANCELLED):
        return no(_("这个班已经结束。"))
    if actor.is_program:
        return YES
    if by == "duty":
        allowed = actor.has("liaison", path=booking.unit_path) or actor.has(*KEEPERS, path=booking.community_path)
        return YES if allowed else no(_("值班由本单位联络员标。"))
    if actor.has(*KEEPERS, path=booking.community_path) or (actor.has("member") and actor.member_id == booking.member_id):
        return YES
    return no(_("让出位置由本人定，或者社区代办。"))
