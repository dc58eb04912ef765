"""Twelve people at once for the last place, four processes, fifty times (a thousand with ``--full``): never given twice, never
lost, on this database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PEOPLE = 12


@pytest.mark.parametrize("races", [50, pytest.param(1000, marks=pytest.mark.slow)])
def test_the_last_place_is_given_once(empty_database: str, tmp_path: Path, races: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.domain.service.racer", str(races), str(PEOPLE)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": empty_database, "DATA_DIR": str(tmp_path / "data"), "BAODAO_TESTING": "1"},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["oversold"] == 0
    assert found["filled"] == races
    assert found["outcomes"] == {"booked": races, "refused full": races * (PEOPLE - 1)}
