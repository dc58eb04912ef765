"""Questions to a plan from the outside: undo, two plans side by side, what a change would do, and doing it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.matching import services
from baodao.domain.matching.models import Plan, PlanRun
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown

PAGE = f"/desk/plan/?month={MONTH}"
COMPARE = f"/desk/plan/compare/?month={MONTH}"


@pytest.fixture
def town(cast):
    small = SmallTown(cast)
    for name in ("甲一", "乙二", "丙三"):
        small.person(name, unit=None)
    small.shift(small.post("巡逻", desired_people=2, max_people=2), SATURDAY, key="sat")
    return small


@pytest.fixture
def plan(town):
    return services.solve_month(
        actor=town.cast.actor("clerk"), town=town.cast.town.path, month=MONTH, communities=[town.cast.xingfu.path]
    )[0]


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_change_by_hand_is_taken_back_from_the_bar_and_from_the_toast(enter, send, plan, town):
    client = enter("clerk")
    line = plan.lines.select_related("member", "shift").order_by("pk").first()
    assert "撤回：" not in words(client.get(PAGE))
    send(f"/desk/plan/{plan.code}/out/", {"shift": line.shift.code, "member": line.member.code})
    page = client.get(PAGE).content.decode()
    assert f"撤回：拿下{line.member.name}（12-05 巡逻）" in page
    assert page.count(f"/desk/plan/{plan.code}/undo/") == 2  # the bar and the toast
    assert send(f"/desk/plan/{plan.code}/undo/").status_code == 303
    assert plan.lines.filter(member=line.member).exists() and "撤回：" not in words(client.get(PAGE))
    assert send(f"/desk/plan/{plan.code}/undo/").status_code == 422


def test_two_drafts_side_by_side(enter, send, plan, town):
    client = enter("clerk")
    line = plan.lines.select_related("member", "shift").order_by("pk").first()
    send(f"/desk/plan/{plan.code}/out/", {"shift": line.shift.code, "member": line.member.code})
    send("/desk/plan/solve/", {"month": MONTH})
    assert "/desk/plan/compare/" in client.get(PAGE).content.decode()
    page = words(client.get(COMPARE))
    assert "1 个班不一样" in page and "多了 1 人次，少了 0 人次，涉及 1 人" in page
    assert "排满的班 0 / 1 1 / 1" in page and "左边没有：" in page
    assert "两份一样" in words(client.get(f"{COMPARE}&left=2&right=2"))
    assert client.get(f"{COMPARE}&left=9").status_code == 404


def test_nothing_to_compare_yet(enter, town):
    page = words(enter("clerk").get(COMPARE))
    assert "12 月还没有计划" in page and "先安排一次" in page


def test_comparing_many_shifts_takes_as_many_queries(enter, send, plan, town):
    client = enter("clerk")
    send("/desk/plan/solve/", {"month": MONTH})

    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{COMPARE}&left=1&right=2")
        return len(seen)

    client.get(COMPARE)
    before = count()
    second = Plan.objects.get(draft=2)
    for week in (7, 14):
        shift = town.shift(town.posts["巡逻"], SATURDAY.replace(day=5 + week))
        second.lines.create(shift=shift, member=town.person(f"人{week}", unit=None))
    assert count() == before <= 30


def test_trying_and_doing(enter, send, plan, town):
    client = enter("clerk")
    line = plan.lines.select_related("member", "shift").order_by("pk").first()
    other = next(m for m in town.people.values() if not plan.lines.filter(member=m).exists())
    rail = client.get(f"{PAGE}&shift={line.shift.code}&member={line.member.code}").content.decode()
    assert "不排他会怎样" in rail and "多要 1 人会怎样" in rail and "换个时间" in rail and "12-06 周日" in rail
    at = f"/desk/plan/{plan.code}/try/?kind=put&shift={line.shift.code}&member={other.code}&instead={line.member.code}"
    assert at.replace("&", "&amp;") in rail
    page = words(client.get(at))
    assert f"如果12-05 周六的巡逻由{line.member.name}换成{other.name}" in page
    assert "在一份复本上试排的" in page and "要动的 2 人" in page and page.count("一样") >= 4
    assert Plan.objects.count() == 1 and plan.lines.filter(member=line.member).exists()
    form = {"kind": "put", "shift": line.shift.code, "member": other.code, "instead": line.member.code}
    assert send(f"/desk/plan/{plan.code}/apply/", form).headers["Location"] == PAGE
    second = Plan.objects.get(draft=2)
    assert (second.state, PlanRun.objects.get().state) == ("draft", "done")
    assert other.pk in second.lines.values_list("member_id", flat=True)
    assert line.member_id not in second.lines.values_list("member_id", flat=True)


def test_what_makes_no_sense_is_said(enter, send, plan, town):
    client = enter("clerk")
    sat = town.shifts["sat"]
    page = words(client.get(f"/desk/plan/{plan.code}/try/?kind=time&shift={sat.code}&start=2027-01-02T16:00"))
    assert "这样改不行" in page and "只在这个月里改" in page and "就这样改" not in page
    for query in ("", "?kind=zap", f"?kind=time&shift={sat.code}&start=never"):
        assert client.get(f"/desk/plan/{plan.code}/try/{query}").headers["Location"] == PAGE
    for query in (f"?kind=zap&shift={sat.code}&member=NONE", "?kind=more&shift=NONE"):
        assert client.get(f"/desk/plan/{plan.code}/try/{query}").status_code == 404
    assert send(f"/desk/plan/{plan.code}/apply/", {"kind": "zap", "shift": sat.code}).status_code == 404
    assert Plan.objects.get().version == plan.version


def test_next_door_tries_and_compares_nothing(enter, send, plan, town):
    client = enter("clerk2")
    assert client.get(f"/desk/plan/{plan.code}/try/?kind=more&shift={town.shifts['sat'].code}").status_code == 404
    assert send(f"/desk/plan/{plan.code}/apply/", {"kind": "more", "shift": town.shifts["sat"].code}).status_code == 404
    assert send(f"/desk/plan/{plan.code}/undo/").status_code == 404
    assert "还没有计划" in words(client.get(COMPARE))
