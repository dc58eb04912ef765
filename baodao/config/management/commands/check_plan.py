"""``check_plan PROBLEM.json PLAN.json``: the independent checker."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from baodao.base.solver import Malformed, Problem, check_plan
from baodao.base.solver.files import read_json
from baodao.config.console import Plain, fail, print_json, say


class Command(Plain):
    """Exit status 0 if the plan is feasible and true about itself, 1 if not, 2 if a file is no problem or no JSON."""

    help = "独立检查一个方案：每一条违反都说明规则、班次、成员。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Two files."""
        parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
        parser.add_argument("plan", type=Path, metavar="PLAN.json")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both, judge, say."""
        try:
            problem = read_json(options["problem"])
            Problem.from_json(problem)
            plan = read_json(options["plan"])
        except Malformed as error:
            fail(str(error), status=2)
        digest = hashlib.sha256(options["problem"].read_bytes()).hexdigest()
        report = check_plan(problem, plan, also_sha256=digest)
        if options["json"]:
            print_json(report.to_json())
        elif report.feasible:
            levels = "，".join(f"{name} {value}" for name, value in report.levels.items())
            say(f"可行：总值 {report.objective}（{levels}）。")
        if not report.feasible:
            fail(*(f"{row.rule} {row.text}" for row in report.violations))
