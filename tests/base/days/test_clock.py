"""The clock: real, moved to a day, or stopped."""

from datetime import UTC, date, datetime, timedelta

import pytest

from baodao.base.days import clock


@pytest.fixture(autouse=True)
def running_clock(monkeypatch):
    """The clock as it is outside tests: neither stopped nor moved."""
    monkeypatch.setattr(clock, "_source", None)
    token = clock._frozen.set(None)
    yield
    clock._frozen.reset(token)


def test_the_real_clock_is_aware_and_official():
    before = datetime.now(UTC)
    seen = clock.now()
    assert seen.utcoffset() == timedelta(hours=8)
    assert before <= seen <= datetime.now(UTC)
    assert clock.today() == clock.now().date()


def test_a_source_moves_the_day_and_keeps_the_time_of_day():
    clock.set_source(lambda: date(2026, 11, 22))
    real = datetime.now(clock.ZONE)
    seen = clock.now()
    assert seen.date() == date(2026, 11, 22)
    assert seen.utcoffset() == timedelta(hours=8)
    moved = real.replace(year=2026, month=11, day=22)
    assert abs(seen - moved) < timedelta(seconds=5) or real.hour == 23
    assert clock.today() == date(2026, 11, 22)


def test_a_source_without_a_date_leaves_the_real_day():
    clock.set_source(lambda: None)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_freeze_stands_still_and_ends():
    clock.set_source(lambda: date(2020, 1, 1))
    with clock.freeze(datetime(2026, 3, 5, 9, 30)) as moment:
        assert clock.now() == moment == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
        with clock.freeze(datetime(2026, 3, 5, 18, 0, tzinfo=UTC)):
            assert clock.today() == date(2026, 3, 6)
        assert clock.today() == date(2026, 3, 5)
    assert clock.today() == date(2020, 1, 1)
