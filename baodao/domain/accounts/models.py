"""Tables of accounts. No superuser column exists."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from baodao.base.crypto import random_secret
from baodao.base.days import clock
from baodao.domain.accounts.states import Role
from baodao.domain.columns import CodeField, PathField


def new_salt() -> str:
    """A fresh salt of a session: changing it ends every session of the account."""
    return random_secret(10)


class Account(AbstractBaseUser):
    """A login. ``member_id`` names a ledger record without a foreign key: accounts lie below members."""

    code = CodeField()
    login = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=60, blank=True)
    member_id = models.BigIntegerField(null=True, blank=True, unique=True)
    active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False, help_text="a demo login: the server binds to loopback while one exists")
    big_type = models.BooleanField(default=False)
    session_salt = models.CharField(max_length=10, default=new_salt)
    created_at = models.DateTimeField()
    last_login = None  # when somebody was last here is not collected

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.login

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's name for ``active``."""
        return self.active

    def get_session_auth_hash(self) -> str:
        """Sessions die when the password changes or the account is ended."""
        from django.utils.crypto import salted_hmac

        return salted_hmac("baodao.account", f"{self.password}{self.session_salt}{self.active}").hexdigest()


class Grant(models.Model):
    """A role of an account over a path, from a day until a day."""

    code = CodeField()
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=Role.choices)
    path = PathField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "path"], condition=models.Q(until__isnull=True), name="accounts_grant_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.path}"

    def is_open(self) -> bool:
        """Does it hold today or from a later day."""
        return self.until is None or self.until >= clock.today()


class OneTimeCode(models.Model):
    """A code on paper or by voice; only its hash is kept, it opens once and for 15 minutes (cards: 14 days)."""

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="one_time_codes")
    code_hash = models.CharField(max_length=64)
    purpose = models.CharField(max_length=12, default="reset")
    issued_by = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.purpose}"


class Failure(models.Model):
    """A wrong password, code or secret from an address prefix (keyed hash that changes daily); kept one hour."""

    prefix = models.CharField(max_length=32)
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["prefix", "kind", "at"], name="accounts_failure_once"),
            models.Index(fields=["kind", "subject", "at"], name="accounts_failure_subj"),
        ]

    def __str__(self) -> str:
        return self.kind


class SecurityEvent(models.Model):
    """Logins, refusals, resets: what security and audit administrators read; kept a year."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    account_id = models.BigIntegerField(null=True)
    by_account_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["at"], name="accounts_event_at")]

    def __str__(self) -> str:
        return self.kind
