"""Tables of the ledger. Columns that must never exist are listed in tests/architecture/test_privacy.py."""

from django.db import models

from baodao.domain.columns import Contact, PathField, Record
from baodao.domain.members.states import (
    EnrolmentState,
    ImportState,
    MemberKind,
    MemberState,
    NameForm,
    PauseReason,
    SkillLevel,
)


class Member(Record):
    """A person who serves. Belongs to the county; communities and units see them through dated rows."""

    county = PathField()
    kind = models.CharField(max_length=10, choices=MemberKind.choices)
    name = models.CharField(max_length=100)
    name_pinyin = models.CharField(max_length=200, blank=True)
    name_initials = models.CharField(max_length=60, blank=True)
    sort_surname = models.CharField(max_length=200, blank=True, help_text="姓氏笔画")
    sort_name = models.CharField(max_length=200, blank=True, help_text="姓名笔画")
    job_title = models.CharField(max_length=40, blank=True)
    party_org_name = models.CharField(max_length=60, blank=True, help_text="the unit's Party organisation, as written")
    party_org = models.ForeignKey(
        "orgs.PartyOrg", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="community side"
    )
    state = models.CharField(max_length=8, choices=MemberState.choices, default=MemberState.ACTIVE)
    pause_reason = models.CharField(max_length=10, choices=PauseReason.choices, blank=True)
    name_form = models.CharField(max_length=8, choices=NameForm.choices, default=NameForm.POST)
    wishes = models.JSONField(default=list, blank=True, help_text="kinds of post the member wishes for")
    slots = models.JSONField(default=list, blank=True, help_text="weekly slots, codes of base.days.service_days")
    time_note = models.CharField(max_length=60, blank=True, help_text="availability as written, when not understood")
    max_per_month = models.PositiveSmallIntegerField(default=2)
    target_per_year = models.PositiveSmallIntegerField(default=0, help_text="what the member said they would like")
    takes_offers = models.BooleanField(default=True, help_text="may the matcher propose this member")
    far_ok = models.BooleanField(default=False, help_text="agreed to serve in a neighbouring community")
    note = models.CharField(max_length=120, blank=True)
    left_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["county", "state", "sort_surname"], name="members_stroke"),
            models.Index(fields=["county", "name"], name="members_name"),
            models.Index(fields=["name_initials"], name="members_initials"),
        ]

    def __str__(self) -> str:
        return self.name


class MemberContact(Contact):
    """Phone and address, sealed under the member's own data key; keyed indexes for exact search and last four digits."""

    member = models.OneToOneField("members.Member", primary_key=True, on_delete=models.CASCADE, related_name="contact")
    phone = models.BinaryField(default=bytes, blank=True)
    phone_index = models.CharField(max_length=32, blank=True, db_index=True)
    tail_index = models.CharField(max_length=32, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"contact of {self.member_id}"


class SkillOffered(models.Model):
    """A speciality the member chose to offer; ``skill`` is a code of the skill tree."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="skills")
    skill = models.CharField(max_length=30)
    level = models.CharField(max_length=10, choices=SkillLevel.choices, default=SkillLevel.CAN)
    words = models.CharField(max_length=40, blank=True, help_text="as written, when the tree has no leaf for it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "skill", "words"], name="members_skill_once")]
        indexes = [models.Index(fields=["skill"], name="members_skill")]

    def __str__(self) -> str:
        return self.skill


class LanguageOffered(models.Model):
    """A language the member offers for a post: on the member's own record only, in no list, filter, count or export."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "language"], name="members_language_once")]

    def __str__(self) -> str:
        return self.language


class Employment(models.Model):
    """Where a member works, from a day until a day; at most one open row."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="employments")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="employments")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(until__isnull=True), name="members_one_employment"
            )
        ]
        indexes = [models.Index(fields=["unit", "until"], name="members_unit")]

    def __str__(self) -> str:
        return f"{self.member_id} @ {self.unit_id}"


class Enrolment(Record):
    """In which community a member serves, from a day until a day; at most one open row. Carries slip and receipt."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="enrolments")
    community = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="enrolments")
    community_path = PathField()
    estate = models.ForeignKey("orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    home_community = models.CharField(max_length=60, blank=True, help_text="居住社区 as written")
    state = models.CharField(max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.REPORTED)
    slip_number = models.CharField(max_length=20, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    receipt_on = models.DateField(null=True, blank=True)
    state_before = models.CharField(
        max_length=10, choices=EnrolmentState.choices, blank=True, help_text="before it ended, for a coming back"
    )
    channel = models.CharField(max_length=10, blank=True, help_text="paper, import, desk")
    team_name = models.CharField(max_length=40, blank=True, help_text="编入队伍 as written")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(until__isnull=True), name="members_one_enrolment"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="receipted")
                | models.Q(reported_on__isnull=False, receipt_on__isnull=False, receipt_on__gte=models.F("reported_on")),
                name="members_receipt_dated",
            ),
        ]
        indexes = [models.Index(fields=["community_path", "until"], name="members_community")]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.community_id}"


class BlockedDay(models.Model):
    """A day (or days) on which the member cannot serve: said by the member, or marked by the unit as duty."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="blocked_days")
    first = models.DateField()
    last = models.DateField()
    by_unit = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="members_block")]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class MemberChange(models.Model):
    """One changed field: who, when, old and new. Contact values are never here: the field's name alone."""

    member = models.ForeignKey("members.Member", on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    field = models.CharField(max_length=30)
    old = models.CharField(max_length=120, blank=True)
    new = models.CharField(max_length=120, blank=True)
    batch = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "at"], name="members_change")]

    def __str__(self) -> str:
        return self.field


class ImportBatch(Record):
    """A file's way into the ledger or the needs: the clean copy, the rows under work and the undo, all sealed."""

    noun = models.CharField(max_length=10, help_text="members or needs")
    town = PathField()
    scope = PathField(help_text="community, town or unit the rows belong to")
    file_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.DRAFT)
    counts = models.JSONField(default=dict)
    wrapped_key = models.BinaryField(default=bytes, blank=True)
    file_copy = models.BinaryField(default=bytes, blank=True)
    rows = models.BinaryField(default=bytes, blank=True)
    undo = models.BinaryField(default=bytes, blank=True)
    account_id = models.BigIntegerField(null=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    shredded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.file_name
