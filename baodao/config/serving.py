"""Starting the server: the checks before it, static files once, granian with two workers, the worker beside it."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from baodao.config.console import fail
from baodao.domain.accounts import selectors as accounts
from baodao.domain.orgs import selectors as orgs

PR_SET_PDEATHSIG = 1
SAFE_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def is_migrated() -> bool:
    """Does the database have exactly the migrations that lie on the disk? Reads names only, in a few milliseconds."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return False
    here = set()
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        here |= {(config.label, p.stem) for p in folder.glob("[0-9a-z]*.py") if p.stem != "__init__"}
    return here == applied


def refuse_wrong_schema() -> None:
    """End with a sentence when the database is unmigrated, newer than the program, or less safe than it must be."""
    if not is_migrated():
        _refuse_other_schema()
    if connection.vendor == "sqlite":
        _refuse_weak_sqlite()
    if settings.TODAY and orgs.has_real_town():
        fail("有真实的镇，不能用 BAODAO_TODAY 改日子。")


def _refuse_other_schema() -> None:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        fail(f"数据库连不上：{error}")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        fail("数据库还没有升级到这个版本。先运行 ./run upgrade。")
    refuse_newer(executor)


def refuse_newer(executor: MigrationExecutor) -> None:
    """End with a sentence when the database has steps that this program does not know: it was made by a later one."""
    ours = set(executor.loader.disk_migrations)
    known = {app for app, _name in ours}
    applied = executor.loader.applied_migrations
    newer = sorted(f"{app}.{name}" for app, name in applied if app in known and (app, name) not in ours)
    if newer:
        fail(f"数据库比程序新（{newer[0]}）。换新版本的程序，或恢复升级前的备份。")


def _refuse_weak_sqlite() -> None:
    with connection.cursor() as cursor:
        for name, wanted in SAFE_PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            if cursor.fetchone()[0] != wanted:
                fail(f"SQLite 的 {name} 不是 {wanted}，断电会丢数据，不启动。")


def refuse_open_demo() -> None:
    """While demo logins exist the server binds to loopback only."""
    try:
        is_loopback = ipaddress.ip_address(settings.BIND).is_loopback
    except ValueError:
        is_loopback = settings.BIND == "localhost"
    if accounts.has_demo_logins() and not is_loopback:
        fail("有演示账号（密码是公开的），只能绑定 127.0.0.1。先 ./run demo --remove。")


def refuse_taken_port() -> None:
    """Say which port is taken before two programs fight over it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.BIND, settings.PORT))
        except OSError:
            fail(f"{settings.BIND}:{settings.PORT} 已经被占用。换一个：PORT=8001 ./run")


def gather_static() -> None:
    """Collect static files when they changed since the last start.

    The stamp is written when all of them are on the disk: after a power cut in between there is none, and what is left of
    the former collecting (a manifest cut short would be refused) is thrown away and made again.
    """
    if settings.DEBUG:
        return
    state = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                state.update(f"{path}{path.stat().st_mtime_ns}{path.stat().st_size}".encode())
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".stamp"
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    for left in (stamp, root / "staticfiles.json"):
        left.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _flush(root)
    stamp.write_text(state.hexdigest())


def _flush(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def granian() -> list[str]:
    """The server's command line."""
    return [
        str(Path(sys.executable).with_name("granian")),
        "--interface", "wsgi",
        "--workers", "2",
        "--blocking-threads", "8",
        "--backpressure", "64",
        "--host", settings.BIND,
        "--port", str(settings.PORT),
        "--no-access-log",
        "--log-level", "error",
        "--respawn-failed-workers",
        "--workers-kill-timeout", "10",
        "baodao.config.wsgi:application",
    ]  # fmt: skip


def _die_with_parent() -> None:
    """Ask Linux to end this child when the program that started it is killed, so that no port stays taken."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(command: list[str], **more: Any) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "baodao.config.settings"}
    return subprocess.Popen(
        command,
        env=environment,
        cwd=settings.ROOT,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process starts no threads
        **more,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a child finish; after 20 seconds, or if it left workers behind, end its whole group."""
    if process.poll() is None:
        process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=20)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def serve(*, with_worker: bool) -> int:
    """Run the server (and the worker beside it) until it ends or a signal comes; returns the exit status.

    A worker that dies is started again; a server that dies ends everything, for whoever watches over it to see.
    """
    worker = [sys.executable, str(settings.ROOT / "manage.py"), "work"]
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stopping.set())
    server, beside = _start(granian()), None
    while not stopping.wait(2) and server.poll() is None:  # the worker comes second: the first page is not kept waiting
        if with_worker and (beside is None or beside.poll() is not None):
            beside = _start(worker, stdout=subprocess.DEVNULL)
    status = server.poll()
    for process in (server, beside):
        if process is not None:
            _end(process)
    return max(0, status or 0) if stopping.is_set() else 1
