"""What all commands share: plain errors on standard error, JSON alone on standard output, a progress bar on a terminal."""

from __future__ import annotations

import json
import sys
from argparse import SUPPRESS
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from baodao.base.verdict import Absent, Refused, Stale

T = TypeVar("T")
_DJANGOS = {"version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"}


class Plain(BaseCommand):
    """A command whose refusals are one plain line each and exit status 1; wrong arguments are status 2."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Usage without Django's own options."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.prog = f"./run {subcommand}"
        for action in parser._actions:
            if action.dest in _DJANGOS:
                action.help = SUPPRESS
        return parser

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run and turn refusals into lines."""
        options["no_color"] = True
        options["force_color"] = False
        try:
            refuse_moved_clock()
            return super().execute(*args, **options)
        except Refused as error:
            fail(error.reason)
        except Absent:
            fail("没有找到。")
        except Stale as error:
            fail(f"{error.subject}刚被别人改过，再运行一次。")
        except DatabaseError as error:
            fail(f"数据库没有答应：{first_line(error)}。先运行 ./run upgrade；还不行就看 DATABASE_URL 和 DATA_DIR。")


def first_line(error: Exception) -> str:
    """What an error says, in one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def refuse_moved_clock() -> None:
    """BAODAO_TODAY is for demos and rehearsals: where a real town is, nobody moves the clock."""
    if not settings.TODAY:
        return
    from baodao.domain.orgs import selectors as orgs

    try:
        real = orgs.has_real_town()
    except DatabaseError:  # no table yet: nothing real either
        return
    if real:
        fail("有真实的镇，不能用 BAODAO_TODAY 改日子。")


def fail(*lines: str, status: int = 1) -> NoReturn:
    """Say each problem in one line on standard error and end."""
    for line in lines:
        print(line, file=sys.stderr)
    sys.exit(status)


def say(text: str = "") -> None:
    """A line for people on standard output."""
    print(text, flush=True)


def print_json(found: dict[str, Any]) -> None:
    """One JSON object on standard output and nothing else."""
    print(json.dumps(found, ensure_ascii=False, default=str))


def progress(rows: Iterable[T], total: int, words: str) -> Iterable[T]:
    """The rows, with a bar on a terminal and nothing when piped."""
    if not sys.stderr.isatty():
        return rows
    from tqdm import tqdm

    return tqdm(rows, total=total, desc=words, ncols=80, leave=False)


def bar(total: int, words: str) -> Callable[[int, str], None]:
    """A bar that is advanced by hand: ``step(n, words)``; silent when piped."""
    if not sys.stderr.isatty():
        return lambda _n, _words="": None
    from tqdm import tqdm

    drawn = tqdm(total=total, desc=words, ncols=80, leave=False)

    def step(count: int, now: str = "") -> None:
        if now:
            drawn.set_description(now)
        drawn.update(count)
        if drawn.n >= total:
            drawn.close()

    return step
