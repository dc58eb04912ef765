"""The desk's pages of needs: board, story, quick entry, door entry."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.audit.models import Look
from baodao.domain.needs import services
from baodao.domain.needs.models import Need
from baodao.web.frame.keys import new_key
from tests.domain.needs.asked import accepted, asked, closed, done

pytestmark = pytest.mark.django_db


def post(client, url, **data):
    return client.post(url, {"_key": new_key(), **data})


def test_the_board_shows_four_columns_with_time_left(enter, cast):
    client = enter("clerk")
    asked(cast, text="楼道灯坏了三天"), accepted(cast, text="接送老人复查"), done(cast, text="电饭煲不加热")
    text = client.get("/desk/").text
    for words in ("待受理", "待安排", "办理中", "待回访", "楼道灯坏了三天", "接送老人复查", "电饭煲不加热", "还剩 24 工时"):
        assert words in text
    assert "13800000001" not in text


def test_the_board_of_another_community_shows_nothing_of_it(enter, cast):
    asked(cast, text="楼道灯坏了三天")
    assert "楼道灯坏了三天" not in enter("clerk2").get("/desk/").text


def test_an_empty_board_says_so(enter, cast):
    assert "没有新来的事。" in enter("clerk").get("/desk/").text


def test_the_board_takes_as_many_queries_with_one_as_with_three(enter, cast):
    client = enter("clerk")
    asked(cast, estate=cast.estate)
    client.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/")
    asked(cast, estate=cast.estate), asked(cast, estate=cast.estate)
    with CaptureQueriesContext(connection) as three:
        client.get("/desk/")
    assert len(three) == len(one) <= 40


@pytest.mark.parametrize(("name", "value", "shown"), [("category", "home", ["接送"]), ("tier", "important", ["灯", "接送"])])
def test_filters_stand_in_the_address(enter, cast, name, value, shown):
    asked(cast, text="楼道灯坏了", category="facility"), asked(cast, text="接送老人", category="home")
    text = enter("clerk").get("/desk/", {name: value}).text
    assert [words for words in ("灯", "接送") if f"{words}" in re.sub(r"<option.*?</option>|<aside.*?</aside>", "", text)] == shown


def test_accepting_at_one_press_and_taking_it_back(enter, cast):
    client, need = enter("clerk"), asked(cast).need
    response = post(client, f"/desk/needs/{need.code}/quick/", tier="urgent", back="board")
    assert (response.status_code, response.headers["Location"]) == (303, "/desk/")
    need.refresh_from_db()
    assert (need.state, need.tier) == ("accepted", "urgent")
    assert f"/desk/needs/{need.code}/undo/" in client.get("/desk/").text
    post(client, f"/desk/needs/{need.code}/undo/")
    need.refresh_from_db()
    assert need.state == "registered"


def test_many_at_once(enter, cast):
    client = enter("clerk")
    needs = [asked(cast).need for _ in range(3)]
    post(client, "/desk/needs/many/", pick=[n.code for n in needs[:2]], do="important")
    assert sorted(Need.objects.values_list("state", flat=True)) == ["accepted", "accepted", "registered"]
    post(client, "/desk/needs/many/", pick=[n.code for n in needs], do="merge")
    assert sorted(Need.objects.values_list("state", flat=True)) == ["accepted", "merged", "merged"]


def test_the_whole_story_by_forms(enter, cast):
    client = enter("clerk")
    need = asked(cast, contact_phone="13800000001").need
    url = f"/desk/needs/{need.code}/"
    assert client.get(url).status_code == 200
    post(client, f"{url}accept/", weight="heavy", urgency="slow", version=need.version)
    post(client, f"{url}assign/", words="水电维修岗")
    post(client, f"{url}finish/", outcome="灯换好了", public_words="楼道灯换新")
    assert "电话告知" in client.get(url).text and "查进度可见" not in client.get(url).text
    post(client, f"{url}tell/", told="phone")
    need.refresh_from_db()
    assert (need.state, need.outcome, need.told, need.public_words) == ("closed", "灯换好了", "phone", "楼道灯换新")


@pytest.mark.parametrize(
    ("deed", "data", "said"),
    [
        ("refuse", {"words": ""}, "必填"),
        ("refer", {"to": "12345", "words": ""}, "必填"),
        ("merge", {"number": "12345678"}, "没有这个编号"),
        ("accept", {"weight": "heavy"}, "必填"),
        ("accept", {"weight": "light", "urgency": "slow", "tier": "urgent"}, "写一句为什么"),
        ("tell", {"told": "phone"}, "先写结果"),
    ],
)
def test_a_wrong_form_comes_back_and_changes_nothing(enter, cast, deed, data, said):
    need = asked(cast).need
    response = post(enter("clerk"), f"/desk/needs/{need.code}/{deed}/", **data)
    assert response.status_code == 422
    assert said in response.text
    need.refresh_from_db()
    assert (need.state, need.version) == ("registered", 1)


def test_a_stale_form_is_answered_with_both(enter, cast):
    need = asked(cast).need
    services.accept(actor=cast.actor("secretary"), need=need, weight="heavy", urgency="slow")
    response = post(enter("clerk"), f"/desk/needs/{need.code}/accept/", weight="light", urgency="slow", version=1)
    assert response.status_code == 409
    need.refresh_from_db()
    assert need.tier == "important"


@pytest.mark.parametrize("deed", ["about-person", "spam"])
def test_not_taken(enter, cast, deed):
    need = asked(cast, text="楼道灯坏了三天", contact_phone="13800000001").need
    assert post(enter("clerk"), f"/desk/needs/{need.code}/{deed}/").status_code == 303
    need.refresh_from_db()
    assert need.state == deed.replace("-", "_")
    assert (need.text == "") == (deed == "about-person")


def test_the_contact_is_shown_once_after_a_reason(enter, cast):
    need = asked(cast, contact_name="王阿姨", contact_phone="13800000001").need
    client = enter("clerk")
    assert "王阿姨" not in client.get(f"/desk/needs/{need.code}/").text
    shown = post(client, f"/desk/needs/{need.code}/contact/", reason="电话回访")
    assert "王阿姨" in shown.text and "138 0000 0001" in shown.text
    assert list(Look.objects.values_list("reason", flat=True)) == ["电话回访"]
    assert "王阿姨" not in client.get(f"/desk/needs/{need.code}/").text
    assert post(client, f"/desk/needs/{need.code}/contact/").status_code == 422


def test_next_door_finds_nothing(enter, cast):
    need = asked(cast).need
    client = enter("clerk2")
    assert client.get(f"/desk/needs/{need.code}/").status_code == 404
    assert post(client, f"/desk/needs/{need.code}/quick/", tier="urgent").status_code == 404
    assert post(client, f"/desk/needs/{need.code}/contact/", reason="看").status_code == 404
    need.refresh_from_db()
    assert need.state == "registered"


def test_quick_entry_comes_back_empty_with_code_and_secret(enter, cast):
    client = enter("clerk")
    response = post(client, "/desk/needs/new/", text="水管漏水", source="phone", contact_phone="5551234",
                    weight="heavy", urgency="urgent")  # fmt: skip
    assert response.status_code == 303
    need = Need.objects.get()
    assert (need.state, need.tier, need.source, need.registered_by) == (
        "accepted", "urgent", "phone", cast.accounts["clerk"].pk,
    )  # fmt: skip
    assert services.reveal_for_asker(need).phone == "09975551234"
    page = client.get(response.headers["Location"]).text
    assert f"{need.number[:4]} {need.number[4:]}" in page and "水管漏水</textarea>" not in page
    assert 'data-ctrl-enter="1"' in page


@pytest.mark.parametrize(
    ("data", "said"),
    [({"text": ""}, "写一写"), ({"text": "着火了"}, "119"), ({"text": "灯坏了", "weight": "heavy"}, "要么都选"),
     ({"text": "灯坏了", "contact_phone": "12"}, "号码不完整"), ({"text": "灯坏了", "wished_on": "2026-01-01"}, "过去")],
)  # fmt: skip
def test_a_wrong_entry_keeps_what_was_typed(enter, cast, data, said):
    response = post(enter("clerk"), "/desk/needs/new/", source="phone", contact_name="王阿姨", **data)
    assert response.status_code == 422
    assert said in response.text and 'value="王阿姨"' in response.text
    assert Need.objects.count() == 0


def test_what_reads_alike_is_shown_while_typing(enter, cast):
    asked(cast, text="三号楼楼道灯坏了")
    client = enter("clerk")
    assert "三号楼楼道灯坏了" in client.get("/desk/needs/similar/", {"text": "楼道灯坏了两天"}).text
    assert client.get("/desk/needs/similar/", {"text": "想学书法"}).text.strip() == ""


def test_the_grid_worker_registers_at_the_door(enter, cast):
    client = enter("grid")
    assert client.get("/desk/").headers["Location"] == "/desk/door/"
    response = post(client, "/desk/door/", text="想有人帮着换灯泡", source="door", estate=cast.estate.code)
    assert response.status_code == 303
    need = Need.objects.get()
    assert (need.source, need.estate_id, need.state) == ("door", cast.estate.pk, "registered")
    assert need.number[:4] in client.get(response.headers["Location"]).text
    assert client.get(f"/desk/needs/{need.code}/").status_code == 200
    assert post(client, f"/desk/needs/{need.code}/quick/", tier="urgent").status_code == 403


def test_a_lost_secret_is_replaced_after_calling_back(enter, cast):
    made = asked(cast, contact_phone="13800000001")
    client = enter("clerk")
    response = post(client, f"/desk/needs/{made.need.code}/slip/")
    page = client.get(response.headers["Location"]).text
    assert made.need.number[:4] in page and made.secret[:4] not in page
    assert "收起" in client.get("/desk/slips/NONE/").text


def test_the_list_finds_by_code_and_state(enter, cast):
    client, need = enter("clerk"), closed(cast)
    asked(cast, text="另外一件事情")
    assert client.get("/desk/needs/", {"code": need.number}).headers["Location"] == f"/desk/needs/{need.code}/"
    text = client.get("/desk/needs/", {"state": "closed"}).text
    assert "楼道灯坏了三天" in text and "另外一件事情" not in text
    assert "没有这个编号" in client.get("/desk/needs/", {"code": "99999999"}).text
