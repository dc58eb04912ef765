"""Closing a month: what counts, what is left out, what is late, who may, twice, and how long it takes."""

from datetime import date, datetime, timedelta
from time import process_time

import pytest

from baodao.base.days import clock
from baodao.base.verdict import Refused
from baodao.domain.audit.models import Entry
from baodao.domain.months import rows, selectors, services
from baodao.domain.months.models import Assessment, Bulletin, MonthClose
from baodao.domain.points import services as points
from baodao.domain.points.models import PointEntry
from baodao.domain.service.models import ServiceRecord
from tests import served
from tests.cast import PROGRAM, member


@pytest.fixture
def month(cast):
    return served.build(cast)


def close(cast, login="town", month=served.MONTH):
    return services.close_month(actor=cast.actor(login), town=cast.town.path, month=month)


def test_a_closed_month_counts_what_was_confirmed(cast, month):
    held = close(cast)
    minutes = sum(one.minutes for one in month.records if one.state == "confirmed")
    assert (held.figures["times"], held.figures["minutes"]) == (10, minutes)
    assert (held.figures["people_in_service"], held.figures["people_community"]) == (8, 1)
    assert held.left_out == [month.records[-1].code]
    assert set(ServiceRecord.objects.values_list("state", "counted_month")) == {("settled", "2026-10"), ("pending", "")}


def test_spam_is_no_need_and_a_late_outcome_is_not_in_time(cast, month):
    figures = close(cast).figures
    wanted = {"needs_received": 3, "needs_answered": 2, "needs_in_time": 1, "needs_rated": 1, "needs_good": 1}
    assert {key: figures[key] for key in wanted} == wanted


def test_it_drafts_assessment_and_bulletin(cast, month):
    close(cast)
    assert Assessment.objects.filter(month=served.MONTH).count() == 2 * 6 + 2 * 2
    draft = Bulletin.objects.get()
    assert (draft.month, draft.state, draft.drafted_by) == ("2026-10", "draft", cast.accounts["town"].pk)
    assert draft.words["asked"] == "收到最多的是家里帮忙（2件）、公共设施（1件）。"
    actions = list(Entry.objects.filter(chain=cast.town.path).order_by("seq").values_list("action", flat=True))
    assert actions[-4:] == ["records.settled", "points.settled", "bulletin.drafted", "month.closed"]


def test_a_second_close_gives_the_same_figures_and_does_nothing(cast, month):
    first = close(cast)
    served.record(month.shifts[5], month.members[7])
    again = close(cast, "townlead")
    assert (again.pk, again.figures, again.left_out) == (first.pk, first.figures, first.left_out)
    assert (MonthClose.objects.count(), Bulletin.objects.count(), Assessment.objects.count()) == (1, 1, 16)


def test_a_running_month_is_refused(cast, month):
    with pytest.raises(Refused, match="还没有过完"):
        close(cast, month="2026-11")
    assert not MonthClose.objects.exists()


@pytest.mark.parametrize("login", ["clerk", "secretary", "county", "liaison", "member", "sysadmin", "auditor"])
def test_only_the_town_closes(cast, month, login):
    with pytest.raises(Refused):
        close(cast, login)
    assert not MonthClose.objects.exists()
    assert ServiceRecord.objects.filter(state="settled").count() == 0


def test_a_late_confirmation_counts_as_late_in_the_next_month(cast, month):
    before = close(cast).figures
    late = month.records[-1]
    ServiceRecord.objects.filter(pk=late.pk).update(state="confirmed", confirmed_at=clock.now())
    with clock.freeze(datetime(2026, 12, 2, 12)):
        following = close(cast, month="2026-11")
    assert (following.figures["late"], following.figures["times"]) == (1, 0)
    assert list(rows.late(cast.town.path, "2026-11")) == [late]
    assert close(cast).figures == before
    assert set(rows.records(cast.town.path, "2026-10")) == set(month.records[:-1])


def test_an_earlier_month_left_open_keeps_its_own_service(cast, month):
    with clock.freeze(datetime(2026, 12, 2, 12)):
        november = close(cast, month="2026-11")
        october = close(cast)
    assert (november.figures["late"], november.figures["times"], october.figures["times"]) == (0, 0, 10)


def test_points_are_settled_with_it(cast, month):
    points.set_rules(actor=PROGRAM, town=cast.town.path, preset="preset_1h1p_cap2h")
    close(cast)
    earned = dict(PointEntry.objects.values_list("record_id", "tenths"))
    assert earned == {one.pk: min(one.minutes * 10 // 60, 20) for one in month.records[:-1]}


def test_the_rows_behind_each_figure_are_those_it_counts(cast, month):
    figures = close(cast).figures
    for key in ("late", "shifts", "shifts_done", "needs_received", "needs_answered", "needs_in_time", "needs_good",
                "people_in_service", "people_community", "times"):  # fmt: skip
        found, _kind = selectors.rows_behind(cast.actor("town"), key, cast.town.path, served.MONTH)
        assert len(found) == figures[key], key
    hours, _kind = selectors.rows_behind(cast.actor("town"), "hours", cast.town.path, served.MONTH)
    assert sum(one.minutes for one in hours) == figures["minutes"]


def test_a_month_of_the_towns_size_closes_in_seconds(cast):
    points.set_rules(actor=PROGRAM, town=cast.town.path, preset="preset_1h1p_cap2h")
    people = [member(f"人{n}", cast.xingfu, cast.unit) for n in range(30)]
    posts = [served.post(cast, cast.xingfu, name) for name in ("巡逻", "辅导")]
    for n in range(900):
        of, day = posts[n // 450], date(2026, 10, 1) + timedelta(days=n % 30)
        served.record(served.shift(of, day, hour=6 + n % 450 // 30, taken=1), people[n // 30])
    start = process_time()
    held = close(cast)
    assert held.figures["shifts"] == 900
    assert process_time() - start < 5
