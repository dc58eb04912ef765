"""Restore a backup into an empty database; whoever was erased since stays erased."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections, transaction

from baodao.base.crypto import Unsealable
from baodao.config import backups, privacy
from baodao.config.console import Plain, fail, say
from baodao.config.environment import database_from_url
from baodao.domain import erasures
from baodao.domain.audit import selectors as audit
from baodao.domain.points import selectors as points

ALIAS = "default"


class Command(Plain):
    """``restore DIR --into URL [--verify]``."""

    help = "restore the newest backup in DIR into the empty database URL, then replay the newest erasures.log"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Folder, target, verification."""
        parser.add_argument("dir", type=Path)
        parser.add_argument("--into", required=True, metavar="URL")
        parser.add_argument("--verify", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 with a reason and an untouched target when the backup is damaged or the target is not empty."""
        folder = backups.newest(options["dir"].resolve())
        manifest = backups.check(folder)
        try:
            self._aim(options["into"])
            call_command("migrate", verbosity=0)
            log, lines = erasures.newest([folder / "erasures.log", erasures.log_path()])
            with transaction.atomic():  # nobody erased since is ever seen in the restored database
                rows = backups.load(folder, ALIAS)
                again = erasures.replay(lines, privacy.erasers())
        except ImproperlyConfigured as error:
            fail(str(error), status=2)
        except Unsealable as error:
            fail(f"备份打不开：{error}。检查 DATA_DIR 里的密钥文件是不是做备份时的那一个。")
        privacy.sweep()
        say(f"恢复了 {rows} 行，备份做于 {manifest['made_at'][:19]}。")
        if log is None:
            say("没有删除记录可重放。")
        else:
            say(f"重放删除记录（最后一条 {max(line[2] for line in lines)[:19]}）：{again} 项重新删除。")
        if options["verify"]:
            faults = [*audit.broken_links(), *points.broken_links()]
            if faults:
                fail(*faults)
            say("留痕链和积分链都对。")

    def _aim(self, url: str) -> None:
        """Point the default connection at the target, so that services work on it."""
        wanted = database_from_url(url)
        connections[ALIAS].close()
        settings_dict = {**connections[ALIAS].settings_dict, **wanted}
        fresh = type(connections)({ALIAS: settings_dict})
        connections[ALIAS] = fresh[ALIAS]
