"""Bring a ledger file in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from baodao.base import paths
from baodao.base.actor import program
from baodao.config.bringing import Bringing
from baodao.config.console import fail
from baodao.domain.members import services
from baodao.domain.orgs import selectors as orgs


class Command(Bringing):
    """``import_members FILE --town CODE [--unit CODE] [--dry-run] [--partial] [--json]``."""

    help = "read a ledger (.xlsx .xls .csv): without --partial one rejected row means nothing is written"
    told = (("added", "新增"), ("updated", "更新"), ("unchanged", "不变"), ("skipped", "跳过"))

    def add_place(self, parser: ArgumentParser) -> None:
        """The town; the unit whose list it is."""
        parser.add_argument("--town", required=True, metavar="CODE")
        parser.add_argument("--unit", metavar="CODE")

    def place(self, options: dict[str, Any]) -> dict[str, Any]:
        """Town and unit as paths."""
        town = orgs.town_by_code(options["town"])
        if town is None:
            fail(f"没有代码是 {options['town']} 的镇。", status=2)
        unit = orgs.unit_by_code(paths.county_of(town.path), options["unit"]) if options["unit"] else None
        if options["unit"] and unit is None:
            fail(f"没有代码是 {options['unit']} 的单位。", status=2)
        path = unit.path if unit else ""
        return {"scope": path or town.path, "town": town.path, "unit": path}

    def bring(self, **values: Any) -> tuple[Any, Any]:
        """The ledger's service."""
        return services.import_file(actor=program("import_members"), **values)
