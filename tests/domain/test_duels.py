"""Two at the same moment on this database: nothing is there twice, both get the same answer, nobody sees an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, ROWS = 3, 40


@pytest.fixture
def said(empty_database: str, tmp_path: Path) -> dict[str, Any]:
    """What the two processes said in each duel, and what the database holds afterwards."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.domain.duels", str(ROUNDS)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": empty_database, "DATA_DIR": str(tmp_path / "data"), "BAODAO_TESTING": "1"},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def test_two_at_once_do_it_once(said):
    assert said["ledger"] == [[f"added 0 unchanged {ROWS}", f"added {ROWS} unchanged 0"]] * ROUNDS
    assert said["ledger rows"] == said["needs rows"] == ROUNDS * ROWS
    assert said["needs"] == [["added 0", f"added {ROWS}"]] * ROUNDS
    assert (said["person"], said["person rows"]) == ([["added", "refused duplicate"]] * ROUNDS, ROUNDS)
    ((one, other),) = said["close"]
    assert one == other and one.startswith("closed ")
    assert said["close rows"] == [1, 1, 1]  # one close, one bulletin, one rule set
    numbers = [int(word.split()[1]) for turn in said["rules"] for word in turn]
    assert sorted(numbers) == list(range(2, 2 + 2 * ROUNDS)) and said["rules active"] == 1
    assert said["numbers"] == [[f"number {n} sealed", f"number {n + 1} sealed"] for n in range(1, 2 * ROUNDS, 2)]
    last = 2 * ROUNDS
    assert said["same paper"] == [[f"number {last + n}", f"number {last + n} sealed"] for n in range(1, ROUNDS + 1)]
    assert said["papers"] == list(range(1, 3 * ROUNDS + 1))
    assert said["plans"] == [["drafts 1", "drafts 1"]] * 2 and said["shifts twice"] == 0
    ((one, other),) = said["sending"]
    assert one == other and one.endswith(" to 2") and said["sending rows"] == 1
