"""States of plans, of the runs that make them, and of offers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """From the solver to the members."""

    DRAFT = "draft", _("草案")
    SUBMITTED = "submitted", _("待书记审批")
    APPROVED = "approved", _("已批准")
    PUBLISHED = "published", _("已发出")
    DROPPED = "dropped", _("已作废")


class RunState(models.TextChoices):
    """A run of the solver, from the press of the button to its end."""

    QUEUED = "queued", _("排队等着")
    RUNNING = "running", _("正在排")
    DONE = "done", _("排好了")
    CANCELLED = "cancelled", _("停下了")
    FAILED = "failed", _("没排成")


class StopKind(models.TextChoices):
    """How a run is stopped before its time: with the best plan so far, or with none."""

    KEEP = "keep", _("用现在这份")
    DROP = "drop", _("不排了")


class OfferState(models.TextChoices):
    """An offer's answer; silence is neutral."""

    SENT = "sent", _("已发")
    ACCEPTED = "accepted", _("接受")
    DECLINED = "declined", _("谢绝")
    LAPSED = "lapsed", _("到期未答")
    FREED = "freed", _("单位值班")
    WITHDRAWN = "withdrawn", _("已撤回")


class DeclineReason(models.TextChoices):
    """A reason may be given; none is asked."""

    BUSY = "busy", _("那天有事")
    FAR = "far", _("太远")
    NOT_FIT = "not_fit", _("不太合适")
    OTHER = "other", _("别的原因")


#: Plans that are being worked on: at most one a community and month.
WORKING = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED)
#: From the solver's draft to the answers; a dropped draft may be taken up again (undo of a new solve).
PLAN_TRANSITIONS = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED, PlanState.DROPPED}),
    PlanState.SUBMITTED: frozenset({PlanState.DRAFT, PlanState.APPROVED, PlanState.DROPPED}),
    PlanState.APPROVED: frozenset({PlanState.PUBLISHED, PlanState.DRAFT}),
    PlanState.PUBLISHED: frozenset(),
    PlanState.DROPPED: frozenset({PlanState.DRAFT}),
}
#: Runs that are not over: at most one a scope and month.
OPEN_RUNS = (RunState.QUEUED, RunState.RUNNING)
#: A run whose worker died is queued again.
RUN_TRANSITIONS = {
    RunState.QUEUED: frozenset({RunState.RUNNING, RunState.CANCELLED, RunState.FAILED}),
    RunState.RUNNING: frozenset({RunState.DONE, RunState.CANCELLED, RunState.FAILED, RunState.QUEUED}),
    RunState.DONE: frozenset(),
    RunState.CANCELLED: frozenset(),
    RunState.FAILED: frozenset(),
}
OFFER_TRANSITIONS = {
    OfferState.SENT: frozenset(
        {
            OfferState.ACCEPTED,
            OfferState.DECLINED,
            OfferState.LAPSED,
            OfferState.FREED,
            OfferState.WITHDRAWN,
        }
    ),
    OfferState.ACCEPTED: frozenset({OfferState.FREED, OfferState.DECLINED}),
    OfferState.DECLINED: frozenset({OfferState.WITHDRAWN}),
    OfferState.LAPSED: frozenset(),
    OfferState.FREED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
}
