"""The log of erasures, outside the database: kind, public code and time of everything that was destroyed.

A backup is older than the newest erasure; restoring it must not bring anybody back. ``replay`` is what restore calls.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings

from baodao.base.days import clock

Eraser = Callable[[list[str]], int]


def log_path() -> Path:
    """``erasures.log`` in the data folder."""
    return Path(settings.DATA_DIR) / "erasures.log"


def append(done: Iterable[tuple[str, str]]) -> int:
    """Note what was destroyed; synced to the disk before it returns, so that the note survives a power cut."""
    moment = clock.now().isoformat(timespec="seconds")
    text = "".join(f"{kind} {code} {moment}\n" for kind, code in done)
    if not text:
        return 0
    with log_path().open("a", encoding="ascii") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    return text.count("\n")


def read(path: Path) -> list[tuple[str, str, str]]:
    """(kind, code, time) of every line that is whole; a line cut by a crash is left out."""
    if not path.exists():
        return []
    found = [line.split() for line in path.read_text(encoding="ascii", errors="replace").splitlines()]
    return [(row[0], row[1], row[2]) for row in found if len(row) == 3]


def newest(paths: Iterable[Path]) -> tuple[Path | None, list[tuple[str, str, str]]]:
    """The log that reaches furthest in time, with its lines."""
    best: tuple[Path | None, list[tuple[str, str, str]]] = (None, [])
    for path in paths:
        rows = read(path)
        if rows and (not best[1] or max(r[2] for r in rows) > max(r[2] for r in best[1])):
            best = (path, rows)
    return best


def replay(rows: Iterable[tuple[str, str, str]], erasers: dict[str, Eraser]) -> int:
    """Destroy again what the log names; returns how many things were still there."""
    by_kind: dict[str, list[str]] = {}
    for kind, code, _moment in rows:
        by_kind.setdefault(kind, []).append(code)
    return sum(erasers[kind](codes) for kind, codes in by_kind.items() if kind in erasers)


def by_day() -> list[tuple[str, dict[str, int]]]:
    """How much of each kind was destroyed on each day, the newest first."""
    days: dict[str, dict[str, int]] = {}
    for kind, _code, moment in read(log_path()):
        counts = days.setdefault(moment[:10], {})
        counts[kind] = counts.get(kind, 0) + 1
    return sorted(days.items(), reverse=True)
