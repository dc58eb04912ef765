"""Upgrade the database to this version: backup, check, migrate, check; the former state comes back if anything fails."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from baodao.config import backups
from baodao.config.console import Plain, fail, first_line, say
from baodao.config.serving import refuse_newer
from baodao.domain.audit import selectors as audit


class Command(Plain):
    """``upgrade``."""

    help = "backup, check, migrate, check; restores on failure"

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when the database is at this version."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        refuse_newer(executor)
        if not plan:
            say("数据库已经是这个版本。")
            return
        fresh = not executor.loader.applied_migrations
        copy = None if fresh else self._keep()
        try:
            with self._whole():
                self._migrate()
        except Exception as error:  # whatever it was, the former state comes back
            self._put_back(copy)
            fail(f"升级没有成功，数据库已经放回原样：{first_line(error)}")
        kept = self._seal(copy)
        say(f"升级好了：{len(plan)} 步。" + (f"升级前的副本在 {kept}，35 天后删。" if kept else ""))

    def _migrate(self) -> None:
        call_command("migrate", verbosity=0)
        call_command("check", stdout=io.StringIO())
        faults = list(audit.broken_links())
        if faults:
            raise RuntimeError(faults[0])

    @contextlib.contextmanager
    def _whole(self) -> Iterator[None]:
        """PostgreSQL changes tables in transactions: all steps and the check after them are one of these."""
        if connection.vendor == "postgresql":
            with transaction.atomic():
                yield
            return
        yield

    def _keep(self) -> Path:
        """A copy of the former state: SQLite's own, or every table of PostgreSQL, encrypted like a backup."""
        folder = backups.folder() / "before-upgrade"
        folder.mkdir(parents=True, exist_ok=True)
        if connection.vendor != "sqlite":
            copy = folder / "tables.bin"
            backups.copy_tables(copy)
            return copy
        copy = folder / "baodao.sqlite3"
        copy.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        copy.chmod(0o600)
        return copy

    def _seal(self, copy: Path | None) -> Path | None:
        """After a good upgrade the copy is kept like a backup: encrypted, its clear file gone."""
        if copy is None or copy.suffix == ".bin":
            return copy
        kept = copy.with_suffix(".bin")
        backups.seal_file(copy, kept)
        return kept

    def _put_back(self, copy: Path | None) -> None:
        if copy is None or connection.vendor != "sqlite":
            return
        name = Path(str(settings.DATABASES["default"]["NAME"]))
        connection.close()
        for ending in ("-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
        shutil.copyfile(copy, name)
        copy.unlink()
