"""The secret files: made once and whole, whoever starts at the same moment; damage is told, never mended by a new key."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest

from baodao.base.crypto import load_master_key, made_once


def _load(path: Path, gate, results) -> None:
    gate.wait(30)
    results.put(load_master_key(path).raw)


def test_all_who_start_at_once_read_the_same_key(tmp_path):
    context = multiprocessing.get_context("fork")
    for turn in range(10):
        gate, results = context.Barrier(4), context.Queue()
        path = tmp_path / f"key{turn}"
        crowd = [context.Process(target=_load, args=(path, gate, results)) for _ in range(4)]
        for one in crowd:
            one.start()
        read = {results.get(timeout=30) for _ in crowd}
        for one in crowd:
            one.join()
        assert read == {path.read_bytes()} and len(path.read_bytes()) == 32
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"key{turn}" for turn in range(10)]


def test_only_its_owner_reads_it_and_it_stays(tmp_path):
    path = tmp_path / "key"
    assert made_once(path, lambda: b"first") == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made_once(path, lambda: b"second") == b"first"


def test_a_damaged_key_is_told(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        load_master_key(path)
    assert path.read_bytes() == b"short"
