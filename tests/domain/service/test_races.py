"""Twelve people at once for the last place, four processes, fifty times: never given twice, never lost, on this database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
RACES, PEOPLE = 50, 12


def test_the_last_place_is_given_once_in_fifty_races(empty_database: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.domain.service.racer", str(RACES), str(PEOPLE)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": empty_database, "DATA_DIR": str(tmp_path / "data"), "BAODAO_TESTING": "1"},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["oversold"] == 0
    assert found["filled"] == RACES
    assert found["outcomes"] == {"booked": RACES, "refused full": RACES * (PEOPLE - 1)}
