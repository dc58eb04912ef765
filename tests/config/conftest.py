"""A real installation for a test: its own data folder and database of the kind under test, driven by its commands."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.config.planting import PLANT

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Place:
    """One installation: ``run("verify_audit")`` is ``./run verify_audit`` in it."""

    data: Path
    url: str
    more: dict[str, str]
    codes: object = None

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


def _is_postgres() -> bool:
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]


def _server() -> str:
    """The address of the PostgreSQL server under test, without a database name."""
    wanted = settings.DATABASES["default"]
    return f"postgresql://{wanted['USER']}:{wanted['PASSWORD']}@{wanted['HOST']}:{wanted['PORT'] or 5432}"


def _statement(words: str) -> None:
    import psycopg

    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as connection:
        connection.execute(words)


class Shelf:
    """Makes databases of the kind under test, empty or copied, and takes them away."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder, []

    def __call__(self, copy_of: str = "") -> str:
        """The address of a new database: empty, or a copy of one that nobody is connected to."""
        name = f"baodao_place_{secrets.token_hex(4)}"
        if not _is_postgres():
            path = self.folder / f"{name}.sqlite3"
            if copy_of:
                shutil.copyfile(copy_of.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        template = f' TEMPLATE "{copy_of.rsplit("/", 1)[1]}"' if copy_of else ""
        _statement(f'CREATE DATABASE "{name}"{template}')
        self.made.append(name)
        return f"{_server()}/{name}"

    def clear(self) -> None:
        """Drop them."""
        for name in self.made:
            _statement(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def copy(self, place: Place) -> Place:
        """The same installation again: its folder and its database."""
        shutil.copytree(place.data, self.folder / "data")
        found = Place(self.folder / "data", self(place.url), {})
        found.codes = place.codes
        return found


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[Shelf]:
    """``databases()`` gives the address of a new, empty database of the kind under test."""
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.clear()


@pytest.fixture(scope="session")
def kept_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Databases that are made once a session and only copied."""
    shelf = Shelf(tmp_path_factory.mktemp("kept"))
    yield shelf
    shelf.clear()


@pytest.fixture(scope="session")
def kept_founded(kept_shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A real town as ``new`` leaves it."""
    found = Place(tmp_path_factory.mktemp("founded"), kept_shelf(), {})
    found.codes = found.new()
    return _at_rest(found)


@pytest.fixture(scope="session")
def kept_planted(kept_shelf: Shelf, tmp_path_factory: pytest.TempPathFactory, kept_founded: Place) -> Place:
    """The same with the planted person and need."""
    folder = tmp_path_factory.mktemp("planted") / "data"
    shutil.copytree(kept_founded.data, folder)
    found = Place(folder, kept_shelf(kept_founded.url), {})
    found.codes = found.python(PLANT).split()
    return _at_rest(found)


def _at_rest(place: Place) -> Place:
    """Nothing left in SQLite's log, so that its one file is all of it."""
    if not _is_postgres():
        place.python("from django.db import connection\nconnection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')")
    return place


@pytest.fixture
def founded(kept_founded: Place, databases: Shelf) -> Place:
    """A real town of the test's own."""
    return databases.copy(kept_founded)


@pytest.fixture
def planted(kept_planted: Place, databases: Shelf) -> Place:
    """A small town with one person who left and one finished need; ``codes`` are theirs."""
    return databases.copy(kept_planted)


@pytest.fixture
def place(tmp_path: Path, databases: Shelf) -> Place:
    """An installation with an empty, unmigrated database."""
    data = tmp_path / "data"
    data.mkdir()
    return Place(data, databases(), {})
