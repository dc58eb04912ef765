"""Assessment, overview, rows, burden: facts with their base, official order, nothing that ranks."""

from datetime import date

import pytest

from baodao.base.verdict import Absent, Refused
from baodao.domain.months import burden, calendar_of_months, overview, rules, selectors, services
from baodao.domain.months.rules import Component, gini_hundredths, persons
from tests import served
from tests.cast import PROGRAM


@pytest.fixture
def month(cast):
    return served.build(cast)


def shown(lines):
    return {line.name: {c.key: c.shown for c in line.components} for line in lines}


def test_each_component_of_a_community_with_its_base(cast, month):
    services.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    found = selectors.assessment(cast.actor("town"), cast.town.path, served.MONTH, of_units=False)
    assert [line.name for line in found] == ["幸福社区", "健康社区"]
    assert shown(found)["幸福社区"] == {
        "needs_in_time": "1/2", "needs_satisfied": "1/1", "places_filled": "10/10", "plan_carried": "4/5",
        "members_served": "7/10", "hours_spread": shown(found)["幸福社区"]["hours_spread"],
    }  # fmt: skip
    assert shown(found)["健康社区"]["needs_in_time"] == "没有数据"
    assert shown(found)["健康社区"]["hours_spread"] == "没有数据"


def test_units_are_assessed_by_reports_and_kept_places_alone(cast, month):
    month.records[0].booking.attendance = "absent"
    month.records[0].booking.save()
    month.records[1].booking.attendance = "leave"
    month.records[1].booking.save()
    services.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    found = shown(selectors.assessment(cast.actor("town"), cast.town.path, served.MONTH, of_units=True))
    assert found["县水利局"] == {"reported": "9/9", "places_kept": "6/7"}


def test_nobody_else_reads_an_assessment(cast, month):
    services.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    for login in ("clerk", "secretary", "liaison", "member", "sysadmin", "auditor"):
        with pytest.raises(Absent):
            selectors.assessment(cast.actor(login), cast.town.path, served.MONTH, of_units=True)


def test_a_figure_opens_to_nothing_of_another_place(cast, month):
    clerk2 = cast.actor("clerk2")
    for key, path in (("times", cast.xingfu.path), ("needs_received", cast.town.path), ("other", cast.jiankang.path)):
        with pytest.raises(Absent):
            selectors.rows_behind(clerk2, key, path, served.MONTH)
    found, kind = selectors.rows_behind(clerk2, "times", cast.jiankang.path, served.MONTH)
    assert (kind, len(found)) == ("record", 2)
    with pytest.raises(Absent):
        selectors.rows_behind(clerk2, "times", cast.jiankang.path, served.MONTH, cast.unit2.path)


def test_a_units_figure_opens_to_its_own_rows(cast, month):
    found, _kind = selectors.rows_behind(cast.actor("town"), "times", cast.town.path, served.MONTH, cast.unit.path)
    assert set(found) == set(month.records[:8])
    people, kind = selectors.rows_behind(
        cast.actor("town"), "people_in_service", cast.town.path, served.MONTH, cast.unit.path
    )
    assert (kind, {row["member_id"] for row in people}) == ("person", {one.pk for one in month.members[:7]})
    with pytest.raises(Absent):
        selectors.rows_behind(cast.actor("town"), "needs_received", cast.town.path, served.MONTH, cast.unit.path)


def test_five_figures_and_where_they_lead(cast, month):
    found = overview.town(cast.actor("town"), served.MONTH)
    assert [(f["value"], f["unit"]) for f in found["figures"]] == [
        ("3", "件"), ("2", "/ 3 件"), ("—", ""), ("8", "/ 11 人"), ("—", ""),
    ]  # fmt: skip
    assert [f["href"].split("?")[0].split("/")[3] for f in found["figures"]] == [
        "needs_received", "needs_told", "needs_replied", "people_in_service", "hours",
    ]  # fmt: skip


def test_tiles_keep_their_place_and_say_what_is_late(cast, month):
    tiles = overview.town(cast.actor("town"), served.MONTH)["tiles"]
    assert [(t["name"], t["answered"], t["received"], t["words"]) for t in tiles] == [
        ("幸福社区", 2, 3, "1 件超时"), ("健康社区", 0, 0, "件数少，不算比例"),
    ]  # fmt: skip


def answered(cast, number):
    """A need of the 12th, taken up four hours later: 3.5 working hours, because of the noon rest."""
    day = date(2026, 10, 12)
    return served.need(cast, number, day, accepted_at=served.at(day, 15))


def test_the_overview_costs_the_same_whatever_happened(cast, month, django_assert_max_num_queries):
    answered(cast, "20000000")
    overview.town(cast.actor("town"), served.MONTH)  # the calendar is read once a process
    with django_assert_max_num_queries(40) as first:
        overview.town(cast.actor("town"), served.MONTH)
    for number in range(5):
        answered(cast, f"3000000{number}")
    with django_assert_max_num_queries(len(first.captured_queries)):
        found = overview.town(cast.actor("town"), served.MONTH)
    assert (found["figures"][2]["unit"], found["figures"][2]["base"].split("，")[0]) == ("工时", "6 件")


def test_the_county_sees_totals_and_small_counts_hidden(cast, month):
    (line,) = overview.towns(cast.actor("county"), served.MONTH)
    assert (line["name"], line["in_service"], line["community"], line["times"]) == ("示例镇", "8", "少于5", "10")
    (empty,) = overview.towns(cast.actor("county"), "2026-09")
    kept = ("in_service", "community", "needs_received", "needs_answered", "needs_in_time")
    assert {empty[key] for key in kept} == {"少于5"} and (empty["times"], empty["hours"]) == ("—", "—")


def test_the_list_of_months(cast, month):
    lines = calendar_of_months.lines(cast.actor("town"))
    assert [(str(line.month), line.over, line.confirmed, line.waiting) for line in lines] == [
        ("2026-11", False, 0, 0), ("2026-10", True, 10, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "said"), [(0, "少于5"), (4, "少于5"), (5, "5"), (612, "612")])
def test_small_counts_of_persons(number, said):
    assert persons(number) == said


@pytest.mark.parametrize(
    ("component", "said"),
    [(Component("x", "", 3, 7), "3/7"), (Component("x", "", 150, 200), "75.0%"), (Component("x", "", None, None), "没有数据"),
     (Component("x", "", 0, 0), "没有数据"), (Component("hours_spread", "", 12, 9), "0.12")],
)  # fmt: skip
def test_a_component_in_words(component, said):
    assert component.shown == said


def test_gini():
    assert (gini_hundredths([60] * 5), gini_hundredths([0, 0, 0, 0, 100]), gini_hundredths([1, 2, 3])) == (0, 80, None)


def test_the_burden_page_is_green():
    assert [(item.key, item.setting) for item in burden.items() if not item.green] == []


def test_rules_of_points_that_cross_a_line_are_refused(cast):
    from baodao.domain.points import services as points

    for params in ({"rank": 1}, {"penalty": 1}, {"decline": 5}, {"veto": True}):
        with pytest.raises(Refused, match="积分规则里不能有"):
            points.set_rules(actor=cast.actor("townlead"), town=cast.town.path, preset="preset_1h1p_cap2h", params=params)


def test_labels_name_every_component():
    assert len(rules.COMMUNITY_COMPONENTS) == 6 and len(rules.UNIT_COMPONENTS) == 2


def test_the_burden_page_notices_a_page_that_asks_for_a_login(monkeypatch):
    from baodao.web.board.views import suggest

    monkeypatch.setattr(suggest.write, "audience", frozenset({"member"}))
    assert [item.key for item in burden.items() if not item.green] == ["voice"]
