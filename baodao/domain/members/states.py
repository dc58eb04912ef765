"""States and choices of the ledger; the words are those printed on the forms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberKind(models.TextChoices):
    """Whose members they are: a unit's, or the community-side organisations' own."""

    IN_SERVICE = "in_service", _("在职")
    COMMUNITY = "community", _("社区")


class MemberState(models.TextChoices):
    """Is the person on the ledger now."""

    ACTIVE = "active", _("在册")
    PAUSED = "paused", _("暂缓")
    LEFT = "left", _("离开")


class EnrolmentState(models.TextChoices):
    """From the slip to the ledger of a community."""

    ISSUED = "issued", _("已开单")
    REPORTED = "reported", _("已报到")
    RECEIPTED = "receipted", _("已回执")
    ENDED = "ended", _("调出")


class PauseReason(models.TextChoices):
    """Why someone rests: a code only, no medical word."""

    REST = "rest", _("本人要求休息")
    POSTED = "posted", _("外派或外出")
    SHIFT_WORK = "shift_work", _("倒班")
    OTHER = "other", _("其他")


class NameForm(models.TextChoices):
    """In which form a member's name may hang on a board."""

    FULL = "full", _("姓名")
    SURNAME = "surname", _("姓+师傅")
    POST = "post", _("只写岗位")


class ImportState(models.TextChoices):
    """A batch from upload to undo."""

    DRAFT = "draft", _("核对中")
    COMMITTED = "committed", _("已导入")
    UNDONE = "undone", _("已撤销")
    DROPPED = "dropped", _("已放弃")


class SkillLevel(models.TextChoices):
    """How well, in the ledger's words."""

    CAN = "can", _("会")
    SKILLED = "skilled", _("熟练")
    CERTIFIED = "certified", _("持证")


MEMBER_TRANSITIONS = {
    MemberState.ACTIVE: frozenset({MemberState.PAUSED, MemberState.LEFT}),
    MemberState.PAUSED: frozenset({MemberState.ACTIVE, MemberState.LEFT}),
    MemberState.LEFT: frozenset({MemberState.ACTIVE}),
}
ENROLMENT_TRANSITIONS = {
    EnrolmentState.ISSUED: frozenset({EnrolmentState.REPORTED, EnrolmentState.ENDED}),
    EnrolmentState.REPORTED: frozenset({EnrolmentState.RECEIPTED, EnrolmentState.ENDED}),
    EnrolmentState.RECEIPTED: frozenset({EnrolmentState.ENDED}),
    EnrolmentState.ENDED: frozenset(),
}
IMPORT_TRANSITIONS = {
    ImportState.DRAFT: frozenset({ImportState.COMMITTED, ImportState.DROPPED}),
    ImportState.COMMITTED: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
    ImportState.DROPPED: frozenset(),
}
