"""Patterns on the holiday calendar: what a row means on a day, in words, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from baodao.domain.posts import patterns

SATURDAY = {"day": "5", "start": "20:30", "end": "22:00"}
NIGHT = {"day": "workday", "start": "22:00", "end": "00:30"}


@pytest.mark.parametrize(
    ("day", "kind", "row", "means"),
    [
        (date(2026, 12, 5), "rest", "5", True),
        (date(2026, 12, 5), "makeup", "5", False),
        (date(2026, 12, 5), "makeup", "workday", True),
        (date(2026, 12, 5), "holiday", "5", True),
        (date(2026, 12, 4), "workday", "4", True),
        (date(2026, 12, 4), "holiday", "4", False),
        (date(2026, 12, 4), "holiday", "holiday", True),
        (date(2026, 12, 4), "holiday", "workday", False),
        (date(2026, 12, 6), "rest", "rest", True),
    ],
)
def test_the_calendar_decides(day, kind, row, means):
    assert patterns.means({"day": row}, day, kind) is means


def test_a_night_ends_on_the_next_day():
    start, end = patterns.at(date(2026, 12, 4), NIGHT)
    assert (f"{start:%m-%d %H:%M}", f"{end:%m-%d %H:%M}") == ("12-04 22:00", "12-05 00:30")


def test_words():
    assert patterns.words([SATURDAY, NIGHT]) == "每周六 20:30–22:00、工作日 22:00–00:30"


@pytest.mark.parametrize(
    "row",
    [
        {"day": "7", "start": "20:30", "end": "22:00"},
        {"day": "5", "start": "20.30", "end": "22:00"},
        {"day": "5", "start": "20:30", "end": "20:30"},
        {"day": "5", "start": "08:00", "end": "20:30"},
    ],
)
def test_nonsense_is_refused(row):
    with pytest.raises(ValueError, match="。"):
        patterns.clean([row])


def test_the_same_row_twice_is_one():
    assert patterns.clean([SATURDAY, dict(SATURDAY)]) == [SATURDAY]
