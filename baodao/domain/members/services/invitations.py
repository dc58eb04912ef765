"""Logins for members: made one by one or as a sheet of cards, never by importing a ledger."""

from __future__ import annotations

from baodao.base.actor import Actor
from baodao.base.crypto import random_code
from baodao.base.verdict import Refused, must
from baodao.domain.accounts import selectors as account_selectors
from baodao.domain.accounts import services as accounts
from baodao.domain.accounts.states import Role
from baodao.domain.audit.services import record, service
from baodao.domain.members import rules, selectors
from baodao.domain.members.models import Member
from baodao.domain.members.services.history import town_of


@service
def invite(*, actor: Actor, member: Member) -> tuple[str, str]:
    """(login, one-time code) of a card that works for 14 days; the login is made on the first call."""
    return invite_many(actor=actor, members=[member])[0]


@service
def invite_many(*, actor: Actor, members: list[Member]) -> list[tuple[str, str]]:
    """A sheet of cards; earlier open codes of these members die."""
    cards = []
    for member in members:
        account = _account(actor, member)
        code = accounts.issue_code(actor=actor, account=account, life=accounts.CARD_LIFE, purpose="card")
        cards.append((account.login, code))
        record("member.invited", actor=actor, subject=member, town=town_of(member))
    return cards


@service
def one_time_code(*, actor: Actor, member: Member) -> tuple[str, str]:
    """(login, code valid 15 minutes) for a member who forgot the password; made as a login if there is none."""
    account = _account(actor, member)
    return account.login, accounts.issue_code(actor=actor, account=account)


def _account(actor: Actor, member: Member) -> object:
    community, _unit = selectors.place_of(member)
    must(rules.may_invite(actor, community_path=community))
    must(rules.why_not_here(member))
    account = account_selectors.of_member(member.pk)
    if account is not None:
        return account
    for _try in range(5):
        login = random_code(6).lower()
        if account_selectors.by_login(login) is None:
            break
    else:
        raise Refused("登录名没发出来，再按一次。")
    account = accounts.create_account(actor=actor, login=login, display_name=member.name, member_id=member.pk)
    accounts.give_role(actor=actor, account=account, role=Role.MEMBER, path=community)
    return account
