"""Every page of the permission matrix as its reader sees it: labels, sizes for thumbs, axe, no overflow at 320 px.

Faces for phones are looked at 360 px wide with 44-px targets, faces for desks at 1366 px; each is squeezed to 320 px too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page

from tests.architecture.matrix import ANYBODY, EVERYONE, LOGINS, rows
from tests.architecture.test_matrix import addresses
from tests.cast import Cast
from tests.journeys.checks import faults, overflow

PHONE = {"board", "mine", "unit"}
FACES = sorted({row.face for row in rows()} - {"admin", "setup", "ops"})  # those two have their own test
NO_PAGE = re.compile(r"\.(pdf|docx|xlsx|png|csv)|/(paper|copy|export|file|template|healthz|readyz)")


def pages_of(face: str, cast: Cast) -> dict[str, list[str]]:
    """The addresses of a face that show something to the cast, by the role that opens them ("" for anybody)."""
    patterns, found = dict(addresses()), {}
    for row in (row for row in rows() if row.face == face and "GET" in row.methods):
        args = row.args(cast) if callable(row.args) else row.args
        if args is None and patterns[row.name].pattern.converters:
            continue
        role = "" if row.roles == ANYBODY else "clerk" if row.roles == EVERYONE else min(row.roles, key=list(LOGINS).index)
        url = reverse(row.name, kwargs=args or {})
        if not NO_PAGE.search(url):
            found.setdefault(role, []).append(url)
    return found


@pytest.mark.parametrize("face", FACES)
def test_every_page_of_a_face_is_sound(
    served: Cast, pages: Callable[..., Page], login: Callable[..., None], face: str
) -> None:
    wrong: list[str] = []
    for role, urls in pages_of(face, served).items():
        page = pages("phone" if face in PHONE else "desk")
        if role:
            login(page, LOGINS[role])
        for url in urls:
            try:
                answer = page.goto(url)
            except Error as error:  # a file, not a page
                if "Download is starting" not in str(error):
                    raise
                continue
            if answer is None or answer.status != 200 or not page.title():  # refused, a file, or a part of a page
                continue
            wrong += [f"{url}: {words}" for words in faults(page, least=44 if face in PHONE else 24)]
            seen = page.viewport_size
            page.set_viewport_size({"width": 320, "height": 740})
            if overflow(page) > 0:
                wrong.append(f"{url}: {overflow(page)} px wider than a window of 320 px")
            page.set_viewport_size(seen)
    assert wrong == [], "\n".join(wrong)
