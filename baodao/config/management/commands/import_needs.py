"""Bring a needs register in."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from baodao.base.actor import program
from baodao.base.verdict import Refused
from baodao.config.console import Plain, fail, print_json, say
from baodao.config.management.commands.import_members import line, unreadable
from baodao.domain.needs import services
from baodao.domain.orgs import selectors as orgs


class Command(Plain):
    """``import_needs FILE --community CODE [--dry-run] [--partial] [--json]``."""

    help = "read a needs register (.xlsx .xls .csv): without --partial one rejected row means nothing is written"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, community, rehearsal, good rows only, JSON."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--community", required=True, metavar="CODE")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--partial", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when every row went in, 1 when none or not all did."""
        path = Path(options["file"])
        if not path.is_file():
            fail(f"没有这个文件：{path}", status=2)
        community = orgs.community_by_code(options["community"])
        if community is None:
            fail(f"没有代码是 {options['community']} 的社区。", status=2)
        answer = self._bring(path, community, options)
        if options["json"]:
            print_json(answer)
        else:
            self._tell(answer, dry_run=options["dry_run"])
        if answer["rejected"]:
            fail(*(line(problem) for problem in answer["rejected"]))

    def _bring(self, path: Path, community: Any, options: dict[str, Any]) -> dict[str, Any]:
        try:
            found, batch = services.import_file(
                actor=program("import_needs"), data=path.read_bytes(), filename=path.name, community=community,
                partial=options["partial"], dry_run=options["dry_run"],
            )  # fmt: skip
        except Refused as error:
            if error.code != "file":
                raise
            return unreadable(error.reason)
        return found.as_dict(batch.code if batch else None)

    def _tell(self, answer: dict[str, Any], *, dry_run: bool) -> None:
        say(f"读到 {answer['rows']} 件：新增 {answer['added']}，不变 {answer['unchanged']}，跳过 {answer['skipped']}，"
            f"要改 {len({(p['sheet'], p['row']) for p in answer['rejected']})}。")
        for problem in answer["warnings"]:
            say(f"提醒 {line(problem)}")
        if answer["batch"]:
            say(f"已导入，批次 {answer['batch']}；24 小时内可以 ./run undo_import {answer['batch']}")
        elif answer["rows"] and not dry_run:
            say("没有写入。")
