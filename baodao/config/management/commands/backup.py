"""A backup of everything, encrypted, with a manifest."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from baodao.config import backups
from baodao.config.console import Plain, fail, say


class Command(Plain):
    """``backup DIR``."""

    help = "write an encrypted backup with a SHA-256 manifest below DIR (never with the key file)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("dir", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 with the new folder's name."""
        try:
            made = backups.backup(options["dir"].resolve())
        except OSError as error:
            fail(f"备份写不进 {options['dir']}：{error.strerror}。")
        say(f"备份在 {made}。密钥文件不在里面，另外保存。")
