"""Tables of audit. No foreign keys: an entry outlives what it speaks of."""

from __future__ import annotations

from django.db import models


class ChainHead(models.Model):
    """The last link of one chain: ``system`` or a town's path."""

    chain = models.CharField(max_length=120, unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


class Entry(models.Model):
    """One deed: ids, roles and public codes, never a name or a person's words."""

    chain = models.CharField(max_length=120)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=40)
    path = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    subject_code = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    prev = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_chain_seq")]
        indexes = [
            models.Index(fields=["subject", "subject_code", "at"], name="audit_subject"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["action", "at"], name="audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.action}"


class UsedKey(models.Model):
    """A form's key after a deed: the same key again gives the same answer instead of a second deed."""

    key = models.CharField(max_length=100)
    account_id = models.BigIntegerField(default=0)
    result = models.CharField(max_length=80, blank=True)
    led_to = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "account_id"], name="audit_used_key")]
        indexes = [models.Index(fields=["at"], name="audit_used_key_at")]

    def __str__(self) -> str:
        return self.key[:8]


class Look(models.Model):
    """Somebody read an unmasked personal value; the person it belongs to can see this."""

    at = models.DateTimeField()
    account_id = models.BigIntegerField()
    role = models.CharField(max_length=40)
    path = models.CharField(max_length=120)
    subject = models.CharField(max_length=40)
    subject_code = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    reason = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_code", "at"], name="audit_look_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_code} {self.field}"
