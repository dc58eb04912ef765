"""Accepted fixings are fixed pairs of the plan, and the pairing page says whether they hold and why not."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.verdict import Refused
from baodao.domain.matching import services
from baodao.domain.matching.keeping import kept
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.members.models import BlockedDay
from baodao.domain.posts import services as posts
from baodao.domain.service.models import Shift
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown


@pytest.fixture
def town(cast):
    """Four Saturdays of a patrol with one place each; somebody who fits it well, and 王强 who wishes for other things."""
    town = SmallTown(cast)
    patrol = town.post("巡逻", desired_people=1, max_people=1)
    for week in range(4):
        town.shift(patrol, SATURDAY + timedelta(weeks=week), "20:30", "22:00")
    town.person("李芳", wishes=["patrol"], max_per_month=9)
    town.person("王强", wishes=["home_service"], slots=("sunday_afternoon",), max_per_month=9)
    return town


def fix(town, name="王强", *, accepted=True):
    made = posts.offer_fixing(actor=PROGRAM, member=town.people[name], post=town.posts["巡逻"], weekday=5, start=time(20, 30))
    return posts.accept_fixing(actor=PROGRAM, fixing=made) if accepted else made


def solve(town):
    return services.solve_month(actor=PROGRAM, town=town.cast.town.path, month=MONTH, communities=[town.cast.xingfu.path])[0]


def holders():
    return [line.member.name for line in PlanLine.objects.exclude(plan__state="dropped").order_by("shift__date").select_related("member")]


def told(town, *fixings):
    return [[(k.month, k.held, k.shifts, k.faults) for k in kept(town.cast.xingfu.path, fixings)[one.code]] for one in fixings]


def test_what_a_member_accepted_outweighs_his_general_wishes_and_times(town):
    fixed = fix(town)
    plan = solve(town)
    assert (plan.notes["left_out"], holders()) == ([], ["王强"] * 4)
    assert told(town, fixed) == [[("2026年12月", 4, 4, [])]]


def test_an_offered_fixing_holds_nothing(town):
    fixed = fix(town, accepted=False)
    solve(town)
    assert holders() == ["李芳"] * 4
    assert kept(town.cast.xingfu.path, [fixed]) == {}


def test_a_day_on_which_he_cannot_come_is_left_out_with_its_reason(town):
    fixed = fix(town)
    BlockedDay.objects.create(member=town.people["王强"], first=SATURDAY, last=SATURDAY)
    solve(town)
    assert holders() == ["李芳", "王强", "王强", "王强"]
    assert told(town, fixed) == [[("2026年12月", 3, 4, ["12-05 那天来不了或者单位值班"])]]


def test_who_rests_or_wants_no_offers_is_not_planned_by_a_fixing(town):
    fix(town)
    town.people["王强"].takes_offers = False
    town.people["王强"].save()
    solve(town)
    assert holders() == ["李芳"] * 4
    assert {row["reason"] for row in Plan.objects.get().notes["left_out"]} == {"no_offers"}


def test_publishing_sends_the_fixed_ones_their_offers(town):
    fix(town)
    plan = solve(town)
    services.submit(actor=PROGRAM, plan=plan)
    services.approve(actor=PROGRAM, plan=plan)
    offers = services.publish(actor=PROGRAM, plan=plan)
    assert [offer.member.name for offer in offers] == ["王强"] * 4


def test_without_a_plan_nothing_is_said_and_many_cost_the_same(town):
    fixed = [fix(town)]
    assert kept(town.cast.xingfu.path, fixed) == {}
    solve(town)
    counts = []
    for more in ([], [fix(town, "李芳")]):
        fixed += more
        with CaptureQueriesContext(connection) as asked:
            kept(town.cast.xingfu.path, fixed)
        counts.append(len(asked))
    assert counts[0] == counts[1] == 4


def test_the_pairing_page_says_what_holds(town, enter):
    fix(town)
    assert "还没有排这个月和下个月的班" in enter("clerk").get("/desk/pairings/").text
    BlockedDay.objects.create(member=town.people["王强"], first=SATURDAY, last=SATURDAY)
    solve(town)
    page = enter("clerk").get("/desk/pairings/").text
    assert "4 次排上 3 次" in page and "12-05 那天来不了或者单位值班" in page
    with pytest.raises(Refused):
        fix(town)
    assert Shift.objects.count() == 4
    assert "王强" not in enter("clerk2").get("/desk/pairings/").text
