"""The word of the person served: a need's shift, and the rating or "told, and solved" that confirms its records."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.actor import PUBLIC
from baodao.base.verdict import Refused
from baodao.domain.audit.models import Entry
from baodao.domain.needs import services as needs
from baodao.domain.needs.models import Need
from baodao.domain.notices.models import Notice
from baodao.domain.service import services
from baodao.domain.service.models import ServiceRecord, Shift
from baodao.domain.service.rows import NewBooking
from tests import scene
from tests.cast import PROGRAM
from tests.domain.needs.asked import accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast):
    """A need that was done in a shift of its own; another record of the same post has no need."""
    post = scene.post(cast, "小修", kind="home_service")
    need = needs.assign(actor=cast.actor("clerk"), need=accepted(cast), subject_code=post.code, words="小修")
    one, two, three = scene.people(cast, 3)
    served(post, [one, two], need=need)
    served(post, [three], minutes=30)
    needs.finish(actor=cast.actor("clerk"), need=need, outcome="换好了")
    return cast, Need.objects.get(pk=need.pk)


def served(post, people, **more):
    shift = scene.ended(post, **more)
    services.book_many(actor=PROGRAM, rows=[NewBooking(shift, one, "desk", "") for one in people])
    shift.refresh_from_db()
    services.roll_call(actor=PROGRAM, shift=shift, marks={}, rest="present")


def records():
    return list(ServiceRecord.objects.order_by("pk").values_list("state", "evidence"))


WAITING, SAID = ("pending", "roll_call"), ("confirmed", "resident")


@pytest.mark.parametrize("grade", ["good", "fair"])
def test_a_rating_confirms_what_was_done_for_the_need_and_nothing_else(visit, grade):
    _cast, need = visit
    needs.rate(actor=PUBLIC, need=need, grade=grade)
    assert records() == [SAID, SAID, WAITING]
    assert set(ServiceRecord.objects.filter(state="confirmed").values_list("confirmed_by", flat=True)) == {None}
    assert Notice.objects.filter(key="record.confirmed").count() == 2
    assert Entry.objects.get(action="records.confirmed").data["served"] is True


def test_who_is_not_content_confirms_nothing(visit):
    _cast, need = visit
    needs.rate(actor=PUBLIC, need=need, grade="poor", words="还在滴水")
    assert records() == [WAITING] * 3


def test_told_and_solved_confirms_and_told_alone_does_not(visit):
    cast, need = visit
    needs.tell(actor=cast.actor("clerk"), need=need, told="in_person", solved=True)
    assert records() == [SAID, SAID, WAITING]
    assert Entry.objects.get(action="need.told").data == {"told": "in_person", "solved": True}


def test_told_alone_confirms_nothing(visit):
    cast, need = visit
    needs.tell(actor=cast.actor("clerk"), need=need, told="in_person")
    assert records() == [WAITING] * 3


def test_solved_needs_somebody_who_spoke_with_the_asker(visit):
    cast, need = visit
    for way in ("slip", "page"):
        with pytest.raises(Refused, match="当面问过"):
            needs.tell(actor=cast.actor("clerk"), need=need, told=way, solved=True)
    assert (records(), Need.objects.get().state) == ([WAITING] * 3, "done")


def test_confirmed_on_anothers_word_is_raised_and_what_is_settled_stays(visit):
    cast, need = visit
    first, second, _third = ServiceRecord.objects.order_by("pk")
    services.confirm_records(actor=cast.actor("clerk"), records=[first, second])
    services.settle_many(actor=PROGRAM, records=[second], month="2026-11")
    needs.rate(actor=PUBLIC, need=need, grade="good")
    assert records() == [SAID, ("settled", "roll_call"), WAITING]
    assert ServiceRecord.objects.get(pk=first.pk).confirmed_by == cast.accounts["clerk"].pk
    assert Entry.objects.get(action="records.witnessed").data == {"records": [first.code]}


def test_what_needs_a_second_person_waits_for_one(visit):
    _cast, need = visit
    ServiceRecord.objects.update(needs_second=True)
    needs.rate(actor=PUBLIC, need=need, grade="good")
    assert records() == [WAITING] * 3


def test_many_records_cost_the_same(visit):
    cast, need = visit
    post, counts = Shift.objects.first().post, []
    for more in (0, 4):
        if more:
            Need.objects.filter(pk=need.pk).update(state="assigned")
            again = Need.objects.get(pk=need.pk)
            served(post, [scene.member(f"新人{n}", cast.xingfu, cast.unit) for n in range(3)], need=again, minutes=45)
        with CaptureQueriesContext(connection) as asked:
            services.confirm_served(actor=PUBLIC, code=need.code, data={"solved": True})
        counts.append(len(asked))
    assert counts[0] == counts[1] and records().count(SAID) == 5


def test_a_need_of_elsewhere_or_not_handed_on_has_no_shift(cast):
    post = scene.post(cast)
    other = needs.assign(actor=cast.actor("clerk2"), words="小修", subject_code="X",
                         need=needs.accept(actor=cast.actor("clerk2"), need=_next_door(cast), weight="light", urgency="slow"))
    for need, words in ((other, "同一个社区"), (accepted(cast), "先把这件诉求安排")):
        with pytest.raises(Refused, match=words):
            scene.shift(post, need=need)
    assert Shift.objects.count() == 0


def _next_door(cast):
    from tests.domain.needs.asked import asked

    return asked(cast, community=cast.jiankang).need


def test_the_desk_makes_a_shift_for_a_need_and_hears_that_it_is_solved(cast, enter, send):
    post = scene.post(cast, "小修", kind="home_service")
    elsewhere = scene.post(cast, "图书角")
    need = needs.assign(actor=cast.actor("clerk"), need=accepted(cast), subject_code=post.code, words="小修")
    client = enter("clerk")
    assert f"/desk/shifts/new/?post={post.code}&amp;need={need.code}" in client.get(f"/desk/needs/{need.code}/").text
    page = client.get(f"/desk/shifts/new/?post={post.code}&need={need.code}").text
    assert f'value="{need.code}" selected' in page and f'value="{post.code}" selected' in page
    typed = {"day": "2026-11-28", "start": "16:00", "end": "17:00", "need": need.code}
    assert send("/desk/shifts/new/", {**typed, "post": elsewhere.code}).status_code == 422
    assert send("/desk/shifts/new/", {**typed, "post": post.code}).status_code == 303
    shift = Shift.objects.get()
    assert shift.need_id == need.pk
    assert f"/desk/shifts/{shift.code}/" in client.get(f"/desk/needs/{need.code}/").text
    assert f"/desk/needs/{need.code}/" in client.get(f"/desk/shifts/{shift.code}/").text
    needs.finish(actor=cast.actor("clerk"), need=Need.objects.get(), outcome="换好了")
    assert "对方说解决了" in client.get(f"/desk/needs/{need.code}/").text
    assert send(f"/desk/needs/{need.code}/tell/", {"told": "in_person", "solved": "on"}).status_code == 303
    assert Entry.objects.get(action="need.told").data["solved"] is True
