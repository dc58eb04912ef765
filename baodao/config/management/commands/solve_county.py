"""``solve_county --towns N``: an invented province, town by town over processes, or through the task queue."""

from __future__ import annotations

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from baodao.base.solver.province import Row, Town, province, solve_province, total
from baodao.base.solver.standing import RUNGS
from baodao.config.console import Plain, fail, print_json, progress, say


class Command(Plain):
    """Exit status 0 when every town has a plan the checker accepts; 1 if a worker failed or nobody worked."""

    help = "用生成的镇求解一个地区：各镇分到几个进程，或排进任务队列由几个 work 进程求解；数据都是编造的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many towns, how large, the limits, who works."""
        parser.add_argument("--towns", type=int, default=48)
        parser.add_argument("--members", type=int, default=2100, help="每个镇多少人")
        parser.add_argument("--seconds", type=float, default=30.0, help="每个镇最多几秒")
        parser.add_argument("--nodes", type=int, help="每个镇分支最多看几个节点")
        parser.add_argument("--rung", choices=RUNGS, default="")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--queue", action="store_true", help="排进任务队列，由正在运行的 work 进程求解")
        parser.add_argument("--wait", type=float, default=3600.0, help="队列里等结果最多几秒")
        parser.add_argument("--out", type=Path, metavar="FILE", help="各镇的结果写成 JSON")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make, plan, print the table."""
        low = min(options["towns"], options["workers"], options["nodes"] or 1)
        if low < 1 or options["nodes"] == 0 or options["members"] < 50 or not 0 < options["seconds"] <= 86_400:
            fail("--towns、--workers、--nodes 至少为 1，--members 至少为 50，--seconds 在 0 与 86400 之间。", status=2)
        if options["out"] is not None and not options["out"].resolve().parent.is_dir():
            fail(f"没有这个目录：{options['out'].resolve().parent}。", status=2)
        limits = {name: options[name] for name in ("members", "seconds", "seed", "rung", "nodes")}
        towns = province(options["towns"], **limits)
        began = time.monotonic()
        found = _queued(towns, options["wait"]) if options["queue"] else solve_province(towns, workers=options["workers"])
        rows = []
        for row in progress(found, len(towns), "各镇"):
            rows.append(row)
            if not options["json"]:
                say(_line(row))
        wall = round(time.monotonic() - began, 1)
        whole = {**total(rows).to_json(), "seconds": wall}
        if options["out"] is not None:
            data = {"total": whole, "towns": [row.to_json() for row in rows]}
            options["out"].write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        if options["json"]:
            print_json(whole)
        else:
            _tell(whole)


def _queued(towns: Sequence[Town], wait: float) -> Iterator[Row]:
    """Queue every town, then hand on the rows in order as workers finish them; what nobody took is withdrawn."""
    from django_tasks_db.models import DBTaskResult

    from baodao.config.tasks import solve_town

    results = [solve_town.enqueue(**asdict(town)) for town in towns]
    until = time.monotonic() + wait
    try:
        for town, result in zip(towns, results, strict=True):
            while not result.is_finished:
                if time.monotonic() > until:
                    fail(f"等了 {wait:g} 秒，第 {town.number} 镇还没有结果：有 ./run work 在运行吗？")
                time.sleep(0.2)
                result.refresh()
            if result.errors:
                fail(f"第 {town.number} 镇没有求解成功：{result.errors[0].exception_class_path}。")
            yield Row(**result.return_value)
    finally:
        mine = [result.id for result in results]
        DBTaskResult.objects.filter(id__in=mine).exclude(status="RUNNING").delete()


def _line(row: Row) -> str:
    proved = "已证明" if row.status == "optimal" else f"差距 {(row.objective - row.bound) / max(1, abs(row.objective)):.4%}"
    return (
        f"第 {row.number:3} 镇  {row.members} 人  {row.pairs} 对  总值 {row.objective}  下界 {row.bound}  {proved}  "
        f"{row.rung}  {row.seconds:.2f} 秒  {row.sha256[:12]}"
    )


def _tell(whole: dict[str, Any]) -> None:
    say(
        f"合计 {whole['towns']} 镇、{whole['members']} 人、{whole['pairs']} 对：{whole['proved']} 镇已证明最优，差距 {whole['gap']:.5%}；"
        f"必需空位 {whole['mandatory']}（按轻重加权），{whole['seconds']} 秒（求解 {whole['solver_seconds']} 秒），"
        f"{whole['processes']} 个进程，最大的占 {whole['megabytes']:.0f} MB。"
    )
