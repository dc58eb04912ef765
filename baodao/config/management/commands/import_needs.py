"""Bring a needs register in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from baodao.base.actor import program
from baodao.config.bringing import Bringing
from baodao.config.console import fail
from baodao.domain.needs import services
from baodao.domain.orgs import selectors as orgs


class Command(Bringing):
    """``import_needs FILE --community CODE [--dry-run] [--partial] [--json]``."""

    help = "read a needs register (.xlsx .xls .csv): without --partial one rejected row means nothing is written"
    measure = "件"
    told = (("added", "新增"), ("unchanged", "不变"), ("skipped", "跳过"))

    def add_place(self, parser: ArgumentParser) -> None:
        """The community."""
        parser.add_argument("--community", required=True, metavar="CODE")

    def place(self, options: dict[str, Any]) -> dict[str, Any]:
        """The community itself."""
        community = orgs.community_by_code(options["community"])
        if community is None:
            fail(f"没有代码是 {options['community']} 的社区。", status=2)
        return {"community": community}

    def bring(self, **values: Any) -> tuple[Any, Any]:
        """The register's service."""
        return services.import_file(actor=program("import_needs"), **values)
