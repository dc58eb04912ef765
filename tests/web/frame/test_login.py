"""The way in: passwords, one-time codes, roles, log-out, big type."""

from __future__ import annotations

import pytest

from baodao.base.days import clock
from baodao.domain.accounts import services
from baodao.domain.accounts.models import Failure, SecurityEvent
from tests.cast import PASSWORD, PROGRAM

pytestmark = pytest.mark.django_db
STARTS = {
    "town": "/town/", "townlead": "/town/", "county": "/town/", "secretary": "/desk/", "clerk": "/desk/", "grid": "/desk/",
    "liaison": "/unit/", "member": "/me/", "sysadmin": "/admin/", "secadmin": "/admin/", "auditor": "/admin/",
}  # fmt: skip


@pytest.mark.parametrize(("name", "start"), STARTS.items())
def test_every_role_starts_at_its_face(client, cast, name, start):
    answer = client.post("/login/", {"login": name, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, start)


def test_the_page_asks_for_two_things(client, cast):
    page = client.get("/login/")
    assert page.status_code == 200
    assert page.text.count("<label class=") == 2
    assert page.headers["Cache-Control"].startswith("max-age=0")


def test_next_leads_only_inside(client, cast):
    inside = client.post("/login/", {"login": "clerk", "password": PASSWORD, "next": "/desk/needs/?state=new"})
    assert inside.headers["Location"] == "/desk/needs/?state=new"
    client.post("/account/logout/")
    for outside in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = client.post("/login/", {"login": "clerk", "password": PASSWORD, "next": outside})
        assert answer.headers["Location"] == "/desk/"
        client.post("/account/logout/")


@pytest.mark.parametrize("data", [{"login": "clerk", "password": "wrong"}, {"login": "nobody", "password": PASSWORD}])
def test_wrong_login_and_wrong_password_look_the_same(client, cast, data):
    answer = client.post("/login/", data)
    assert answer.status_code == 422
    assert "登录名或密码不对" in answer.text
    assert f'value="{data["login"]}"' in answer.text
    assert data["password"] not in answer.text
    assert "_auth_user_id" not in client.session
    assert Failure.objects.filter(kind="password").count() == 1


def test_ten_wrong_passwords_close_the_login_for_a_while(client, cast):
    for _try in range(10):
        client.post("/login/", {"login": "clerk", "password": "wrong"})
    held = client.post("/login/", {"login": "clerk", "password": PASSWORD})
    assert (held.status_code, held.headers["Retry-After"]) == (429, "900")
    assert "等 15 分钟再试" in held.text and "登录名或密码不对" not in held.text
    assert "_auth_user_id" not in client.session
    assert client.post("/login/", {"login": "clerk2", "password": PASSWORD}).status_code == 302


def test_a_name_nobody_has_is_held_back_alike(client, cast):
    for _try in range(10):
        client.post("/login/", {"login": "nobody", "password": "wrong"})
    unknown = client.post("/login/", {"login": "nobody", "password": "wrong"})
    assert (unknown.status_code, "等 15 分钟再试" in unknown.text) == (429, True)


def test_the_place_one_wanted_survives_a_slip(client, cast):
    slip = client.post("/login/", {"login": "clerk", "password": "wrong", "next": "/desk/needs/"})
    assert '<input type="hidden" name="next" value="/desk/needs/">' in slip.text


def test_a_one_time_code_leads_to_a_password_and_opens_once(client, cast):
    account = cast.accounts["clerk"]
    code = services.issue_code(actor=PROGRAM, account=account)
    answer = client.post("/login/", {"login": "clerk", "password": f"{code[:4]}-{code[4:].lower()}"})
    assert answer.headers["Location"] == "/login/password/"
    short = client.post("/login/password/", {"password": "short", "password2": "short"})
    assert short.status_code == 422 and "_auth_user_id" not in client.session
    chosen = {"password": "杨树下第三张桌子", "password2": "杨树下第三张桌子"}
    assert client.post("/login/password/", chosen).headers["Location"] == "/desk/"
    client.post("/account/logout/")
    assert client.post("/login/", {"login": "clerk", "password": code}).status_code == 422
    assert client.post("/login/", {"login": "clerk", "password": chosen["password"]}).status_code == 302


def test_a_code_is_closed_after_its_time(client, cast, frozen_clock):
    code = services.issue_code(actor=PROGRAM, account=cast.accounts["clerk"])
    with clock.freeze(frozen_clock + services.CODE_LIFE):
        assert client.post("/login/", {"login": "clerk", "password": code}).status_code == 422


def test_nobody_chooses_a_password_without_a_code(client, cast):
    assert client.get("/login/password/").headers["Location"] == "/login/"


def test_an_ended_login_stays_out(client, cast):
    services.set_active(actor=PROGRAM, account=cast.accounts["clerk"], active=False)
    assert client.post("/login/", {"login": "clerk", "password": PASSWORD}).status_code == 422


def test_the_header_offers_the_other_roles_and_switches(enter, cast, send):
    services.give_role(actor=PROGRAM, account=cast.accounts["town"], role="clerk", path=cast.xingfu.path)
    client = enter("town")
    page = client.get("/town/")
    other = cast.accounts["town"].grants.get(role="clerk")
    assert f"/account/role/{other.code}/" in page.text and "幸福社区 · 社区专干" in page.text
    assert client.post(f"/account/role/{other.code}/").headers["Location"] == "/desk/"
    assert client.get("/town/").status_code == 403


def test_somebody_elses_role_is_not_there(enter, cast):
    other = cast.accounts["townlead"].grants.get()
    client = enter("clerk")
    assert client.post(f"/account/role/{other.code}/").status_code == 404
    assert client.get("/town/").status_code == 403


def test_the_password_is_changed_with_the_old_one(enter, cast, send):
    client = enter("clerk")
    wrong = send("/account/password/", {"old": "no", "password": "杨树下第三张桌子", "password2": "杨树下第三张桌子"})
    assert wrong.status_code == 422 and "现在的密码不对" in wrong.text
    cast.accounts["clerk"].refresh_from_db()
    assert cast.accounts["clerk"].check_password(PASSWORD)
    right = send("/account/password/", {"old": PASSWORD, "password": "杨树下第三张桌子", "password2": "杨树下第三张桌子"})
    assert (right.status_code, right.headers["Location"]) == (303, "/account/")
    assert "密码已改" in client.get("/account/").text


def test_the_person_sees_what_happened_with_the_login(enter, cast):
    services.issue_code(actor=PROGRAM, account=cast.accounts["clerk"])
    page = enter("clerk").get("/account/")
    assert "发了一次性码" in page.text
    assert SecurityEvent.objects.filter(account_id=cast.accounts["clerk"].pk).count() == 1


def test_big_type_is_one_press_and_remembered(client, cast, enter):
    anybody = client.post("/account/big/", headers={"referer": "http://testserver/login/"})
    assert anybody.headers["Location"] == "http://testserver/login/"
    assert 'data-theme="big"' in client.get("/login/").text
    client.cookies.clear()
    person = enter("clerk")
    person.post("/account/big/")
    cast.accounts["clerk"].refresh_from_db()
    assert cast.accounts["clerk"].big_type is True


def test_log_out_ends_the_session(enter, cast):
    client = enter("clerk")
    assert client.post("/account/logout/").headers["Location"] == "/login/"
    assert client.get("/account/").headers["Location"] == "/login/?next=/account/"
