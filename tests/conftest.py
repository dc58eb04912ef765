"""The clock of the tests, the database settings, and the cast."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("BAODAO_TESTING", "1")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="baodao-test-"))
os.environ.setdefault("SECRET_KEY", "test-only")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from baodao.base.days import clock

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.cast import Cast

MOMENT = datetime(2026, 11, 24, 12, 0)


@pytest.fixture(autouse=True)
def frozen_clock(request: pytest.FixtureRequest) -> Iterator[datetime]:
    """Business time stands at noon of 24 Nov 2026 unless the test is marked ``real_clock``."""
    if request.node.get_closest_marker("real_clock"):
        yield clock.now()
        return
    with clock.freeze(MOMENT) as moment:
        yield moment


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test starts in Chinese, whatever language a page of the test before was shown in."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def calendar_read(request: pytest.FixtureRequest) -> None:
    """A test with a database starts with its own calendar already read: a process keeps it, so that counts of queries hold."""
    if request.node.get_closest_marker("django_db") or {"db", "cast"} & set(request.fixturenames):
        from baodao.domain.calendar import selectors

        request.getfixturevalue("db")
        selectors.forget()
        selectors.hours_of("")


@pytest.fixture
def cast(db: None) -> Cast:
    """The persons of the tests, in the database."""
    from tests.cast import build

    return build()


@pytest.fixture
def enter(client: Client, cast: Cast) -> Callable[[str], Client]:
    """``enter("clerk")`` gives the client logged in as that login (no password hashing)."""

    def _enter(login: str) -> Client:
        client.force_login(cast.accounts[login])
        return client

    return _enter


@pytest.fixture
def send(client: Client) -> Callable[..., HttpResponse]:
    """``send(url, {...})`` posts a form with a fresh key, as the rendered form would."""
    from baodao.web.frame.keys import new_key

    def _send(url: str, data: dict[str, object] | None = None, **more: object) -> HttpResponse:
        return client.post(url, {"_key": new_key(), **(data or {})}, **more)

    return _send
