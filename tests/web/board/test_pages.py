"""The other pages for anybody: start, the community's board, suggestions, privacy."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.days import clock
from baodao.domain.accounts.models import Failure
from baodao.domain.needs import services as needs
from baodao.domain.voices import services as voices
from baodao.domain.voices.models import Suggestion
from tests.domain.needs.asked import accepted

pytestmark = pytest.mark.django_db
PAGES = ["/", "/q/SZ01", "/q/SZ01/need", "/t/", "/board/SZ01/", "/suggest/", "/suggest/answer/", "/privacy/", "/accessibility/"]


@pytest.mark.parametrize("lang", ["zh-hans", "ug", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language(client, cast, page, lang):
    response = client.get(page, {"lang": lang})
    assert response.status_code == 200
    assert len(re.findall(r"<h1[ >]", response.text)) == 1
    assert 'href="/suggest/"' in response.text and 'href="tel:0997-5550100"' in response.text
    assert set(response.cookies) == {"lang"}


@pytest.mark.parametrize("lang", ["ug", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_them_is_left_in_chinese(client, cast, page, lang):
    text = client.get(page, {"lang": lang}).text
    body = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", text[text.index("<body") :], flags=re.S)
    body = re.sub(r'<(bdi|a|span|option)[^>]*lang="zh-Hans"[^>]*>.*?</\1>', "", body, flags=re.S)
    body = re.sub(r"<[^>]+>", " ", body)
    for name in (cast.xingfu.name, cast.jiankang.name, cast.town.name):
        body = body.replace(name, "")
    assert re.findall(r"[\u4e00-\u9fff]+", body) == []


def test_the_board_shows_what_was_said_and_done(client, cast):
    need = needs.assign(actor=cast.actor("clerk"), need=accepted(cast, text="三号楼楼道灯坏了"))
    needs.finish(actor=cast.actor("clerk"), need=need, outcome="给王阿姨家门口换了灯", public_words="三号楼楼道灯换新")
    needs.tell(actor=cast.actor("clerk"), need=need, told="page")
    text = client.get("/board/SZ01/").text
    assert "三号楼楼道灯换新" in text and "王阿姨" not in text and "三号楼楼道灯坏了" not in text
    assert "三号楼楼道灯换新" not in client.get("/board/SZ02/").text


def test_the_board_takes_as_many_queries_with_one_as_with_three(client, cast):
    def add() -> int:
        need = needs.assign(actor=cast.actor("clerk"), need=accepted(cast, estate=cast.estate))
        needs.finish(actor=cast.actor("clerk"), need=need, outcome="好了", public_words="楼道灯换新")
        needs.tell(actor=cast.actor("clerk"), need=need, told="page")
        with CaptureQueriesContext(connection) as queries:
            client.get("/board/SZ01/")
        return len(queries)

    one = add()
    add()
    assert add() == one


def test_a_suggestion_without_login(client, send, cast):
    response = send("/suggest/", {"path": cast.xingfu.path, "text": "课程安排在晚上更好"})
    made = Suggestion.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, f"/suggest/{made.number}/")
    page = client.get(response.headers["Location"])
    assert "12月8日" in page.text and "课程安排" not in page.text
    voices.answer(actor=cast.actor("clerk"), suggestion=made, words="12 月起改到晚上八点")
    assert "12 月起改到晚上八点" in client.get(response.headers["Location"]).text
    assert "12 月起改到晚上八点" in send("/suggest/answer/", {"number": f"{made.number[:4]} {made.number[4:]}"}).text
    assert response.cookies == {} and page.cookies == {}


@pytest.mark.parametrize("text", ["", "着火了", "举报我邻居天天赌博"])
def test_a_suggestion_that_is_not_taken(client, send, cast, text):
    response = send("/suggest/", {"path": cast.xingfu.path, "text": text})
    assert response.status_code == 422
    assert text in response.text
    assert Suggestion.objects.count() == 0


def test_a_wrong_number_is_counted(client, send, cast):
    assert send("/suggest/answer/", {"number": "12345678"}).status_code == 422
    assert client.get("/suggest/12345678/").status_code == 422
    assert Failure.objects.filter(kind="code").count() == 2


def test_a_code_typed_in_small_letters_opens_its_place(client, cast):
    assert client.get("/q/sz01/need").status_code == 200


def test_a_closed_community_takes_no_more_needs(client, cast):
    cast.xingfu.until = clock.today()
    cast.xingfu.save(update_fields=["until"])
    page = client.get("/q/SZ01/need")
    assert page.status_code == 404
    assert 'href="/q/SZ02"' in page.text and 'href="/q/SZ01"' not in page.text


def test_the_start_says_what_a_community_offers(client, cast):
    text = client.get("/").text
    assert "提一件事 · 党员承诺 · 意见建议" in text
