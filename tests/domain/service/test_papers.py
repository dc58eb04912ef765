"""The sign-in sheet: the order of the roll-call page, big rows, a code, no telephone."""

import itertools
from datetime import date

import pytest

from baodao.domain.service import papers, selectors
from baodao.domain.service.models import Booking
from tests import pictures, served
from tests.cast import PROGRAM, member

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def shift(cast):
    made = served.shift(served.post(cast, cast.xingfu, "治安<巡逻>"), date(2026, 12, 5), state="open", taken=3)
    for name in ("欧阳文斌", "丁一", "艾尔肯·阿不都热依木江"):
        Booking.objects.create(
            shift=made, member=member(name, cast.xingfu, cast.unit), state="taken", source="offer",
            unit_path=cast.unit.path, community_path=cast.xingfu.path, date=made.date,
        )  # fmt: skip
    return made


def test_names_in_the_order_of_the_roll(cast, shift):
    said = pictures.text(papers.sign_in_sheet(shift, SITE))
    places = [said.index(booking.member.name) for booking in selectors.roll_of(shift)]
    assert places == sorted(places)
    assert "治安<巡逻>" in said and "2026年12月5日周六20:00–21:30" in said


def test_its_picture(cast, shift):
    (page,) = pictures.pages(papers.sign_in_sheet(shift, SITE))
    assert page.size == (210, 297)
    assert pictures.margins_are_free(page, 8)
    assert page.ink(165, 12, 196, 45) > 0.15  # the code
    lines = (page.part(17, 50, 26, 200) < 128).all(axis=1)
    rows = [i for i in range(1, len(lines)) if lines[i] and not lines[i - 1]]
    gaps = [(b - a) / pictures.DPI * 25.4 for a, b in itertools.pairwise(rows)]
    assert max(gaps) >= 12  # room for a pen


def test_a_month_is_a_page_a_shift(cast, shift):
    served.shift(shift.post, date(2026, 12, 12), state="open")
    served.shift(shift.post, date(2026, 12, 19), state="cancelled")
    assert len(pictures.pages(papers.sign_in_sheets(PROGRAM, cast.xingfu.path, "2026-12", SITE))) == 2


def test_no_shift_gives_a_blank_sheet_and_nothing_of_next_door(cast, shift):
    content = papers.sign_in_sheets(cast.actor("clerk2"), cast.xingfu.path, "2026-12", SITE)
    assert len(pictures.pages(content)) == 1
    assert "丁一" not in pictures.text(content)
