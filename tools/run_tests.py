"""``./run test``: lint, types, import contracts, tests on SQLite, then PostgreSQL and Chromium where they are.

A suite whose tool is missing says in one line how to get it; BAODAO_REQUIRE_ALL=1 makes that an error. ``--full`` adds
the four dates, the whole permission matrix and the long races.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REQUIRE = os.environ.get("BAODAO_REQUIRE_ALL") == "1"
# what asks no database is tested once, not once a database
NO_DATABASE = ("--ignore=tests/base", "--ignore=tests/architecture/test_front.py", "--ignore=tests/architecture/test_shape.py")
JOURNEYS = ("tests/journeys/test_month.py", "tests/journeys/test_first_day.py")
DATES = ("2027-01-31", "2026-02-28", "2026-12-31", "2027-01-01")


def say(text: str) -> None:
    print(text, flush=True)


def run(name: str, command: list[str], env: dict[str, str] | None = None) -> None:
    """Run one step; end with its status if it fails."""
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, check=False)
    say(f"-- {name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - start:.0f} s)")
    if done.returncode:
        sys.exit(done.returncode)


def missing(what: str, how: str) -> None:
    """A suite that cannot run here."""
    say(f"-- {what}: not here. {how}")
    if REQUIRE:
        sys.exit(f"{what} is required (BAODAO_REQUIRE_ALL=1)")


def postgres_url() -> str | None:
    """DATABASE_URL if it names PostgreSQL, else the local server of this machine, else None."""
    wanted = os.environ.get("BAODAO_TEST_POSTGRES") or os.environ.get("DATABASE_URL", "")
    urls = [wanted] if wanted.startswith("postgres") else []
    urls += ["postgresql://postgres@127.0.0.1:5432/test"]
    import psycopg

    for url in urls:
        try:
            psycopg.connect(url, connect_timeout=3).close()
        except psycopg.Error:
            continue
        return url
    return None


def checks() -> None:
    """What needs no database."""
    run("format and lint", [str(BIN / "ruff"), "check", "--quiet", "."])
    run("import contracts", [str(BIN / "lint-imports"), "--no-cache"])
    run("types of base", [str(BIN / "mypy"), "--strict", "-p", "baodao.base"])
    if shutil.which("xgettext"):
        run("catalogues", [str(BIN / "python"), "tools/catalogue.py", "--check"])
    else:
        missing("catalogues", "On Debian: apt-get install gettext")


def pytest(name: str, args: list[str], env: dict[str, str]) -> None:
    """One run of the suite."""
    with tempfile.TemporaryDirectory(prefix="baodao-test-") as data:
        run(name, [str(BIN / "python"), "-m", "pytest", *args], {"BAODAO_TESTING": "1", "DATA_DIR": data, **env})


def main() -> None:
    args = sys.argv[1:]
    full = "--full" in args
    args = [a for a in args if a != "--full"]
    if args:  # a chosen part, on SQLite
        pytest("chosen tests", args, {"DATABASE_URL": ""})
        return
    checks()
    marks = "not browser" if full else "not browser and not slow"
    pytest("tests on SQLite", ["-n", "2", "-m", marks], {"DATABASE_URL": ""})
    url = postgres_url()
    if url:
        pytest("tests on PostgreSQL", ["-n", "2", "-m", marks, *NO_DATABASE], {"DATABASE_URL": url})
    else:
        missing("tests on PostgreSQL", "Start a server on 127.0.0.1:5432 (trust, database test) or set DATABASE_URL.")
    if shutil.which("chromium"):
        two = ("-n", "2", "--dist", "loadfile")
        pytest("tests in Chromium", [*two, "-m", "browser and not slow", "tests/journeys"], {"DATABASE_URL": ""})
        if url:
            pytest("journeys on PostgreSQL", [*two, "-m", "browser", *JOURNEYS], {"DATABASE_URL": url})
        for day in DATES if full else ():
            pytest(f"journeys on {day}", [*two, "-m", "browser", *JOURNEYS], {"DATABASE_URL": "", "BAODAO_TODAY": day})
    else:
        missing("tests in Chromium", "On Debian: apt-get install chromium fonts-noto-cjk fonts-noto-core")
    say("all suites that run here passed")


if __name__ == "__main__":
    main()
