"""The roll of a leader, promises, records and points, what is kept about me."""

from __future__ import annotations

import json

import pytest

from baodao.domain.members.models import BlockedDay, Member, SkillOffered
from baodao.domain.points import services as points
from baodao.domain.posts.models import Claim, Commitment
from baodao.domain.service import services
from baodao.domain.service.models import ServiceRecord
from tests import scene
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db


@pytest.fixture
def rolled(cast):
    """A shift that ended an hour ago, led by 陈党员, with two places."""
    one = scene.ended(scene.post(cast))
    places = [services.book(actor=PROGRAM, shift=one, member=who) for who in scene.people(cast, 2)]
    return one, places


def test_the_leader_calls_the_roll_in_taps(rolled, enter, send):
    one, (first, second) = rolled
    client = enter("member")
    page = client.get(f"/me/roll/{one.code}/").content.decode()
    assert page.index("党员00") < page.index("党员01") and "其余都到（2 人）" in page
    assert send(f"/me/roll/{one.code}/mark/{first.code}/", {"attendance": "leave"}).status_code == 303
    assert send(f"/me/roll/{one.code}/finish/").status_code == 303
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attendance, second.attendance) == ("leave", "present")
    record = ServiceRecord.objects.get()
    assert (record.member_id, record.minutes, record.state, record.evidence) == (second.member_id, 90, "pending", "roll_call")


def test_who_does_not_lead_cannot_mark(rolled, enter, send):
    one, (first, _second) = rolled
    enter("member2")
    assert send(f"/me/roll/{one.code}/mark/{first.code}/", {"attendance": "absent"}).status_code == 404
    first.refresh_from_db()
    assert first.attendance == "unmarked"


def test_a_promise_goes_to_the_secretary_with_the_name_form(cast, enter, send):
    post = scene.post(cast)
    enter("member")
    values = {"goal": "路灯不亮当晚报修", "when": "每周六 20:30", "quality": "每次填记录", "name_form": "surname"}
    assert send(f"/me/posts/{post.code}/promise/", values).status_code == 303
    promise = Commitment.objects.get()
    assert (promise.state, promise.goal, promise.member_id) == ("submitted", "路灯不亮当晚报修", cast.chen.pk)
    assert Member.objects.get(pk=cast.chen.pk).name_form == "surname"


def test_an_empty_promise_keeps_what_was_typed(cast, enter, send):
    post = scene.post(cast)
    enter("member")
    answer = send(f"/me/posts/{post.code}/promise/", {"goal": "报修", "when": "", "quality": "好", "name_form": "post"})
    assert answer.status_code == 422 and 'value="报修"' in answer.content.decode()
    assert Commitment.objects.count() == 0


def test_claim_a_post_and_give_it_up(cast, enter, send):
    post = scene.post(cast)
    enter("member")
    assert send(f"/me/posts/{post.code}/claim/").status_code == 303
    claim = Claim.objects.get()
    assert claim.state == "asked"
    assert send(f"/me/claims/{claim.code}/end/").status_code == 303
    claim.refresh_from_db()
    assert claim.state == "ended"


def test_points_can_be_followed(cast, enter):
    one = scene.ended(scene.post(cast))
    place = services.book(actor=PROGRAM, shift=one, member=cast.chen)
    records = services.roll_call(actor=PROGRAM, shift=one, marks={place.code: ("present", None)})
    services.confirm_records(actor=cast.actor("clerk"), records=records)
    points.set_rules(actor=PROGRAM, town=cast.town.path, preset="preset_1h1p_cap2h")
    services.settle_many(actor=PROGRAM, records=records, month=one.month)
    points.settle(actor=PROGRAM, town=cast.town.path, month=one.month, records=records)
    page = enter("member").get("/me/points/").content.decode()
    assert "90 分钟 × 每小时 1.0 分" in page and "+1.5" in page and "不排名" in page


def test_a_town_without_points_says_so(enter):
    page = enter("member").get("/me/points/").content.decode()
    assert "本镇不记积分" in page


def test_change_times_skills_days_and_rest(cast, enter, send):
    enter("member")
    values = {"slots": ["saturday_evening"], "wishes": ["patrol"], "max_per_month": "3", "target_per_year": "6", "takes_offers": "on"}
    assert send("/me/profile/time/", values).status_code == 303
    assert send("/me/profile/skills/", {"skills": ["electric", "law"]}).status_code == 303
    assert send("/me/profile/skills/", {"skills": ["electric", "law"], "certified": ["electric"]}).status_code == 303
    assert send("/me/profile/days/", {"first": "2026-12-01", "last": "2026-12-03"}).status_code == 303
    assert send("/me/profile/rest/", {"reason": "rest"}).status_code == 303
    chen = Member.objects.get(pk=cast.chen.pk)
    assert (chen.slots, chen.wishes, chen.max_per_month, chen.state) == (["saturday_evening"], ["patrol"], 3, "paused")
    skills = set(SkillOffered.objects.filter(member=chen).values_list("skill", "level"))
    assert skills == {("electric", "certified"), ("law", "can")}
    assert BlockedDay.objects.filter(member=chen).count() == 1
    assert send("/me/profile/rest/", {"back": "1"}).status_code == 303
    assert Member.objects.get(pk=cast.chen.pk).state == "active"


def test_days_the_wrong_way_round_are_refused_in_words(enter, send):
    enter("member")
    answer = send("/me/profile/days/", {"first": "2026-12-03", "last": "2026-12-01"})
    assert answer.status_code == 422 and BlockedDay.objects.count() == 0


def test_too_many_skills_are_refused(enter, send):
    enter("member")
    many = ["electric", "law", "teaching", "medicine", "finance", "tax", "policy", "hr", "arts"]
    answer = send("/me/profile/skills/", {"skills": many})
    assert answer.status_code == 422 and "最多 8 样" in answer.content.decode()
    assert SkillOffered.objects.count() == 0


def test_my_own_copy_holds_what_is_kept(cast, enter):
    found = json.loads(enter("member").get("/me/profile/mine.json").content)
    assert (found["姓名"], found["单位"], found["报到社区"]) == ("陈晨", "县水利局", "幸福社区")
