"""A disk that can lose its power: ext4 in a loop file, cut by its shutdown ioctl, which forgets all that was not flushed.

Needs root (mount). ``Cluster`` is a private PostgreSQL on such a disk. The controls write with settings that may lose and must.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.served import free_port

EXT4_IOC_SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2


def why_not() -> str:
    """What is missing for power cuts; empty when they can be made."""
    if os.geteuid() != 0:
        return "power cuts need root (mount of a loop file)"
    return "" if shutil.which("mkfs.ext4") else "power cuts need mkfs.ext4 (e2fsprogs)"


class Disk:
    """A mounted loop file."""

    def __init__(self, megabytes: int = 700) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="baodao-disk-"))
        self.folder.chmod(0o755)
        self.image, self.path = self.folder / "disk.img", self.folder / "disk"
        self.path.mkdir()
        with self.image.open("wb") as handle:
            handle.truncate(megabytes * 1024 * 1024)
        _do("mkfs.ext4", "-q", "-E", "lazy_itable_init=1", str(self.image))
        self.mount()

    def mount(self) -> None:
        """Mount it (after a cut: its journal is replayed)."""
        _do("mount", "-o", "loop", str(self.image), str(self.path))

    def cut(self) -> None:
        """The power goes: what was not flushed is gone, every later write fails."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(handle)

    def unmount(self) -> None:
        """Unmount; whoever has it open gets a moment to let go."""
        for _ in range(100):
            if subprocess.run(["umount", str(self.path)], capture_output=True, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise SystemExit(f"{self.path} is held open")

    def close(self) -> None:
        """Unmount and delete."""
        with contextlib.suppress(SystemExit):
            self.unmount()
            shutil.rmtree(self.folder)


class Cluster:
    """A private PostgreSQL with its default settings on a disk."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port, self.first = folder / "pg", free_port(), 0
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/baodao"
        self.data.mkdir()
        shutil.chown(self.data, "postgres", "postgres")
        self._as(str(self.bin / "initdb"), "-D", str(self.data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        """Start and wait until it answers (after a cut: until it has recovered)."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._as(str(self.bin / "pg_ctl"), "-D", str(self.data), "-o", options, "-l", "/dev/null", "-w", "-t", "60", "start")
        self.first = int((self.data / "postmaster.pid").read_text().split()[0])  # now: a disk without power reads nothing

    def fill(self, source: str) -> None:
        """Everything of another database."""
        self._as(str(self.bin / "createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "baodao")
        with subprocess.Popen([str(self.bin / "pg_dump"), source], stdout=subprocess.PIPE) as dump:
            subprocess.run(
                [str(self.bin / "psql"), "-q", "-v", "ON_ERROR_STOP=1", self.url],
                stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True,
            )  # fmt: skip

    def kill(self) -> None:
        """kill -9 of the postmaster and all it started."""
        family = [self.first, *_children(self.first)] if self.first else []
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() for pid in family):
            time.sleep(0.02)
        self.first = 0

    def _as(self, *words: str) -> None:
        _do("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words)


def _children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError):
            if entry.name.isdigit() and int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(entry.name))
    return found


def _do(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr.strip()}")


def _losses(disk: Disk, insert: Callable[[int], None], between: Callable[[], None], rows: Callable[[], int]) -> tuple[int, int]:
    """(acknowledged, lost) of a writer that is cut off after a second and a half."""
    acknowledged = 0

    def write() -> None:
        nonlocal acknowledged
        with contextlib.suppress(Exception):  # the power is gone: that ends it
            while True:
                insert(acknowledged)
                acknowledged += 1

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(1.5)
    disk.cut()
    writer.join()
    between()
    return acknowledged, max(0, acknowledged - rows())  # one more may be there: written, not yet answered


def control_sqlite(disk: Disk, synchronous: str) -> tuple[int, int]:
    """Plain SQLite (WAL) with a setting of ``synchronous``: (acknowledged, lost)."""
    path = disk.path / f"control-{synchronous}.sqlite3"
    held = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    held.execute("PRAGMA journal_mode=WAL")
    held.execute(f"PRAGMA synchronous={synchronous}")
    held.execute("PRAGMA wal_autocheckpoint=0")  # a checkpoint flushes, and hides what the setting loses
    held.execute("CREATE TABLE written (n INTEGER)")
    os.sync()

    def again() -> None:
        with contextlib.suppress(sqlite3.Error):
            held.close()
        disk.unmount()
        disk.mount()

    def rows() -> int:
        with contextlib.closing(sqlite3.connect(path)) as fresh:
            return int(fresh.execute("SELECT count(*) FROM written").fetchone()[0])

    return _losses(disk, lambda n: held.execute("INSERT INTO written VALUES (?)", (n,)), again, rows)  # type: ignore[arg-type,return-value]


def control_postgres(disk: Disk, cluster: Cluster) -> tuple[int, int]:
    """PostgreSQL with synchronous_commit off: (acknowledged, lost)."""
    import psycopg

    held = psycopg.connect(cluster.url, autocommit=True)
    held.execute("SET synchronous_commit = off")
    held.execute("CREATE TABLE written (n integer)")
    held.execute("CHECKPOINT")

    def again() -> None:
        with contextlib.suppress(psycopg.Error):
            held.close()
        cluster.kill()
        disk.unmount()
        disk.mount()
        cluster.start()

    def rows() -> int:
        with psycopg.connect(cluster.url) as fresh:
            return int(fresh.execute("SELECT count(*) FROM written").fetchone()[0])  # type: ignore[index]

    return _losses(disk, lambda n: held.execute("INSERT INTO written VALUES (%s)", (n,)), again, rows)  # type: ignore[arg-type,return-value]
