"""Months, working time, statutory days, service days and offered time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.base.days import offered, service_days, statutory, workdays
from baodao.base.days.clock import ZONE
from baodao.base.days.months import Month

HOURS = workdays.HoursTable.from_rows(workdays.STARTING_HOURS)
MAKEUP_2026 = [
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
]


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def calendar_2026(day: date):
    return {row.day: row.kind for row in statutory.rows_for(2026)}.get(day)


def test_a_month_and_its_days():
    month = Month.parse("2026-02")
    assert (str(month), month.label) == ("2026-02", "2026年2月")
    assert (month.first, month.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert [len(list(Month(year, 2).days())) for year in (2024, 2026)] == [29, 28]
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2026, 1).previous() == Month(2025, 12)
    assert [month.contains(day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [True, False]
    assert Month.of(date(2026, 2, 9)) == month
    assert sorted([Month(2026, 10), Month(2026, 2), Month(2025, 12)]) == [
        Month(2025, 12),
        Month(2026, 2),
        Month(2026, 10),
    ]


def test_a_month_is_over_on_the_first_of_the_next():
    assert [Month(2026, 11).is_over(day) for day in (date(2026, 11, 30), date(2026, 12, 1))] == [False, True]


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "十一月"])
def test_what_is_no_month_is_refused_in_words(text):
    with pytest.raises(ValueError, match="写成 2026-11 的样子"):
        Month.parse(text)


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(-500, 500))
def test_months_shift_there_and_back(year, number, distance):
    assert Month(year, number).shifted(distance).shifted(-distance) == Month(year, number)


def test_the_year_2026_is_official_with_its_make_up_days():
    rows = statutory.rows_for(2026)
    assert [row.day for row in rows if row.kind == "makeup"] == MAKEUP_2026
    assert sum(row.kind == "holiday" for row in rows) == 33
    assert {row.official for row in rows} == {True}
    assert rows[0] == statutory.StatutoryDay(date(2026, 1, 1), "holiday", "元旦", official=True)
    assert {row.name for row in rows if row.kind == "holiday"} == {
        "元旦",
        "春节",
        "清明节",
        "劳动节",
        "端午节",
        "中秋节",
        "国庆节",
    }


def test_a_year_without_an_arrangement_follows_the_rule_and_says_so():
    rows = statutory.rows_for(2031)
    assert statutory.is_announced(2031) is False
    assert {row.official for row in rows} == {False}
    assert {row.kind for row in rows} == {"holiday"}
    october = [(row.day, row.name) for row in rows if row.day.month == 10]
    assert october == [
        (date(2031, 10, 1), "国庆节、中秋节"),
        (date(2031, 10, 2), "国庆节"),
        (date(2031, 10, 3), "国庆节"),
    ]
    assert {row.source for row in rows} == {"按法定节日推算，调休未录入"}


def test_no_row_names_a_holiday_of_a_region_or_an_exchanged_day_of_the_rule():
    assert {row.name for year in (2027, 2032, 2034) for row in statutory._by_rule(year)} == {
        "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节",
    }  # fmt: skip


def test_kinds_of_day():
    days = [date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 11), date(2026, 10, 12)]
    assert [workdays.kind_of(day, calendar_2026) for day in days] == ["holiday", "makeup", "rest", "workday"]
    assert [workdays.is_workday(day, calendar_2026) for day in days] == [False, True, False, True]
    assert workdays.kind_of(date(2026, 10, 10)) == "rest"
    assert workdays.next_workday(date(2026, 9, 30), calendar_2026) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        (at("2026-07-01", "10:00"), 60, at("2026-07-01", "11:00")),
        (at("2026-07-01", "13:30"), 60, at("2026-07-01", "16:30")),
        (at("2026-07-01", "13:30"), 30, at("2026-07-01", "14:00")),
        (at("2026-07-01", "14:30"), 60, at("2026-07-01", "17:00")),
        (at("2026-07-01", "21:00"), 480, at("2026-07-02", "20:00")),
        (at("2026-07-03", "19:00"), 120, at("2026-07-06", "11:00")),
        (at("2026-11-20", "19:00"), 60, at("2026-11-23", "10:30")),
        (at("2026-09-30", "19:30"), 60, at("2026-10-08", "10:30")),
        (at("2026-10-09", "19:00"), 60, at("2026-10-10", "10:30")),
        (at("2026-07-04", "12:00"), 0, at("2026-07-06", "10:00")),
    ],
)
def test_working_minutes_are_added_in_opening_hours(start, minutes, due):
    assert workdays.add_working_minutes(start, minutes, HOURS, calendar_2026) == due
    assert workdays.working_minutes_between(start, due, HOURS, calendar_2026) == minutes


def test_working_minutes_do_not_depend_on_the_zone_of_the_start():
    start = at("2026-07-01", "13:30").astimezone(UTC)
    due = workdays.add_working_minutes(start, 60, HOURS)
    assert due == at("2026-07-01", "16:30")
    assert due.utcoffset() == timedelta(hours=8)
    urumqi = start.astimezone(ZoneInfo("Asia/Urumqi"))
    assert workdays.add_working_minutes(urumqi, 60, HOURS) == due


def test_minutes_back_in_time_are_negative():
    late, early = at("2026-07-01", "12:00"), at("2026-07-01", "11:15")
    assert workdays.working_minutes_between(late, early, HOURS) == -45


@given(st.integers(0, 20_000), st.integers(0, 60 * 24 * 400))
def test_adding_and_counting_agree(minutes, offset):
    start = at("2026-01-01", "00:00") + timedelta(minutes=offset)
    due = workdays.add_working_minutes(start, minutes, HOURS, calendar_lookup)
    assert workdays.working_minutes_between(start, due, HOURS, calendar_lookup) == minutes


_ROWS = {row.day: row.kind for row in statutory.rows_for(2026)}
calendar_lookup = _ROWS.get


def test_bad_hours_are_refused():
    with pytest.raises(ValueError, match="至少要有一季"):
        workdays.HoursTable(())
    with pytest.raises(ValueError, match="重叠或前后颠倒"):
        workdays.HoursTable.from_rows(
            [{"name": "夏季", "from": "05-01", "spans": [["10:00", "14:00"], ["13:00", "20:00"]]}]
        )
    with pytest.raises(ValueError, match="缺少内容"):
        workdays.HoursTable.from_rows([{"name": "夏季"}])
    closed = workdays.HoursTable((workdays.Season("全年", 1, 1, ()),))
    with pytest.raises(workdays.NoOpeningHours):
        workdays.add_working_minutes(at("2026-07-01", "10:00"), 5, closed)
    with pytest.raises(ValueError, match="时区"):
        workdays.add_working_minutes(datetime(2026, 7, 1), 5, HOURS)
    with pytest.raises(ValueError, match="负数"):
        workdays.add_working_minutes(at("2026-07-01", "10:00"), -5, HOURS)


def test_weeks_and_labels():
    sunday = date(2026, 11, 22)
    assert service_days.weekday_label(sunday) == "周日"
    assert service_days.week_start(sunday) == date(2026, 11, 16)
    assert service_days.week_days(sunday)[-1] == sunday
    assert service_days.date_label(sunday) == "2026年11月22日（周日）"
    assert service_days.span_label(at("2026-11-21", "20:30"), at("2026-11-21", "22:00")) == "周六 20:30–22:00"
    assert service_days.span_label(at("2026-11-21", "22:30"), at("2026-11-22", "00:30")) == "周六 22:30–次日00:30"
    assert (
        service_days.span_label(datetime(2026, 11, 20, 17, 0, tzinfo=UTC), datetime(2026, 11, 20, 18, 0, tzinfo=UTC))
        == "周六 01:00–02:00"
    )


def test_presets_follow_the_season_and_may_cross_midnight():
    night = {preset.code: preset for preset in service_days.PRESETS}["night"]
    assert night.on(date(2026, 7, 1)) == (at("2026-07-01", "22:00"), at("2026-07-02", "00:00"))
    assert night.on(date(2026, 12, 1)) == (at("2026-12-01", "21:00"), at("2026-12-01", "23:00"))


@pytest.mark.parametrize(
    ("start", "end", "kind", "slot"),
    [
        (at("2026-11-20", "20:00"), at("2026-11-20", "22:00"), None, "workday_evening"),
        (at("2026-11-21", "11:00"), at("2026-11-21", "13:00"), None, "saturday_morning"),
        (at("2026-11-22", "16:00"), at("2026-11-22", "18:00"), None, "sunday_afternoon"),
        (at("2026-11-22", "23:00"), at("2026-11-23", "00:30"), None, "sunday_evening"),
        (at("2026-10-10", "11:00"), at("2026-10-10", "12:00"), "makeup", "workday_morning"),
        (at("2026-10-01", "11:00"), at("2026-10-01", "12:00"), "holiday", "holiday_morning"),
        (at("2026-11-20", "18:00"), at("2026-11-20", "20:00"), "workday", "workday_afternoon"),
        (at("2026-11-20", "19:00"), at("2026-11-20", "21:00"), "workday", "workday_evening"),
    ],
)
def test_the_slot_of_a_shift(start, end, kind, slot):
    assert service_days.slot_of(start, end, kind) == slot
    assert service_days.slot_of(start.astimezone(UTC), end.astimezone(UTC), kind) == slot


def test_a_shift_that_ends_before_it_starts_has_no_slot():
    with pytest.raises(ValueError, match="晚于"):
        service_days.slot_of(at("2026-11-20", "20:00"), at("2026-11-20", "20:00"))


def test_parts_of_the_day():
    times = [time(6), time(13, 59), time(14), time(19, 29), time(19, 30), time(3)]
    assert [service_days.part_of(moment) for moment in times] == [
        "morning",
        "morning",
        "afternoon",
        "afternoon",
        "evening",
        "evening",
    ]


@pytest.mark.parametrize(
    ("text", "words", "unknown"),
    [
        ("周末", "周末", ()),
        ("双休日", "周末", ()),
        ("周六周日", "周末", ()),
        ("周六、周日", "周末", ()),
        ("周六、日下午", "周六下午、周日下午", ()),
        ("星期六和星期天上午", "周六上午、周日上午", ()),
        ("工作日晚上", "工作日晚上", ()),
        ("周一至周五晚上", "工作日晚上", ()),
        ("周六晚", "周六晚上", ()),
        ("礼拜天下午", "周日下午", ()),
        ("随时", "随时", ()),
        ("都可以", "随时", ()),
        ("每天晚上", "工作日晚上、周六晚上、周日晚上、节假日晚上", ()),
        ("下班后", "工作日晚上", ()),
        ("节假日", "节假日", ()),
        ("工作日晚上，周末", "工作日晚上、周末", ()),
        ("工作日晚上、周末全天", "工作日晚上、周末", ()),
        ("周六上午、下午", "周六上午、周六下午", ()),
        ("周末 20:00-22:00", "周六晚上、周日晚上", ()),
        ("周末20:00-22:00", "周六晚上、周日晚上", ()),
        ("周六 saturday_morning", "周六上午", ()),
        ("workday_evening,sunday_morning", "工作日晚上、周日上午", ()),
        ("周三晚", "", ("周三晚",)),
        ("周末；看情况", "周末", ("看情况",)),
        ("周末不行", "", ("周末不行",)),
        ("除周六外都可以", "", ("除周六外都可以",)),
        ("", "", ()),
    ],
)
def test_offered_time_is_read(text, words, unknown):
    result = offered.parse(text)
    assert (offered.label(result.slots), result.unknown) == (words, unknown)


def test_every_label_reads_back():
    for slot in service_days.SLOTS:
        assert offered.parse(offered.label([slot])).slots == (slot,)
    assert offered.parse(offered.label(service_days.SLOTS)).slots == tuple(service_days.SLOTS)
