"""States and choices of needs."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedState(models.TextChoices):
    """From registration to the told outcome."""

    REGISTERED = "registered", _("待受理")
    ACCEPTED = "accepted", _("待安排")
    ASSIGNED = "assigned", _("办理中")
    DONE = "done", _("待回访")
    REFERRED = "referred", _("已转办")
    CLOSED = "closed", _("办结")
    REFUSED = "refused", _("不能办")
    MERGED = "merged", _("已合并")
    WITHDRAWN = "withdrawn", _("不需要了")
    ABOUT_PERSON = "about_person", _("涉及他人，不收")
    SPAM = "spam", _("无效")


TRANSITIONS = {
    NeedState.REGISTERED: frozenset(
        {
            NeedState.ACCEPTED,
            NeedState.REFERRED,
            NeedState.REFUSED,
            NeedState.MERGED,
            NeedState.WITHDRAWN,
            NeedState.ABOUT_PERSON,
            NeedState.SPAM,
        }
    ),
    NeedState.ACCEPTED: frozenset(
        {
            NeedState.REGISTERED,
            NeedState.ASSIGNED,
            NeedState.DONE,
            NeedState.REFERRED,
            NeedState.REFUSED,
            NeedState.MERGED,
            NeedState.WITHDRAWN,
            NeedState.ABOUT_PERSON,
        }
    ),
    NeedState.ASSIGNED: frozenset(
        {NeedState.ACCEPTED, NeedState.DONE, NeedState.REFERRED, NeedState.REFUSED, NeedState.WITHDRAWN}
    ),
    NeedState.DONE: frozenset({NeedState.CLOSED, NeedState.ASSIGNED}),
    NeedState.REFERRED: frozenset({NeedState.DONE, NeedState.ACCEPTED, NeedState.CLOSED}),
    NeedState.CLOSED: frozenset({NeedState.ASSIGNED}),
    NeedState.REFUSED: frozenset({NeedState.ACCEPTED}),
    NeedState.MERGED: frozenset({NeedState.REGISTERED}),
    NeedState.WITHDRAWN: frozenset(),
    NeedState.ABOUT_PERSON: frozenset(),
    NeedState.SPAM: frozenset({NeedState.REGISTERED}),
}
OPEN = frozenset(
    {NeedState.REGISTERED, NeedState.ACCEPTED, NeedState.ASSIGNED, NeedState.DONE, NeedState.REFERRED}
)


# where a step made by mistake goes back to; an outcome that was told is reopened instead
TAKES_BACK = {
    NeedState.ACCEPTED: NeedState.REGISTERED,
    NeedState.ASSIGNED: NeedState.ACCEPTED,
    NeedState.DONE: NeedState.ASSIGNED,
    NeedState.REFERRED: NeedState.ACCEPTED,
    NeedState.REFUSED: NeedState.ACCEPTED,
    NeedState.MERGED: NeedState.REGISTERED,
    NeedState.SPAM: NeedState.REGISTERED,
}


class Step(models.TextChoices):
    """A step of the timeline, in the asker's words."""

    REGISTERED = "registered", _("已收到")
    ACCEPTED = "accepted", _("已受理")
    ASSIGNED = "assigned", _("已安排")
    DONE = "done", _("已办，等您回话")
    TOLD = "told", _("结果已告知")
    REFERRED = "referred", _("已转给别处办")
    REFUSED = "refused", _("这里办不了")
    MERGED = "merged", _("和别的一件并在一起办")
    WITHDRAWN = "withdrawn", _("您说不需要了")
    REOPENED = "reopened", _("没解决，接着办")
    ADDED = "added", _("您补充了")
    HURRIED = "hurried", _("您催了一次")
    RATED = "rated", _("您评价了")
    TAKEN_BACK = "taken_back", _("上一步撤回了")
    CONTACT_DELETED = "contact_deleted", _("联系方式已删除")
    SLIP = "slip", _("换了新密码")


class Category(models.TextChoices):
    """What it is about; the asker may leave it open."""

    SAFETY = "safety", _("巡逻安全")
    HOME = "home", _("家里帮忙")
    POLICY = "policy", _("政策")
    JOBS = "jobs", _("就业")
    LANGUAGE = "language", _("学语言")
    FACILITY = "facility", _("公共设施")
    OTHER = "other", _("其他")


class Source(models.TextChoices):
    """Through which door a need came."""

    QR = "qr", _("扫码")
    COUNTER = "counter", _("窗口")
    PHONE = "phone", _("电话")
    DOOR = "door", _("上门")
    IMPORT = "import", _("导入")


class Weight(models.TextChoices):
    """轻重."""

    HEAVY = "heavy", _("重")
    LIGHT = "light", _("轻")


class Urgency(models.TextChoices):
    """缓急."""

    URGENT = "urgent", _("急")
    SLOW = "slow", _("缓")


class Tier(models.TextChoices):
    """How soon: the order in which needs are due and shifts are filled."""

    URGENT = "urgent", _("急")
    IMPORTANT = "important", _("重")
    ORDINARY = "ordinary", _("轻")
    CAN_WAIT = "can_wait", _("缓")


class Told(models.TextChoices):
    """How the resident was told the outcome."""

    PHONE = "phone", _("电话告知")
    SLIP = "slip", _("纸条告知")
    IN_PERSON = "in_person", _("当面告知")
    PAGE = "page", _("查进度可见，未留联系方式")


class Grade(models.TextChoices):
    """A resident's word about a service, never about a person."""

    GOOD = "good", _("满意")
    FAIR = "fair", _("一般")
    POOR = "poor", _("不满意")


# what the tracking page says of a state: word, tone and icon (a state is never shown by colour alone)
PUBLIC_WORDS: dict[str, tuple[object, str, str]] = {
    NeedState.REGISTERED: (_("已收到"), "info", "clock"),
    NeedState.ACCEPTED: (_("已受理，正在安排"), "info", "clock"),
    NeedState.ASSIGNED: (_("正在办"), "info", "clock"),
    NeedState.DONE: (_("已办，等您回话"), "ok", "check"),
    NeedState.REFERRED: (_("已转给别处办"), "info", "clock"),
    NeedState.CLOSED: (_("已办结"), "ok", "check"),
    NeedState.REFUSED: (_("这里办不了"), "warn", "info"),
    NeedState.MERGED: (_("和别的一件并在一起办"), "info", "clock"),
    NeedState.WITHDRAWN: (_("您说不需要了"), "mute", "x"),
    NeedState.ABOUT_PERSON: (_("没有收下"), "mute", "x"),
    NeedState.SPAM: (_("没有收下"), "mute", "x"),
}


def public_state(need: Any) -> dict[str, object]:
    """How the tracking page names where a need stands."""
    words, tone, icon = PUBLIC_WORDS[need.state]
    return {"words": words, "tone": tone, "icon": icon, "open": need.state in OPEN or need.state == NeedState.MERGED}
