"""``solve PROBLEM.json --out PLAN.json``: the solver alone, no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from baodao.base.solver import (
    Malformed,
    Plan,
    Progress,
    Unfinished,
    certified,
    read_problem,
    write_certificate,
    write_plan,
)
from baodao.base.solver.standing import RUNGS
from baodao.config.console import Plain, fail, print_json, say


class Command(Plain):
    """Exit status 0 whenever a plan was written, an infeasible one included; 2 for a malformed problem."""

    help = "求解一个 baodao-problem/1 文件，写出 baodao-plan/1 文件；不用数据库。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The problem, where to write, the limits."""
        parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
        parser.add_argument("--out", type=Path, required=True, metavar="PLAN.json")
        parser.add_argument("--seconds", type=float, default=10.0)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--rung", choices=RUNGS, default="", help="到这一级为止")
        parser.add_argument("--nodes", type=int, metavar="N", help="分支最多看 N 个节点：与机器快慢无关")
        parser.add_argument("--memory-mb", type=float, metavar="MB", help="占内存最多 MB 兆")
        parser.add_argument("--certificate", type=Path, metavar="FILE", help="另写证书：证明了什么、怎样证明、行价格")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, solve, write."""
        if not 0 < options["seconds"] <= 86_400 or options["workers"] < 1:
            fail("--seconds 应在 0 与 86400 之间，--workers 至少为 1。", status=2)
        nodes, memory = options["nodes"], options["memory_mb"]
        if (nodes is not None and nodes < 1) or not (memory is None or memory > 0):
            fail("--nodes 至少为 1，--memory-mb 要大于 0。", status=2)
        for path in filter(None, (options["out"], options["certificate"])):
            if not path.resolve().parent.is_dir():
                fail(f"没有这个目录：{path.resolve().parent}。", status=2)
        try:
            problem = read_problem(options["problem"])
        except Malformed as error:
            fail(str(error), status=2)
        try:
            plan, certificate = certified(
                problem,
                seconds=options["seconds"],
                seed=options["seed"],
                rung=options["rung"],
                nodes=options["nodes"],
                memory_mb=options["memory_mb"],
                on_progress=_shown if sys.stderr.isatty() else None,
                prices=options["certificate"] is not None,
            )
        except Unfinished as error:
            fail(str(error))
        try:
            write_plan(plan, options["out"])
            if options["certificate"] is not None:
                write_certificate(certificate, options["certificate"])
        except OSError as error:
            fail(f"写不了 {error.filename or options['out']}：{error.strerror or error}。")
        if options["json"]:
            print_json({key: value for key, value in plan.to_json().items() if key != "assignments"})
        else:
            say(_line(plan))


def _shown(progress: Progress) -> None:
    gap = "" if progress.gap is None else f"{progress.gap:.4%}"
    words = f"{progress.rung:8} {progress.objective} ≥ {progress.bound}  {gap}  {progress.seconds:.1f} s"
    print(f"\r{words:72}", end="", file=sys.stderr)


def _line(plan: Plan) -> str:
    if plan.status == "infeasible":
        return "不可行：" + " ".join(row.text for row in plan.clash)
    gap = "" if plan.gap is None else f"，差距 {plan.gap:.4%}"
    words = "已证明最优" if plan.status == "optimal" else "可用"
    return f"{words}：{len(plan.assignments)} 人次，总值 {plan.objective}，下界 {plan.bound}{gap}，{plan.seconds:.2f} 秒（{plan.rung}）。"
