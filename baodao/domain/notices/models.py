"""Tables of notices."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.notices.states import Channel


class Stack(Record):
    """A pile of notices handled together: printed as slips, or told at once; ``told_at`` stays empty until they were told."""

    path = PathField(help_text="whose desk made it")
    made_by = models.BigIntegerField(null=True, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.BigIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["path", "created_at"], name="notices_stack_path")]

    def __str__(self) -> str:
        return f"{self.path} {self.people}"


class Notice(Record):
    """A message. ``key`` chooses the sentence, ``data`` its codes and dates; words are made when it is shown."""

    account_id = models.BigIntegerField(null=True, blank=True)
    member = models.ForeignKey(
        "members.Member", null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    path = PathField(blank=True, help_text="whose desk sees to it when nobody has a login")
    key = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=12, blank=True)
    data = models.JSONField(default=dict)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.PAGE)
    read_at = models.DateTimeField(null=True, blank=True)
    told_by = models.BigIntegerField(null=True, blank=True)
    stack = models.ForeignKey(
        "notices.Stack", null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "read_at"], name="notices_account"),
            models.Index(fields=["member", "created_at"], name="notices_member"),
            models.Index(fields=["path", "read_at"], name="notices_path"),
        ]

    def __str__(self) -> str:
        return self.key
