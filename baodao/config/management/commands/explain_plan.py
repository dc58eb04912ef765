"""``explain_plan PROBLEM.json PLAN.json``: reasons in zh and en beside the rows of the files they cite."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from baodao.base.solver import Malformed, Plan, Problem, check_plan
from baodao.base.solver.cited import Cited, Citing
from baodao.base.solver.explain import Explainer
from baodao.base.solver.files import read_json
from baodao.config.console import Plain, fail, print_json, say


class Command(Plain):
    """Exit status 1 if the checker refuses the plan, 2 for a file or an id that is none."""

    help = "为什么这样安排：每条原因用中英文写出，旁边是它所依据的文件行；不用数据库。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The two files; one pair, one session, or some of every kind."""
        parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
        parser.add_argument("plan", type=Path, metavar="PLAN.json")
        parser.add_argument("--member", default="", metavar="ID")
        parser.add_argument("--session", default="", metavar="ID")
        parser.add_argument("--count", type=int, default=10, help="不指明时举几条")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, explain."""
        member, session = options["member"], options["session"]
        if (member and not session) or not 1 <= options["count"] <= 1000:
            fail("--member 要和 --session 一起写；--count 在 1 与 1000 之间。", status=2)
        try:
            problem = read_json(options["problem"])
            made = Problem.from_json(problem)
            data = read_json(options["plan"])
            report = check_plan(problem, data)
            if not report.feasible:
                fail("这个方案通不过检查，没有什么可解释的：" + report.violations[0].text)
            plan = Plan.from_json(data)
        except Malformed as error:
            fail(str(error), status=2)
        citing = Citing(problem, data, Explainer(made, plan))
        for name, known in ((member, citing.member_at), (session, citing.session_at)):
            if name and name not in known:
                fail(f"没有这个编号：{name}。", status=2)
        if member:
            found = [citing.pair(member, session)]
        elif session:
            found = citing.short(session)
        else:
            found = citing.some(options["count"])
        if options["json"]:
            print_json({"reasons": [cited.to_json() for cited in found]})
        elif not found:
            say(f"{session} 的人够了。")
        else:
            say("\n\n".join(_words(number, cited) for number, cited in enumerate(found, 1)))


def _words(number: int, cited: Cited) -> str:
    about = f"{cited.member} → {cited.session}" if cited.member else cited.session
    lines = [f"{number}. {about}  [{cited.reason.code}]", f"   {cited.reason.text('zh')}", f"   {cited.reason.text('en')}"]
    lines += [f"   {at:28} {json.dumps(row, ensure_ascii=False)}" for at, row in cited.rows]
    return "\n".join(lines)
