"""The burden page as text or JSON."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from baodao.config.console import Plain, fail, print_json, say
from baodao.domain.months import burden


class Command(Plain):
    """``compliance [--json]``."""

    help = "each prohibition with its present setting; exit 1 when one is not green"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """JSON."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """All green → 0."""
        found = burden.items()
        green = all(item.green for item in found)
        if options["json"]:
            print_json({"green": green, "items": [asdict(item) for item in found]})
        else:
            for item in found:
                say(f"{'✓' if item.green else '✕'} {item.prohibition}：{item.setting}（{item.shown_by}）")
        if not green:
            fail("有不合要求的项。")
