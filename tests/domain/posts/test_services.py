"""Posts, claims, commitments, pairings and fixings: who may, what is refused, what the chain says."""

from __future__ import annotations

from datetime import time

import pytest

from baodao.base.verdict import Absent, Refused, Stale
from baodao.domain.audit.models import Entry
from baodao.domain.notices.models import Notice
from baodao.domain.posts import selectors, services
from baodao.domain.posts.catalogue import CATALOGUE
from baodao.domain.posts.models import Claim, Commitment, Fixing, Pairing, Post
from baodao.domain.posts.rows import NewCommitment, NewPost
from baodao.domain.posts.states import PostKind
from tests import scene
from tests.cast import PROGRAM, member

pytestmark = pytest.mark.django_db
PROMISE = {"goal": "路灯不亮当晚报修", "when": "每周六 20:30", "quality": "每次填记录"}


def draft(cast, **more):
    post = scene.post(cast)
    return services.draft_commitment(actor=cast.actor("member"), post=post, member=cast.chen, **{**PROMISE, **more})


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda t: t.template_code)
def test_every_template_makes_a_post(cast, one):
    made = services.make_post(actor=cast.actor("clerk"), community=cast.xingfu, row=NewPost(**one.values()))
    services.change_post(
        actor=cast.actor("clerk"), post=made, version=1, changes={"leader": cast.chen, "insurance": "志愿者意外险"}
    )
    services.open_post(actor=cast.actor("clerk"), post=made)
    assert Post.objects.get().state == "open"


def test_the_catalogue_begins_with_the_six_kinds_of_the_seed():
    seen = list(dict.fromkeys(one.kind for one in CATALOGUE))
    assert seen[:6] == [str(kind) for kind in list(PostKind)[:6]]
    assert len(CATALOGUE) == len({one.template_code for one in CATALOGUE}) == 20


@pytest.mark.parametrize("login", ["clerk2", "grid", "liaison", "member", "town", "county", "sysadmin"])
def test_only_the_community_makes_posts(cast, login):
    with pytest.raises(Refused):
        services.make_post(actor=cast.actor(login), community=cast.xingfu, row=NewPost(kind="volunteer", name="清扫"))
    assert (Post.objects.count(), Entry.objects.filter(action="post.made").count()) == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"kind": "spying"}, {"min_people": 3}, {"two_person": True}, {"role_count": 1},
     {"pattern": [{"day": "9", "start": "1", "end": "2"}]}, {"max_people": 99}],
)  # fmt: skip
def test_a_post_that_cannot_be_is_refused(cast, wrong):
    row = NewPost(**({"kind": "volunteer", "name": "清扫"} | wrong))
    with pytest.raises(Refused):
        services.make_post(actor=cast.actor("clerk"), community=cast.xingfu, row=row)
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    ("lacks", "words"),
    [({"leader": None}, "组长"), ({"quality": ""}, "质量标准"), ({"hazard": "medium"}, "保险")],
)
def test_a_post_is_not_open_before_it_is_complete(cast, lacks, words):
    post = scene.post(cast, opened=False, **lacks)
    with pytest.raises(Refused, match=words):
        services.open_post(actor=cast.actor("clerk"), post=post)
    assert Post.objects.get().state == "draft"


def test_an_open_post_stays_complete(cast):
    post = scene.post(cast)
    with pytest.raises(Refused, match="组长"):
        services.change_post(actor=cast.actor("clerk"), post=post, version=post.version, changes={"leader": None})
    assert Post.objects.get().leader_id == cast.chen.pk


def test_two_editors_see_each_other(cast):
    post = scene.post(cast)
    services.change_post(actor=cast.actor("clerk"), post=post, version=post.version, changes={"place": "北门"})
    with pytest.raises(Stale) as caught:
        services.change_post(actor=cast.actor("secretary"), post=post, version=1, changes={"place": "南门"})
    assert [(d.label, d.mine, d.theirs) for d in caught.value.differences] == [("地点", "南门", "北门")]


def test_next_door_sees_nothing(cast):
    post = scene.post(cast)
    with pytest.raises(Absent):
        selectors.get_for(cast.actor("clerk2"), post.code)
    for login in ("clerk", "secretary", "grid", "town"):
        expected = 0 if login == "grid" else 1
        assert selectors.visible(cast.actor(login)).count() == expected, login


def test_claim_asked_and_held(cast):
    post = scene.post(cast)
    asked = services.claim(actor=cast.actor("member"), post=post, member=cast.chen)
    assert (asked.state, asked.is_on_behalf) == ("asked", False)
    services.hold(actor=cast.actor("clerk"), claim=asked)
    services.end_claim(actor=cast.actor("member"), claim=asked)
    assert Claim.objects.get().state == "ended"


def test_claim_through_the_desk_says_how(cast):
    post = scene.post(cast)
    with pytest.raises(Refused, match="怎么说"):
        services.claim(actor=cast.actor("clerk"), post=post, member=cast.chen)
    assert Claim.objects.count() == 0
    made = services.claim(actor=cast.actor("clerk"), post=post, member=cast.chen, asked_how="phone")
    assert (made.state, made.is_on_behalf, made.asked_how) == ("held", True, "phone")


@pytest.mark.parametrize("login", ["liaison", "clerk2", "member2", "grid"])
def test_nobody_else_speaks_for_a_member(cast, login):
    post = scene.post(cast)
    with pytest.raises(Refused):
        services.claim(actor=cast.actor(login), post=post, member=cast.chen, asked_how="phone")
    assert Claim.objects.count() == 0


def test_a_commitment_from_draft_to_kept(cast):
    one = draft(cast)
    services.submit_commitment(actor=cast.actor("member"), commitment=one)
    services.return_commitment(actor=cast.actor("secretary"), commitment=one, words="写明几次")
    services.change_commitment(actor=cast.actor("member"), commitment=one, version=one.version, **PROMISE)
    services.submit_commitment(actor=cast.actor("member"), commitment=one)
    assert selectors.shown_commitments(cast.xingfu.path) == []
    services.approve_commitment(actor=cast.actor("secretary"), commitment=one)
    shown = selectors.shown_commitments(cast.xingfu.path)
    assert [(row["goal"], row["name"], row["state"]) for row in shown] == [("路灯不亮当晚报修", "", "shown")]
    services.adjust_commitment(actor=cast.actor("clerk"), commitment=one, words="下雪那周停一次")
    services.keep_commitment(actor=cast.actor("clerk"), commitment=one, outcome="报修 12 盏")
    assert (Commitment.objects.get().state, Commitment.objects.get().outcome) == ("kept", "报修 12 盏")
    assert list(Notice.objects.order_by("pk").values_list("key", flat=True)) == [
        "commitment.returned", "commitment.approved",
    ]  # fmt: skip


@pytest.mark.parametrize("form, name", [("full", "陈晨"), ("surname", "陈师傅"), ("post", "")])
def test_the_board_shows_the_name_in_the_chosen_form(cast, form, name):
    cast.chen.name_form = form
    cast.chen.save()
    one = draft(cast)
    services.submit_commitment(actor=cast.actor("member"), commitment=one)
    services.approve_commitment(actor=cast.actor("secretary"), commitment=one)
    assert [row["name"] for row in selectors.shown_commitments(cast.town.path)] == [name]


@pytest.mark.parametrize("login", ["clerk", "member", "clerk2", "town"])
def test_only_the_secretary_reviews(cast, login):
    one = draft(cast)
    services.submit_commitment(actor=cast.actor("member"), commitment=one)
    with pytest.raises(Refused):
        services.approve_commitment(actor=cast.actor(login), commitment=one)
    assert Commitment.objects.get().state == "submitted"


def test_who_wrote_it_for_the_member_does_not_review_it(cast):
    post = scene.post(cast)
    one = services.draft_commitment(
        actor=cast.actor("secretary"), post=post, member=cast.chen, asked_how="paper", **PROMISE
    )
    services.submit_commitment(actor=cast.actor("secretary"), commitment=one)
    with pytest.raises(Refused, match="代办的人"):
        services.approve_commitment(actor=cast.actor("secretary"), commitment=one)
    assert Commitment.objects.get().state == "submitted"


@pytest.mark.parametrize("wrong", [{"goal": " "}, {"when": ""}, {"goal": "字" * 81}, {"quality": "找 11010519491231002X"}])
def test_empty_long_or_identifying_promises_are_refused(cast, wrong):
    with pytest.raises(Refused):
        draft(cast, **wrong)
    assert Commitment.objects.count() == 0


def test_one_working_commitment_a_post(cast):
    one = draft(cast)
    with pytest.raises(Refused, match="已经有一份"):
        services.draft_commitment(actor=cast.actor("member"), post=one.post, member=cast.chen, **PROMISE)
    assert Commitment.objects.count() == 1


def test_pairing_opens_the_community_to_the_unit(cast):
    assert selectors.paired_communities(cast.unit) == frozenset()
    made = services.pair(actor=cast.actor("clerk2"), unit=cast.unit, community=cast.jiankang)
    assert selectors.paired_communities(cast.unit) == {cast.jiankang.path}
    with pytest.raises(Refused, match="已经"):
        services.pair(actor=cast.actor("clerk2"), unit=cast.unit, community=cast.jiankang)
    services.unpair(actor=cast.actor("clerk2"), pairing=made)
    assert (selectors.paired_communities(cast.unit), Pairing.objects.count()) == (frozenset(), 1)


def test_a_fixing_counts_after_the_member_accepted(cast):
    post = scene.post(cast)
    one = services.offer_fixing(
        actor=cast.actor("clerk"), member=cast.chen, post=post, weekday=5, start=time(20, 30)
    )
    assert list(selectors.fixings(cast.xingfu.path)) == []
    with pytest.raises(Refused):
        services.accept_fixing(actor=cast.actor("liaison"), fixing=one)
    services.accept_fixing(actor=cast.actor("member"), fixing=one)
    assert [f.member_id for f in selectors.fixings(cast.xingfu.path)] == [cast.chen.pk]
    services.end_fixing(actor=cast.actor("member"), fixing=one)
    assert (list(selectors.fixings(cast.xingfu.path)), Fixing.objects.get().state) == ([], "ended")


def test_teams(cast):
    other = member("丁一", cast.xingfu, cast.unit)
    team = services.make_team(
        actor=cast.actor("clerk"), community=cast.xingfu, name="水电维修队", speciality="electric", leader=cast.chen,
        members=[other],
    )
    assert sorted(team.members.values_list("name", flat=True)) == ["丁一", "陈晨"]
    assert [(one.name, one.size) for one in selectors.teams(cast.actor("clerk"), cast.xingfu.path)] == [("水电维修队", 2)]
    services.end_team(actor=cast.actor("clerk"), team=team)
    assert list(selectors.teams(cast.actor("clerk"), cast.xingfu.path)) == []


def test_many_commitments_cost_the_same_queries(cast):
    post = scene.post(cast)
    people = scene.people(cast, 6)
    rows = [NewCommitment(post, one, asked_how="chain", **PROMISE) for one in people]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for part in (rows[:1], rows[1:]):
        with CaptureQueriesContext(connection) as seen:
            made = services.draft_commitments_many(actor=PROGRAM, rows=part)
            services.submit_commitments_many(actor=PROGRAM, commitments=made)
            services.approve_commitments_many(actor=PROGRAM, commitments=made)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert Commitment.objects.filter(state="shown").count() == 6


