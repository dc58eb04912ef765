"""``replay_month --town CODE --month YYYY-MM --out FILE``: a past month as an anonymous problem."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from baodao.base.actor import program
from baodao.base.days.months import Month
from baodao.base.solver import write_problem
from baodao.config.console import Plain, fail, print_json, say
from baodao.domain.matching import services
from baodao.domain.orgs import selectors as orgs


class Command(Plain):
    """Exit status 0 when the file is written; 1 while the month runs or nothing is in it; 2 for wrong arguments."""

    help = "把过完的月份变成一个匿名的 baodao-problem/1 文件：编号、单位、特长都换成随机的，顺序打乱，时间保留。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which month, where to."""
        parser.add_argument("--town", required=True)
        parser.add_argument("--month", required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, draw names, write."""
        try:
            month = str(Month.parse(options["month"]))
        except ValueError as error:
            fail(str(error), status=2)
        town = orgs.town_by_code(options["town"])
        if town is None:
            fail(f"没有代码是 {options['town']} 的镇。", status=2)
        if not options["out"].resolve().parent.is_dir():
            fail(f"没有这个目录：{options['out'].resolve().parent}。", status=2)
        found = services.replay_month(actor=program("replay_month"), town=town.path, month=month)
        try:
            write_problem(found, options["out"])
        except OSError as error:
            fail(f"写不了 {options['out']}：{error.strerror or error}。")
        counts = {"members": len(found.members), "sessions": len(found.sessions), "pairs": len(found.pair_cost)}
        if options["json"]:
            print_json(counts)
        else:
            say("{members} 人、{sessions} 个班次、{pairs} 对，已写成匿名问题。".format(**counts))
