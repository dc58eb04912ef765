"""A5: the days of a year and the hours of work."""

from __future__ import annotations

from datetime import date

import pytest

from baodao.domain.calendar import selectors
from baodao.domain.calendar.models import Day, Hours

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget():
    selectors.forget()
    yield
    selectors.forget()


def test_an_empty_year_offers_to_be_loaded(enter, cast):
    page = enter("sysadmin").get("/admin/calendar/").text
    assert "一天也没有列" in page and "录入 2027 年" in page


def test_a_year_is_loaded_and_says_whether_it_is_official(enter, cast, send):
    client = enter("sysadmin")
    assert send("/admin/calendar/load/").headers["Location"] == "/admin/calendar/?year=2026"
    assert Day.objects.filter(date=date(2026, 10, 1)).exists()
    page = client.get("/admin/calendar/?year=2026").text
    assert "正式安排" in page and "2026-10-01" in page


def test_a_day_is_entered_changed_and_taken_out(enter, cast, send):
    client = enter("sysadmin")
    day = {"day": "2026-11-26", "kind": "regional", "name": "古尔邦节", "path": ""}
    assert send("/admin/calendar/day/", day).status_code == 303
    assert send("/admin/calendar/day/", {**day, "name": "改过的名"}).status_code == 303
    assert [(d.name, d.kind) for d in Day.objects.all()] == [("改过的名", "regional")]
    assert "改过的名" in client.get("/admin/calendar/").text
    assert send("/admin/calendar/day/drop/", {"day": "2026-11-26", "path": ""}).status_code == 303
    assert Day.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"day": "2026-13-01"}, {"kind": "party"}, {"name": ""}, {"path": "SX/XX/"}])
def test_a_wrong_day_is_said_and_not_stored(enter, cast, send, wrong):
    enter("sysadmin")
    page = send("/admin/calendar/day/", {"day": "2026-11-26", "kind": "regional", "name": "节", "path": "", **wrong})
    assert page.status_code == 422 and 'role="alert"' in page.text
    assert Day.objects.count() == 0


def test_hours_are_lines_of_text(enter, cast, send):
    client = enter("sysadmin")
    lines = "夏季 05-01 10:00-14:00 16:00-20:00\n冬季 10-01 10:00–13:30，15:30到19:00"
    assert send("/admin/calendar/hours/", {"path": cast.town.path, "seasons": lines}).status_code == 303
    assert [(h.name, h.since, h.spans) for h in Hours.objects.order_by("since")] == [
        ("夏季", "05-01", [["10:00", "14:00"], ["16:00", "20:00"]]),
        ("冬季", "10-01", [["10:00", "13:30"], ["15:30", "19:00"]]),
    ]
    assert "10:00–13:30" in client.get("/admin/calendar/").text


@pytest.mark.parametrize(
    "lines", ["夏季", "夏季 05-01 十点到两点", "夏季 02-31 10:00-14:00", "夏季 05-01 14:00-10:00", "一 05-01 10:00-14:00\n二 05-01 9:00-10:00", ""]
)
def test_wrong_hours_are_said_and_the_old_ones_stay(enter, cast, send, lines):
    enter("sysadmin")
    send("/admin/calendar/hours/", {"path": cast.town.path, "seasons": "全年 01-01 10:00-14:00"})
    page = send("/admin/calendar/hours/", {"path": cast.town.path, "seasons": lines})
    assert page.status_code == 422
    assert [h.name for h in Hours.objects.all()] == ["全年"]
