"""Tables of posts, commitments, teams, pairings and fixings."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.posts.states import (
    AskedHow,
    ClaimState,
    CommitmentState,
    FixingState,
    Hazard,
    PostKind,
    PostState,
)


class OnBehalf(models.Model):
    """代办: the clerk acted because the member asked; who, how and when is kept, and the member may undo it for 7 days."""

    on_behalf_by = models.BigIntegerField(null=True, blank=True)
    asked_how = models.CharField(max_length=10, choices=AskedHow.choices, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_on_behalf(self) -> bool:
        """Was this done by the clerk for the member."""
        return self.on_behalf_by is not None or bool(self.asked_how)


class Post(Record):
    """A post of a community. ``pattern`` is its repeat: [{"day": "5", "start": "20:30", "end": "22:00"}]; ``day`` is a
    weekday 0–6 or one of workday, rest, holiday (see ``posts.patterns``)."""

    town = PathField()
    community = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="posts")
    community_path = PathField()
    kind = models.CharField(max_length=14, choices=PostKind.choices)
    name = models.CharField(max_length=40)
    duties = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=60, blank=True)
    estate = models.ForeignKey("orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    skill = models.CharField(max_length=30, blank=True, help_text="speciality everybody needs; empty: anybody")
    role_skill = models.CharField(max_length=30, blank=True, help_text="speciality of the seats that need a holder")
    role_count = models.PositiveSmallIntegerField(default=0)
    certificate = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)
    hazard = models.CharField(max_length=8, choices=Hazard.choices, default=Hazard.LOW)
    insurance = models.CharField(max_length=60, blank=True)
    two_person = models.BooleanField(default=False)
    remote = models.BooleanField(default=False)
    min_people = models.PositiveSmallIntegerField(default=1)
    desired_people = models.PositiveSmallIntegerField(default=1)
    max_people = models.PositiveSmallIntegerField(default=1)
    tier = models.CharField(max_length=10, default="ordinary")
    pattern = models.JSONField(default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(default=90)
    quality = models.CharField(max_length=120, blank=True)
    leader = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="led_posts"
    )
    supervisor_account = models.BigIntegerField(null=True, blank=True, help_text="staff who confirms")
    state = models.CharField(max_length=8, choices=PostState.choices, default=PostState.DRAFT)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_people__gte=1)
                & models.Q(desired_people__gte=models.F("min_people"))
                & models.Q(max_people__gte=models.F("desired_people")),
                name="posts_people",
            ),
            models.CheckConstraint(condition=models.Q(role_count__lte=models.F("max_people")), name="posts_roles"),
            models.CheckConstraint(
                condition=models.Q(two_person=False) | models.Q(min_people__gte=2), name="posts_two_person"
            ),
        ]
        indexes = [models.Index(fields=["community_path", "state"], name="posts_community")]

    def __str__(self) -> str:
        return self.name


class PostNeed(models.Model):
    """A need that a post came from."""

    post = models.ForeignKey("posts.Post", on_delete=models.CASCADE, related_name="from_needs")
    need = models.ForeignKey("needs.Need", on_delete=models.CASCADE, related_name="posts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "need"], name="posts_need_once")]

    def __str__(self) -> str:
        return f"{self.post_id} ← {self.need_id}"


class Claim(Record, OnBehalf):
    """A member holds a post for as long as both want."""

    post = models.ForeignKey("posts.Post", on_delete=models.CASCADE, related_name="claims")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="claims")
    state = models.CharField(max_length=6, choices=ClaimState.choices, default=ClaimState.ASKED)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "member"], condition=~models.Q(state="ended"), name="posts_one_claim"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} holds {self.post_id}"


class Commitment(Record, OnBehalf):
    """What a member promises for a post: goal, time, quality."""

    post = models.ForeignKey("posts.Post", on_delete=models.CASCADE, related_name="commitments")
    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="commitments")
    community_path = PathField()
    goal = models.CharField(max_length=80)
    when = models.CharField(max_length=60)
    quality = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=CommitmentState.choices, default=CommitmentState.DRAFTED)
    review_words = models.CharField(max_length=80, blank=True)
    reviewed_by = models.BigIntegerField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    shown_since = models.DateField(null=True, blank=True)
    shown_until = models.DateField(null=True, blank=True)
    progress = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "member"],
                condition=models.Q(state__in=["drafted", "submitted", "returned", "shown", "adjusted"]),
                name="posts_one_commitment",
            )
        ]
        indexes = [models.Index(fields=["community_path", "state"], name="posts_commitments")]

    def __str__(self) -> str:
        return self.goal


class Team(Record):
    """编组: members of like speciality or career who serve together (S7)."""

    community = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=40)
    speciality = models.CharField(max_length=30, blank=True)
    leader = models.ForeignKey("members.Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    members = models.ManyToManyField("members.Member", related_name="teams", blank=True)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Pairing(Record):
    """结对: a unit and a community; the unit's members may serve there beside their own community (S8)."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="pairings")
    community = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="pairings")
    community_path = PathField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "community"], condition=models.Q(until__isnull=True), name="posts_one_pairing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} ↔ {self.community_id}"


class Fixing(Record, OnBehalf):
    """两定: a member, a post and a weekly time, fixed once the member accepted; the solver honours it (S8)."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="fixings")
    post = models.ForeignKey("posts.Post", on_delete=models.CASCADE, related_name="fixings")
    weekday = models.PositiveSmallIntegerField()
    start = models.TimeField()
    state = models.CharField(max_length=8, choices=FixingState.choices, default=FixingState.OFFERED)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="posts_fixing_weekday"),
            models.UniqueConstraint(
                fields=["member", "post", "weekday", "start"],
                condition=~models.Q(state="ended"),
                name="posts_one_fixing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.post_id} {self.weekday}"
