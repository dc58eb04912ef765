"""Tables of matching."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.matching.states import DeclineReason, OfferState, PlanState
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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_path", "month"], name="matching_unit_month")]

    def __str__(self) -> str:
        return f"{self.unit_path} {self.month}"
