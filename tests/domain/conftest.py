"""What the tests of several areas share."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
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
