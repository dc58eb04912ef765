"""Members without a login: slips by unit, many told at once, taken back within a day; how, when and by whom is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.notices import selectors, stacks, telling
from baodao.domain.notices import services as notices
from baodao.domain.notices.models import Notice, Stack
from tests.cast import PROGRAM, member
from tests.pictures import text as plain

pytestmark = pytest.mark.django_db
LIST = "/desk/notices/"
MANY = "/desk/notices/many/"


@pytest.fixture
def town(cast):
    """王强 and 李芳 of the water office, 方圆 of the school office, 马兰 of the community, 钱多 next door."""
    cast.people = {
        "王强": member("王强", cast.xingfu, cast.unit), "李芳": member("李芳", cast.xingfu, cast.unit),
        "方圆": member("方圆", cast.xingfu, cast.unit2), "马兰": member("马兰", cast.xingfu),
        "钱多": member("钱多", cast.jiankang, cast.unit),
    }  # fmt: skip
    for name, person in cast.people.items():
        notices.tell(actor=PROGRAM, key="offer.sent", member=person, data={"date": "2026-12-05", "post": f"巡逻{name}"})
    notices.tell(actor=PROGRAM, key="shift.cancelled", member=cast.people["王强"], data={"date": "2026-11-28", "post": "宣传"})
    return cast


def waiting(cast, login="clerk"):
    return [(g.name, [p.member.name for p in g.people]) for g in telling.waiting(cast.actor(login))]


def test_people_stand_once_by_unit_in_official_order(enter, town):
    assert waiting(town) == [("县水利局", ["王强", "李芳"]), ("县教育局", ["方圆"]), ("社区党员", ["马兰"])]
    page = enter("clerk").get(LIST).text
    assert "要告知 4 位党员，5 件" in page and "12月5日" in page and "钱多" not in page
    assert "没有要告知的" not in page


def test_a_unit_is_told_at_once_and_taken_back(enter, send, town):
    client = enter("clerk")
    assert send(f"{MANY}?group=U001", {"do": "chain"}).status_code == 303
    told = Notice.objects.filter(read_at__isnull=False)
    assert {(n.member.name, n.channel, n.told_by) for n in told} == {
        ("王强", "chain", town.accounts["clerk"].pk), ("李芳", "chain", town.accounts["clerk"].pk)}
    assert waiting(town) == [("县教育局", ["方圆"]), ("社区党员", ["马兰"])]
    page = client.get(LIST).text
    assert "2 人，群里接龙" in page and "李干事" in page
    stack = Stack.objects.get()
    assert send(f"/desk/notices/stack/{stack.code}/undo/").status_code == 303
    assert waiting(town)[0] == ("县水利局", ["王强", "李芳"])
    assert set(Notice.objects.values_list("told_by", "channel")) == {(None, "phone")}
    assert send(f"/desk/notices/stack/{stack.code}/undo/").status_code == 422


def test_picked_people_and_one_person(enter, send, town):
    enter("clerk")
    send(MANY, {"do": "phone", "pick": [town.people["方圆"].code, town.people["钱多"].code]})
    assert Notice.objects.get(member=town.people["方圆"]).channel == "phone"
    assert Notice.objects.get(member=town.people["钱多"]).read_at is None
    send(f"{MANY}?one={town.people['马兰'].code}", {"do": "in_person", "pick": [town.people["王强"].code]})
    assert waiting(town) == [("县水利局", ["王强", "李芳"])]


def test_nobody_picked_or_no_way_said_changes_nothing(enter, send, town):
    enter("clerk")
    answer = send(MANY, {"do": "phone"})
    assert answer.status_code == 422 and "先选人" in answer.text
    answer = send(f"{MANY}?group=*", {"do": "shouted"})
    assert answer.status_code == 422 and "选一种" in answer.text
    assert (Stack.objects.count(), Notice.objects.filter(read_at__isnull=False).count()) == (0, 0)


def test_a_printed_pile_waits_until_it_is_handed_out(enter, send, town):
    client = enter("clerk")
    url = send(f"{MANY}?group=*", {"do": "print"}).url
    assert Stack.objects.get().people == 4 and len(waiting(town)) == 3
    page = client.get(url).text
    assert "一叠纸条，4 张" in page and "勾着的都给了纸条" in page
    assert "还没记发出去" in client.get(LIST).text and "印过" in client.get(LIST).text
    given = [town.people[name].code for name in ("王强", "李芳", "方圆")]
    assert send(url, {"do": "paper", "given": given}).status_code == 303
    assert waiting(town) == [("社区党员", ["马兰"])]
    assert Stack.objects.get().people == 3
    assert "3 人，纸条告知过" in client.get(url).text
    assert send(url, {"do": "paper", "given": given}).status_code == 422
    send(f"{url}undo/")
    assert waiting(town)[0] == ("县水利局", ["王强", "李芳"])
    assert "一叠纸条" in client.get(url).text


def test_the_slips_say_outside_who_and_inside_what(enter, send, town):
    client = enter("clerk")
    url = send(f"{MANY}?group=*", {"do": "print"}).url
    answer = client.get(f"{url}slips.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = plain(answer.content)
    assert "请联络员转交" in text and "有一个班想请你：12月5日巡逻王强" in text and "11月28日的宣传取消了" in text
    assert "不用经单位转" in text and "0997-5550100" in text and "钱多" not in text
    assert text.count("来不来都行") == 4


def test_the_time_to_take_back_is_a_day(town):
    clerk = town.actor("clerk")
    stack = stacks.tell_together(actor=clerk, notices=telling.chosen(clerk, group="*"), channel="phone")
    with clock.freeze(clock.now() + timedelta(hours=25)), pytest.raises(Refused):
        stacks.untell_stack(actor=clerk, stack=stack)
    assert telling.waiting(clerk) == []


def test_next_door_neither_sees_nor_marks(enter, send, town):
    clerk = town.actor("clerk")
    stack = stacks.print_stack(actor=clerk, notices=telling.chosen(clerk, group="*"))
    client = enter("clerk2")
    assert client.get(f"/desk/notices/stack/{stack.code}/").status_code == 404
    assert client.get(f"/desk/notices/stack/{stack.code}/slips.pdf").status_code == 404
    assert send(f"/desk/notices/stack/{stack.code}/undo/").status_code == 404
    send(f"{MANY}?group=*", {"do": "phone"})
    assert {n.member.name for n in Notice.objects.filter(read_at__isnull=False)} == {"钱多"}
    with pytest.raises(Refused):
        stacks.tell_stack(actor=town.actor("clerk2"), stack=stack, channel="paper")
    with pytest.raises(Refused):
        stacks.print_stack(actor=town.actor("clerk2"), notices=selectors.to_tell(clerk))


def test_empty(enter, cast):
    assert "没有要告知的，都告诉过了" in enter("clerk").get(LIST).text


def test_many_people_take_as_many_queries_as_three(enter, cast):
    client = enter("clerk")

    def queries(count):
        for n in range(count):
            person = member(f"王{chr(0x4e00 + Notice.objects.count())}", cast.xingfu, (cast.unit, cast.unit2)[n % 2])
            notices.tell(actor=PROGRAM, key="offer.sent", member=person)
        with CaptureQueriesContext(connection) as held:
            client.get(LIST)
        return len(held)

    assert queries(3) == queries(40)
