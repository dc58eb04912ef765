"""The best for one need: the same people in the same order as the plan's own costs give, from one indexed table."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.days import clock
from baodao.base.solver import Weights
from baodao.base.verdict import Refused
from baodao.config import jobs
from baodao.domain.matching import services
from baodao.domain.matching.facts import load
from baodao.domain.matching.fit import cost
from baodao.domain.matching.models import Offer, Reach
from baodao.domain.matching.problem import bar
from baodao.domain.matching.reach import best, first
from baodao.domain.members.models import BlockedDay, LanguageOffered, Member, SkillOffered
from baodao.domain.orgs import selectors as orgs
from baodao.domain.posts.models import Claim
from baodao.domain.service import selectors as serving
from baodao.domain.service import services as service
from baodao.domain.service.models import Shift
from tests import served
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SUNDAY, full_month


@pytest.fixture
def town(cast):
    return full_month(cast, people=90)


def refreshed(town):
    return services.refresh_reach(actor=PROGRAM, town=town.cast.town.path)


def loaded(shift):
    return serving.month_of(shift.community_path, shift.month).get(pk=shift.pk)


def by_trying_everybody(town, shift, count=20):
    """The order by the plan's own functions, member by member."""
    facts, weights = load(town.cast.town.path, shift.month, whole_month=True), Weights()
    place, found = facts.places[shift.pk], []
    for person in facts.people.values():
        if bar(facts, person, place) is None:
            services_now = person.who.taken_in_month.get(shift.month, 0)
            price = cost(person, place) + weights.year * person.served + weights.load * services_now
            price -= weights.behind if person.served < person.target and not services_now else 0
            found.append((price, person.pk))
    return sorted(found)[:count]


def agree(town):
    lists = []
    for shift in town.shifts.values():
        expected = by_trying_everybody(town, shift)
        assert [(one.cost, one.member) for one in best(loaded(shift))] == expected, shift.post.name
        lists.append(expected)
    return lists


def test_the_best_are_those_of_the_plan(town):
    refreshed(town)
    found = agree(town)
    assert max(map(len, found)) == 20
    assert len({tuple(rows) for rows in found}) >= 6


def lived(town):
    """A month has passed over them: places held, days blocked, services given, a post claimed, people gone."""
    everyone = list(Member.objects.filter(name__startswith="党员").order_by("name"))
    patrol, mend = town.posts["巡逻xingfu"], town.posts["水电xingfu"]
    shifts = [shift for shift in town.shifts.values() if shift.community_path == patrol.community_path]
    for shift in shifts[:3]:
        Shift.objects.filter(pk=shift.pk).update(state="open")
        for one in best(loaded(shift))[: 2 if shift.post_id == patrol.pk else 1]:
            service.book(actor=PROGRAM, shift=loaded(shift), member=Member.objects.get(pk=one.member))
    BlockedDay.objects.create(member=everyone[0], first=SATURDAY - timedelta(days=9), last=SATURDAY)
    Member.objects.filter(pk=everyone[2].pk).update(state="paused")
    Member.objects.filter(pk=everyone[4].pk).update(takes_offers=False)
    Member.objects.filter(pk=everyone[6].pk).update(wishes=["culture"])
    SkillOffered.objects.update_or_create(member=everyone[8], skill="electric", defaults={"level": "certified"})
    Claim.objects.create(post=patrol, member=everyone[10], state="held", since=SATURDAY - timedelta(days=30))
    for number, member in enumerate(everyone[12:24:2]):
        past = served.shift(mend, date(2026, 11, 1) + timedelta(days=number), hour=16)
        served.record(past, member)
    return everyone


def test_the_best_stay_those_of_the_plan_as_things_change(town):
    refreshed(town)
    lived(town)
    gone, fresh = refreshed(town)
    assert 0 < gone < Reach.objects.count() / 2
    assert fresh > 0
    agree(town)
    assert refreshed(town) == (0, 0)


def test_what_the_table_does_not_know_yet_is_still_refused(town):
    """Between two refreshes nobody is proposed whom a rule keeps out."""
    refreshed(town)
    shift = town.shifts["巡逻xingfu 12-05"]
    top = [one.member for one in best(loaded(shift))]
    Member.objects.filter(pk=top[0]).update(state="paused")
    BlockedDay.objects.create(member_id=top[1], first=SATURDAY, last=SATURDAY)
    Offer.objects.create(
        shift=shift, member_id=top[2], state="declined", sent_at=clock.now(), expires_at=clock.now() + timedelta(days=3)
    )
    assert [one.member for one in best(loaded(shift))][: len(top) - 3] == top[3:]


def test_a_language_is_asked_of_the_rules_and_not_in_the_table(town):
    shift = town.shifts["巡逻xingfu 12-05"]
    town.posts["巡逻xingfu"].language = "ug"
    town.posts["巡逻xingfu"].save()
    speakers = list(Member.objects.filter(name__startswith="党员").order_by("-pk")[:9])
    for member in speakers:
        LanguageOffered.objects.create(member=member, language="ug")
    refreshed(town)
    found = best(loaded(shift))
    assert [(one.cost, one.member) for one in found] == by_trying_everybody(town, shift)
    assert {one.member for one in found} <= {member.pk for member in speakers}
    assert "language" not in {field.name for field in Reach._meta.fields}


def test_one_range_of_the_index_and_few_queries(town):
    refreshed(town)
    shift = loaded(town.shifts["水电xingfu 12-06"])
    where = serving.slots_of([shift])[shift.pk]
    with CaptureQueriesContext(connection) as seen:
        assert first(where, 20)
    assert len(seen) == 1
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # so few rows would be read whole
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + seen[0]["sql"])
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "matching_reach" in plan
    with CaptureQueriesContext(connection) as seen:
        best(shift)
    assert len(seen) <= 16


def test_the_worker_keeps_it_and_a_person_may_not(town, monkeypatch):
    monkeypatch.setattr(jobs, "_reached", {})
    jobs.reach()
    count = Reach.objects.count()
    assert count > 100
    assert set(Reach.objects.values_list("month", flat=True)) == {"2026-11", MONTH}
    jobs.reach()
    assert Reach.objects.count() == count
    with clock.freeze(datetime(2027, 1, 5, 9, 0)):
        jobs.reach()
    assert set(Reach.objects.values_list("month", flat=True)) == {"2027-01", "2027-02"}
    with pytest.raises(Refused, match="后台自己更新"):
        services.refresh_reach(actor=town.cast.actor("clerk"), town=town.cast.town.path)
    assert {row.community_path for row in Reach.objects.all()} <= {org.path for org in orgs.communities(town.cast.town.path)}


def test_nobody_fits_is_an_empty_list(town):
    assert best(loaded(town.shifts["辅导xingfu 12-06"])) == []
    assert SUNDAY.weekday() == 6
