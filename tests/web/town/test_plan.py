"""The town's page of plans: counts by community in official order, one solve for all, no names."""

from __future__ import annotations

import re

from baodao.domain.matching import services
from baodao.domain.matching.models import Plan
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, full_month

PAGE = f"/town/plan/?month={MONTH}"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_before_there_is_a_plan(enter, cast):
    page = words(enter("town").get(PAGE))
    assert "12 月还没有班次" in page and page.count("还没排") == 2


def test_the_town_plans_all_communities(enter, send, cast):
    town = full_month(cast, people=20)
    client = enter("town")
    assert send("/town/plan/solve/", {"month": MONTH}).headers["Location"] == PAGE
    assert list(Plan.objects.order_by("community_path").values_list("community_path", "state")) == [
        (cast.xingfu.path, "draft"), (cast.jiankang.path, "draft"),
    ]  # fmt: skip
    page = words(client.get(PAGE))
    assert page.index("幸福社区") < page.index("健康社区")
    assert page.count("草案 1") == 2 and "24 个班" in page
    assert not any(name in page for name in town.people)


def test_who_signs_reads_and_does_not_plan(enter, send, cast):
    full_month(cast, people=4)
    assert enter("townlead").get(PAGE).status_code == 200
    assert send("/town/plan/solve/", {"month": MONTH}).status_code == 403
    assert Plan.objects.count() == 0


def test_a_month_that_is_over_is_refused(enter, send, cast):
    enter("town")
    answer = send("/town/plan/solve/", {"month": "2026-10"})
    assert answer.status_code == 422 and "已经过完" in answer.content.decode()


def test_the_page_takes_few_queries(enter, cast, django_assert_max_num_queries):
    full_month(cast, people=20)
    services.solve_month(actor=PROGRAM, town=cast.town.path, month=MONTH)
    client = enter("town")
    with django_assert_max_num_queries(15):
        client.get(PAGE)
