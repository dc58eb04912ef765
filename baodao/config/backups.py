"""Backups: every table as lines, compressed and encrypted, with a manifest; restore into an empty database of either kind.

One snapshot transaction reads everything. A backup carries ``erasures.log``; restore replays the newest one it finds, so
that whoever was erased since the backup stays erased.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, models, transaction

from baodao.base.crypto import archive
from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain import erasures
from baodao.domain.keyring import master_key

FORMAT = "baodao-backup/1"
KEEP_HOURS, KEEP_DAYS, KEEP_BYTES = 24, 35, 2 * 1024**3
_SKIP = {"sessions.session", "django_tasks_database.dbtaskresult", "contenttypes.contenttype", "auth.permission"}


def tables() -> list[type[models.Model]]:
    """Every table that is ours, those others point to first."""
    wanted = [m for m in apps.get_models(include_auto_created=True) if m._meta.label_lower not in _SKIP]
    wanted = [m for m in wanted if m._meta.app_label != "auth" and m._meta.managed and not m._meta.proxy]
    ordered: list[type[models.Model]] = []

    def visit(model: type[models.Model]) -> None:
        if model in ordered or model not in wanted:
            return
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and target is not model:
                visit(target)
        ordered.append(model)

    for model in wanted:
        visit(model)
    return ordered


def _plain(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return {"b": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, (date, Decimal)) or hasattr(value, "isoformat"):
        return {"s": str(value)}
    if isinstance(value, (dict, list)):
        return {"j": value}
    return value


def _value(raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    kind, value = next(iter(raw.items()))
    if kind == "b":
        return base64.b64decode(value)
    return datetime.fromisoformat(value) if kind == "t" else value


def lines(alias: str = "default") -> Iterator[bytes]:
    """Every row of every table, one JSON line each, read in one transaction."""
    with transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for model in tables():
            names = [f.attname for f in model._meta.concrete_fields]
            yield json.dumps({"table": model._meta.label_lower, "columns": names}).encode() + b"\n"
            for row in model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(chunk_size=2000):
                yield json.dumps([_plain(v) for v in row], ensure_ascii=False).encode() + b"\n"


def backup(folder: Path) -> Path:
    """Write a backup into a new folder below ``folder`` and return it; nothing half-written keeps the final name."""
    stamp = f"{datetime.now(clock.ZONE):%Y%m%d-%H%M%S-%f}"
    part, final = folder / f".{stamp}.part", folder / stamp
    part.mkdir(parents=True)
    try:
        digest = archive.write(part / "data.bin", lines(), master_key())
        log = erasures.log_path()
        (part / "erasures.log").write_bytes(log.read_bytes() if log.exists() else b"")
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(clock.ZONE).isoformat(),
            "files": {
                "data.bin": digest,
                "erasures.log": hashlib.sha256((part / "erasures.log").read_bytes()).hexdigest(),
            },
        }
        (part / "manifest.json").write_text(json.dumps(manifest, indent=1))
        part.rename(final)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return final


def copy_tables(path: Path) -> str:
    """Every PostgreSQL table as it is (COPY's text), before an upgrade whose models no longer fit it; returns the digest."""

    def parts() -> Iterator[bytes]:
        with transaction.atomic(), connections["default"].cursor() as cursor:
            for name in sorted(connections["default"].introspection.table_names(cursor)):
                yield f"-- {name}\n".encode()
                with cursor.copy(f"COPY {connections['default'].ops.quote_name(name)} TO STDOUT WITH (HEADER)") as rows:
                    yield from map(bytes, rows)

    return archive.write(path, parts(), master_key())


def seal_file(clear: Path, kept: Path) -> str:
    """Encrypt a file like a backup, then overwrite and remove the clear one; returns the digest."""

    def parts() -> Iterator[bytes]:
        with clear.open("rb") as handle:
            while block := handle.read(1 << 20):
                yield block

    digest = archive.write(kept, parts(), master_key())
    with clear.open("r+b") as handle:
        handle.write(bytes(clear.stat().st_size))
        handle.flush()
        os.fsync(handle.fileno())
    clear.unlink()
    return digest


def newest(folder: Path) -> Path:
    """``folder`` itself when it is a backup, else the newest backup in it; Refused when there is none."""
    if (folder / "manifest.json").exists():
        return folder
    found = sorted(p.parent for p in folder.glob("*/manifest.json"))
    if not found:
        raise Refused(f"{folder} 里没有备份。")
    return found[-1]


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a backup whose files have their digests; Refused naming the first that does not."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
        if manifest.get("format") != FORMAT:
            raise Refused(f"{folder.name} 的格式不认识：{manifest.get('format')}。")
        found = {name: _digest(folder / name) for name in manifest["files"]}
    except OSError as error:
        raise Refused(f"备份里的 {Path(str(error.filename)).name} 读不出来：{error.strerror}。") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(f"{folder.name} 的清单坏了，这份备份不能用。") from None
    for name, digest in manifest["files"].items():
        if found[name] != digest:
            raise Refused(f"备份里的 {name} 和清单上的摘要不一致，这份备份不能用。")
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def load(folder: Path, alias: str) -> int:
    """Put every row of a backup into the migrated, empty database ``alias``; returns the number of rows."""
    connection, count = connections[alias], 0
    with transaction.atomic(using=alias):
        _refuse_filled(alias)
        with connection.constraint_checks_disabled() if connection.vendor == "sqlite" else _deferred(connection):
            for model, columns, rows in _batches(_split(archive.read(folder / "data.bin", master_key()))):
                made = [model(**dict(zip(columns, map(_value, row), strict=True))) for row in rows]
                model._base_manager.using(alias).bulk_create(made, batch_size=500)
                count += len(made)
        connection.check_constraints()
        _reset_sequences(connection)
    return count


def _refuse_filled(alias: str) -> None:
    for model in tables():
        if model._base_manager.using(alias).exists():
            raise Refused("目标数据库里已经有数据。恢复只能放进空的数据库。")


class _deferred:
    """PostgreSQL: foreign keys are deferrable, so order inside the transaction does not matter."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def __exit__(self, *error: object) -> None:
        return None


def _reset_sequences(connection: Any) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _split(chunks: Iterable[bytes]) -> Iterator[Any]:
    held = b""
    for chunk in chunks:
        *whole, held = (held + chunk).split(b"\n")
        for line in whole:
            yield json.loads(line)


def _batches(items: Iterator[Any]) -> Iterator[tuple[type[models.Model], list[str], list[Any]]]:
    model: type[models.Model] | None = None
    columns: list[str] = []
    rows: list[Any] = []
    for item in items:
        if isinstance(item, dict):
            if model is not None and rows:
                yield model, columns, rows
            model, columns, rows = apps.get_model(item["table"]), item["columns"], []
        else:
            rows.append(item)
            if len(rows) >= 2000 and model is not None:
                yield model, columns, rows
                rows = []
    if model is not None and rows:
        yield model, columns, rows


def thin(folder: Path) -> list[Path]:
    """Delete what is older than kept: all of the last 24 hours, one a day for 35 days, at most 2 GB (oldest first out)."""
    found = sorted(p.parent for p in folder.glob("*/manifest.json"))
    now, keep, days = datetime.now(clock.ZONE), [], set()
    for one in reversed(found):
        made = datetime.fromisoformat(json.loads((one / "manifest.json").read_text())["made_at"])
        age = now - made
        if age <= timedelta(hours=KEEP_HOURS) or (age <= timedelta(days=KEEP_DAYS) and made.date() not in days):
            keep.append(one)
        days.add(made.date())
    total, kept = 0, set()
    for one in keep:
        total += sum(f.stat().st_size for f in one.iterdir())
        if total <= KEEP_BYTES or not kept:
            kept.add(one)
    gone = [one for one in found if one not in kept]
    for one in gone:
        shutil.rmtree(one)
    for copy in (folder / "before-upgrade").glob("*"):
        if now.timestamp() - copy.stat().st_mtime > KEEP_DAYS * 86400:
            copy.unlink()
            gone.append(copy)
    return gone


def folder() -> Path:
    """Where the worker keeps its backups."""
    return Path(settings.DATA_DIR) / "backups"
