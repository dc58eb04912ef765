"""The town opens a community's list with a reason; the community and each member on it read who, when and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.days import clock
from baodao.domain.audit.models import Look
from baodao.domain.members.looks import list_looks, looks
from baodao.domain.members.models import Enrolment
from baodao.domain.members.papers.ledger import ledger_data
from tests import scene
from tests.cast import member

PAGE = "/town/communities/SZ01/list/"


def test_without_a_reason_nothing_is_shown(cast, enter, send):
    page = enter("town").get(PAGE)
    assert "陈晨" not in page.text and "还没有人打开过" in page.text
    answer = send(PAGE, {"reason": ""})
    assert (answer.status_code, "陈晨" in answer.text, Look.objects.count()) == (422, False, 0)


@pytest.mark.parametrize("login", ["town", "townlead"])
def test_with_one_names_and_units_are_and_no_number(cast, enter, send, login):
    member("欧阳文斌", cast.xingfu, None)
    enter(login)
    answer = send(PAGE, {"reason": "核对十一月的通报"})
    assert answer.status_code == 200 and answer.headers["Cache-Control"].count("no-store")
    assert [row["name"] for row in answer.context["rows"]] == ["陈晨", "欧阳文斌"]
    assert [row["unit"] for row in answer.context["rows"]] == ["县水利局", "社区党员"]
    assert "周平" not in answer.text
    assert [(x.subject, x.subject_code, x.field, x.reason) for x in Look.objects.all()] == [
        ("ledger", cast.xingfu.path, "list", "核对十一月的通报")]
    assert "陈晨" not in enter(login).get(PAGE).text


@pytest.mark.parametrize(("login", "status"), [("county", 403), ("clerk", 403), ("liaison", 403), ("sysadmin", 403)])
def test_nobody_else_opens_it(cast, enter, send, login, status):
    enter(login)
    assert send(PAGE, {"reason": "看看"}).status_code == status
    assert Look.objects.count() == 0


def test_a_community_that_is_not_the_towns_is_absent(cast, enter):
    assert enter("town").get("/town/communities/XX99/list/").status_code == 404


def test_an_empty_community_says_so(cast, enter, send):
    Enrolment.objects.filter(community=cast.xingfu).delete()
    enter("town")
    assert "台账还是空的" in send(PAGE, {"reason": "看看有几个人"}).text


def test_whom_it_concerns_reads_it(cast, enter, send):
    enter("town")
    send(PAGE, {"reason": "核对十一月的通报"})
    assert "核对十一月的通报" in enter("member").get("/me/profile/").text
    assert "核对十一月的通报" in enter("clerk").get("/desk/ledger/").text
    assert "核对十一月的通报" in enter("clerk").get(f"/desk/ledger/{cast.chen.code}/").text
    assert "核对十一月的通报" in enter("town").get(PAGE).text
    assert "核对十一月的通报" not in enter("member2").get("/me/profile/").text
    assert "核对十一月的通报" not in enter("clerk2").get("/desk/ledger/").text


def test_a_printed_ledger_is_a_look_at_everybody_on_it(cast):
    ledger_data(cast.actor("clerk"), cast.xingfu.path)
    assert [row["reason"] for row in looks(cast.chen)] == ["打印或导出台账"]
    assert looks(cast.zhou) == []
    Enrolment.objects.filter(member=cast.chen).update(since=clock.today() + timedelta(days=1))
    assert looks(cast.chen) == []  # before my time
    assert len(list_looks(cast.xingfu.path)) == 1


def test_many_names_cost_the_same(cast, enter, send):
    enter("town")
    counts = []
    for more in (0, 5):
        for one in scene.people(cast, more):
            one.save()
        with CaptureQueriesContext(connection) as asked:
            answer = send(PAGE, {"reason": "核对通报"})
        counts.append(len(asked))
    assert (len(answer.context["rows"]), counts[0]) == (6, counts[1])
