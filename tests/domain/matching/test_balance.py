"""How evenly drafts treat people and places: figures that a second count agrees with, never a list of persons."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from baodao.base.days import clock
from baodao.domain.matching import balance, services
from baodao.domain.matching.models import Plan, PlanLine
from baodao.domain.members import services as members
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown, full_month


def communities(cast):
    return [cast.xingfu.path, cast.jiankang.path]


def test_nothing_to_count_yet(cast):
    full_month(cast, people=4)
    assert balance.of_drafts(cast.town.path, MONTH, communities(cast)) is None


def test_a_small_draft_counted_by_hand(cast):
    town = SmallTown(cast)
    for name in ("甲一", "乙二"):
        town.person(name, unit=None, max_per_month=4)
    for week in range(3):
        town.shift(town.posts.get("巡逻") or town.post("巡逻", desired_people=1, max_people=1), SATURDAY.replace(day=5 + 7 * week))
    services.solve_month(actor=cast.actor("clerk"), town=cast.town.path, month=MONTH, communities=[cast.xingfu.path])
    found = balance.of_drafts(cast.town.path, MONTH, [cast.xingfu.path])
    assert [(row.tier, row.wished, row.filled, row.unfilled) for row in found.tiers] == [("ordinary", 3, 3, 0)]
    assert (found.people, found.least, found.most) == (2, 1, 2)
    assert abs(found.gini_month - 1 / 6) < 1e-9  # one and two services: 2·(1·1 + 2·2)/(2·3) − 3/2
    assert found.gini_year == found.gini_month and found.reaching == 0.0
    assert found.units == [] and found.communities == [("幸福社区", 0.0)]


def test_a_town_agrees_with_a_second_count(cast):
    town = full_month(cast, people=40)
    services.solve_month(actor=cast.actor("town"), town=cast.town.path, month=MONTH)
    found = balance.of_drafts(cast.town.path, MONTH, communities(cast))
    lines = list(PlanLine.objects.select_related("shift"))
    per_shift = Counter(line.shift_id for line in lines)
    wished = {shift.pk: shift.desired_people for shift in town.shifts.values()}
    assert sum(row.filled for row in found.tiers) == sum(min(per_shift[pk], count) for pk, count in wished.items())
    assert found.most == max(Counter(line.member_id for line in lines).values())
    assert [name for name, _share in found.communities] == ["幸福社区", "健康社区"]
    for (_name, share), plan in zip(found.communities, Plan.objects.order_by("community_path"), strict=True):
        mine = [shift for shift in town.shifts.values() if shift.community_path == plan.community_path]
        open_seats = sum(max(0, shift.desired_people - per_shift[shift.pk]) for shift in mine)
        assert abs(share - open_seats / sum(shift.desired_people for shift in mine)) < 1e-9
    assert all(0 <= share <= 1 for _name, share in found.units)


def test_figures_are_kept_until_something_is_done(cast, settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "balance"}}
    full_month(cast, people=40)
    services.solve_month(actor=cast.actor("town"), town=cast.town.path, month=MONTH)
    asked = []
    counted = balance._of_drafts
    monkeypatch.setattr(balance, "_of_drafts", lambda *args: asked.append(args) or counted(*args))
    first = balance.of_drafts(cast.town.path, MONTH, communities(cast))
    assert balance.of_drafts(cast.town.path, MONTH, communities(cast)) == first and len(asked) == 1
    assert balance.of_drafts(cast.town.path, MONTH, [cast.xingfu.path]) != first and len(asked) == 2
    line = PlanLine.objects.select_related("plan").filter(plan__community_path=cast.xingfu.path).first()
    services.take_out(actor=cast.actor("clerk"), plan=line.plan, line=line)
    after = balance.of_drafts(cast.town.path, MONTH, communities(cast))
    assert len(asked) == 3 and sum(row.filled for row in after.tiers) < sum(row.filled for row in first.tiers)


def counted_anew(cast, found):
    """Are these kept figures what a fresh count gives."""
    return found == balance._of_drafts(cast.town.path, MONTH, communities(cast))


def test_kept_figures_are_true_after_every_change(cast, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "true"}}
    full_month(cast, people=40)
    services.solve_month(actor=cast.actor("town"), town=cast.town.path, month=MONTH)
    clerk, here = cast.actor("clerk"), communities(cast)
    first = balance.of_drafts(cast.town.path, MONTH, here)
    line = PlanLine.objects.select_related("plan", "member").filter(plan__community_path=cast.xingfu.path).first()
    services.lock(actor=clerk, plan=line.plan, lines=[line])
    locked = balance.of_drafts(cast.town.path, MONTH, here)
    assert locked == first and counted_anew(cast, locked)
    members.pause(actor=clerk, member=line.member, reason="rest")
    paused = balance.of_drafts(cast.town.path, MONTH, here)
    assert paused.people == first.people - 1 and counted_anew(cast, paused)
    assert sum(row.filled for row in paused.tiers) < sum(row.filled for row in first.tiers)
    with clock.freeze(datetime(2026, 12, 4, 20, 0)):
        balance.of_drafts(cast.town.path, MONTH, here)
    with clock.freeze(datetime(2026, 12, 4, 21, 0)):  # the same day, but the shifts of half past eight are now too near
        later = balance.of_drafts(cast.town.path, MONTH, here)
        assert sum(row.wished for row in later.tiers) == sum(row.wished for row in paused.tiers) - 6
        assert counted_anew(cast, later)


def test_the_pages_take_few_queries(enter, cast, django_assert_max_num_queries):
    full_month(cast, people=30)
    services.solve_month(actor=cast.actor("town"), town=cast.town.path, month=MONTH)
    for login, at in (("clerk", f"/desk/plan/balance/?month={MONTH}"), ("town", f"/town/plan/balance/?month={MONTH}")):
        client = enter(login)
        client.get(at)
        with django_assert_max_num_queries(30):
            assert "基尼系数" in client.get(at).content.decode()


def test_no_name_of_a_person_on_the_pages(enter, cast):
    town = full_month(cast, people=30)
    services.solve_month(actor=cast.actor("town"), town=cast.town.path, month=MONTH)
    for login, at in (("clerk", f"/desk/plan/balance/?month={MONTH}"), ("town", f"/town/plan/balance/?month={MONTH}")):
        page = enter(login).get(at).content.decode()
        assert "基尼系数" in page and "希望的人次" in page
        assert not any(name in page for name in town.people)
    assert "社区：希望的位置空了多少" in page
    empty = enter("clerk").get("/desk/plan/balance/?month=2027-01").content.decode()
    assert "还没有草案" in empty
