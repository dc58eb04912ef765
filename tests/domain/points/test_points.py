"""Points: arithmetic, the chain, reversal, confirmation by another, who sees them, and the ledger as paper."""

import io

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction

from baodao.base.verdict import Absent, Refused
from baodao.domain.audit.models import Entry
from baodao.domain.months import services as months
from baodao.domain.notices.models import Notice
from baodao.domain.points import papers, rules, selectors, services
from baodao.domain.points.models import PointConfirmation, PointEntry, RuleSet
from baodao.domain.points.reading import ledger_of, member_page, month_or_last
from tests import served
from tests.cast import PROGRAM, account, acting

HOUR = {"tenths_per_hour": 10, "cap_tenths": 20}


@pytest.fixture
def month(cast):
    services.set_rules(actor=PROGRAM, town=cast.town.path, preset="preset_1h1p_cap2h")
    made = served.build(cast)
    months.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    return made


@pytest.mark.parametrize(("minutes", "tenths"), [(1, 0), (6, 1), (59, 9), (60, 10), (90, 15), (119, 19), (120, 20), (121, 20), (720, 20)])
def test_one_point_an_hour_in_tenths_at_most_two_a_service(minutes, tenths):
    found, way = rules.points_for("preset_1h1p_cap2h", HOUR, minutes)
    assert (found, way["before_cap"]) == (tenths, minutes * 10 // 60)


def test_the_default_of_a_new_town_gives_none(cast):
    assert selectors.uses_points(cast.town.path) is False
    assert rules.points_for("preset_threshold_only", {"times": 2}, 600) == (0, {})
    served.build(cast)
    months.close_month(actor=PROGRAM, town=cast.town.path, month=served.MONTH)
    assert PointEntry.objects.count() == 0
    assert RuleSet.objects.values_list("preset", "state", "number").get() == ("preset_threshold_only", "active", 1)


def test_a_balance_is_the_sum_of_what_it_opens_to(cast, month):
    for person in month.members:
        entries = selectors.entries(PROGRAM, person.pk, 2026)
        assert selectors.balance(PROGRAM, person.pk, 2026) == sum(entry.tenths for entry in entries)
    assert selectors.balance(PROGRAM, month.members[0].pk, 2026) == 20
    assert selectors.balance(PROGRAM, month.members[0].pk, 2025) == 0


def test_settling_again_gives_nothing_twice(cast, month):
    before = PointEntry.objects.count()
    made = services.settle(actor=PROGRAM, town=cast.town.path, month=served.MONTH, records=month.records[:-1])
    assert (made, PointEntry.objects.count()) == ([], before)


def test_entries_form_one_chain(cast, month):
    assert list(selectors.broken_links()) == []
    entries = list(PointEntry.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.prev for entry in entries] == ["", *(entry.digest for entry in entries[:-1])]


@pytest.mark.parametrize("verb", ["UPDATE points_pointentry SET tenths = 999", "DELETE FROM points_pointentry"])
def test_the_database_refuses_to_change_one(cast, month, verb):
    before = list(PointEntry.objects.order_by("seq").values_list("seq", "tenths"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
    assert list(PointEntry.objects.order_by("seq").values_list("seq", "tenths")) == before


def test_a_change_behind_the_triggers_is_named(cast, month):
    from baodao.domain import journal

    with journal.opened(connection, "points_pointentry"):
        PointEntry.objects.filter(seq=4).update(tenths=999)
    (said,) = selectors.broken_links()
    assert said.startswith("SX/SZ/：第 4 条（")


def test_reversal_is_a_second_entry_with_a_reason(cast, month):
    entry = PointEntry.objects.get(seq=2)
    made = services.reverse(actor=cast.actor("clerk"), entry=entry, reason=" 不是他去的 ")
    assert (made.tenths, made.reverses, made.words) == (-entry.tenths, entry, "冲正：不是他去的")
    assert list(selectors.broken_links()) == []
    assert list(Notice.objects.values_list("key", "member_id", "channel")) == [("points.reversed", entry.member_id, "phone")]
    assert selectors.balance(PROGRAM, entry.member_id, 2026) == 0
    with pytest.raises(Refused, match="已经冲正过"):
        services.reverse(actor=cast.actor("clerk"), entry=entry, reason="再来")
    with pytest.raises(Refused, match="已经冲正过"):
        services.reverse(actor=cast.actor("clerk"), entry=made, reason="反过来")


@pytest.mark.parametrize("login", ["clerk2", "town", "townlead", "liaison", "member", "county", "sysadmin"])
def test_only_the_two_keepers_reverse(cast, month, login):
    before = PointEntry.objects.count()
    with pytest.raises(Refused):
        services.reverse(actor=cast.actor(login), entry=PointEntry.objects.get(seq=2), reason="x")
    with pytest.raises(Refused, match="为什么"):
        services.reverse(actor=cast.actor("clerk"), entry=PointEntry.objects.get(seq=2), reason=" ")
    assert PointEntry.objects.count() == before


def test_the_secretary_confirms_and_not_whoever_recorded(cast, month):
    path, town = cast.xingfu.path, cast.town.path
    with pytest.raises(Refused, match="社区书记"):
        services.confirm_month(actor=cast.actor("clerk"), town=town, community=path, month=served.MONTH)
    both = acting("secretary", path, cast.accounts["clerk"].pk)
    services.reverse(actor=cast.actor("clerk"), entry=PointEntry.objects.get(seq=2), reason="错了")
    with pytest.raises(Refused, match="不能自己确认"):
        services.confirm_month(actor=both, town=town, community=path, month=served.MONTH)
    assert PointConfirmation.objects.count() == 0
    held = services.confirm_month(actor=cast.actor("secretary"), town=town, community=path, month=served.MONTH)
    assert held.last_seq == PointEntry.objects.filter(community_path=path).latest("seq").seq
    assert Entry.objects.filter(action="points.confirmed").count() == 1


def test_what_comes_after_a_confirmation_waits_again(cast, month):
    path = cast.xingfu.path
    services.confirm_month(actor=cast.actor("secretary"), town=cast.town.path, community=path, month=served.MONTH)
    assert ledger_of(cast.actor("secretary"), month_or_last(cast.actor("secretary"), ""))["waiting"] is False
    services.reverse(actor=cast.actor("clerk"), entry=PointEntry.objects.get(seq=3), reason="错了")
    found = ledger_of(cast.actor("secretary"), month_or_last(cast.actor("secretary"), ""))
    assert (found["waiting"], str(found["month"]), found["verdict"].ok) == (True, "2026-10", True)


def test_an_empty_month_has_nothing_to_confirm(cast, month):
    with pytest.raises(Refused, match="没有积分"):
        services.confirm_month(actor=cast.actor("secretary"), town=cast.town.path, community=cast.xingfu.path, month="2026-09")


@pytest.mark.parametrize("login", ["town", "townlead", "county", "liaison", "grid", "sysadmin", "secadmin", "auditor"])
def test_nobody_else_sees_points(cast, month, login):
    assert list(selectors.visible(cast.actor(login))) == []
    with pytest.raises(Absent):
        selectors.get_for(cast.actor(login), PointEntry.objects.first().code)


def test_a_member_sees_only_their_own(cast, month):
    login = account("m0", "member", cast.xingfu.path, "党员一", month.members[0].pk)
    from baodao.domain.accounts import selectors as accounts

    mine = set(selectors.visible(accounts.actor_for(login)))
    assert mine == set(PointEntry.objects.filter(member=month.members[0]))
    assert list(selectors.visible(cast.actor("member2"))) == []


def test_the_clerk_next_door_sees_her_own_community(cast, month):
    assert set(selectors.visible(cast.actor("clerk2"))) == set(PointEntry.objects.filter(community_path=cast.jiankang.path))


def test_another_rule_set_leaves_old_entries_alone(cast, month):
    before = list(PointEntry.objects.order_by("seq").values_list("tenths", "rule_set__number"))
    made = services.set_rules(actor=cast.actor("townlead"), town=cast.town.path, preset="preset_threshold_only", params={"times": 4})
    assert (made.number, selectors.threshold(cast.town.path)) == (2, 4)
    assert list(PointEntry.objects.order_by("seq").values_list("tenths", "rule_set__number")) == before
    assert [one.number for one in selectors.former_rules(cast.town.path)] == [1]


@pytest.mark.parametrize("params", [{"tenths_per_hour": 0, "cap_tenths": 20}, {"tenths_per_hour": 10, "cap_tenths": "20"}, {"x": 1}])
def test_numbers_that_mean_nothing_are_refused(cast, params):
    with pytest.raises(Refused):
        services.set_rules(actor=cast.actor("town"), town=cast.town.path, preset="preset_1h1p_cap2h", params=params)
    assert RuleSet.objects.count() == 0


def test_arithmetic_in_words(cast, month):
    said = {entry.record.minutes: entry.words for entry in PointEntry.objects.select_related("record")}
    assert said[90] == "90 分钟，一小时 1 分 = 1.5 分"
    assert said[150] == "150 分钟，一小时 1 分 = 2.5 分，一次最多 2 分"


def test_a_members_page_adds_up(cast, month):
    found = member_page(cast.actor("clerk"), month.members[0].pk, 2026)
    assert (found["total"], [entry.points for entry in found["entries"]]) == (2.0, [1.0, 1.0])


def test_the_paper_ledger_shows_every_entry_in_order_and_its_sum(cast, month):
    services.reverse(actor=cast.actor("clerk"), entry=PointEntry.objects.get(seq=1), reason="=1+1 重名")
    page = openpyxl.load_workbook(io.BytesIO(papers.points_ledger(cast.actor("clerk"), cast.xingfu.path, served.MONTH))).active
    rows = [row for row in page.iter_rows(values_only=True) if isinstance(row[0], int)]
    mine = PointEntry.objects.filter(community_path=cast.xingfu.path).order_by("seq")
    assert [(row[0], row[10]) for row in rows] == [(entry.seq, entry.tenths / 10) for entry in mine]
    assert (rows[0][12], rows[-1][12], rows[-1][13]) == ("已冲正", "冲正", "'=1+1 重名")
    assert [row[11] for row in rows if row[2] == "党员一"] == [1, 2, 1]
    total = next(row for row in page.iter_rows(values_only=True) if row[0] == "合计")
    assert total[10] == sum(entry.tenths for entry in mine) / 10


def test_the_paper_costs_the_same_with_more_entries(cast, month, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        papers.points_ledger(cast.actor("clerk"), cast.xingfu.path, served.MONTH)
