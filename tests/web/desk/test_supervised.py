"""待我确认: the right comes from the post that names who confirms; never one's own record, never another post's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.base.verdict import Refused, Stale
from baodao.domain.accounts import selectors as accounts
from baodao.domain.accounts import services as account_services
from baodao.domain.accounts.models import Account
from baodao.domain.notices.models import Notice
from baodao.domain.posts import services as posts
from baodao.domain.posts.models import Post
from baodao.domain.service import selectors, services
from baodao.domain.service.models import ServiceRecord
from baodao.domain.service.rows import NewBooking
from tests import scene
from tests.cast import PROGRAM, account

pytestmark = pytest.mark.django_db
PAGE = "/desk/records/mine/"


def served(post, *people, ago=1):
    """Pending records of some people in an ended shift of a post."""
    shift = scene.ended(post, ago=timedelta(hours=ago))
    services.book_many(actor=PROGRAM, rows=[NewBooking(shift, one, "desk", "") for one in people])
    shift.refresh_from_db()
    return services.roll_call(actor=PROGRAM, shift=shift, marks={}, rest="present")


@pytest.fixture
def crew(cast):
    """Two posts of 幸福社区: the grid worker confirms one of them; a record in each."""
    one, two = scene.people(cast, 2)
    mine = scene.post(cast, supervisor_account=cast.accounts["grid"].pk)
    other = scene.post(cast, "图书角")
    return cast, served(mine, one)[0], served(other, two, ago=9)[0]


def states():
    return list(ServiceRecord.objects.order_by("pk").values_list("state", "evidence"))


def test_the_supervisor_sees_her_posts_records_alone_and_confirms(crew, enter, send):
    _cast, mine, other = crew
    page = enter("grid").get(PAGE)
    assert [one.code for one in page.context["page"]] == [mine.code]
    assert "待确认 1" in page.text and "图书角" not in page.text
    answer = send(f"{PAGE}confirm/", {"pick": [mine.code, other.code], "do": "keeper"})
    assert (answer.status_code, states()) == (303, [("confirmed", "roll_call"), ("pending", "roll_call")])
    assert list(Notice.objects.filter(key="record.confirmed").values_list("member_id", flat=True)) == [mine.member_id]
    assert "没有等你确认的" in enter("grid").get(PAGE).text


def test_served_is_the_higher_grade_and_a_slip_can_be_taken_back(crew, enter, send):
    _cast, mine, _other = crew
    enter("grid")
    send(f"{PAGE}confirm/", {"pick": [mine.code], "do": "served"})
    assert states()[0] == ("confirmed", "resident")
    assert list(enter("grid").get(PAGE).context["page"]) == []
    assert f"{PAGE}{mine.code}/reopen/" in enter("grid").get(f"{PAGE}?tab=done").text
    send(f"{PAGE}{mine.code}/reopen/")
    assert states()[0] == ("pending", "roll_call")
    send(f"{PAGE}{mine.code}/reject/")
    assert states()[0][0] == "rejected"


@pytest.mark.parametrize("login", ["clerk", "secretary", "clerk2"])
def test_nobody_else_sees_them_there(crew, enter, send, login):
    _cast, mine, _other = crew
    assert list(enter(login).get(PAGE).context["page"]) == []
    assert send(f"{PAGE}{mine.code}/reject/").status_code == 404
    assert send(f"{PAGE}{mine.code}/reopen/").status_code == 404
    send(f"{PAGE}confirm/", {"pick": [mine.code], "do": "keeper"})
    assert states()[0][0] == "pending"


def test_the_right_ends_with_the_post_naming_somebody_else(crew, enter, send):
    cast, mine, _other = crew
    post = Post.objects.get(pk=mine.shift.post_id)
    posts.change_post(actor=cast.actor("clerk"), post=post, version=post.version,
                      changes={"supervisor_account": cast.accounts["secretary"].pk})
    assert list(enter("grid").get(PAGE).context["page"]) == []
    with pytest.raises(Refused):
        services.confirm_records(actor=cast.actor("grid"), records=[ServiceRecord.objects.get(pk=mine.pk)])
    assert [one.code for one in enter("secretary").get(PAGE).context["page"]] == [mine.code]


def test_never_ones_own_record(crew, enter, send):
    """A grid worker who is a member and serves: somebody else confirms that."""
    cast, mine, _other = crew
    Account.objects.filter(login="grid").update(member_id=mine.member_id)
    cast.accounts["grid"].refresh_from_db()
    assert list(enter("grid").get(PAGE).context["page"]) == []
    assert send(f"{PAGE}{mine.code}/reject/").status_code == 404
    for verb in (lambda a: services.confirm_records(actor=a, records=[mine]),
                 lambda a: services.reject_record(actor=a, record_=mine),
                 lambda a: services.reopen_record(actor=a, record_=mine)):
        with pytest.raises(Refused):
            verb(cast.actor("grid"))
    assert states()[0][0] == "pending"


def test_a_clerk_does_not_confirm_her_own_service(crew):
    cast, mine, _other = crew
    Account.objects.filter(login="clerk").update(member_id=mine.member_id)
    cast.accounts["clerk"].refresh_from_db()
    with pytest.raises(Refused, match="由别人确认"):
        services.confirm_records(actor=cast.actor("clerk"), records=[mine])
    assert len(services.confirm_records(actor=cast.actor("secretary"), records=[mine])) == 1


def test_many_cost_the_same(crew, enter):
    cast, _mine, _other = crew
    client, counts = enter("grid"), []
    post = Post.objects.get(supervisor_account=cast.accounts["grid"].pk)
    for more in (0, 3):
        if more:
            served(post, *(scene.member(f"新人{n}", cast.xingfu, cast.unit) for n in range(more)), ago=20)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(PAGE)
        counts.append(len(asked))
    assert (len(page.context["page"]), counts[0]) == (4, counts[1])


TYPED = {"name": "图书角", "kind": "volunteer", "tier": "ordinary", "min_people": 1, "desired_people": 1, "max_people": 2,
         "hazard": "low", "quality": "摆整齐"}  # fmt: skip


def test_the_form_offers_the_communitys_staff(cast, enter, send):
    staff = accounts.staff_of(cast.xingfu.path)
    assert [words for _key, words in staff.values()] == ["李干事（社区专干）", "郑网格（网格员）", "吴书记（社区书记）"]
    enter("clerk")
    send("/desk/posts/new/form/", {**TYPED, "supervisor": cast.accounts["grid"].code})
    post = Post.objects.get()
    assert post.supervisor_account == cast.accounts["grid"].pk
    assert "郑网格" in enter("clerk").get(f"/desk/posts/{post.code}/").text
    page = enter("clerk").get(f"/desk/posts/{post.code}/change/").text
    assert f'value="{cast.accounts["grid"].code}" selected' in page
    send(f"/desk/posts/{post.code}/change/", {**TYPED, "supervisor": "", "version": 1})
    post.refresh_from_db()
    assert post.supervisor_account is None


def test_somebody_of_another_community_is_refused(cast, enter, send):
    enter("clerk")
    assert send("/desk/posts/new/form/", {**TYPED, "supervisor": cast.accounts["clerk2"].code}).status_code == 422
    assert Post.objects.count() == 0
    with pytest.raises(Refused, match="本社区"):
        scene.post(cast, supervisor_account=cast.accounts["clerk2"].pk)
    post = scene.post(cast)
    with pytest.raises(Refused, match="本社区"):
        posts.change_post(actor=PROGRAM, post=post, version=post.version,
                          changes={"supervisor_account": cast.accounts["member"].pk})


def test_who_left_stays_to_be_seen_until_the_desk_names_another(cast, enter, send):
    post = scene.post(cast, supervisor_account=cast.accounts["grid"].pk)
    for grant in cast.accounts["grid"].grants.all():
        account_services.end_role(actor=PROGRAM, grant=grant)
    page = enter("clerk").get(f"/desk/posts/{post.code}/change/").text
    assert "郑网格（不在本社区了）" in page
    send(f"/desk/posts/{post.code}/change/", {**TYPED, "leader": cast.chen.code, "supervisor": "gone", "version": post.version})
    post.refresh_from_db()
    assert (post.name, post.supervisor_account) == ("图书角", cast.accounts["grid"].pk)


def test_two_who_edit_read_names(cast):
    post = scene.post(cast, supervisor_account=cast.accounts["grid"].pk)
    with pytest.raises(Stale) as stale:
        posts.change_post(actor=PROGRAM, post=post, version=99, changes={"supervisor_account": cast.accounts["clerk"].pk})
    (one,) = stale.value.differences
    assert (one.label, one.mine, one.theirs) == ("确认人", "李干事", "郑网格")


def test_somebody_with_two_roles_is_named_once(cast):
    account_services.give_role(actor=PROGRAM, account=cast.accounts["clerk"], role="grid", path=cast.grid.path)
    account("left", "clerk", cast.xingfu.path, "走了")
    Account.objects.filter(login="left").update(active=False)
    assert next(w for _k, w in accounts.staff_of(cast.xingfu.path).values()) == "李干事（社区专干、网格员）"
    assert len(accounts.staff_of(cast.xingfu.path)) == 3
    assert selectors.supervised(PROGRAM).count() == 0
