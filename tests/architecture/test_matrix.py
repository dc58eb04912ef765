"""Every address × every role: who may open it, who is told that it is not theirs, who is sent to the login page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from baodao.web.frame.keys import new_key
from tests.architecture.matrix import ANYBODY, EVERYONE, LOGINS, NEIGHBOURS, Row, rows
from tests.cast import Cast

MADE_UP = {"SlugConverter": "ZZZZZZZZZZ", "StringConverter": "ZZZZZZZZZZ", "IntConverter": 999999, "PathConverter": "ZZ/ZZ"}
ANSWERS = {200, 204, 302, 303, 400, 404, 409, 422}
FACES = sorted({row.face for row in rows()})


def addresses(patterns: list[Any] | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespace, pattern) of the whole address table."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


@pytest.fixture(scope="module")
def table() -> dict[str, URLPattern]:
    return dict(addresses())


def test_every_address_has_one_row_and_every_row_an_address(table: dict[str, URLPattern]) -> None:
    names = [row.name for row in rows()]
    assert sorted(names) == sorted(table)


def test_the_rows_say_what_the_guards_say(table: dict[str, URLPattern]) -> None:
    wrong = {}
    for row in rows():
        audience = getattr(table[row.name].callback, "audience", None)
        if audience is not None and audience != row.roles:
            wrong[row.name] = (set(audience), set(row.roles))
    assert wrong == {}


def address(row: Row, pattern: URLPattern, cast: Cast) -> str:
    """The address of a row, filled with a thing of the cast or with a made-up code."""
    args = row.args(cast) if callable(row.args) else row.args
    if args is None:
        args = {name: MADE_UP[type(kind).__name__] for name, kind in pattern.pattern.converters.items()}
    return reverse(row.name, kwargs=args)


def call(client: Client, method: str, url: str) -> tuple[int, str]:
    """The answer to one request, undone afterwards: (status, where it leads)."""
    with transaction.atomic():
        if method == "GET":
            response = client.get(url)
        else:
            response = getattr(client, method.lower())(url, {"_key": new_key()} if method == "POST" else None)
        transaction.set_rollback(True)
    return response.status_code, response.headers.get("Location", "")


def fault(row: Row, role: str, method: str, status: int, to: str) -> str:
    """What is wrong with an answer; empty when it is as the row says."""
    sent_to_login = status == 302 and to.startswith("/login/")
    if row.roles == ANYBODY or (role and (row.roles == EVERYONE or role in row.roles)):
        if status not in ANSWERS or (sent_to_login and role and row.face != "frame"):
            return f"{status} {to}"
        if row.args is not None and role and method == "GET" and status == 404:
            return "404, though the thing is there"
        return ""
    if not role:
        return "" if sent_to_login else f"{status} {to}, not the login page"
    return "" if status == 403 else f"{status} {to}, not 403"


def walk(face: str, table: dict[str, URLPattern], cast: Cast, methods: Callable[[Row], tuple[str, ...]]) -> list[str]:
    """Every row of a face × nobody and every role; returns what is wrong."""
    clients = {"": Client(), **{role: Client() for role in LOGINS}}
    for role, login in LOGINS.items():
        clients[role].force_login(cast.accounts[login])
    wrong = []
    for row in (row for row in rows() if row.face == face):
        url = address(row, table[row.name], cast)
        for method in methods(row):
            for role, client in clients.items():
                if row.name in {"account:logout"} and role:
                    continue  # it ends the very session the next row needs
                found = fault(row, role, method, *call(client, method, url))
                if found:
                    wrong.append(f"{method} {row.name} as {role or 'nobody'}: {found}")
    return wrong


@pytest.mark.parametrize("face", FACES)
def test_every_role_at_every_address(face: str, table: dict[str, URLPattern], cast: Cast) -> None:
    assert walk(face, table, cast, lambda row: row.methods[:1]) == []


@pytest.mark.slow
@pytest.mark.parametrize("face", FACES)
def test_every_role_by_every_method(face: str, table: dict[str, URLPattern], cast: Cast) -> None:
    assert walk(face, table, cast, lambda row: row.methods) == []


@pytest.mark.slow
@pytest.mark.parametrize("face", FACES)
def test_methods_that_no_row_names_are_refused(face: str, table: dict[str, URLPattern], cast: Cast) -> None:
    wrong = []
    for row in (row for row in rows() if row.face == face and row.roles not in (ANYBODY, EVERYONE)):
        client = Client(headers={"X-Form-Key": new_key()})
        client.force_login(cast.accounts[LOGINS[min(row.roles)]])
        for method in ("PUT", "DELETE", "PATCH"):
            status, _to = call(client, method, address(row, table[row.name], cast))
            if status != 405:
                wrong.append(f"{method} {row.name}: {status}, not 405")
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("face", FACES)
def test_the_same_role_next_door_finds_nothing(face: str, table: dict[str, URLPattern], cast: Cast) -> None:
    wrong = []
    for row in (row for row in rows() if row.face == face and callable(row.args) and row.belongs == "community"):
        url = address(row, table[row.name], cast)
        for role in row.roles & set(NEIGHBOURS):
            client = Client()
            client.force_login(cast.accounts[NEIGHBOURS[role]])
            for method in row.methods:
                status, _to = call(client, method, url)
                if status != 404:
                    wrong.append(f"{method} {row.name} as {NEIGHBOURS[role]}: {status}, not 404")
    assert wrong == []
