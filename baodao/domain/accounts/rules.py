"""Who may keep accounts, roles and codes."""

from __future__ import annotations

from baodao.base.actor import Actor
from baodao.base.verdict import YES, Verdict, no
from baodao.domain.accounts.models import Account, Grant
from baodao.domain.accounts.states import ADMINS, Role


def may_keep_accounts(actor: Actor) -> Verdict:
    """The security administrator, the clerk (members only, checked with the role), programs."""
    if actor.is_program or actor.has(Role.SECADMIN, Role.CLERK, Role.SECRETARY):
        return YES
    return no("账号由安全管理员管，党员的登录由社区专干发。")


def may_give_role(actor: Actor, role: str, path: str) -> Verdict:
    """All roles by the security administrator; members' logins by the clerk of their community."""
    if actor.is_program or actor.has(Role.SECADMIN):
        return YES
    if role == Role.MEMBER and actor.has(Role.CLERK, Role.SECRETARY, path=path):
        return YES
    return no("这个角色要由安全管理员授予。")


def may_hold(role: str, held: set[str]) -> Verdict:
    """System, security and audit administration are three persons, and none of them does business."""
    if role in ADMINS and held - {role}:
        return no("三员分立：管理员不能兼任别的角色。")
    if role not in ADMINS and held & ADMINS:
        return no("三员分立：管理员不能兼任业务角色。")
    return YES


def may_end_role(grant: Grant) -> Verdict:
    """The last security administrator stays, or nobody could let anybody in."""
    if grant.role == Role.SECADMIN and _is_last_security(grant.account):
        return no("最后一个安全管理员不能撤，先授给别人。")
    return YES


def may_set_active(actor: Actor, account: Account, active: bool) -> Verdict:
    """Nobody closes their own login, and the last security administrator's stays open."""
    if active or actor.is_program:
        return YES
    if actor.account_id == account.pk:
        return no("自己的登录要由别人停用。")
    if account.grants.filter(role=Role.SECADMIN, until__isnull=True).exists() and _is_last_security(account):
        return no("最后一个安全管理员不能停用，先授给别人。")
    return YES


def _is_last_security(account: Account) -> bool:
    others = Grant.objects.filter(role=Role.SECADMIN, until__isnull=True, account__active=True)
    return not others.exclude(account=account).exists()


def may_issue_code(actor: Actor, account: Account) -> Verdict:
    """Staff: the security administrator; members: the clerk of the community; nobody for oneself."""
    if actor.is_program:
        return YES
    if actor.account_id == account.pk:
        return no("自己的一次性码要由别人发。")
    if actor.has(Role.SECADMIN):
        return YES
    roles = {g.role: g.path for g in account.grants.filter(until__isnull=True)}
    if set(roles) == {Role.MEMBER} and actor.has(Role.CLERK, Role.SECRETARY, path=roles[Role.MEMBER]):
        return YES
    return no("工作人员的一次性码由安全管理员发。")
