"""The keepers' pages of points."""

import pytest

from baodao.domain.months import services as months
from baodao.domain.points import services
from baodao.domain.points.models import PointConfirmation, PointEntry
from tests import served
from tests.cast import PROGRAM


@pytest.fixture
def month(cast):
    services.set_rules(actor=PROGRAM, town=cast.town.path, preset="preset_1h1p_cap2h")
    made = served.build(cast)
    months.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    return made


def body(response):
    return response.content.decode()


def test_the_ledger_shows_every_entry_with_its_arithmetic(enter, month):
    response = enter("clerk").get("/desk/points/?month=2026-10")
    page = body(response)
    mine = PointEntry.objects.filter(community_path=month.cast.xingfu.path).order_by("seq")
    assert [entry.pk for entry in response.context["page"]] == [entry.pk for entry in mine]
    assert "150 分钟，一小时 1 分 = 2.5 分，一次最多 2 分" in page and "等书记确认" in page


def test_an_empty_month_says_so(enter, cast):
    assert "没有积分" in body(enter("clerk").get("/desk/points/?month=2026-01"))
    assert enter("clerk").get("/desk/points/?month=bad").status_code == 200


def test_reversal_asks_why(enter, send, month):
    client = enter("clerk")
    entry = PointEntry.objects.get(seq=2)
    assert "75 分钟" in body(client.get(f"/desk/points/{entry.code}/reverse/"))
    assert send(f"/desk/points/{entry.code}/reverse/", {"reason": ""}).status_code == 422
    assert PointEntry.objects.filter(kind="reversed").count() == 0
    assert send(f"/desk/points/{entry.code}/reverse/", {"reason": "不是他"}).status_code == 303
    assert "已冲正，见第" in body(client.get("/desk/points/?month=2026-10"))
    again = send(f"/desk/points/{entry.code}/reverse/", {"reason": "再来"})
    assert again.status_code == 422 and "已经冲正过" in body(again)
    assert PointEntry.objects.filter(kind="reversed").count() == 1


def test_the_secretary_confirms(enter, send, month):
    client = enter("secretary")
    assert "确认2026年10月积分" in body(client.get("/desk/points/?month=2026-10"))
    assert send("/desk/points/confirm/", {"month": "2026-10"}).status_code == 303
    assert "书记已确认" in body(client.get("/desk/points/?month=2026-10"))
    assert PointConfirmation.objects.count() == 1


def test_the_clerk_has_no_button_to_confirm(enter, send, month):
    page = body(enter("clerk").get("/desk/points/?month=2026-10"))
    assert "社区书记确认；记分的人不能自己确认" in page
    assert send("/desk/points/confirm/", {"month": "2026-10"}).status_code == 403
    assert PointConfirmation.objects.count() == 0


def test_a_members_year_adds_up(enter, month):
    page = body(enter("clerk").get(f"/desk/points/member/{month.members[0].code}/"))
    assert "2026 年 2 分" in page


def test_next_door_finds_nothing(enter, month):
    client = enter("clerk2")
    entry = PointEntry.objects.filter(community_path=month.cast.xingfu.path).first()
    assert client.get(f"/desk/points/{entry.code}/reverse/").status_code == 404
    assert client.get(f"/desk/points/member/{month.members[0].code}/").status_code == 404
    assert entry.code not in body(client.get("/desk/points/?month=2026-10"))


def test_the_sheet(enter, month):
    answer = enter("clerk").get("/desk/points/sheet/?month=2026-10")
    assert answer.content[:2] == b"PK" and "attachment" in answer.headers["Content-Disposition"]


def test_more_entries_cost_no_more_queries(enter, month, django_assert_max_num_queries):
    client = enter("clerk")
    client.get("/desk/points/?month=2026-10")
    with django_assert_max_num_queries(30) as first:
        client.get("/desk/points/?month=2026-10")
    services.reverse(actor=month.cast.actor("clerk"), entry=PointEntry.objects.get(seq=1), reason="x")
    services.reverse(actor=month.cast.actor("clerk"), entry=PointEntry.objects.get(seq=3), reason="x")
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get("/desk/points/?month=2026-10")
