"""Who signed for a paper, when and who; paper receipts; a reminder that stays a kindness; nothing is ranked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.days import clock
from baodao.domain.documents import services
from baodao.domain.documents.models import Delivery
from baodao.domain.notices.models import Notice
from tests.cast import PROGRAM, unit


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def paper(cast):
    made = services.reserve(actor=PROGRAM, town=cast.town.path, kind="plan", month="2026-12", title="12月计划")
    services.seal(actor=PROGRAM, document=made, copies={"docx": b"word"})
    services.deliver_many(actor=PROGRAM, document=made, paths=[cast.unit2.path, cast.unit.path, cast.xingfu.path])
    return made


def test_who_signed_stands_beside_who_has_not(enter, send, cast, paper):
    enter("liaison")
    send(f"/unit/papers/{Delivery.objects.get(path=cast.unit.path).code}/received/")
    enter("clerk")
    assert "收到 1 件文" in words(enter("clerk").get("/desk/papers/"))
    send(f"/desk/papers/{Delivery.objects.get(path=cast.xingfu.path).code}/received/")
    client = enter("town")
    page = words(client.get(f"/town/receipts/{paper.code}/"))
    assert "2 / 3 签收了" in page and "赵联络" in page and "李干事" in page
    assert "还没有，没有登录，送纸质的" in page and page.index("县水利局") < page.index("县教育局")
    waiting = words(client.get(f"/town/receipts/{paper.code}/?waiting=1"))
    assert "县教育局" in waiting and "县水利局" not in waiting


def test_a_paper_receipt_is_written_down(enter, send, cast, paper):
    client = enter("town")
    url = f"/town/receipts/{paper.code}/paper/"
    assert send(url, {}).status_code == 422
    row = Delivery.objects.get(path=cast.unit2.path)
    assert send(url, {"pick": [row.code]}).status_code == 303
    row.refresh_from_db()
    assert (row.on_paper, row.received_by) == (True, cast.accounts["town"].pk)
    assert "记的纸质回执" in words(client.get(f"/town/receipts/{paper.code}/"))
    assert send(url, {"pick": [row.code]}).status_code == 422


def test_a_reminder_reaches_who_has_not_signed_once_in_three_days(enter, send, cast, paper):
    enter("liaison")
    send(f"/unit/papers/{Delivery.objects.get(path=cast.unit.path).code}/received/")
    enter("town")
    url = f"/town/receipts/{paper.code}/remind/"
    assert send(url).status_code == 303
    people = {cast.accounts[login].pk for login in ("clerk", "secretary")}
    assert set(Notice.objects.filter(key="plan.reminded").values_list("account_id", flat=True)) == people
    answer = send(url)
    assert answer.status_code == 422 and "三天里提醒过一次了" in words(answer)
    assert "提醒过" in words(enter("clerk").get("/desk/papers/"))
    with clock.freeze(clock.now() + timedelta(days=3, minutes=1)):
        enter("town")
        assert send(url).status_code == 303
    assert Notice.objects.filter(key="plan.reminded").count() == 2


def test_delivering_again_tells_nobody_twice(cast, paper):
    services.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path])
    told = Notice.objects.filter(key="plan.delivered").values_list("account_id", flat=True)
    assert sorted(told) == sorted(cast.accounts[login].pk for login in ("liaison", "clerk", "secretary"))


def test_another_towns_paper_is_not_there(enter, send, cast, paper):
    from baodao.domain.documents.models import Document

    Document.objects.update(town="SX/AA/")
    client = enter("town")
    assert client.get(f"/town/receipts/{paper.code}/").status_code == 404
    assert send(f"/town/receipts/{paper.code}/remind/").status_code == 404
    assert Delivery.objects.exclude(reminded_at=None).count() == 0


def test_when_all_signed_nothing_is_asked(enter, cast, paper):
    services.receive_many(actor=PROGRAM, deliveries=list(Delivery.objects.all()))
    page = words(enter("town").get(f"/town/receipts/{paper.code}/"))
    assert "都签收了" in page and "提醒没签收的" not in page


def test_many_units_take_as_many_queries_as_two(enter, cast, paper):
    client = enter("town")
    url = f"/town/receipts/{paper.code}/"

    def count():
        client.get(url)
        with CaptureQueriesContext(connection) as held:
            client.get(url)
        return len(held)

    before = count()
    made = [unit(cast.county, f"U{n:03d}", f"单位{n}", n) for n in range(10, 40)]
    services.deliver_many(actor=PROGRAM, document=paper, paths=[one.path for one in made])
    assert count() == before
