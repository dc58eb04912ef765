"""Tables of needs. Contact has no index of any kind: nothing may gather needs by phone, name or door."""

from django.db import models

from baodao.domain.columns import Contact, PathField, Record
from baodao.domain.needs.states import Category, Grade, NeedState, Source, Step, Tier, Told, Urgency, Weight


class Need(Record):
    """One thing a resident asked. ``number`` is the 8-digit tracking code (7 random + Luhn)."""

    number = models.CharField(max_length=8, unique=True)
    town = PathField()
    community = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="needs")
    community_path = PathField()
    estate = models.ForeignKey("orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place_name = models.CharField(max_length=40, blank=True, help_text="a public place or estate, no door number")
    category = models.CharField(max_length=10, choices=Category.choices, blank=True)
    text = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    weight = models.CharField(max_length=6, choices=Weight.choices, blank=True)
    urgency = models.CharField(max_length=6, choices=Urgency.choices, blank=True)
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.IMPORTANT)
    tier_reason = models.CharField(max_length=60, blank=True)
    wished_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=14, choices=NeedState.choices, default=NeedState.REGISTERED)
    registered_at = models.DateTimeField()
    registered_by = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=120, blank=True)
    public_words = models.CharField(max_length=80, blank=True, help_text="what the board says of it; names nobody")
    told = models.CharField(max_length=10, choices=Told.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    referred_to = models.CharField(max_length=40, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    hurried_at = models.DateTimeField(null=True, blank=True)
    assigned_code = models.CharField(max_length=12, blank=True, help_text="public code of the post or shift")
    assignee = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="who does it"
    )
    secret_hash = models.CharField(max_length=160, blank=True)
    batch = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=10, default="zh-hans", help_text="of the page it was written on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="closed") | (~models.Q(outcome="") & ~models.Q(told="")),
                name="needs_closed_was_told",
            )
        ]
        indexes = [
            models.Index(fields=["community_path", "state", "due_at"], name="needs_board"),
            models.Index(fields=["town", "registered_at"], name="needs_town"),
            models.Index(fields=["state", "closed_at"], name="needs_closing"),
            models.Index(fields=["batch"], name="needs_batch"),
        ]

    def __str__(self) -> str:
        return self.number


class NeedContact(Contact):
    """Name, phone, address detail and wished language of one service, sealed under the need's own data key."""

    need = models.OneToOneField("needs.Need", primary_key=True, on_delete=models.CASCADE, related_name="contact")
    name = models.BinaryField(default=bytes, blank=True)
    phone = models.BinaryField(default=bytes, blank=True)
    place_detail = models.BinaryField(default=bytes, blank=True)
    language = models.BinaryField(default=bytes, blank=True)

    def __str__(self) -> str:
        return f"contact of {self.need_id}"


class NeedEvent(models.Model):
    """A step of a need's public timeline; ``words`` are the resident's additions or the office's answer."""

    need = models.ForeignKey("needs.Need", on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=Step.choices)
    words = models.CharField(max_length=300, blank=True)
    account_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["need", "at"], name="needs_event")]

    def __str__(self) -> str:
        return self.kind


class Slip(models.Model):
    """Code and secret, sealed under a random token of which only the hash is here; opens for 30 minutes."""

    need = models.ForeignKey("needs.Need", on_delete=models.CASCADE, related_name="slips")
    token_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"slip of {self.need_id}"


class NeedRating(models.Model):
    """One grade for one service; its words go after a year."""

    need = models.OneToOneField("needs.Need", on_delete=models.CASCADE, related_name="rating")
    grade = models.CharField(max_length=6, choices=Grade.choices)
    words = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.grade
