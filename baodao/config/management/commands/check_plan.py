"""``check_plan PROBLEM.json PLAN.json``: the independent checker."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from baodao.base.solver import BoundReport, Certificate, Malformed, Problem, check_certificate, check_plan
from baodao.base.solver.files import read_json
from baodao.config.console import Plain, fail, print_json, say


class Command(Plain):
    """Exit status 0 if the plan is feasible and true about itself, 1 if not, 2 if a file is no problem or no JSON."""

    help = "独立检查一个方案：每一条违反都说明规则、班次、成员。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Two files."""
        parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
        parser.add_argument("plan", type=Path, metavar="PLAN.json")
        parser.add_argument("--certificate", type=Path, metavar="FILE", help="也检查证书：按其中的价格重算下界")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both, judge, say."""
        try:
            problem = read_json(options["problem"])
            Problem.from_json(problem)
            plan = read_json(options["plan"])
            certificate = None if options["certificate"] is None else read_json(options["certificate"])
            if certificate is not None:
                Certificate.from_json(certificate)
        except Malformed as error:
            fail(str(error), status=2)
        digest = hashlib.sha256(options["problem"].read_bytes()).hexdigest()
        report = check_plan(problem, plan, also_sha256=digest)
        found = report.to_json()
        wrong = list(report.violations)
        said = [f"可行：总值 {report.objective}（{'，'.join(f'{name} {value}' for name, value in report.levels.items())}）。"]
        if certificate is not None:
            bound = check_certificate(problem, plan, certificate, also_sha256=digest)
            found["certificate"] = asdict(bound)
            wrong += bound.violations
            said.append(_proved(bound, certificate["bound"]))
        if options["json"]:
            print_json(found)
        elif not wrong:
            say("\n".join(said))
        if wrong:
            fail(*(f"{row.rule} {row.text}" for row in wrong))


def _proved(found: BoundReport, stated: int | float | None) -> str:
    if found.bound is None:
        return "证书没有可重算的价格：下界只能照信。"
    gap = "" if found.gap is None else f"，差距 {found.gap:.4%}"
    return f"证书：按其中的价格用整数重算，没有方案低于 {found.bound}{gap}（证书写 {stated}）。"
