"""A served town and a real Chromium: pages of a desk and of a phone, logging in, axe, and our own checks of a page.

Tests here are marked ``browser``. Without Chromium they are skipped with one line; BAODAO_REQUIRE_ALL=1 makes that an
error.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# Playwright's event loop runs in this thread; the ORM calls of the test itself are as safe as in any other test
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.cast import Cast

HOW = "tests in Chromium: not here. On Debian: apt-get install chromium fonts-noto-cjk fonts-noto-core"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
DESK = {"width": 1366, "height": 900}
PHONE = {"width": 360, "height": 740}


def chromium() -> str:
    """The path of the browser, "" where there is none."""
    return os.environ.get("BAODAO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    path = chromium()
    if not path:
        if os.environ.get("BAODAO_REQUIRE_ALL") == "1":
            pytest.fail(HOW)
        pytest.skip(HOW)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=ARGS)
        yield opened
        opened.close()


@pytest.fixture
def pages(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``pages("phone", scripts=False, big=True)`` opens one more window on the served town.

    What the page writes to its console as an error (policy violations, scripts that fail) ends the test.
    """
    contexts, faults = [], []

    def note(words: str) -> None:
        if "Failed to load resource" not in words:  # answers like 422 are part of a page's life
            faults.append(words)

    def _open(kind: str = "desk", *, scripts: bool = True, big: bool = False, width: int = 0) -> Page:
        view = dict(PHONE if kind == "phone" else DESK)
        view["width"] = width or view["width"]
        context = browser.new_context(
            viewport=view, base_url=live_server.url, java_script_enabled=scripts, locale="zh-CN", accept_downloads=True
        )
        contexts.append(context)
        if big:
            context.add_cookies([{"name": "big", "value": "1", "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: note(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: note(str(error)))
        return page

    yield _open
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def desk_page(pages: Callable[..., Page]) -> Page:
    """A window of a desk, 1366 × 900."""
    return pages("desk")


@pytest.fixture
def phone_page(pages: Callable[..., Page]) -> Page:
    """A window of a phone, 360 × 740."""
    return pages("phone")


@pytest.fixture
def served(transactional_db: None, live_server: Any) -> Iterator[Cast]:
    """The persons of the tests in the served database; afterwards the append-only tables are emptied behind their guard."""
    from django.db import connection

    from baodao.domain import journal
    from tests.cast import build

    yield build()
    for table in journal.GUARDED:
        with journal.opened(connection, table), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture
def login() -> Callable[..., None]:
    """``login(page, "clerk")`` goes through the login page."""

    def _login(page: Page, name: str, password: str = "baodao-demo") -> None:
        page.goto("/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/login/" not in url or "/password/" in url)

    return _login
