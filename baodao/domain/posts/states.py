"""States and choices of posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PostKind(models.TextChoices):
    """The seed's six kinds, then the others."""

    PATROL = "patrol", _("治安巡逻")
    VOLUNTEER = "volunteer", _("志愿服务")
    HOME_SERVICE = "home_service", _("家政服务")
    POLICY = "policy", _("政策宣传")
    BILINGUAL = "bilingual", _("双语培训")
    EMPLOYMENT = "employment", _("就业引导")
    LEGAL = "legal", _("法律咨询")
    MEDICAL = "medical", _("医疗健康")
    PSYCHOLOGY = "psychology", _("心理支持")
    CULTURE = "culture", _("文体活动")
    REMOTE = "remote", _("远程服务")
    EMERGENCY = "emergency", _("应急备勤")
    OPEN_DAY = "open_day", _("公开日")


class Hazard(models.TextChoices):
    """How risky; medium and high need insurance named."""

    NONE = "none", _("无")
    LOW = "low", _("低")
    MEDIUM = "medium", _("中")
    HIGH = "high", _("高")


class PostState(models.TextChoices):
    """Is the post offered."""

    DRAFT = "draft", _("草稿")
    OPEN = "open", _("开放")
    PAUSED = "paused", _("暂停")
    CLOSED = "closed", _("已结束")


class ClaimState(models.TextChoices):
    """Who holds a post."""

    ASKED = "asked", _("待确认")
    HELD = "held", _("已认领")
    ENDED = "ended", _("已退出")


class CommitmentState(models.TextChoices):
    """提诺 → 审诺 → 公示 → 践诺 → 评诺."""

    DRAFTED = "drafted", _("草稿")
    SUBMITTED = "submitted", _("待审")
    RETURNED = "returned", _("退回修改")
    SHOWN = "shown", _("公示中")
    KEPT = "kept", _("已完成")
    ADJUSTED = "adjusted", _("已调整")
    WITHDRAWN = "withdrawn", _("已撤回")


class AskedHow(models.TextChoices):
    """How a member asked the clerk to act for them."""

    IN_PERSON = "in_person", _("当面")
    PHONE = "phone", _("电话")
    PAPER = "paper", _("纸质")
    CHAIN = "chain", _("接龙")


class FixingState(models.TextChoices):
    """A fixed time counts only when the member accepted it."""

    OFFERED = "offered", _("待本人同意")
    ACCEPTED = "accepted", _("已固定")
    ENDED = "ended", _("已结束")


POST_TRANSITIONS = {
    PostState.DRAFT: frozenset({PostState.OPEN, PostState.CLOSED}),
    PostState.OPEN: frozenset({PostState.PAUSED, PostState.CLOSED}),
    PostState.PAUSED: frozenset({PostState.OPEN, PostState.CLOSED}),
    PostState.CLOSED: frozenset({PostState.OPEN}),
}
CLAIM_TRANSITIONS = {
    ClaimState.ASKED: frozenset({ClaimState.HELD, ClaimState.ENDED}),
    ClaimState.HELD: frozenset({ClaimState.ENDED}),
    ClaimState.ENDED: frozenset(),
}
COMMITMENT_TRANSITIONS = {
    CommitmentState.DRAFTED: frozenset({CommitmentState.SUBMITTED, CommitmentState.WITHDRAWN}),
    CommitmentState.SUBMITTED: frozenset(
        {CommitmentState.RETURNED, CommitmentState.SHOWN, CommitmentState.WITHDRAWN}
    ),
    CommitmentState.RETURNED: frozenset({CommitmentState.SUBMITTED, CommitmentState.WITHDRAWN}),
    CommitmentState.SHOWN: frozenset(
        {CommitmentState.KEPT, CommitmentState.ADJUSTED, CommitmentState.WITHDRAWN}
    ),
    CommitmentState.KEPT: frozenset(),
    CommitmentState.ADJUSTED: frozenset({CommitmentState.KEPT, CommitmentState.WITHDRAWN}),
    CommitmentState.WITHDRAWN: frozenset(),
}
FIXING_TRANSITIONS = {
    FixingState.OFFERED: frozenset({FixingState.ACCEPTED, FixingState.ENDED}),
    FixingState.ACCEPTED: frozenset({FixingState.ENDED}),
    FixingState.ENDED: frozenset(),
}
