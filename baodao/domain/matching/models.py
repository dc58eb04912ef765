"""Tables of matching."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.matching.states import DeclineReason, OfferState, PlanState, RunState, StopKind
from baodao.domain.posts.states import AskedHow


class Plan(Record):
    """A draft of one community's month. ``draft`` counts up; the proof's figures are kept as the solver gave them."""

    town = PathField()
    community = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="plans")
    community_path = PathField()
    month = models.CharField(max_length=7)
    draft = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    levels = models.JSONField(default=dict)
    objective = models.BigIntegerField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    gap = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=12, blank=True)
    rung = models.CharField(max_length=12, blank=True)
    seconds = models.FloatField(default=0)
    seed = models.BigIntegerField(default=0)
    problem_digest = models.CharField(max_length=64, blank=True)
    notes = models.JSONField(default=dict, help_text="unfilled shifts with reasons; fixings left out; calendar notes")
    solved_by = models.BigIntegerField(null=True, blank=True)
    approved_by = models.BigIntegerField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community_path", "month", "draft"], name="matching_draft"),
            models.UniqueConstraint(
                fields=["community_path", "month"],
                condition=models.Q(state__in=["draft", "submitted", "approved"]),
                name="matching_one_working",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_path} {self.month} 草案{self.draft}"


class PlanLine(models.Model):
    """A proposed person in a shift; ``locked`` lines stay through a new solve; ``by_hand`` were put by the clerk."""

    plan = models.ForeignKey("matching.Plan", on_delete=models.CASCADE, related_name="lines")
    shift = models.ForeignKey("service.Shift", on_delete=models.PROTECT, related_name="plan_lines")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="plan_lines")
    role = models.CharField(max_length=30, blank=True)
    locked = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "shift", "member"], name="matching_line_once")]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.shift_id}"


class PlanRun(Record):
    """一次安排: one run of the solver over a scope (a community or a town) and month; it remembers nothing about persons.

    ``asked_at``, ``started_at``, ``beat_at`` and ``finished_at`` are times of the machine, not of business: they say
    whether somebody is still working on it. ``tries`` counts how often it was taken up.
    """

    town = PathField()
    path = PathField(help_text="the community or the town that is planned")
    month = models.CharField(max_length=7)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    stop = models.CharField(max_length=4, choices=StopKind.choices, blank=True)
    asked_by = models.BigIntegerField(null=True, blank=True)
    asked_role = models.CharField(max_length=20, blank=True)
    asked_path = PathField(blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    limit = models.FloatField(help_text="seconds it may search")
    seed = models.BigIntegerField(default=0)
    rung = models.CharField(max_length=12, blank=True)
    objective = models.BigIntegerField(null=True, blank=True)
    bound = models.BigIntegerField(null=True, blank=True)
    spent = models.FloatField(default=0, help_text="seconds searched so far")
    plans = models.JSONField(default=list, help_text="public codes of the drafts it stored")
    words = models.CharField(max_length=300, blank=True, help_text="why it stored nothing")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["path", "month"], condition=models.Q(state__in=["queued", "running"]), name="matching_one_run"
            )
        ]
        indexes = [models.Index(fields=["town", "month", "state"], name="matching_run_open")]

    def __str__(self) -> str:
        return f"{self.path} {self.month} {self.state}"

    @property
    def is_open(self) -> bool:
        """Is it waiting or being worked on."""
        return self.state in (RunState.QUEUED, RunState.RUNNING)

    @property
    def gap(self) -> float | None:
        """How far the best plan so far is from the best possible, as a share; None while nothing is known."""
        if self.objective is None or self.bound is None:
            return None
        return float(max(0, self.objective - self.bound) / max(1, abs(self.objective)))


class Offer(Record):
    """邀请: the place is held until answered or lapsed."""

    plan = models.ForeignKey("matching.Plan", null=True, blank=True, on_delete=models.PROTECT, related_name="offers")
    shift = models.ForeignKey("service.Shift", on_delete=models.PROTECT, related_name="offers")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="offers")
    booking = models.OneToOneField(
        "service.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="offer"
    )
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.SENT)
    reason = models.CharField(max_length=8, choices=DeclineReason.choices, blank=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    on_behalf_by = models.BigIntegerField(null=True, blank=True)
    asked_how = models.CharField(max_length=10, choices=AskedHow.choices, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "member"], condition=models.Q(state="sent"), name="matching_one_open_offer"
            )
        ]
        indexes = [
            models.Index(fields=["member", "state"], name="matching_offer_member"),
            models.Index(fields=["state", "expires_at"], name="matching_offer_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ? {self.shift_id}"


class UnitMonth(Record):
    """What a unit said about its month: the list is right, the plan's extract was read. Counts as they stood then."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="months")
    unit_path = PathField()
    month = models.CharField(max_length=7)
    list_at = models.DateTimeField(null=True, blank=True)
    list_by = models.BigIntegerField(null=True, blank=True)
    list_count = models.PositiveIntegerField(default=0)
    plan_at = models.DateTimeField(null=True, blank=True)
    plan_by = models.BigIntegerField(null=True, blank=True)
    plan_count = models.PositiveIntegerField(default=0)
    plan_seen = models.JSONField(default=list, help_text="codes of the accepted places that were seen; never a name")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_path", "month"], name="matching_unit_month")]

    def __str__(self) -> str:
        return f"{self.unit_path} {self.month}"


class Reach(models.Model):
    """Whom a community may ask in a month, laid out for one question: who fits this need best.

    Derived from the ledger and the places held, never edited, rebuilt by the worker: one row for every member and
    community (``skill`` empty) and one more for each speciality offered. ``standing`` is the plan's L4 cost of one more
    service, ``festive`` the same on a holiday; ``slots`` and ``kinds`` are bits of what was said, ``days`` of the days of the
    month that are free. No language is in it (red line 4).
    """

    town = PathField()
    community_path = PathField()
    month = models.CharField(max_length=7)
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="+", db_index=True)
    skill = models.CharField(max_length=30, blank=True)
    certified = models.BooleanField(default=False)
    standing = models.IntegerField()
    festive = models.IntegerField()
    slots = models.IntegerField()
    kinds = models.IntegerField()
    days = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community_path", "month", "skill", "member"], name="matching_reach_once")
        ]
        indexes = [
            models.Index(
                fields=["community_path", "month", "skill", "standing", "member", "slots", "kinds", "days", "certified"],
                name="matching_reach_best",
            ),
            models.Index(
                fields=["community_path", "month", "skill", "festive", "member", "slots", "kinds", "days", "certified"],
                name="matching_reach_festive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} @ {self.community_path} {self.month}"
