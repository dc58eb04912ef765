"""Raising a need without login: check page, done page, refusals, limits."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from baodao.base.days import clock
from baodao.domain.accounts.models import Failure
from baodao.domain.audit.models import UsedKey
from baodao.domain.needs import services
from baodao.domain.needs.models import Need, NeedContact, Slip
from baodao.domain.orgs import services as orgs
from baodao.web.frame.keys import new_key
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db
ALL = {"text": "楼道灯坏了三天", "category": "facility", "place_detail": "3栋2单元", "contact_name": "王阿姨",
       "contact_phone": "138 0000 0001"}  # fmt: skip


@pytest.fixture
def place(cast):
    return orgs.add_place(actor=PROGRAM, community=cast.xingfu, estate=cast.estate, name="幸福小区宣传栏", place_code="A2")


def stored() -> tuple[int, int, int]:
    return Need.objects.count(), NeedContact.objects.count(), Slip.objects.count()


@pytest.mark.parametrize("code", ["A2", "SZ01"])
def test_the_start_of_a_place(client, place, code):
    response = client.get(f"/q/{code}")
    assert response.status_code == 200
    assert f'href="/q/{code}/need"' in response.text and "0997-5550100" in response.text
    assert response.cookies == {}


def test_an_unknown_code_lets_one_choose(client, cast):
    for address in ("/q/ZZ9", "/q/ZZ9/need", "/board/ZZ99/"):
        response = client.get(address)
        assert response.status_code == 404
        assert 'href="/q/SZ01"' in response.text and 'href="/q/SZ02"' in response.text


def test_without_confirmation_comes_the_check_page_and_nothing_is_stored(client, send, place):
    response = send("/q/A2/need", ALL)
    assert response.status_code == 200
    assert dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.text)).items() >= {
        **ALL, "confirmed": "1",
    }.items()  # fmt: skip
    assert stored() == (0, 0, 0)
    assert UsedKey.objects.count() == 0


def test_confirmed_it_leads_to_the_done_page(client, send, place):
    response = send("/q/A2/need", {**ALL, "confirmed": "1"})
    assert response.status_code == 303
    need = Need.objects.get()
    assert (need.category, need.estate.name, need.place_name, need.source) == ("facility", "幸福小区", "幸福小区宣传栏", "qr")
    assert services.reveal_for_asker(need).phone == "13800000001"
    done = client.get(response.headers["Location"])
    assert f"{need.number[:4]} {need.number[4:]}" in done.text and "<svg" in done.text
    assert re.search(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", done.text)
    assert done.headers["Cache-Control"].startswith("max-age=0")
    assert response.cookies == {} and done.cookies == {}
    with clock.freeze(datetime(2026, 11, 24, 12, 31)):
        late = client.get(response.headers["Location"])
    assert late.status_code == 200 and need.number[:4] + " " not in late.text and "新收据" in late.text


def test_the_token_stands_nowhere_in_the_database(client, send, place):
    token = send("/q/A2/need", {**ALL, "confirmed": "1"}).headers["Location"].rsplit("/", 1)[1]
    assert token not in str(list(UsedKey.objects.values())) + str(list(Slip.objects.values()))


def test_the_same_key_again_gives_the_same_page(client, place):
    key = new_key()
    first = client.post("/q/A2/need", {**ALL, "confirmed": "1", "_key": key})
    again = client.post("/q/A2/need", {**ALL, "confirmed": "1", "_key": key})
    assert (again.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    assert Need.objects.count() == 1


def test_the_picture_of_the_slip(client, send, place):
    done = send("/q/A2/need", {**ALL, "confirmed": "1"}).headers["Location"]
    picture = client.get(f"{done}/slip.png")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")
    assert picture.content.startswith(b"\x89PNG")
    assert client.get("/q/A2/need/done/other/slip.png").status_code == 302


@pytest.mark.parametrize("confirmed", ["", "1"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "三号楼着火了"}, ["119", "120", "110"]),
        ({"text": "举报我邻居天天赌博"}, ["不收说别人怎么样的内容"]),
        ({"text": "我的身份证号是11010519491231002X"}, ["身份证号"]),
        ({"text": ""}, ["写一写是什么事"]),
        ({"text": "长" * 301}, ["300"]),
        ({"contact_phone": "138000"}, ["号码不完整"]),
        ({"category": "家里"}, ["错误"]),
    ],
)
def test_what_is_wrong_comes_back_with_the_input_kept(client, send, place, change, said, confirmed):
    response = send("/q/A2/need", {**ALL, **change, "confirmed": confirmed})
    assert response.status_code == 422
    assert all(word in response.text for word in said)
    assert 'value="王阿姨"' in response.text
    assert stored() == (0, 0, 0)
    assert UsedKey.objects.count() == 0


def test_edit_goes_back_with_everything_kept(client, send, place):
    response = send("/q/A2/need", {**ALL, "confirmed": "1", "edit": "1"})
    assert response.status_code == 200
    assert "楼道灯坏了三天</textarea>" in response.text.replace("\n", "") and 'value="3栋2单元"' in response.text
    assert stored() == (0, 0, 0)


def test_without_a_key_nothing_is_taken(client, place):
    assert client.post("/q/A2/need", {**ALL, "confirmed": "1"}).status_code == 400
    assert client.post("/q/A2/need", {**ALL, "confirmed": "1", "_key": "made-up"}).status_code == 400
    assert stored() == (0, 0, 0)


def test_after_sixty_in_ten_minutes_the_telephone_is_named(client, send, place):
    send("/q/A2/need", {**ALL, "confirmed": "1"})
    counted = Failure.objects.get(kind="raised")
    Failure.objects.bulk_create([Failure(prefix=counted.prefix, kind="raised", at=counted.at) for _ in range(59)])
    response = send("/q/A2/need", {**ALL, "confirmed": "1"})
    assert response.status_code == 429
    assert "0997-5550100" in response.text
    assert Need.objects.count() == 1
    with clock.freeze(datetime(2026, 11, 24, 12, 11)):
        assert send("/q/A2/need", {**ALL, "confirmed": "1"}).status_code == 303


def test_a_page_is_small_on_the_wire(client, place):
    import gzip

    from django.contrib.staticfiles import finders

    page = client.get("/q/A2/need").text
    size = len(gzip.compress(page.encode()))
    for name in re.findall(r'(?:href|src)="/static/([^"]+)"', page):
        size += len(gzip.compress(Path(finders.find(name)).read_bytes()))
    assert size <= 60 * 1024


@pytest.mark.parametrize("lang", ["zh-hans", "ug", "en"])
def test_a_need_in_every_language(client, send, place, lang):
    response = client.get(f"/q/A2/need?lang={lang}")
    assert response.cookies["lang"].value == lang
    assert f'dir="{"rtl" if lang == "ug" else "ltr"}"' in response.text.split(">", 3)[1] + response.text[:400]
    send("/q/A2/need", {"text": "test light", "confirmed": "1"})
    assert Need.objects.get().language == lang


def test_a_clerk_who_opens_the_public_page_acts_as_anybody(cast, place):
    client = Client()
    client.force_login(cast.accounts["clerk2"])
    response = client.post("/q/A2/need", {**ALL, "confirmed": "1", "_key": new_key()})
    assert response.status_code == 303
    assert Need.objects.get().registered_by is None
    assert client.get(response.headers["Location"]).status_code == 200
