"""A11 and A10: deeds, the chain, logins, erasures; and the burden page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baodao.domain import erasures, journal
from baodao.domain.audit.models import Entry
from baodao.web.admin.words import deed_words
from tests.cast import PASSWORD, account

pytestmark = pytest.mark.django_db


def test_deeds_are_listed_newest_first_without_names_of_their_subjects(enter, cast):
    page = enter("auditor").get("/admin/audit/").text
    assert "role.given" in page and cast.accounts["auditor"].code in page
    assert "陈晨" not in page


def test_filters_live_in_the_address(enter, cast):
    client = enter("auditor")
    code = cast.accounts["clerk"].code
    page = client.get(f"/admin/audit/?code={code}&what=角色").text
    assert page.count("<code>") == 1 and code in page
    assert page.count("角色：授予") == 1
    assert client.get(f"/admin/audit/?code={code}&what=role.given").text.count("<code>") == 1
    assert "没有这样的记录" in client.get("/admin/audit/?last=2020-01-01").text
    assert "没有这样的记录" in client.get("/admin/audit/?what=没有这种事").text
    assert client.get("/admin/audit/?first=不是日子").status_code == 200


def test_more_entries_cost_no_more_queries(enter, cast):
    client = enter("auditor")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/audit/?what=登录")
    for number in range(4):
        account(f"more{number}", "clerk", cast.jiankang.path, f"专干{number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/audit/?what=登录")
    assert len(many) == len(few) <= 12


def test_a_whole_chain_is_said_to_be_whole(enter, cast, send):
    client = enter("auditor")
    assert "都完整" not in client.get("/admin/audit/verify/").text
    assert "都完整" in send("/admin/audit/verify/").text


def test_a_changed_entry_is_named_loudly(enter, cast, send):
    enter("auditor")
    entry = Entry.objects.order_by("seq")[3]
    with journal.opened(connection, "audit_entry"):
        Entry.objects.filter(pk=entry.pk).update(action="nothing.happened")
    page = send("/admin/audit/verify/").text
    assert "链断了" in page and f"第 {entry.seq} 条（nothing.happened）被改过" in page


def test_refused_logins_are_seen_by_two_administrators(enter, cast):
    Client().post("/login/", {"login": "clerk", "password": "wrong"})
    for role in ("secadmin", "auditor"):
        page = enter(role).get("/admin/audit/security/").text
        assert "登录没通过" in page and "李干事" in page
    assert enter("sysadmin").get("/admin/audit/security/").status_code == 403


def test_a_login_is_noted_without_an_address(enter, cast):
    Client().post("/login/", {"login": "clerk", "password": PASSWORD}, REMOTE_ADDR="10.1.2.3")
    page = enter("auditor").get("/admin/audit/security/").text
    assert "10.1." not in page


def test_erasures_are_counts_by_day(enter, cast, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    client = enter("auditor")
    assert "还没有到期的内容" in client.get("/admin/audit/erased/").text
    erasures.append([("need_contact", "AAAA"), ("need_contact", "BBBB"), ("need", "CCCC")])
    page = client.get("/admin/audit/erased/").text
    assert "诉求的联系方式 2" in page and "没有受理的诉求 1" in page and "AAAA" not in page


@pytest.mark.parametrize("role", ["sysadmin", "secadmin", "auditor"])
def test_the_burden_page_is_there_for_all_three(enter, cast, role):
    page = enter(role).get("/admin/compliance/")
    assert page.status_code == 200 and "强制打卡签到" in page.text


@pytest.mark.parametrize(("role", "start"), [("sysadmin", "/admin/orgs/"), ("secadmin", "/admin/people/"), ("auditor", "/admin/audit/")])
def test_each_starts_at_their_own_page(enter, cast, role, start):
    assert enter(role).get("/admin/").headers["Location"] == start


def test_every_action_of_the_program_has_words():
    import importlib.util
    from pathlib import Path

    spec = importlib.util.spec_from_file_location("reference", Path(__file__).parents[3] / "tools" / "reference.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert [action for action, _where, _doc in tool.actions() if deed_words(action) == action] == []


def test_programs_are_named_in_words(enter, cast):
    page = enter("auditor").get("/admin/audit/").text
    assert "program:" not in page and "<td>命令 " in page
