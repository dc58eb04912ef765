"""Promises read and hung, 代办, pairings, fixed times, teams, records confirmed, QR places: works, refused, empty, next door."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.orgs.models import Place
from baodao.domain.posts import services as posts
from baodao.domain.posts.models import Commitment, Fixing, Pairing, Team
from baodao.domain.service import services
from baodao.domain.service.models import ServiceRecord
from tests import scene
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(cast):
    made = posts.draft_commitment(
        actor=cast.actor("member"), post=scene.post(cast), member=cast.chen, goal="路灯不亮当晚报修", when="每周六", quality="每次填"
    )
    return posts.submit_commitment(actor=cast.actor("member"), commitment=made)


def test_empty_pages_say_what_comes(enter):
    client = enter("clerk")
    assert "没有等着看的承诺" in client.get("/desk/commitments/").content.decode()
    assert "没有等确认的记录" in client.get("/desk/records/").content.decode()
    assert "还没有结对的单位" in client.get("/desk/pairings/").content.decode()


def test_the_secretary_lets_a_promise_hang(promise, enter, send):
    client = enter("secretary")
    assert "路灯不亮当晚报修" in client.get("/desk/commitments/").content.decode()
    assert send(f"/desk/commitments/{promise.code}/", {"do": "approve", "until": "2026-12-31"}).status_code == 303
    promise.refresh_from_db()
    assert (promise.state, str(promise.shown_until)) == ("shown", "2026-12-31")


def test_the_clerk_may_not_review(promise, enter, send):
    enter("clerk")
    answer = send(f"/desk/commitments/{promise.code}/", {"do": "approve"})
    assert answer.status_code == 422 and "书记" in answer.content.decode()
    promise.refresh_from_db()
    assert promise.state == "submitted"


def test_sent_back_with_words_that_are_kept_when_missing(promise, enter, send):
    enter("secretary")
    assert send(f"/desk/commitments/{promise.code}/", {"do": "return", "words": ""}).status_code == 422
    assert send(f"/desk/commitments/{promise.code}/", {"do": "return", "words": "写上每周几"}).status_code == 303
    promise.refresh_from_db()
    assert (promise.state, promise.review_words) == ("returned", "写上每周几")


def test_next_door_sees_no_promise(promise, enter, send):
    client = enter("clerk2")
    assert "路灯不亮" not in client.get("/desk/commitments/?state=all").content.decode()
    assert send(f"/desk/commitments/{promise.code}/", {"do": "keep", "words": "好"}).status_code == 404


def test_a_promise_told_to_the_desk_is_marked(cast, enter, send):
    post = scene.post(cast)
    enter("clerk")
    values = {"member": cast.chen.code, "post": post.code, "goal": "报修", "when": "每周六", "quality": "每次", "asked_how": "phone"}
    assert send("/desk/commitments/new/", values).status_code == 303
    made = Commitment.objects.get()
    assert (made.state, made.asked_how, made.on_behalf_by) == ("submitted", "phone", cast.accounts["clerk"].pk)


def test_pair_and_unpair_a_unit(cast, enter, send):
    enter("clerk")
    assert send("/desk/pairings/add/", {"unit": "U002"}).status_code == 303
    pairing = Pairing.objects.get()
    assert (pairing.unit_id, pairing.community_path) == (cast.unit2.pk, cast.xingfu.path)
    assert send("/desk/pairings/add/", {"unit": "U002"}).status_code == 422
    assert send(f"/desk/pairings/{pairing.code}/end/").status_code == 303
    assert Pairing.objects.get().until is not None


def test_a_fixed_time_is_proposed_and_accepted_on_behalf(cast, enter, send):
    post = scene.post(cast)
    enter("clerk")
    values = {"member": cast.chen.code, "post": post.code, "weekday": "5", "start": "20:30"}
    assert send("/desk/fixings/add/", values).status_code == 303
    fixing = Fixing.objects.get()
    assert fixing.state == "offered"
    assert send(f"/desk/fixings/{fixing.code}/accept/", {"asked_how": "in_person"}).status_code == 303
    fixing.refresh_from_db()
    assert (fixing.state, fixing.asked_how) == ("accepted", "in_person")


def test_another_communitys_member_cannot_be_fixed(cast, enter, send):
    post = scene.post(cast)
    enter("clerk")
    answer = send("/desk/fixings/add/", {"member": cast.zhou.code, "post": post.code, "weekday": "5", "start": "20:30"})
    assert answer.status_code == 422 and Fixing.objects.count() == 0


def test_a_team_is_made_and_dissolved(cast, enter, send):
    first, second = scene.people(cast, 2)
    enter("clerk")
    values = {"name": "水电组", "speciality": "electric", "leader": first.code, "members": [first.code, second.code]}
    assert send("/desk/teams/add/", values).status_code == 303
    team = Team.objects.get()
    assert (team.name, team.leader_id, team.members.count()) == ("水电组", first.pk, 2)
    assert send(f"/desk/teams/{team.code}/end/").status_code == 303
    assert Team.objects.get().until is not None


@pytest.fixture
def records(cast):
    one = scene.ended(scene.post(cast))
    for who in scene.people(cast, 3):
        services.book(actor=PROGRAM, shift=one, member=who)
    return services.roll_call(actor=PROGRAM, shift=one, marks={}, rest="present")


def test_records_are_confirmed_by_the_keeper_or_the_served(records, enter, send):
    enter("clerk")
    first, second, third = records
    assert send("/desk/records/confirm/", {"pick": [first.code], "do": "keeper"}).status_code == 303
    assert send("/desk/records/confirm/", {"pick": [second.code], "do": "served"}).status_code == 303
    assert send(f"/desk/records/{third.code}/reject/").status_code == 303
    found = {r.pk: (r.state, r.evidence) for r in ServiceRecord.objects.all()}
    assert found == {
        first.pk: ("confirmed", "roll_call"), second.pk: ("confirmed", "resident"), third.pk: ("rejected", "roll_call"),
    }  # fmt: skip
    assert send(f"/desk/records/{third.code}/reopen/").status_code == 303
    assert ServiceRecord.objects.get(pk=third.pk).state == "pending"


def test_nothing_picked_changes_nothing(records, enter, send):
    enter("clerk")
    assert send("/desk/records/confirm/", {"do": "keeper"}).status_code == 303
    assert ServiceRecord.objects.filter(state="pending").count() == 3


def test_next_door_confirms_nothing(records, enter, send):
    enter("clerk2")
    send("/desk/records/confirm/", {"pick": [records[0].code], "do": "keeper"})
    assert send(f"/desk/records/{records[0].code}/reject/").status_code == 404
    assert ServiceRecord.objects.filter(state="pending").count() == 3


def test_a_list_of_records_costs_the_same_with_more_rows(cast, enter):
    client, counts = enter("clerk"), []
    post = scene.post(cast)
    people = scene.people(cast, 4)
    for number in (1, 3):
        one = scene.ended(post, ago=scene.timedelta(days=number))
        for who in people[:number]:
            services.book(actor=PROGRAM, shift=one, member=who)
        services.roll_call(actor=PROGRAM, shift=one, marks={}, rest="present")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/desk/records/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_place_gets_its_code(cast, enter, send):
    client = enter("clerk")
    assert send("/desk/places/", {"name": "幸福小区北门", "estate": cast.estate.path}).status_code == 303
    place = Place.objects.get()
    assert (place.name, place.estate_id, len(place.place_code)) == ("幸福小区北门", cast.estate.pk, 3)
    page = client.get("/desk/places/").content.decode()
    assert f"/q/{place.place_code}" in page and "<svg" in page


def test_the_poster_is_a_pdf(promise, enter):
    posts.approve_commitment(actor=PROGRAM, commitment=promise)
    answer = enter("clerk").get("/desk/commitments/poster.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
