"""An empty real town."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command

from baodao.base.actor import program
from baodao.config.console import Plain, fail, say
from baodao.config.serving import is_migrated
from baodao.domain.accounts import selectors as account_selectors
from baodao.domain.accounts import services as accounts
from baodao.domain.accounts.states import Role
from baodao.domain.audit.services import service
from baodao.domain.orgs import rules as org_rules
from baodao.domain.orgs import services as orgs

ADMINS = (("", Role.SYSADMIN, "系统管理员"), ("-sec", Role.SECADMIN, "安全管理员"), ("-audit", Role.AUDITOR, "审计管理员"))


class Command(Plain):
    """``new --county CODE NAME --town CODE NAME --admin LOGIN``."""

    help = "make an empty real town and print one-time codes for its three administrators"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """County, town, the system administrator's login."""
        parser.add_argument("--county", nargs=2, metavar=("CODE", "NAME"), required=True)
        parser.add_argument("--town", nargs=2, metavar=("CODE", "NAME"), required=True)
        parser.add_argument("--admin", metavar="LOGIN", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refused where a demo or a town of that code is; a code or a name that can be none is a wrong argument (2)."""
        faults = wrong_arguments(options["county"], options["town"], options["admin"])
        if faults:
            fail(*faults, status=2)
        if not is_migrated():
            call_command("migrate", verbosity=0)
        if account_selectors.has_demo_logins():
            fail("这个数据库里有演示数据。先 ./run demo --remove，或换一个 DATA_DIR。")
        for suffix, _role, _name in ADMINS:
            if account_selectors.by_login(options["admin"] + suffix):
                fail(f"登录名 {options['admin'] + suffix} 已经有了，换一个 --admin。")
        codes = found(options["county"], options["town"], options["admin"])
        say(f"{options['town'][1]}建好了。三个管理员的一次性码（{accounts.FIRST_LIFE.days} 天内有效，各用一次）：")
        for name, login, code in codes:
            say(f"  {name}  登录名 {login}  一次性码 {code[:4]}-{code[4:]}")
        say("登录时把一次性码当密码填，然后自己定密码。接着运行 ./run。")


def wrong_arguments(county: list[str], town: list[str], admin: str) -> list[str]:
    """What cannot be a code, a name or a login, one line each, before anything is read or written."""
    said = [(option, org_rules.why_not_names(pair[0].strip(), pair[1].strip())) for option, pair in (("--county", county), ("--town", town))]
    faults = [f"{option} {verdict.reason}" for option, verdict in said if not verdict]
    longest = max(len(suffix) for suffix, _role, _name in ADMINS)
    if not admin.strip() or len(admin.strip()) + longest > accounts.LONGEST_LOGIN:
        faults.append(f"--admin 登录名要有 1 到 {accounts.LONGEST_LOGIN - longest} 个字。")
    return faults


@service
def found(county: list[str], town: list[str], admin: str) -> list[tuple[str, str, str]]:
    """Town and administrators in one transaction: (role in words, login, one-time code) of each."""
    actor = program("new")
    orgs.make_town(
        actor=actor, county_code=county[0], county_name=county[1], town_code=town[0], town_name=town[1]
    )
    codes = []
    for suffix, role, name in ADMINS:
        account = accounts.create_account(actor=actor, login=admin + suffix, display_name=name)
        accounts.give_role(actor=actor, account=account, role=role, path="")
        code = accounts.issue_code(actor=actor, account=account, life=accounts.FIRST_LIFE, purpose="first")
        codes.append((name, account.login, code))
    return codes
