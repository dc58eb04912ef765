"""A one-time code for somebody who cannot get in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from baodao.base.actor import program
from baodao.config.console import Plain, fail, say
from baodao.domain.accounts import selectors, services


class Command(Plain):
    """``reset_login LOGIN``."""

    help = "print a one-time code valid 15 minutes; the person types it as the password and chooses a new one"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The login."""
        parser.add_argument("login")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when there is no such login."""
        account = selectors.by_login(options["login"])
        if account is None:
            fail(f"没有登录名 {options['login']}。")
        code = services.issue_code(actor=program("reset_login"), account=account)
        say(f"{account.login} 的一次性码（15 分钟内有效，只能用一次）：{code[:4]}-{code[4:]}")
