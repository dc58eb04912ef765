"""Install, load the demo county once, serve: what ``./run`` without a word does."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from baodao.base.actor import program
from baodao.config import serving
from baodao.config.console import Plain, bar, fail, say
from baodao.domain.accounts import selectors as accounts
from baodao.domain.calendar import services as calendar
from baodao.domain.orgs import selectors as orgs


class Command(Plain):
    """``demo [--no-serve] [--reset] [--seed N] [--today DATE] [--remove]``."""

    help = "load the demo town once and serve it; where a town made by `new` exists, serve that and load nothing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the contract."""
        parser.add_argument("--no-serve", action="store_true")
        parser.add_argument("--reset", action="store_true")
        parser.add_argument("--seed", type=int, default=None)
        parser.add_argument("--today", type=_day, default=None, metavar="DATE")
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load if there is nothing yet, then serve."""
        if not serving.is_migrated():
            call_command("migrate", verbosity=0)
        if options["remove"]:
            self._remove()
            return
        if options["reset"]:
            self._empty("--reset")
        elif _mark().exists() and not orgs.has_real_town():
            say("上次没有装完，重新装。")
            self._empty("")
        if orgs.has_real_town():
            self._refuse_for_real(options)
        elif not accounts.has_demo_logins():
            self._load(options)
        elif options["seed"] is not None or options["today"] is not None:
            say("演示数据已经在了；要换种子或日子，加 --reset。")
        if not options["no_serve"]:
            self._serve()

    def _refuse_for_real(self, options: dict[str, Any]) -> None:
        if options["seed"] is not None or options["today"] is not None:
            fail("这里有真实的镇，不装演示数据。")
        say("这里有真实的镇，不装演示数据。")

    def _load(self, options: dict[str, Any]) -> None:
        from baodao.demo import load

        _mark().touch()
        if options["today"] is not None:
            calendar.set_stored_today(actor=program("demo"), day=options["today"])
        seed = 1 if options["seed"] is None else options["seed"]
        say("正在装入演示镇（虚构的人和事），大约一分钟。")
        load.load(seed=seed, step=bar(100, "演示数据"), inputs=Path(settings.DATA_DIR) / "demo-inputs")
        _mark().unlink()

    def _empty(self, word: str) -> None:
        """Throw the demo away; refused where anything real is."""
        if orgs.has_real_town():
            fail(f"这里有真实的镇，{word} 不做。")
        from baodao.demo import removal

        removal.empty(connection)
        _mark().unlink(missing_ok=True)

    def _remove(self) -> None:
        if not accounts.has_demo_logins():
            fail("没有演示数据。")
        self._empty("--remove")
        say("演示数据和演示账号都删了。")

    def _serve(self) -> None:
        serving.refuse_wrong_schema()
        serving.refuse_open_demo()
        serving.refuse_taken_port()
        serving.gather_static()
        say(f"\n报到在 http://{settings.BIND}:{settings.PORT}/  （Ctrl+C 停止）")
        if accounts.has_demo_logins():
            from baodao.demo.cast import LOGINS, PASSWORD

            say(f"演示账号，密码都是 {PASSWORD}：")
            for login, words in LOGINS.items():
                say(f"  {login:<10} {words}")
        sys.stdout.flush()
        sys.exit(serving.serve(with_worker=True))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("写成 YYYY-MM-DD") from None


def _mark() -> Path:
    """The file that stands while the demo is being loaded: found at a start, it means the loading was cut off."""
    return Path(settings.DATA_DIR) / "demo-loading"
