"""A real installation for a test: its own data folder and database of the kind under test, driven by its commands."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Place:
    """One installation: ``run("verify_audit")`` is ``./run verify_audit`` in it."""

    data: Path
    url: str
    more: dict[str, str]

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of its commands: nothing of the test run's own settings."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith("BAODAO_") and k not in {"SECRET_KEY", "PORT"}}
        return {**clean, "DATA_DIR": str(self.data), "DATABASE_URL": self.url, **self.more, **more}

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        return subprocess.run(
            command, env=self.environment(**more), cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
        )

    def ok(self, *words: str, **more: str) -> str:
        """Run a command that must work; its standard output."""
        done = self.run(*words, **more)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def python(self, program: str) -> str:
        """Run a program inside the installation (planting, reading)."""
        started = f"import django\ndjango.setup()\n{program}"
        done = subprocess.run(
            [sys.executable, "-c", started],
            env=self.environment(DJANGO_SETTINGS_MODULE="baodao.config.settings", PYTHONPATH=str(ROOT)),
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def new(self) -> dict[str, str]:
        """A real town in it; login → one-time code."""
        out = self.ok("new", "--county", "SX", "示例县", "--town", "SZ", "示例镇", "--admin", "root")
        return {m[1]: m[2] for m in re.finditer(r"登录名 (\S+)  一次性码 (\S+)", out)}


def _server() -> str:
    """The address of the PostgreSQL server under test, without a database name."""
    wanted = settings.DATABASES["default"]
    return f"postgresql://{wanted['USER']}:{wanted['PASSWORD']}@{wanted['HOST']}:{wanted['PORT'] or 5432}"


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[object]:
    """``databases()`` gives the address of a new, empty database of the kind under test."""
    made: list[str] = []
    is_postgres = "postgresql" in settings.DATABASES["default"]["ENGINE"]

    def _new() -> str:
        name = f"baodao_place_{secrets.token_hex(4)}"
        if not is_postgres:
            return f"sqlite:///{tmp_path / name}.sqlite3"
        _statement(f'CREATE DATABASE "{name}"')
        made.append(name)
        return f"{_server()}/{name}"

    yield _new
    for name in made:
        _statement(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _statement(words: str) -> None:
    import psycopg

    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as connection:
        connection.execute(words)


@pytest.fixture
def place(tmp_path: Path, databases: object) -> Place:
    """An installation with an empty, unmigrated database."""
    data = tmp_path / "data"
    data.mkdir()
    return Place(data, databases(), {})  # type: ignore[operator]
