"""Take a whole import back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from baodao.base.actor import program
from baodao.base.verdict import Absent
from baodao.config.console import Plain, fail, print_json, say
from baodao.domain.members import selectors as members
from baodao.domain.members import services as member_services
from baodao.domain.needs import services as need_services


class Command(Plain):
    """``undo_import BATCH [--json]``."""

    help = "take a whole import back, within 24 hours"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The batch's code, JSON."""
        parser.add_argument("batch", metavar="BATCH")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when it was taken back, 1 with the reason otherwise."""
        actor, code = program("undo_import"), options["batch"].strip()
        try:
            noun = members.batch_noun(code)
        except Absent:
            fail(f"没有 {code} 这个批次。")
        batch = members.batch_for(actor, code, noun)
        undo = member_services.undo_import if noun == "members" else need_services.undo_import
        counts = undo(actor=actor, batch=batch)
        if options["json"]:
            print_json({"batch": code, **counts})
            return
        say(f"批次 {code} 已撤销：" + "，".join(f"{WORDS.get(key, key)} {count}" for key, count in counts.items()) + "。")


WORDS = {"removed": "去掉新增的", "restored": "改回原样的", "kept": "后来又改过、保持不动的"}
