"""A whole installation for a journey: its own data folder and database, the real server, the real commands, a clock of days.

Nothing of the program is imported here: a journey knows a town only from outside.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "docs" / "screens"


expect.set_options(timeout=20_000)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Town:
    """One installation in a folder; ``database`` is "" for SQLite in that folder, or the address of a PostgreSQL server."""

    folder: Path
    database: str = ""
    browser: Browser | None = None
    shots: bool = False
    port: int = field(default_factory=free_port)
    day: date | None = None
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """What the program sees: only its own settings, none of the test run's."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("BAODAO_") and k not in {"DATABASE_URL", "DATA_DIR"}}
        found = {**kept, "DATA_DIR": str(self.folder), "PORT": str(self.port)}
        if self.database:
            found["DATABASE_URL"] = self.database
        if self.day is not None:
            found["BAODAO_TODAY"] = self.day.isoformat()
        return found

    def run(self, *words: str, status: int = 0) -> str:
        """Run a command of the program; its standard output. Fails the test when the status is another."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=self.environment(), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, f"{words}: status {done.returncode}\n{done.stdout[-800:]}\n{done.stderr[-2000:]}"
        return done.stdout

    def start(self) -> None:
        """Serve, with the worker beside it; returns when the town answers."""
        log = (self.folder / "server.log").open("ab")
        for word in ("serve", "work"):
            command = [sys.executable, str(ROOT / "manage.py"), word]
            self._running.append(subprocess.Popen(command, env=self.environment(), cwd=ROOT, stdout=log, stderr=log))
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                assert self._running[0].poll() is None, (self.folder / "server.log").read_text()[-2000:]
                time.sleep(0.2)
        raise AssertionError("the server did not come up")

    def stop(self) -> None:
        """Close every window and end the server and the worker."""
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(timeout=40)
        self._running.clear()

    def on(self, day: date) -> None:
        """Go on living on another day."""
        self.stop()
        self.day = day
        self.start()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def page(self, who: str = "", *, phone: bool = False) -> Page:
        """A window of a person (logged in on the first call), or of somebody without login."""
        key = f"{who}/{phone}"
        if key not in self._contexts:
            assert self.browser is not None
            view = {"width": 360, "height": 740} if phone else {"width": 1366, "height": 900}
            context = self.browser.new_context(viewport=view, base_url=self.url, locale="zh-CN", accept_downloads=True)
            self._contexts[key] = context
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: self._note(str(error)))
            if who:
                self.enter(page, who)
        return self._contexts[key].pages[0]

    def _note(self, words: str) -> None:
        if "Failed to load resource" not in words:
            self.faults.append(words)

    def enter(self, page: Page, who: str, password: str = "baodao-demo") -> None:
        """Through the login page."""
        page.goto("/login/")
        page.fill("[name=login]", who)
        page.fill("[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: not url.endswith("/login/"))

    def shot(self, page: Page, name: str) -> None:
        """Keep a picture of a step for the README (only when asked for)."""
        if self.shots:
            SCREENS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(SCREENS / f"{name}.png"))


def new_database(address: str) -> str:
    """A fresh database on the PostgreSQL server of ``address``; its own address."""
    import psycopg

    name = f"journey_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{address.rsplit('/', 1)[0]}/{name}"


def drop_database(address: str, server: str) -> None:
    """Take it away again."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{address.rsplit("/", 1)[1]}" WITH (FORCE)')


def remove(folder: Path) -> None:
    """The folder and everything in it."""
    shutil.rmtree(folder, ignore_errors=True)
