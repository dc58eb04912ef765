"""Reads of accounts: the actor of a request, grants in force, whether an address is held back."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from baodao.base import paths
from baodao.base.actor import PUBLIC, Actor
from baodao.base.actor import Grant as Right
from baodao.base.days import clock
from baodao.base.verdict import Absent
from baodao.domain.accounts.models import Account, Failure, Grant, OneTimeCode, SecurityEvent
from baodao.domain.accounts.states import Role
from baodao.domain.columns import under, under_any

WINDOW = timedelta(minutes=10)
LOCK = timedelta(minutes=15)
PER_PREFIX = 30
PER_LOGIN = 10
STAFF = (Role.CLERK, Role.SECRETARY, Role.GRID)


def in_force(on: date | None = None) -> Q:
    """Grants that hold on a day."""
    day = on or clock.today()
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def grants_of(account: Account) -> list[Grant]:
    """The grants an account holds today, the widest first."""
    return list(account.grants.filter(in_force()).order_by("path", "role"))


def actor_for(account: Any, grant_code: str = "") -> Actor:
    """The actor of a logged-in account: one active grant, chosen in the header or the first."""
    if not account.is_active:
        return PUBLIC
    held = grants_of(account)
    account.grants_held = held  # of this request: the header asks for the others
    chosen = next((g for g in held if g.code == grant_code), held[0] if held else None)
    return Actor(
        account_id=account.pk,
        label="person",
        grants=(Right(chosen.role, chosen.path),) if chosen else (),
        member_id=account.member_id,
    )


def acting(account_id: int, role: str, path: str) -> Actor:
    """The actor who asked for work that is done later, if the account and that grant still hold; the public otherwise."""
    account = Account.objects.filter(pk=account_id, active=True).first()
    held = [] if account is None else [g for g in grants_of(account) if (g.role, g.path) == (role, path)]
    if account is None or not held:
        return PUBLIC
    return Actor(account.pk, "person", (Right(role, path),), account.member_id)


def other_grants(account: Any, actor: Actor) -> list[Grant]:
    """What else this person may be, for the switch in the header."""
    held = getattr(account, "grants_held", None)
    return [g for g in (grants_of(account) if held is None else held) if (g.role, g.path) != (actor.role, actor.path)]


def visible(actor: Actor) -> models.QuerySet[Account]:
    """The accounts an administrator keeps: all for the security administrator; a clerk's own members'."""
    if actor.has(Role.SECADMIN) or actor.is_program:
        return Account.objects.order_by("login")
    if actor.has(Role.CLERK, Role.SECRETARY):
        held = Grant.objects.filter(in_force(), under_any("path", actor.paths_of(Role.CLERK, Role.SECRETARY)))
        return Account.objects.filter(pk__in=held.filter(role=Role.MEMBER).values("account_id")).order_by("login")
    return Account.objects.none()


def by_login(login: str) -> Account | None:
    """The account of a login, or None."""
    return Account.objects.filter(login=login.strip()).first()


def at_paths(places: list[str], *roles: str) -> dict[str, list[int]]:
    """The active accounts that hold one of these roles at each of some paths; one query."""
    found: dict[str, list[int]] = {}
    held = Grant.objects.filter(in_force(), path__in=places, role__in=roles, account__active=True)
    for path, account in held.order_by("path", "account_id").values_list("path", "account_id").distinct():
        found.setdefault(path, []).append(account)
    return found


def names(ids: set[int]) -> dict[int, str]:
    """Display names of accounts, for screens that show who did something."""
    return {a.pk: a.display_name or a.login for a in Account.objects.filter(pk__in=ids)}


def has_demo_logins() -> bool:
    """While true, the server binds to loopback only."""
    return Account.objects.filter(demo=True, active=True).exists()


def prefix_of(address: str) -> str:
    """A keyed hash of the address's /24 or /56, whose key changes daily: counts without knowing who."""
    try:
        ip = ipaddress.ip_address(address)
        net = ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 56}", strict=False)
        text = str(net.network_address)
    except ValueError:
        text = "unknown"
    key = f"{settings.SECRET_KEY}/{clock.today().isoformat()}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def login_held_back(prefix: str, login: str) -> bool:
    """Ten wrong passwords close one login from this prefix for 15 minutes; thirty wrong tries close the prefix for 10."""
    now = clock.now()
    wrong = Failure.objects.filter(prefix=prefix)
    if wrong.filter(kind="password", subject=login, at__gte=now - LOCK).count() >= PER_LOGIN:
        return True
    return prefix_held_back(prefix)


def prefix_held_back(prefix: str) -> bool:
    """Thirty wrong codes, secrets or passwords from a prefix in ten minutes."""
    wrong = Failure.objects.filter(prefix=prefix, kind__in=["password", "code", "secret"])
    return wrong.filter(at__gte=clock.now() - WINDOW).count() >= PER_PREFIX


def tries(kind: str, window: timedelta, *, prefix: str = "", subject: str = "") -> int:
    """How often something of this kind was tried within the window, from a prefix or about a subject."""
    wanted = {name: value for name, value in (("prefix", prefix), ("subject", subject)) if value}
    return Failure.objects.filter(kind=kind, at__gte=clock.now() - window, **wanted).count()


def with_login(member_ids: set[int]) -> set[int]:
    """Of these members, those who have a login that works."""
    found = Account.objects.filter(member_id__in=member_ids, active=True)
    return set(found.values_list("member_id", flat=True))


def of_member(member_id: int) -> Account | None:
    """The login of a ledger record, or None."""
    return Account.objects.filter(member_id=member_id).first()


def open_code(account: Account) -> OneTimeCode | None:
    """The one-time code of an account that is still open, or None."""
    now = clock.now()
    return account.one_time_codes.filter(used_at__isnull=True, expires_at__gt=now).order_by("-issued_at").first()


def get_for(actor: Actor, code: str) -> Account:
    """The account of a public code, if this administrator keeps it; Absent otherwise."""
    found = visible(actor).filter(code=code).first()
    if found is None:
        raise Absent
    return found


def staff(actor: Actor, words: str = "") -> models.QuerySet[Account]:
    """The logins of people who are more than members (or have no role yet), with their grants; ``words`` searches names."""
    only_member = Grant.objects.exclude(role=Role.MEMBER).values("account_id")
    found = visible(actor).filter(Q(member_id__isnull=True) | Q(pk__in=only_member)).prefetch_related("grants")
    if words.strip():
        found = found.filter(Q(login__icontains=words.strip()) | Q(display_name__icontains=words.strip()))
    return found


def staff_under(actor: Actor, town: str) -> models.QuerySet[Account]:
    """The staff of a town, its communities and the units of its county, for the security administrator."""
    held = Grant.objects.filter(in_force(), _of_town(town)).exclude(role=Role.MEMBER)
    return visible(actor).filter(pk__in=held.values("account_id")).prefetch_related("grants")


def staff_count(town: str) -> int:
    """How many people have a role (other than member) in a town or a unit of its county."""
    held = Grant.objects.filter(in_force(), _of_town(town)).exclude(role=Role.MEMBER)
    return held.values("account_id").distinct().count()


def _of_town(town: str) -> Q:
    return under("path", town) | under("path", f"{paths.county_of(town)}{paths.UNITS}/")


def staff_of(community: str) -> dict[str, tuple[int, str]]:
    """Code → (account id, name with roles) of the active staff of a community, grid workers included, by login."""
    found: dict[str, tuple[int, str, list[str]]] = {}
    held = Grant.objects.filter(in_force(), under("path", community), role__in=STAFF, account__active=True)
    for grant in held.select_related("account").order_by("account__login", "role"):
        one = grant.account
        _id, _name, roles = found.setdefault(one.code, (one.pk, one.display_name or one.login, []))
        roles.append(str(Role(grant.role).label))
    return {code: (key, f"{name}（{'、'.join(dict.fromkeys(roles))}）") for code, (key, name, roles) in found.items()}


def grant_of(account: Account, code: str) -> Grant:
    """A grant of this account by its public code; Absent otherwise."""
    found = account.grants.filter(code=code).first()
    if found is None:
        raise Absent
    return found


def events_of(account: Account) -> models.QuerySet[SecurityEvent]:
    """What happened with one login, newest first: shown to the person and to the security administrator."""
    return SecurityEvent.objects.filter(account_id=account.pk).order_by("-at", "-pk")


def security_events(actor: Actor) -> models.QuerySet[SecurityEvent]:
    """Logins, refusals and resets, for the security and audit administrators."""
    if actor.has(Role.SECADMIN, Role.AUDITOR):
        return SecurityEvent.objects.order_by("-at")
    return SecurityEvent.objects.none()
