"""Bring a ledger file in."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from baodao.base.actor import program
from baodao.base.verdict import Refused
from baodao.config.console import Plain, fail, print_json, say
from baodao.domain.members import services
from baodao.domain.orgs import selectors as orgs


class Command(Plain):
    """``import_members FILE --town CODE [--unit CODE] [--dry-run] [--partial] [--json]``."""

    help = "read a ledger (.xlsx .xls .csv): without --partial one rejected row means nothing is written"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, town, unit, rehearsal, good rows only, JSON."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--town", required=True, metavar="CODE")
        parser.add_argument("--unit", metavar="CODE")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--partial", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when every row went in, 1 when none or not all did."""
        path = Path(options["file"])
        if not path.is_file():
            fail(f"没有这个文件：{path}", status=2)
        town = orgs.town_by_code(options["town"])
        if town is None:
            fail(f"没有代码是 {options['town']} 的镇。", status=2)
        unit = orgs.unit_by_code(town.path.split("/")[0] + "/", options["unit"]) if options["unit"] else None
        if options["unit"] and unit is None:
            fail(f"没有代码是 {options['unit']} 的单位。", status=2)
        answer = self._bring(path, town.path, unit.path if unit else "", options)
        if options["json"]:
            print_json(answer)
        else:
            self._tell(answer, dry_run=options["dry_run"])
        if answer["rejected"]:
            fail(*(line(problem) for problem in answer["rejected"]))

    def _bring(self, path: Path, town: str, unit: str, options: dict[str, Any]) -> dict[str, Any]:
        try:
            found, batch = services.import_file(
                actor=program("import_members"), data=path.read_bytes(), filename=path.name, scope=unit or town,
                town=town, unit=unit, partial=options["partial"], dry_run=options["dry_run"],
            )
        except Refused as error:
            if error.code != "file":
                raise
            return unreadable(error.reason)
        return found.as_dict(batch.code if batch else None)

    def _tell(self, answer: dict[str, Any], *, dry_run: bool) -> None:
        say(f"读到 {answer['rows']} 行：新增 {answer['added']}，更新 {answer['updated']}，不变 {answer['unchanged']}，"
            f"跳过 {answer['skipped']}，要改 {len({(p['sheet'], p['row']) for p in answer['rejected']})}。")
        for problem in answer["warnings"]:
            say(f"提醒 {line(problem)}")
        if answer["batch"]:
            say(f"已导入，批次 {answer['batch']}；24 小时内可以 ./run undo_import {answer['batch']}")
        elif answer["rows"] and not dry_run:
            say("没有写入。")


def unreadable(reason: str) -> dict[str, Any]:
    """The answer about a file that cannot be read."""
    message, _dot, suggestion = reason.partition("。")
    problem = {"sheet": None, "row": None, "column": None, "value": None, "code": "file", "message": message,
               "suggestion": suggestion.rstrip("。")}
    return {"rows": 0, "added": 0, "updated": 0, "unchanged": 0, "skipped": 0, "rejected": [problem], "warnings": [],
            "batch": None}


def line(problem: dict[str, Any]) -> str:
    """A problem in one plain line."""
    row = f"第 {problem['row']} 行" if problem["row"] else ""
    where = " ".join(part for part in (problem["sheet"] or "", row, problem["column"] or "") if part)
    words = "；".join(part for part in (problem["message"], problem["suggestion"]) if part)
    return f"{where}：{words}" if where else words


