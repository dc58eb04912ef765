"""What all commands share: plain errors on standard error, JSON alone on standard output, a progress bar on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

from django.core.management.base import BaseCommand, CommandParser

from baodao.base.verdict import Absent, Refused

T = TypeVar("T")


class Plain(BaseCommand):
    """A command whose refusals are one plain line each and exit status 1; wrong arguments are status 2."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Usage without Django's own options."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.prog = f"./run {subcommand}"
        return parser

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run and turn refusals into lines."""
        options["no_color"] = True
        options["force_color"] = False
        try:
            return super().execute(*args, **options)
        except Refused as error:
            fail(error.reason)
        except Absent:
            fail("没有找到。")


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
