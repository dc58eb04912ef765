"""The desk's page of papers: every link gives its file; nothing of next door."""

import re

import pytest

from baodao.domain.service.models import Shift
from baodao.web.desk.views.papers import PAPERS
from tests import served

STARTS = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "png": b"\x89PNG"}


@pytest.fixture
def month(cast):
    return served.build(cast)


def test_every_link_of_the_page_gives_its_file(enter, month):
    client = enter("clerk")
    page = client.get("/desk/papers/?month=2026-10").content.decode()
    links = set(re.findall(r'href="(/desk/papers/[a-z_]+\.[a-z]+(?:\?month=2026-10)?)"', page))
    assert {link.split("?")[0] for link in links} == {
        f"/desk/papers/{kind}.{ending}" for kind, (_name, makes) in PAPERS.items() for ending in makes
    }
    for link in links:
        answer = client.get(link)
        assert answer.content.startswith(STARTS[link.split("?")[0].rsplit(".", 1)[1]]), link
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_sheet_of_one_shift(enter, month):
    shift = served.shift(month.posts[0], served.date(2026, 12, 5), state="open", taken=1)
    client = enter("clerk")
    assert f"/desk/papers/sheet/{shift.code}/" in client.get("/desk/papers/").content.decode()
    assert client.get(f"/desk/papers/sheet/{shift.code}/").content.startswith(b"%PDF")
    assert enter("clerk2").get(f"/desk/papers/sheet/{shift.code}/").status_code == 404
    assert Shift.objects.filter(pk=shift.pk).exists()


def test_what_does_not_exist(enter, month):
    client = enter("secretary")
    for address in ("ledger.pdf", "bulletin.docx", "nothing.pdf"):
        assert client.get(f"/desk/papers/{address}").status_code == 404
    assert client.get("/desk/papers/?month=bad").status_code == 200
