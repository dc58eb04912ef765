"""C7 from the outside: the plan is made, read, changed, submitted, approved, sent; answers are written down."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from baodao.domain.matching import services
from baodao.domain.matching.models import Offer, Plan, PlanRun
from baodao.domain.service.models import Booking
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SUNDAY, SmallTown

PAGE = f"/desk/plan/?month={MONTH}"


@pytest.fixture
def town(cast):
    small = SmallTown(cast)
    for name in ("甲一", "乙二", "丙三"):
        small.person(name, unit=None)
    small.shift(small.post("巡逻", desired_people=2, max_people=2), SATURDAY, key="sat")
    small.shift(small.post("调解", kind="legal", skill="law"), SUNDAY, "16:00", "18:00", key="law")
    return small


@pytest.fixture
def plan(town):
    return services.solve_month(
        actor=town.cast.actor("clerk"), town=town.cast.town.path, month=MONTH, communities=[town.cast.xingfu.path]
    )[0]


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def code(plan, verb):
    return f"/desk/plan/{plan.code}/{verb}/"


def test_a_month_without_shifts_says_what_to_do(enter, cast):
    page = words(enter("clerk").get(PAGE))
    assert "还没有班次" in page and "安排" in page


def test_the_desk_makes_a_plan_and_reads_it(enter, send, town):
    client = enter("clerk")
    assert "还差 2 人" in words(client.get(PAGE))
    answer = send("/desk/plan/solve/", {"month": MONTH})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    plan = Plan.objects.get()
    page = words(client.get(PAGE))
    assert (plan.state, plan.draft) == ("draft", 1)
    assert "草案 1" in page and "送书记审批" in page
    assert sum(name in page for name in ("甲一", "乙二", "丙三")) == 2
    assert "1 / 2 排满" in page


@pytest.fixture
def waiting(town):
    """A run that nobody has taken up yet, as it is while the worker is elsewhere."""
    actor = town.cast.actor("clerk")
    return services.ask_run(actor=actor, town=town.cast.town.path, month=MONTH, community=town.cast.xingfu.path)


def test_while_it_is_planned_the_page_shows_how_far(enter, town, plan, waiting):
    client = enter("clerk")
    page = words(client.get(PAGE))
    assert "正在排" in page and "排队等后台来排" in page and "停下，不排了" in page and "刷新看看" in page
    assert "送书记审批" not in page and "/plan/solve/" not in client.get(PAGE).content.decode()
    PlanRun.objects.update(state="running", rung="mip", objective=1010, bound=1000, spent=3.4)
    at = f"/desk/plan/run/{waiting.code}/"
    said = words(client.get(at, headers={"HX-Request": "true"}))
    assert "第 3 步，共 3 步" in said and "离理论最好 1.0 %" in said and "用时 3 秒，最多 10 秒" in said
    assert "1010" in said and "1000" in said and "<h1" not in said
    assert client.get(at).headers["Location"] == PAGE  # without scripts: back to the page
    assert "拿下来" not in words(client.get(f"{PAGE}&shift={town.shifts['sat'].code}&member={plan.lines.first().member.code}"))


def test_when_it_is_done_the_page_goes_to_the_plan(enter, send, town, plan, waiting):
    client = enter("clerk")
    services.execute(waiting.code)
    answer = client.get(f"/desk/plan/run/{waiting.code}/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, PAGE)
    page = client.get(PAGE).content.decode()
    second = Plan.objects.get(draft=2)
    assert "排好了，草案 2" in page and code(second, "back") in page and "data-run" not in page


def test_stopped_with_none(enter, send, town, waiting):
    client = enter("clerk")
    assert send(f"/desk/plan/run/{waiting.code}/stop/").status_code == 303
    assert PlanRun.objects.get().state == "cancelled" and Plan.objects.count() == 0
    page = words(client.get(PAGE))
    assert "上一次停下了：还没开始就停下了" in page and "data-run" not in page
    assert send(f"/desk/plan/run/{waiting.code}/stop/").status_code == 422


def test_a_run_that_no_worker_takes_up_is_said_and_worked_out_here(enter, send, town, waiting):
    client = enter("clerk")
    assert "就在这里排" not in words(client.get(PAGE))
    PlanRun.objects.update(asked_at=timezone.now() - timedelta(seconds=20))
    page = words(client.get(PAGE))
    assert "可能没有在运行" in page and "就在这里排" in page
    assert send(f"/desk/plan/run/{waiting.code}/now/").headers["Location"] == PAGE
    assert (PlanRun.objects.get().state, Plan.objects.get().draft) == ("done", 1)


def test_a_town_run_is_seen_by_the_community_and_stopped_by_the_town_alone(enter, send, town, cast):
    run = services.ask_run(actor=cast.actor("town"), town=cast.town.path, month=MONTH)
    page = words(enter("clerk").get(PAGE))
    assert "正在一起排全镇" in page and "停下" not in page
    assert send(f"/desk/plan/run/{run.code}/stop/").status_code == 422
    assert "停下，不排了" in words(enter("town").get(f"/town/plan/?month={MONTH}"))
    assert send(f"/town/plan/run/{run.code}/stop/").status_code == 303
    assert PlanRun.objects.get().state == "cancelled"


def test_a_name_opens_why_and_who_else(enter, plan, town):
    line = plan.lines.select_related("member", "shift").first()
    other = next(n for n in town.people if not plan.lines.filter(member__name=n).exists())
    page = words(enter("clerk").get(f"{PAGE}&shift={line.shift.code}&member={line.member.code}"))
    assert f"为什么是{line.member.name}" in page
    assert "周六晚上有空" in page and "说一个月最多 2 次，现在排了 1 次" in page
    assert "换成别人会怎样" in page and other in page and "一样好" in page


def test_why_the_others_are_not_there_is_worked_out_when_the_name_is_open(enter, plan, town):
    client = enter("clerk")
    line = plan.lines.select_related("member", "shift").first()
    other = next(m for n, m in town.people.items() if not plan.lines.filter(member=m).exists())
    asked = f"&view=date&shift={line.shift.code}&member={line.member.code}"
    page = client.get(PAGE + asked).content.decode()
    assert "/desk/plan/prices/" in page and "算一算为什么没排他们" in page
    at = f"/desk/plan/prices/?month={MONTH}{asked}"
    part = client.get(at, headers={"HX-Request": "true"}).content.decode()
    assert other.name in part and "一样好，抽签没有抽到他" in part and "要动 2 个人" in part
    assert f"{other.name}：排上 12-05 巡逻" in part and "<h1" not in part and "算一算" not in part
    plain = client.get(at)
    assert plain.status_code == 302
    assert "一样好，抽签没有抽到他" in client.get(plain.headers["Location"]).content.decode()
    assert client.get(f"/desk/plan/prices/?month={MONTH}&shift=NONE", headers={"HX-Request": "true"}).status_code == 404


def test_next_door_gets_no_prices(enter, plan, town):
    line = plan.lines.select_related("shift").first()
    at = f"/desk/plan/prices/?month={MONTH}&shift={line.shift.code}"
    assert enter("clerk2").get(at, headers={"HX-Request": "true"}).status_code == 404


def test_a_short_shift_says_why(enter, plan, town):
    page = words(enter("clerk").get(f"{PAGE}&shift={town.shifts['law'].code}"))
    assert "没排满：12-06 调解" in page and "没有别人会法律" in page
    listed = words(enter("clerk").get(f"{PAGE}&view=short"))
    assert "调解" in listed and "没有别人会法律" in listed and "巡逻" not in listed


def test_exchange_lock_take_out(enter, send, plan, town):
    enter("clerk")
    line = plan.lines.select_related("member", "shift").order_by("pk").first()
    other = next(m for n, m in town.people.items() if not plan.lines.filter(member__name=n).exists())
    form = {"shift": line.shift.code, "member": other.code, "instead": line.member.code}
    assert send(code(plan, "put"), form).status_code == 303
    assert set(plan.lines.values_list("member__name", flat=True)) & {other.name, line.member.name} == {other.name}
    kept = plan.lines.exclude(member=other).select_related("member").get()
    send(code(plan, "lock"), {"shift": line.shift.code, "member": kept.member.code, "on": "1"})
    assert plan.lines.get(pk=kept.pk).locked
    send(code(plan, "lock"), {"shift": line.shift.code, "member": kept.member.code, "on": "0"})
    assert not plan.lines.get(pk=kept.pk).locked
    send(code(plan, "out"), {"shift": line.shift.code, "member": kept.member.code})
    assert plan.lines.count() == 1


def test_a_refusal_is_a_sentence_and_changes_nothing(enter, send, plan, town):
    enter("clerk")
    busy = town.person("丁四", unit=None, max_per_month=0)
    answer = send(code(plan, "put"), {"shift": town.shifts["sat"].code, "member": busy.code})
    assert answer.status_code == 422 and "说一个月最多 0 次" in answer.content.decode()
    assert plan.lines.count() == 2


def test_a_new_solve_is_compared_and_undone(enter, send, plan, town):
    client = enter("clerk")
    line = plan.lines.select_related("member", "shift").first()
    send(code(plan, "out"), {"shift": line.shift.code, "member": line.member.code})
    send("/desk/plan/solve/", {"month": MONTH})
    second = Plan.objects.get(draft=2)
    page = words(client.get(f"{PAGE}&view=changes"))
    assert "比草案 1" in page and "1 处改动" in page and "新排：" in page
    assert send(code(second, "back")).status_code == 303
    assert dict(Plan.objects.values_list("draft", "state")) == {1: "draft", 2: "dropped"}


def test_from_draft_to_offers(enter, send, plan, town):
    client = enter("clerk")
    assert send(code(plan, "submit"), {"version": plan.version}).status_code == 303
    assert "等书记批准" in words(client.get(PAGE))
    assert send(code(plan, "approve"), {"version": 1}).status_code == 422  # the clerk may not
    enter("secretary")
    fresh = Plan.objects.get()
    assert send(code(plan, "approve"), {"version": fresh.version - 1}).status_code == 409
    assert send(code(plan, "approve"), {"version": fresh.version}).status_code == 303
    client = enter("clerk")
    answer = send(code(plan, "publish"))
    assert answer.headers["Location"] == f"/desk/offers/?month={MONTH}"
    assert Offer.objects.count() == Booking.objects.filter(state="held").count() == 2
    page = words(client.get(f"/desk/offers/?month={MONTH}"))
    assert "等答复 2" in page and page.count("代办答复") == 2
    assert "看答复" in words(client.get(PAGE))


def test_the_same_form_twice_sends_once(enter, client, plan, town):
    from baodao.web.frame.keys import new_key

    services.submit(actor=PROGRAM, plan=plan)
    services.approve(actor=PROGRAM, plan=plan)
    enter("clerk")
    key = new_key()
    first = client.post(code(plan, "publish"), {"_key": key})
    again = client.post(code(plan, "publish"), {"_key": key})
    assert (first.status_code, again.status_code) == (303, 303)
    assert Offer.objects.count() == 2


@pytest.fixture
def offer(plan):
    services.submit(actor=PROGRAM, plan=plan)
    services.approve(actor=PROGRAM, plan=plan)
    return services.publish(actor=PROGRAM, plan=plan)[0]


def test_an_answer_on_behalf(enter, send, offer):
    client = enter("clerk")
    url = f"/desk/offers/{offer.code}/answer/"
    assert escape(offer.member.name) in client.get(url).content.decode()
    wrong = send(url, {"answer": "yes"})
    assert wrong.status_code == 422 and Offer.objects.get(pk=offer.pk).state == "sent"
    assert send(url, {"answer": "yes", "asked_how": "phone"}).status_code == 303
    page = words(client.get(f"/desk/offers/?month={MONTH}&state=accepted"))
    assert "代办" in page and "电话" in page and "李干事" in page
    assert send(f"/desk/offers/{offer.code}/undo/").status_code == 303
    assert Offer.objects.get(pk=offer.pk).state == "declined"


def test_an_offer_is_taken_back(enter, send, offer):
    enter("clerk")
    assert send(f"/desk/offers/{offer.code}/withdraw/").status_code == 303
    assert Offer.objects.get(pk=offer.pk).state == "withdrawn"


def test_inviting_by_hand_after_the_plan_was_sent(enter, send, offer, town):
    client = enter("clerk")
    services.answer(actor=PROGRAM, offer=offer, accept=False)
    free = next(m for n, m in town.people.items() if not Offer.objects.filter(member__name=n).exists())
    page = words(client.get(f"{PAGE}&shift={town.shifts['sat'].code}"))
    assert "邀请" in page and free.name in page
    send("/desk/plan/invite/", {"shift": town.shifts["sat"].code, "member": free.code})
    assert Offer.objects.filter(member=free, state="sent").count() == 1
    assert send("/desk/plan/invite/", {"shift": town.shifts["sat"].code, "member": "NOBODY"}).status_code == 404


def test_next_door_sees_nothing(enter, send, plan, offer, town):
    client = enter("clerk2")
    page = words(client.get(PAGE))
    assert not any(name in page for name in town.people)
    assert send(code(plan, "submit")).status_code == 404
    assert client.get(f"/desk/offers/{offer.code}/answer/").status_code == 404
    assert client.get(f"{PAGE}&shift={town.shifts['sat'].code}").status_code == 200


def test_one_shift_or_many_take_the_same_number_of_queries(enter, town, plan):
    client = enter("clerk")
    client.get(PAGE)

    def count(url):
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    urls = (PAGE, f"{PAGE}&view=short", f"{PAGE}&shift={town.shifts['law'].code}", f"/desk/offers/?month={MONTH}")
    before = [count(url) for url in urls]
    for week in (7, 14):
        for name in ("巡逻", "调解"):
            shift = town.shift(town.posts[name], SATURDAY.replace(day=5 + week))
            plan.lines.create(shift=shift, member=town.person(f"人{name}{week}", unit=None))
    assert [count(url) for url in urls] == before
    assert max(before) <= 40
