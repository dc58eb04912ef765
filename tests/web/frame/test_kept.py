"""A session that ran out while something was written loses none of it; a warning comes before, one press makes it last."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from baodao.domain.months.models import Bulletin
from baodao.web.frame.keys import new_key
from tests import served
from tests.cast import PASSWORD, PROGRAM

pytestmark = pytest.mark.django_db
URL = "/desk/needs/new/"
WORDS = "三号楼二单元的楼道灯坏了三天，晚上看不见台阶"


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_what_was_typed_comes_through_the_login_and_is_sent_once(client, cast):
    from baodao.domain.needs.models import Need

    client.force_login(cast.accounts["clerk"])
    client.session.flush()
    answer = client.post(URL, {"_key": new_key(), "text": WORDS, "category": "facility"})
    assert answer.status_code == 401 and "刚才写的都在" in answer.text
    kept = hidden(answer.text)
    assert (kept["kept-text"], kept["next"]) == (WORDS, URL)
    wrong = client.post("/login/", {**kept, "login": "clerk", "password": "x"})
    assert wrong.status_code == 422 and hidden(wrong.text)["kept-text"] == WORDS
    entered = client.post("/login/", {**kept, "login": "clerk", "password": PASSWORD})
    assert entered.status_code == 200 and "填的内容都在，再按一次就提交" in entered.text
    assert f'action="{URL}"' in entered.text and WORDS in entered.text
    again = {name: value for name, value in hidden(entered.text).items() if not name.startswith("csrf")}
    assert not any(name.startswith("kept-") for name in again)
    client.post(URL, {**again, "source": "counter"})
    assert [need.text for need in Need.objects.all()] == [WORDS]


def test_a_bulletin_is_not_lost_either(client, cast):
    from baodao.domain.months import services

    served.build(cast)
    services.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    bulletin = Bulletin.objects.get()
    url = f"/town/bulletin/{bulletin.code}/edit/"
    typed = {"version": 1, "good": "谢谢大家", "asked": "", "undone": "", "short": "", "next": "先办急的"}
    kept = hidden(client.post(url, {"_key": new_key(), **typed}).text)
    entered = client.post("/login/", {**kept, "login": "town", "password": PASSWORD})
    again = {name: value for name, value in hidden(entered.text).items() if not name.startswith("csrf")}
    assert client.post(url, again).status_code == 303
    assert Bulletin.objects.get().words["good"] == "谢谢大家"


def test_it_comes_through_a_one_time_code_and_the_new_password_too(client, cast):
    from baodao.domain.accounts import services
    from baodao.domain.needs.models import Need

    kept = hidden(client.post(URL, {"_key": new_key(), "text": WORDS, "category": "facility"}).text)
    code = services.issue_code(actor=PROGRAM, account=cast.accounts["clerk"])
    page = client.post("/login/", {**kept, "login": "clerk", "password": code})
    assert page.status_code == 200 and "刚才写的都在" in page.text
    held = hidden(page.text)
    assert (held["kept-text"], held["next"]) == (WORDS, URL)
    weak = client.post("/login/password/", {**held, "password": "12345678", "password2": "12345678"})
    assert weak.status_code == 422 and hidden(weak.text)["kept-text"] == WORDS
    entered = client.post("/login/password/", {**hidden(weak.text), "password": "green-tea-9", "password2": "green-tea-9"})
    assert entered.status_code == 200 and f'action="{URL}"' in entered.text and WORDS in entered.text
    again = {name: value for name, value in hidden(entered.text).items() if not name.startswith("csrf")}
    client.post(URL, {**again, "source": "counter"})
    assert [need.text for need in Need.objects.all()] == [WORDS]


def test_a_one_time_code_leads_on_to_the_page_that_was_asked_for(client, cast):
    from baodao.domain.accounts import services

    code = services.issue_code(actor=PROGRAM, account=cast.accounts["clerk"])
    answer = client.post("/login/", {"login": "clerk", "password": code, "next": URL})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/password/?next={URL.replace('/', '%2F')}")
    page = client.get(answer.headers["Location"])
    chosen = {**hidden(page.text), "password": "green-tea-9", "password2": "green-tea-9"}
    done = client.post("/login/password/", chosen)
    assert (done.status_code, done.headers["Location"]) == (302, URL)


def test_another_address_is_not_led_to(client, cast):
    answer = client.post("/login/", {"kept-text": "x", "next": "https://example.org/", "login": "clerk", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")


def test_nothing_typed_is_only_sent_to_the_login(client, cast):
    answer = client.post(URL, {"_key": new_key()})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={URL}")


def test_a_page_left_open_over_another_login_keeps_what_was_typed(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.accounts["clerk"])
    typed = {"_key": new_key(), "text": WORDS, "csrfmiddlewaretoken": "a" * 64}
    ours = client.post(URL, typed, headers={"Origin": "http://testserver"})
    assert ours.status_code == 200 and WORDS in ours.text and "再按一次就提交" in ours.text
    strange = client.post(URL, typed, headers={"Origin": "http://example.org"})
    assert strange.status_code == 403 and WORDS not in strange.text


def test_the_page_knows_when_the_session_ends_and_one_press_makes_it_last(client, cast):
    client.post("/login/", {"login": "clerk", "password": PASSWORD})
    left = re.search(r'name="session-left" content="(\d+)"', client.get("/desk/").text)
    assert left and 12 * 3600 - 60 < int(left[1]) <= 12 * 3600
    session = client.session
    session.set_expiry(timezone.now() + timedelta(seconds=90))
    session.save()
    page = client.get("/desk/").text
    assert int(re.search(r'name="session-left" content="(\d+)"', page)[1]) <= 90 and 'id="stay"' in page
    said = client.post("/account/stay/", {"_key": new_key()})
    assert said.status_code == 200 and said.json()["left"] > 12 * 3600 - 60
    client.post("/account/logout/")
    over = client.post("/account/stay/", {"_key": new_key()})
    assert (over.status_code, over.headers["Location"]) == (302, "/login/?next=/account/")


def test_residents_pages_carry_no_session(client, cast):
    page = client.get("/").text
    assert "session-left" not in page and "stay.js" not in page
