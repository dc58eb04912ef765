"""The town's pages: overview, places, rows, months, assessment, settings, compliance."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.months import services as months
from baodao.domain.months.models import MonthClose
from baodao.domain.orgs import selectors as orgs
from baodao.domain.points.models import RuleSet
from tests import served
from tests.cast import PROGRAM, member


@pytest.fixture
def month(cast):
    return served.build(cast)


def body(response):
    return response.content.decode()


def queries(client, address):
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


def test_the_overview_says_what_needs_help_and_links_each_figure(enter, month):
    page = body(enter("town").get("/town/?month=2026-10"))
    assert "幸福社区有诉求超时，要帮一把" in page and "公共设施最缺人：1 件里 1 件没安排上" in page
    for key in ("needs_received", "needs_told", "needs_replied", "people_in_service", "hours"):
        assert f'href="/town/rows/{key}/?path=SX/SZ/&amp;month=2026-10"' in page
    assert "排名" not in page.replace("不排名", "")


def test_an_empty_town_has_an_overview(enter):
    page = body(enter("town").get("/town/"))
    assert "没有超时的诉求" in page and "这个月还没有诉求" in page


def test_no_members_name_is_on_a_town_page(enter, month):
    client = enter("town")
    months.close_month(actor=PROGRAM, town=month.cast.town.path, month=served.MONTH)
    addresses = ["/town/", "/town/communities/", "/town/units/", "/town/rows/times/", "/town/rows/people_in_service/",
                 "/town/rows/shifts/", "/town/rows/needs_received/", "/town/assessment/units/"]  # fmt: skip
    for address in addresses:
        page = body(client.get(f"{address}?month=2026-10"))
        assert not any(name in page for name in ("党员一", "党员八", "独一", "社区甲", "陈晨", "楼道灯不亮")), address


def test_the_county_sees_towns_only(enter, month):
    client = enter("county")
    page = body(client.get("/town/?month=2026-10"))
    assert "示例镇" in page and "幸福社区" not in page and "县水利局" not in page
    for address in ("/town/communities/", "/town/units/", "/town/rows/times/", "/town/month/", "/town/assessment/units/"):
        assert client.get(address).status_code == 403
    assert client.get("/town/compliance/").status_code == 200


@pytest.mark.parametrize("address", ["/town/?month=2026-10", "/town/communities/?month=2026-10", "/town/units/?month=2026-10",
                                     "/town/rows/times/?month=2026-10", "/town/rows/needs_received/?month=2026-10", "/town/month/"])  # fmt: skip
def test_more_rows_cost_no_more_queries(enter, month, address):
    client = enter("town")
    client.get(address)
    before = queries(client, address)
    extra = [member(f"新人{n}", month.cast.xingfu, month.cast.unit) for n in range(3)]
    for n, who in enumerate(extra):
        served.record(served.shift(month.posts[0], date(2026, 10, 3 + n), taken=1), who)
        served.need(month.cast, f"4000000{n}", date(2026, 10, 14))
    assert queries(client, address) == before <= 40


def test_rows_are_exactly_what_the_figure_counts(enter, month):
    client = enter("town")
    page = client.get("/town/rows/times/?month=2026-10").context["page"]
    assert {row.pk for row in page} == {row.pk for row in month.records[:-1]}
    assert client.get("/town/rows/everything/?month=2026-10").status_code == 404
    assert client.get("/town/rows/times/?month=2026-10&path=SX/").status_code == 404
    assert body(client.get("/town/rows/late/?month=2026-10")).count("这个数字是 0") == 1


def test_a_clerk_opens_her_own_figures_alone(enter, month):
    client = enter("clerk2")
    page = client.get("/town/rows/times/?month=2026-10").context["page"]
    assert {row.community_path for row in page} == {month.cast.jiankang.path}
    assert client.get(f"/town/rows/times/?month=2026-10&path={month.cast.xingfu.path}").status_code == 404


def test_closing_a_month_from_the_list(enter, send, month):
    client = enter("town")
    assert "结2026年10月" in body(client.get("/town/month/"))
    answer = send("/town/month/2026-10/close/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/town/month/")
    page = body(client.get("/town/month/"))
    assert "已结月，1 条没确认的没有算进去" in page and "1 条没算进" in page
    assert MonthClose.objects.count() == 1


def test_a_running_month_is_refused_in_words(enter, send, month):
    enter("town")
    answer = send("/town/month/2026-11/close/")
    assert answer.status_code == 422 and "还没有过完" in body(answer)
    assert send("/town/month/never/close/").status_code == 404
    assert MonthClose.objects.count() == 0


def test_assessment_before_and_after_the_first_close(enter, month):
    client = enter("townlead")
    assert "还没有结过月" in body(client.get("/town/assessment/communities/"))
    months.close_month(actor=PROGRAM, town=month.cast.town.path, month=served.MONTH)
    page = body(client.get("/town/assessment/communities/"))
    assert "没有数据" in page and "1/2" in page and page.index("幸福社区") < page.index("健康社区")
    units = body(client.get("/town/assessment/units/?month=2026-10"))
    assert "已到社区报到" in units and "党员本月服务过" not in units
    assert "这个月没有结月" in body(client.get("/town/assessment/units/?month=2026-09"))


def test_the_rules_of_points_are_changed_from_today(enter, send, cast):
    client = enter("townlead")
    answer = send("/town/points/", {"preset": "preset_1h1p_cap2h", "per_hour": "1", "cap": "1.5", "times": "2"})
    assert answer.status_code == 303
    held = RuleSet.objects.get(state="active")
    assert (held.preset, held.params) == ("preset_1h1p_cap2h", {"tenths_per_hour": 10, "cap_tenths": 15})
    assert "规则 v1" in body(client.get("/town/points/"))


def test_a_wrong_number_keeps_the_form(enter, send, cast):
    enter("town")
    answer = send("/town/points/", {"preset": "preset_1h1p_cap2h", "per_hour": "99", "cap": "2", "times": "2"})
    assert answer.status_code == 422 and 'value="99"' in body(answer)
    assert RuleSet.objects.count() == 0


@pytest.mark.parametrize("typed", ["1.25", "0.99", "1.05"])
@pytest.mark.parametrize("name", ["per_hour", "cap"])
def test_points_with_more_than_one_decimal_are_refused_and_never_cut(enter, send, cast, name, typed):
    enter("town")
    answer = send("/town/points/", {"preset": "preset_1h1p_cap2h", "per_hour": "1", "cap": "2", "times": "2", name: typed})
    assert answer.status_code == 422
    page = body(answer)
    assert f'value="{typed}"' in page and page.count("最多一位小数，比如 1.5。") >= 1
    assert RuleSet.objects.count() == 0


def test_the_town_chooses_how_its_papers_are_issued(enter, send, cast):
    client = enter("town")
    values = {"issued_by": "community", "issuer": "中共示例镇委", "document_word": "示镇党", "name_order": "name"}
    assert send("/town/settings/", values).status_code == 303
    assert orgs.settings_of(cast.town.path, tuple(values)) == values
    assert "中共示例镇委" in body(client.get("/town/settings/"))
    assert send("/town/settings/", {**values, "issued_by": "county"}).status_code == 422
    assert orgs.setting(cast.town.path, "issued_by") == "community"


def test_hours_are_not_the_towns_to_change(cast):
    from baodao.base.verdict import Refused
    from baodao.domain.orgs import services

    with pytest.raises(Refused):
        services.set_setting(actor=cast.actor("townlead"), town=cast.town, key="hours_urgent", value=1)
    assert orgs.setting(cast.town.path, "hours_urgent") == 8


def test_compliance_is_green_for_the_town(enter, cast):
    page = body(enter("townlead").get("/town/compliance/"))
    assert page.count("符合") == 10 and "要说明理由" not in page
