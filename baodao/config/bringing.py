"""What the commands that bring a file in have in common: options, the answer of the contract, one plain line a problem."""

from __future__ import annotations

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from baodao.base.verdict import Refused
from baodao.config.console import Plain, fail, print_json, say


class Bringing(Plain, ABC):
    """``import_… FILE … [--dry-run] [--partial] [--json]``: 0 when every row went in, 1 when none or not all did."""

    #: What one row is, and the counts that are told, with their words.
    measure = "行"
    told: tuple[tuple[str, str], ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, place, rehearsal, good rows only, JSON."""
        parser.add_argument("file", metavar="FILE")
        self.add_place(parser)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--partial", action="store_true")
        parser.add_argument("--json", action="store_true")

    @abstractmethod
    def add_place(self, parser: ArgumentParser) -> None:
        """Whose rows they are."""

    @abstractmethod
    def place(self, options: dict[str, Any]) -> dict[str, Any]:
        """The place as the service takes it; ends with status 2 for an unknown code."""

    @abstractmethod
    def bring(self, **values: Any) -> tuple[Any, Any]:
        """(verdict, batch or None) of the service."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, write what may be written, answer."""
        path = Path(options["file"])
        if not path.is_file():
            fail(f"没有这个文件：{path}", status=2)
        answer = self._answer(path, self.place(options), options)
        if options["json"]:
            print_json(answer)
        else:
            self._tell(answer, dry_run=options["dry_run"])
        if answer["rejected"]:
            fail(*(line(problem) for problem in answer["rejected"]))

    def _answer(self, path: Path, place: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
        try:
            found, batch = self.bring(
                data=path.read_bytes(), filename=path.name, partial=options["partial"], dry_run=options["dry_run"], **place
            )
        except Refused as error:
            if error.code != "file":
                raise
            return unreadable(error.reason)
        answer = dict(found.as_dict(batch.code if batch else None))
        if not answer["rows"] and not answer["rejected"]:
            answer["rejected"] = unreadable("认出了表头，下面没有一行可读的。先填内容，再导入")["rejected"]
        return answer

    def _tell(self, answer: dict[str, Any], *, dry_run: bool) -> None:
        counts = "，".join(f"{words} {answer[key]}" for key, words in self.told)
        say(f"读到 {answer['rows']} {self.measure}：{counts}，要改 {len({(p['sheet'], p['row']) for p in answer['rejected']})}。")
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
