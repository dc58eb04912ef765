"""Writes of accounts: create, grant, end, one-time codes, passwords, the count of wrong tries."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare

from baodao.base.actor import Actor
from baodao.base.crypto import random_secret
from baodao.base.days import clock
from baodao.base.verdict import Refused, must
from baodao.domain.accounts import rules, selectors
from baodao.domain.accounts.models import Account, Failure, Grant, OneTimeCode, SecurityEvent
from baodao.domain.accounts.states import Role
from baodao.domain.audit.services import record, service

CODE_LIFE = timedelta(minutes=15)
CARD_LIFE = timedelta(days=14)
FIRST_LIFE = timedelta(days=1)
LONGEST_LOGIN = 40


@service
def create_account(
    *, actor: Actor, login: str, display_name: str = "", member_id: int | None = None, demo_password: str = ""
) -> Account:
    """Make a login without a password; the person chooses it with a one-time code. Refused if the login is taken."""
    must(rules.may_keep_accounts(actor))
    name = login.strip()
    if not name or len(name) > LONGEST_LOGIN:
        raise Refused(f"登录名要有 1 到 {LONGEST_LOGIN} 个字。")
    if Account.objects.filter(login=name).exists():
        raise Refused("这个登录名已经有人用了，换一个。", code="duplicate")
    account = Account(
        login=name, display_name=display_name, member_id=member_id, created_at=clock.now(), demo=bool(demo_password)
    )
    if demo_password:
        account.set_password(demo_password)
    else:
        account.set_unusable_password()
    account.save()
    record("account.created", actor=actor, subject=account)
    return account


@service
def give_role(
    *, actor: Actor, account: Account, role: str, path: str, since: date | None = None, until: date | None = None
) -> Grant:
    """Grant a role over a path, for ever or until a day. Refused where administrators would meet in one person."""
    must(rules.may_give_role(actor, role, path))
    must(rules.may_hold(role, {g.role for g in selectors.grants_of(account)}))
    grant, made = Grant.objects.get_or_create(
        account=account, role=role, path=path, until=until, defaults={"since": since or clock.today()}
    )
    if made:
        record("role.given", actor=actor, subject=account, data={"role": role, "path": path})
    return grant


@service
def welcome(
    *, actor: Actor, login: str, display_name: str, role: str, path: str, until: date | None = None
) -> tuple[Account, str]:
    """A login with its first role and its one-time code (15 minutes): one deed, so that none is left half made."""
    account = create_account(actor=actor, login=login, display_name=display_name)
    give_role(actor=actor, account=account, role=role, path=path, until=until)
    return account, issue_code(actor=actor, account=account, purpose="first")


@service
def welcome_many(*, actor: Actor, rows: list[dict[str, str]]) -> list[tuple[Account, str]]:
    """Logins with their first roles, and a card for each whose code opens for 14 days; all or none.

    Rows have login, display_name, role, path and their line; a login that is there already is refused with its line.
    """
    made = []
    for row in rows:
        try:
            account = create_account(actor=actor, login=row["login"], display_name=row["display_name"])
            give_role(actor=actor, account=account, role=row["role"], path=row["path"])
            made.append((account, issue_code(actor=actor, account=account, life=CARD_LIFE, purpose="first")))
        except Refused as error:
            raise Refused(f"第 {row['line']} 行：{error.reason}", code=error.code) from None
    return made


@service
def end_role(*, actor: Actor, grant: Grant) -> Grant:
    """End a grant today; the person's sessions die at once. The last security administrator stays."""
    must(rules.may_give_role(actor, grant.role, grant.path))
    must(rules.may_end_role(grant))
    grant.until = clock.today() - timedelta(days=1)
    grant.save(update_fields=["until"])
    account = grant.account
    account.session_salt = random_secret(10)
    account.save(update_fields=["session_salt"])
    record("role.ended", actor=actor, subject=account, data={"role": grant.role, "path": grant.path})
    return grant


@service
def set_active(*, actor: Actor, account: Account, active: bool) -> Account:
    """End or reopen a login; sessions die at once."""
    must(rules.may_keep_accounts(actor))
    must(rules.may_set_active(actor, account, active))
    account.active = active
    account.session_salt = random_secret(10)
    account.save(update_fields=["active", "session_salt"])
    record("account.active" if active else "account.ended", actor=actor, subject=account)
    return account


@service
def issue_code(*, actor: Actor, account: Account, life: timedelta = CODE_LIFE, purpose: str = "reset") -> str:
    """A one-time code for paper or voice; only its hash is kept. Earlier open codes die. Returns the code's words."""
    must(rules.may_issue_code(actor, account))
    now = clock.now()
    account.one_time_codes.filter(used_at__isnull=True).update(expires_at=now)
    code = random_secret(8)
    OneTimeCode.objects.create(
        account=account,
        code_hash=hash_code(account, code),
        purpose=purpose,
        issued_by=actor.account_id,
        issued_at=now,
        expires_at=now + life,
    )
    _event("code.issued", account=account, actor=actor)
    record("code.issued", actor=actor, subject=account)
    return code


def hash_code(account: Account, code: str) -> str:
    """The stored form of a code: 40 bits of chance, one use and 15 minutes need no slow hash."""
    clean = "".join(code.upper().split()).replace("-", "")
    return hashlib.sha256(f"{account.code}/{clean}".encode()).hexdigest()


@service
def choose_password(*, actor: Actor, account: Account, code: str, password: str, password2: str) -> Account:
    """The person chooses a password with a one-time code, which is used up. Refused in words otherwise."""
    held = selectors.open_code(account)
    if held is None or not constant_time_compare(held.code_hash, hash_code(account, code)):
        raise Refused("一次性码不对或已过期，找发码的人再要一个。", code="code")
    check_password(account, password, password2)
    account.set_password(password)
    account.session_salt = random_secret(10)
    account.save(update_fields=["password", "session_salt"])
    held.used_at = clock.now()
    held.save(update_fields=["used_at"])
    _event("password.chosen", account=account, actor=actor)
    record("password.chosen", actor=actor, subject=account)
    return account


@service
def change_password(*, actor: Actor, account: Account, old: str, password: str, password2: str) -> Account:
    """The person changes the password; all other sessions die."""
    if not account.check_password(old):
        raise Refused("现在的密码不对。", code="old")
    check_password(account, password, password2)
    account.set_password(password)
    account.session_salt = random_secret(10)
    account.save(update_fields=["password", "session_salt"])
    _event("password.changed", account=account, actor=actor)
    record("password.changed", actor=actor, subject=account)
    return account


def check_password(account: Account, password: str, password2: str) -> None:
    """Refuse a password that is short, common or typed differently the second time."""
    if password != password2:
        raise Refused("两次写的密码不一样。", code="password2")
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="password") from None


@service
def note_failure(*, prefix: str, kind: str, subject: str = "") -> None:
    """Count a wrong password, code or secret; counts older than an hour go."""
    now = clock.now()
    Failure.objects.filter(at__lt=now - timedelta(hours=1)).delete()
    Failure.objects.create(prefix=prefix, kind=kind, subject=subject[:64], at=now)


@service
def note_login(*, account: Account, ok: bool) -> None:
    """Write a login or a refused one to the security log (no address)."""
    SecurityEvent.objects.create(at=clock.now(), kind="login.ok" if ok else "login.refused", account_id=account.pk)


@service
def set_big_type(*, account: Account, big: bool) -> None:
    """Remember the big-type switch for the person."""
    Account.objects.filter(pk=account.pk).update(big_type=big)


@service
def move_member_login(*, actor: Actor, member_id: int, path: str) -> None:
    """The member serves in another community now: the member's grant follows. The caller's rule decided already."""
    held = Grant.objects.filter(account__member_id=member_id, role=Role.MEMBER, until__isnull=True).exclude(path=path)
    for grant in held:
        grant.path = path
        grant.save(update_fields=["path"])
        record("role.moved", actor=actor, subject=grant.account, data={"role": grant.role, "path": path})


@service
def end_member_login(*, actor: Actor, member_id: int, active: bool = False) -> None:
    """A member left the ledger (or came back): the login ends (or opens). The caller's rule decided already."""
    for account in Account.objects.filter(member_id=member_id).exclude(active=active):
        account.active = active
        account.session_salt = random_secret(10)
        account.save(update_fields=["active", "session_salt"])
        record("account.active" if active else "account.ended", actor=actor, subject=account)


@service
def forget_members(*, actor: Actor, member_ids: list[int]) -> None:
    """The names of members who are forgotten leave their logins too; the logins stay closed."""
    held = Account.objects.filter(member_id__in=member_ids)
    held.update(display_name="", active=False, password="!")  # noqa: S106 - no password is one that never matches


def _event(kind: str, *, account: Account, actor: Actor) -> None:
    SecurityEvent.objects.create(at=clock.now(), kind=kind, account_id=account.pk, by_account_id=actor.account_id)
