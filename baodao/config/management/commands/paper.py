"""Print one paper into a file; the type follows the file's ending."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from baodao.base.papers.pdf import noting
from baodao.config.console import Plain, fail, say
from baodao.config.printing import KINDS, Order


class Command(Plain):
    """``paper KIND --town CODE [--community CODE] [--unit CODE] [--month M] [--member CODE] --out FILE``."""

    help = "print a paper (ledger, slips, posters, plans, bulletin …) into a file; the type follows FILE's ending"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, of whom, when, where to."""
        parser.add_argument("kind", metavar="KIND", choices=sorted(KINDS), help=" ".join(sorted(KINDS)))
        parser.add_argument("--town", required=True)
        parser.add_argument("--community", default="")
        parser.add_argument("--unit", default="")
        parser.add_argument("--month", default="")
        parser.add_argument("--member", default="")
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when the file was written whole; a character the fonts lack is named on standard error."""
        kind, out = KINDS[options["kind"]], options["out"]
        ending = out.suffix.lower().lstrip(".")
        if ending not in kind.endings:
            endings = "、".join(f".{one}" for one in kind.endings)
            fail(f"{options['kind']} 可以写成 {endings}，不能写成“{out.suffix or out.name}”。", status=2)
        if not out.absolute().parent.is_dir():
            fail(f"没有这个文件夹：{out.absolute().parent}", status=2)
        order = Order.read(options, ending)
        if isinstance(order, str):
            fail(order, status=2)
        with noting() as warnings:
            content = kind.make(order)
        for words in dict.fromkeys(warnings):
            print(words, file=sys.stderr)
        try:
            out.write_bytes(content)
        except OSError as error:
            fail(f"写不了 {out}：{error.strerror}")
        say(f"{out}（{len(content) // 1024 + 1} KB）")
