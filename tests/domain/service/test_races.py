"""Twelve people at once for the last place, four processes, fifty times: never given twice, never lost, on this database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[3]
RACES, PEOPLE = 50, 12


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the kind that this run tests on."""
    kept = settings.DATABASES["default"]
    if "postgresql" not in kept["ENGINE"]:
        yield f"sqlite:///{tmp_path / 'races.sqlite3'}"
        return
    import psycopg

    name = f"races_{uuid.uuid4().hex[:8]}"
    place = f"{kept['HOST'] or '127.0.0.1'}:{kept['PORT'] or 5432}"
    login = kept["USER"] + (f":{kept['PASSWORD']}" if kept["PASSWORD"] else "")
    with psycopg.connect(f"postgresql://{login}@{place}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"postgresql://{login}@{place}/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_the_last_place_is_given_once_in_fifty_races(database: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.domain.service.racer", str(RACES), str(PEOPLE)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database, "DATA_DIR": str(tmp_path / "data"), "BAODAO_TESTING": "1"},
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
