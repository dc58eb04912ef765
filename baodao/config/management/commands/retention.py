"""Erase what is due by the retention table."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.db import transaction

from baodao.base.actor import program
from baodao.base.days import clock
from baodao.config import privacy
from baodao.config.console import Plain, fail, say


class _Rehearsed(Exception):
    """Roll back a rehearsal."""


class Command(Plain):
    """``retention [--dry-run] [--today DATE]``."""

    help = "erase what is due; --dry-run counts it and changes nothing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Rehearsal and day."""
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--today", metavar="DATE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each kind."""
        try:
            today = date.fromisoformat(options["today"]) if options["today"] else clock.today()
        except ValueError:
            fail("--today 写成 YYYY-MM-DD。", status=2)
        counts = self._rehearse(today) if options["dry_run"] else privacy.erase(program("retention"), today)
        for kind, count in sorted(counts.items()):
            if count:
                say(f"{kind}: {count}")
        if not any(counts.values()):
            say("没有到期的。")

    def _rehearse(self, today: date) -> dict[str, int]:
        counts: dict[str, int] = {}
        try:
            with transaction.atomic():
                for module in privacy.modules():
                    for kind, _code in getattr(module, "erase_due", lambda **_: [])(actor=program("x"), today=today):
                        counts[kind] = counts.get(kind, 0) + 1
                raise _Rehearsed
        except _Rehearsed:
            return counts
