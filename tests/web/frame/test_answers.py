"""Keys of forms, refusals, staleness, trouble: each answers with a page that says what to do; htmx gets a message."""

from __future__ import annotations

import errno
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError, connection

from baodao.domain.orgs.models import Org
from baodao.web.frame import keys, pages
from baodao.web.frame.keys import new_key

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def community(name: str = "新社区", code: str = "SZ03", parent: str = "") -> dict[str, str]:
    return {"name": name, "org_code": code, "parent": parent, "phone": ""}


def test_without_a_key_nothing_is_done(enter, cast):
    answer = enter("sysadmin").post("/admin/orgs/add/", community(parent=cast.town.code))
    assert answer.status_code == 400
    assert not Org.objects.filter(org_code="SZ03").exists()


def test_a_foreign_key_is_none(enter, cast):
    forged = signing.TimestampSigner(key="another", salt="baodao.form").sign("x")
    answer = enter("sysadmin").post("/admin/orgs/add/", {"_key": forged, **community(parent=cast.town.code)})
    assert answer.status_code == 400


def test_an_old_key_keeps_what_was_typed_and_is_one_press_from_being_sent(enter, cast):
    client = enter("sysadmin")
    with time_machine.travel(datetime.now(tz=UTC) - timedelta(seconds=keys.LIFE + 60)):
        key = new_key()
    answer = client.post("/admin/orgs/add/", {"_key": key, **community(parent=cast.town.code)})
    assert answer.status_code == 400 and "填的内容都在" in answer.text
    assert 'name="name" value="新社区"' in answer.text and f'name="parent" value="{cast.town.code}"' in answer.text
    again = answer.text.split('name="_key" value="')[1].split('"')[0]
    assert client.post("/admin/orgs/add/", {"_key": again, **community(parent=cast.town.code)}).status_code == 303


def test_the_same_key_twice_does_it_once(enter, cast):
    client = enter("sysadmin")
    sent = {"_key": new_key(), **community(parent=cast.town.code)}
    first, second = client.post("/admin/orgs/add/", sent), client.post("/admin/orgs/add/", sent)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert Org.objects.filter(org_code="SZ03").count() == 1


def test_a_refused_form_uses_no_key_up(enter, cast):
    client = enter("sysadmin")
    key = new_key()
    assert client.post("/admin/orgs/add/", {"_key": key, **community(code="SZ01", parent=cast.town.code)}).status_code == 422
    assert client.post("/admin/orgs/add/", {"_key": key, **community(parent=cast.town.code)}).status_code == 303


def test_a_form_that_is_wrong_keeps_what_was_typed(enter, cast, send):
    enter("sysadmin")
    answer = send("/admin/orgs/add/", community(name="新社区", code="坏 代码", parent=cast.town.code))
    assert answer.status_code == 422
    assert 'value="新社区"' in answer.text and 'value="坏 代码"' in answer.text and 'role="alert"' in answer.text


def test_two_people_at_one_record_see_each_other(enter, cast, send):
    client = enter("sysadmin")
    url = f"/admin/orgs/{cast.xingfu.code}/"
    cast.xingfu.refresh_from_db()
    seen = {"name": "幸福社区", "short_name": "", "seq": 1, "phone": "0997-5550100", "address": "", "households": ""}
    assert send(url, {**seen, "phone": "0997-1", "version": cast.xingfu.version}).status_code == 303
    stale = send(url, {**seen, "phone": "0997-2", "version": cast.xingfu.version})
    assert stale.status_code == 409
    assert "0997-1" in stale.text and "0997-2" in stale.text
    cast.xingfu.refresh_from_db()
    assert cast.xingfu.phone == "0997-1"
    assert client.get(url).status_code == 200


def test_a_refusal_is_a_page_with_its_reason(enter, cast, send):
    enter("sysadmin")
    answer = send(f"/admin/orgs/{cast.xingfu.code}/close/")
    assert answer.status_code == 422 and "先关下面的" in answer.text
    cast.xingfu.refresh_from_db()
    assert cast.xingfu.until is None


def test_htmx_gets_a_refusal_as_a_message(enter, cast):
    answer = enter("sysadmin").post(f"/admin/orgs/{cast.xingfu.code}/close/", {"_key": new_key()}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#messages")
    assert "<html" not in answer.text


def test_a_deed_by_htmx_leads_on(enter, cast):
    answer = enter("sysadmin").post("/admin/orgs/add/", {"_key": new_key(), **community(parent=cast.town.code)}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/admin/orgs/")


def test_a_toast_is_shown_once(enter, cast, send):
    client = enter("sysadmin")
    send("/admin/orgs/add/", community(parent=cast.town.code))
    assert "已建 新社区" in client.get("/admin/orgs/").text
    assert "data-toast" not in client.get("/admin/orgs/").text


def test_who_may_not_is_told_who_can(enter, cast):
    answer = enter("clerk").get("/admin/orgs/")
    assert answer.status_code == 403 and "系统管理员" in answer.text


def test_nobody_is_sent_to_the_login_page_and_back(client, cast):
    assert client.get("/admin/orgs/?a=1").headers["Location"] == "/login/?next=/admin/orgs/%3Fa%3D1"


def test_an_unknown_address_says_so_in_the_frame(client, cast):
    answer = client.get("/admin/nothing/here/")
    assert answer.status_code == 404 and "没有这个页面" in answer.text and "意见建议" in answer.text


@pytest.mark.parametrize(
    "trouble",
    [OperationalError("database is locked"), DatabaseError("database disk image is malformed"), OSError(errno.EIO, "Input/output error")],
)
def test_trouble_of_the_database_is_503_and_keeps_the_key(enter, cast, trouble):
    def locked(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "orgs_org"'):
            raise trouble
        return execute(sql, params, many, context)

    client = enter("sysadmin")
    sent = {"_key": new_key(), **community(parent=cast.town.code)}
    with connection.execute_wrapper(locked):
        answer = client.post("/admin/orgs/add/", sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert client.post("/admin/orgs/add/", sent).status_code == 303


FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def locked(execute, sql, params, many, context):
    if sql.startswith("INSERT"):
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


def test_the_page_of_trouble_holds_the_form_one_press_from_being_sent(enter, cast):
    client = enter("sysadmin")
    sent = {"_key": new_key(), **community(name='新"社区', parent=cast.town.code)}
    with connection.execute_wrapper(locked):
        page = client.post("/admin/orgs/add/", sent)
    assert page.status_code == 503 and 'action="/admin/orgs/add/"' in page.text and "再提交一次" in page.text
    form = {name: unescape(value) for name, value in FIELD.findall(page.text.split("<form")[1].split("</form>")[0])}
    assert {name: value for name, value in form.items() if name != "csrfmiddlewaretoken"} == sent
    first, second = client.post("/admin/orgs/add/", form), client.post("/admin/orgs/add/", sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert Org.objects.filter(name='新"社区').count() == 1


def test_the_page_of_trouble_repeats_a_form_without_fields(enter, cast):
    client = enter("sysadmin")
    with connection.execute_wrapper(locked):
        page = client.post(f"/admin/orgs/{cast.xingfu.code}/close/", {"_key": new_key()})
    assert page.status_code == 503 and "再提交一次" in page.text


@pytest.mark.parametrize("chosen", [{"password": "geheim-9"}, {"file": SimpleUploadedFile("a.csv", b"x")}])
def test_passwords_and_files_do_not_come_back_in_a_page(rf, chosen):
    request = rf.post("/account/", {"_key": new_key(), "name": "甲", **chosen})
    page = pages.unavailable(request)
    assert page.status_code == 503 and "再提交一次" not in page.text and "geheim" not in page.text


def test_every_answer_carries_the_policy(client, cast):
    policy = client.get("/login/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "style-src 'self'" in policy and "unsafe" not in policy


def test_pages_of_the_staff_are_not_kept(enter, cast):
    assert enter("clerk").get("/account/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_pages_say_nothing_personal(client, cast, path):
    answer = client.get(path)
    assert answer.status_code == 200 and answer.cookies == {}


def test_a_session_that_cannot_be_written_is_trouble_too(enter, cast, monkeypatch):
    client = enter("sysadmin")
    assert client.post("/admin/orgs/add/", {"_key": new_key(), **community(parent=cast.town.code)}).status_code == 303
    with monkeypatch.context() as disk:
        disk.setattr(SessionStore, "save", unwritable)
        answer = client.get("/admin/orgs/")  # takes the words of the deed out of the session
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5") and "内容没有丢" in answer.text
    assert client.get("/admin/orgs/").status_code == 200


def unwritable(self, must_create=False):
    raise UpdateError
