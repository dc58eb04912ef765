"""A3: logins, roles, one-time codes shown once, the last administrator."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baodao.domain.accounts.models import Account, Grant, OneTimeCode
from baodao.domain.audit.models import Entry
from baodao.domain.audit.selectors import broken_links
from baodao.web.frame.keys import new_key
from tests.cast import PASSWORD, account

pytestmark = pytest.mark.django_db


def new(**more: str) -> dict[str, str]:
    return {"login": "lina", "display_name": "李娜", "role": "clerk", "path": "SX/SZ/SZ01/", "until": "", **more}


def code_on(page: str) -> str:
    return re.search(r"code-big\">([0-9A-Z]{4}-[0-9A-Z]{4})<", page).group(1)


def test_the_staff_are_listed_with_role_and_place_and_no_member(enter, cast):
    page = enter("secadmin").get("/admin/people/").text
    assert "社区专干 · 幸福社区" in page and "单位联络员 · 县水利局" in page
    assert "陈晨" not in page and "周平" not in page


def test_names_are_searched(enter, cast):
    page = enter("secadmin").get("/admin/people/?q=李干").text
    assert "李干事" in page and "周干事" not in page
    assert "没有找到" in enter("secadmin").get("/admin/people/?q=没有这人").text


def test_more_people_cost_no_more_queries(enter, cast):
    client = enter("secadmin")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/people/")
    for number in range(5):
        account(f"more{number}", "clerk", cast.jiankang.path, f"专干{number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/people/")
    assert len(many) == len(few) <= 12


def test_a_person_is_added_and_the_code_is_shown_once(enter, cast, send):
    client = enter("secadmin")
    page = send("/admin/people/add/", new())
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    code = code_on(page.text)
    made = Account.objects.get(login="lina")
    assert (made.display_name, made.has_usable_password()) == ("李娜", False)
    assert [(g.role, g.path) for g in made.grants.all()] == [("clerk", "SX/SZ/SZ01/")]
    assert code not in client.get(f"/admin/people/{made.code}/").text
    assert code.replace("-", "") not in OneTimeCode.objects.get(account=made).code_hash
    assert not any(code.replace("-", "") in str(entry.data) for entry in Entry.objects.all())
    visitor = Client()
    assert visitor.post("/login/", {"login": "lina", "password": code}).headers["Location"] == "/login/password/"


def test_sending_the_form_twice_makes_one_person_and_one_code(enter, cast):
    client = enter("secadmin")
    sent = {"_key": new_key(), **new()}
    first, second = client.post("/admin/people/add/", sent), client.post("/admin/people/add/", sent)
    assert (first.status_code, second.status_code) == (200, 303)
    assert OneTimeCode.objects.filter(account__login="lina").count() == 1
    assert client.get(second.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"login": "clerk"}, "已经有人用了"), ({"login": ""}, "必填"), ({"path": ""}, "选一个地方"),
     ({"path": "SX/SZ/"}, "社区专干要选社区"), ({"role": "liaison"}, "单位联络员要选单位"),
     ({"until": "2026-11-01"}, "这天已经过了"), ({"role": "emperor"}, "错误")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_made(enter, cast, send, wrong, words):
    enter("secadmin")
    before = (Account.objects.count(), Grant.objects.count(), OneTimeCode.objects.count())
    page = send("/admin/people/add/", new(**wrong))
    assert page.status_code == 422 and words in page.text
    assert (Account.objects.count(), Grant.objects.count(), OneTimeCode.objects.count()) == before


def test_administrators_do_not_meet_in_one_person(enter, cast, send):
    enter("secadmin")
    for login, role in (("sysadmin", "auditor"), ("clerk", "sysadmin")):
        page = send(f"/admin/people/{cast.accounts[login].code}/grant/", {"role": role, "path": "", "until": ""})
        assert page.status_code == 422 and "三员分立" in page.text
        assert cast.accounts[login].grants.count() == 1


def test_a_second_role_is_given_and_ended_and_the_person_logs_in_again(enter, cast, send):
    elsewhere = Client()
    elsewhere.post("/login/", {"login": "clerk", "password": PASSWORD})
    assert elsewhere.get("/account/").status_code == 200
    enter("secadmin")
    person = cast.accounts["clerk"]
    given = send(f"/admin/people/{person.code}/grant/", {"role": "secretary", "path": cast.xingfu.path, "until": "2026-12-31"})
    assert given.status_code == 303
    grant = person.grants.get(role="secretary")
    assert str(grant.until) == "2026-12-31"
    assert send(f"/admin/people/{person.code}/grant/{grant.code}/end/").status_code == 303
    grant.refresh_from_db()
    assert not grant.is_open()
    assert elsewhere.get("/account/").status_code == 302


def test_the_last_security_administrator_stays(enter, cast, send):
    person = cast.accounts["secadmin"]
    enter("secadmin")
    grant = person.grants.get()
    ended = send(f"/admin/people/{person.code}/grant/{grant.code}/end/")
    closed = send(f"/admin/people/{person.code}/active/", {"active": "0"})
    assert (ended.status_code, closed.status_code) == (422, 422)
    person.refresh_from_db()
    assert person.active and person.grants.get().is_open()


def test_with_a_second_one_the_first_may_go(enter, cast, send):
    other = account("sec2", "secadmin", "", "第二个")
    enter("secadmin")
    assert send(f"/admin/people/{other.code}/active/", {"active": "0"}).status_code == 303
    other.refresh_from_db()
    assert other.active is False
    again = send(f"/admin/people/{cast.accounts['secadmin'].code}/grant/{cast.accounts['secadmin'].grants.get().code}/end/")
    assert again.status_code == 422


def test_nobody_issues_a_code_to_themselves(enter, cast, send):
    enter("secadmin")
    page = send(f"/admin/people/{cast.accounts['secadmin'].code}/code/")
    assert page.status_code == 422 and OneTimeCode.objects.count() == 0


def test_a_new_code_ends_the_one_before(enter, cast, send):
    enter("secadmin")
    person = cast.accounts["clerk"]
    first = code_on(send(f"/admin/people/{person.code}/code/").text)
    second = code_on(send(f"/admin/people/{person.code}/code/").text)
    visitor = Client()
    assert visitor.post("/login/", {"login": "clerk", "password": first}).status_code == 422
    assert visitor.post("/login/", {"login": "clerk", "password": second}).status_code == 302


def test_a_login_is_closed_and_opened(enter, cast, send):
    elsewhere = Client()
    elsewhere.post("/login/", {"login": "clerk", "password": PASSWORD})
    client = enter("secadmin")
    person = cast.accounts["clerk"]
    assert send(f"/admin/people/{person.code}/active/", {"active": "0"}).status_code == 303
    assert elsewhere.get("/account/").status_code == 302
    assert "停用" in client.get(f"/admin/people/{person.code}/").text
    assert send(f"/admin/people/{person.code}/active/", {"active": "1"}).status_code == 303
    assert Client().post("/login/", {"login": "clerk", "password": PASSWORD}).status_code == 302


def test_every_deed_is_in_the_chain(enter, cast, send):
    enter("secadmin")
    send("/admin/people/add/", new())
    made = Account.objects.get(login="lina")
    deeds = Entry.objects.filter(subject_code=made.code).order_by("seq").values_list("action", flat=True)
    assert list(deeds) == ["account.created", "role.given", "code.issued"]
    assert list(broken_links()) == []


def test_an_unknown_person_is_not_there(enter, cast, send):
    client = enter("secadmin")
    assert client.get("/admin/people/ZZZZZZZZZZ/").status_code == 404
    assert send(f"/admin/people/{cast.accounts['clerk'].code}/grant/ZZZZZZZZZZ/end/").status_code == 404
