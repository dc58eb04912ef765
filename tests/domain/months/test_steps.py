"""The town's next step, on the days of a month: plan, publish, send, serve, close, assess, bulletin, sign, deliver."""

from __future__ import annotations

from datetime import datetime

import pytest

from baodao.base.days import clock
from baodao.domain.documents import selectors as documents
from baodao.domain.documents import services as papers
from baodao.domain.documents.models import Delivery
from baodao.domain.months import issuing, services, steps
from baodao.domain.months.models import Bulletin
from tests import served
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown


def states(cast, which):
    track = steps.tracks(cast.town.path)[which]
    return {step.label: step.state for step in track.steps}


def first(cast):
    found = steps.next_of(steps.tracks(cast.town.path))
    return (str(found[0].month), found[1].label, found[1].late) if found else None


def test_a_month_that_is_over_comes_first_and_is_walked_to_its_receipts(cast):
    served.build(cast)
    assert first(cast) == ("2026-10", "结月", True)  # 24 November: the 3rd has passed, said and nothing more
    services.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    assert states(cast, 0) == {"结月": "done", "考核": "done", "通报拟稿、送签": "now", "通报签发": "later", "发出、签收": "later"}
    bulletin = Bulletin.objects.get()
    services.submit_bulletin(actor=cast.actor("town"), bulletin=bulletin)
    assert first(cast) == ("2026-10", "通报签发", True)
    signed = services.sign_bulletin(actor=cast.actor("townlead"), bulletin=bulletin)
    issuing.issue(actor=PROGRAM, bulletin=signed)
    # the bulletin is out: the last month stays in sight until the next one is over
    ending = steps.tracks(cast.town.path)[0]
    assert (str(ending.month), ending.steps[-1].state, ending.steps[-1].words) == ("2026-10", "done", "签收 0 / 4")
    assert set(states(cast, 0).values()) == {"done"}
    papers.receive_many(actor=PROGRAM, deliveries=list(Delivery.objects.all()))
    assert steps.tracks(cast.town.path)[0].steps[-1].words == "签收 4 / 4"
    assert first(cast) == (MONTH, "排计划", False)


def test_the_coming_month_is_planned_from_the_twentieth_on(cast):
    with clock.freeze(datetime(2026, 11, 10, 12)):
        assert states(cast, 2) == {"排计划": "later", "书记批准、发邀请": "later", "发给单位": "later"}
        assert first(cast) == ("2026-10", "结月", True)
    with clock.freeze(datetime(2026, 11, 21, 12)):
        assert states(cast, 2)["排计划"] == "now"
    with clock.freeze(datetime(2026, 11, 27, 12)):
        track = steps.tracks(cast.town.path)[2]
        assert (track.next.label, track.next.late) == ("排计划", True)


def test_a_plan_published_and_sent(cast):
    from baodao.domain.matching.models import Plan

    town = SmallTown(cast)
    town.shift(town.post("巡逻"), SATURDAY, state="open")
    for place in (cast.xingfu, cast.jiankang):
        Plan.objects.create(town=cast.town.path, community=place, community_path=place.path, month=MONTH, state="published", draft=1)
    assert states(cast, 2) == {"排计划": "done", "书记批准、发邀请": "done", "发给单位": "now"}
    paper = papers.reserve(actor=PROGRAM, town=cast.town.path, kind="plan", month=MONTH, title="计划")
    papers.seal(actor=PROGRAM, document=paper, copies={"docx": b"x"})
    papers.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path])
    last = steps.tracks(cast.town.path)[2].steps[-1]
    assert (last.state, last.words) == ("done", "发给 1 个单位，签收 0")
    assert last.href.endswith(f"/{documents.of_month(cast.town.path, 'plan', MONTH).code}/")


def test_the_overview_says_the_next_step(enter, cast):
    served.build(cast)
    page = enter("town").get("/town/").text
    assert "下一步：10 月 结月" in page and "过了 11 月 3 日" in page and 'href="/town/month/">去结月' in page
    assert "10 月收尾" in page and "11 月服务" in page and "12 月计划" in page
    assert "下一步" not in enter("county").get("/town/").text


@pytest.mark.parametrize("day", [datetime(2027, 1, 1, 8), datetime(2026, 12, 31, 23), datetime(2027, 2, 28, 12)])
def test_any_day(cast, day):
    with clock.freeze(day):
        found = steps.tracks(cast.town.path)
    assert [len(track.steps) for track in found] == [5, 1, 3]
