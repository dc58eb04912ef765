"""``simulate_year``: twelve invented months in a row, planned in four ways; what fairness and coverage come to."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from baodao.base.solver import solve
from baodao.base.solver.baselines import ledger_order, sign_up
from baodao.base.solver.synthetic import Dimensions
from baodao.base.solver.year import Year, twelve_months
from baodao.config.console import Plain, fail, print_json, progress, say

WAYS = ("ledger", "sign-up", "greedy", "ours")
WORDS = {"ledger": "按台账轮", "sign-up": "先到先得", "greedy": "贪心", "ours": "求解"}


class Command(Plain):
    """Exit status 0; the same arguments give the same table unless a month ends by time."""

    help = "编造的一年：同样的人、同样的班次，按台账轮、先到先得、贪心、求解四种办法各过十二个月，印出对照表；不用数据库。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How large, how long, which ways."""
        parser.add_argument("--members", type=int, default=2100)
        parser.add_argument("--months", type=int, default=12)
        parser.add_argument("--minimum", type=int, default=6, help="一年至少几次")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--seconds", type=float, default=20.0, help="每个月最多求解几秒")
        parser.add_argument("--ways", default=",".join(WAYS))
        parser.add_argument("--out", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Roll the year for each way."""
        wanted = [way for way in options["ways"].split(",") if way]
        if not wanted or set(wanted) - set(WAYS):
            fail(f"--ways 是 {'、'.join(WAYS)} 里的几个，用逗号分开。", status=2)
        if options["members"] < 20 or not 1 <= options["months"] <= 24 or not 0 < options["seconds"] <= 3600:
            fail("--members 至少 20，--months 在 1 与 24 之间，--seconds 在 0 与 3600 之间。", status=2)
        if options["out"] is not None and not options["out"].resolve().parent.is_dir():
            fail(f"没有这个目录：{options['out'].resolve().parent}。", status=2)
        found: dict[str, Any] = {}
        if not options["json"]:
            say(f"{'':8}  达到 {options['minimum']} 次  基尼系数  最少–最多  必需空位（加权）  没办成的班次  秒（处理器）")
        for name in progress(wanted, len(wanted), "一年"):
            began = time.process_time()
            year = twelve_months(_way(name, options), seed=options["seed"], dims=_size(options["members"]),
                                 minimum=options["minimum"], months=options["months"])  # fmt: skip
            spent = round(time.process_time() - began, 1)
            found[name] = {**asdict(year), "cpu_seconds": spent}
            if not options["json"]:
                say(_line(name, year, spent))
        if options["out"] is not None:
            options["out"].write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
        if options["json"]:
            print_json(found)


def _size(members: int) -> Dimensions:
    return Dimensions(given=False, members=members, sessions=max(4, members * 2 // 7), joint=members // 35)


def _way(name: str, options: dict[str, Any]) -> Any:
    ways = {
        "ledger": ledger_order,
        "sign-up": sign_up,
        "greedy": partial(solve, rung="greedy"),
        "ours": partial(solve, seconds=options["seconds"]),
    }
    return ways[name]


def _line(name: str, year: Year, spent: float) -> str:
    return (
        f"{WORDS[name]:6}  {year.reaching:9.1%}  {year.gini:8.3f}  {year.least:4}–{year.most:<4}  "
        f"{year.mandatory:14}  {year.short:12}  {spent:10.1f}"
    )
