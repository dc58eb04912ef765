"""Tables of points: append-only, by chain and by trigger."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.points.states import EntryKind, Preset, RuleSetState


class RuleSet(Record):
    """A town's rules of points from a day on."""

    town = PathField()
    preset = models.CharField(max_length=30, choices=Preset.choices)
    params = models.JSONField(default=dict)
    number = models.PositiveSmallIntegerField(default=1, help_text="规则 v…")
    state = models.CharField(max_length=8, choices=RuleSetState.choices, default=RuleSetState.ACTIVE)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town"], condition=models.Q(state="active"), name="points_one_active"
            )
        ]

    def __str__(self) -> str:
        return f"{self.preset} v{self.number}"


class PointEntry(models.Model):
    """One line of the points ledger. ``tenths`` is the amount in tenths of a point; a reversal names what it reverses."""

    code = models.CharField(max_length=10, unique=True)
    town = PathField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="point_entries")
    record = models.ForeignKey(
        "service.ServiceRecord", null=True, blank=True, on_delete=models.PROTECT, related_name="point_entries"
    )
    rule_set = models.ForeignKey("points.RuleSet", on_delete=models.PROTECT, related_name="entries")
    unit_path = PathField(blank=True)
    community_path = PathField()
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    tenths = models.IntegerField()
    arithmetic = models.JSONField(default=dict, help_text="minutes, rate, cap: what the figure was made of")
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    recorded_by = models.BigIntegerField(null=True, blank=True)
    prev = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "seq"], name="points_chain"),
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(kind="earned"), name="points_record_once"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "month"], name="points_member"),
            models.Index(fields=["community_path", "month"], name="points_community"),
        ]

    def __str__(self) -> str:
        return f"{self.town}#{self.seq}"

    @property
    def points(self) -> float:
        """The amount in points."""
        return self.tenths / 10

    @property
    def was_reversed(self) -> bool:
        """Does another entry take this one back."""
        return hasattr(self, "reversed_by")

    @property
    def words(self) -> str:
        """How the figure came about, as arithmetic one can follow; for a reversal its reason."""
        made_of = self.arithmetic
        if "reason" in made_of:
            return f"冲正：{made_of['reason']}"
        if "minutes" not in made_of:
            return ""
        said = f"{made_of['minutes']} 分钟，一小时 {made_of['rate'] / 10:g} 分 = {made_of['before_cap'] / 10:g} 分"
        return f"{said}，一次最多 {made_of['cap'] / 10:g} 分" if made_of["before_cap"] > made_of["cap"] else said


class PointConfirmation(models.Model):
    """The secretary's confirmation of a member's month, by somebody other than the recorder."""

    town = PathField()
    community_path = PathField()
    month = models.CharField(max_length=7)
    last_seq = models.PositiveBigIntegerField()
    confirmed_by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community_path", "month", "last_seq"], name="points_confirmation")
        ]

    def __str__(self) -> str:
        return f"{self.community_path} {self.month}"
