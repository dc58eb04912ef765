"""C6 at the desk: posts from the catalogue and from a need, opened when complete, claims written down; shifts and batches."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.needs.models import Need
from baodao.domain.posts.models import Claim, Post
from baodao.domain.service import services
from baodao.domain.service.models import Batch, Booking, Shift
from tests import scene
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "夜间平安巡逻", "kind": "patrol", "tier": "important", "min_people": 2, "desired_people": 4, "max_people": 4,
    "two_person": "on", "hazard": "medium", "insurance": "志愿者意外险", "quality": "每次填巡逻记录",
    "day_1": "5", "start_1": "20:30", "end_1": "22:30",
}  # fmt: skip


def words(response):
    return response.content.decode()


def test_from_the_catalogue_to_an_open_post(enter, send, cast):
    client = enter("clerk")
    assert "夜间平安巡逻" in words(client.get("/desk/posts/new/"))
    page = words(client.get("/desk/posts/new/form/?template=night_patrol"))
    assert 'value="20:30"' in page and "坏灯当晚报修" in page
    response = send("/desk/posts/new/form/", TYPED)
    made = Post.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, f"/desk/posts/{made.code}/")
    assert (made.state, made.pattern) == ("draft", [{"day": "5", "start": "20:30", "end": "22:30"}])
    assert "还没有写组长" in words(client.get(f"/desk/posts/{made.code}/"))
    assert send(f"/desk/posts/{made.code}/do/open/").status_code == 422
    changed = send(f"/desk/posts/{made.code}/change/", {**TYPED, "leader": cast.chen.code, "version": 1})
    assert changed.status_code == 303
    assert send(f"/desk/posts/{made.code}/do/open/").status_code == 303
    made.refresh_from_db()
    assert (made.state, made.leader_id) == ("open", cast.chen.pk)
    assert send(f"/desk/posts/{made.code}/change/", {**TYPED, "leader": cast.chen.code, "version": 1}).status_code == 409


def test_a_wrong_form_keeps_what_was_typed(enter, send):
    enter("clerk")
    response = send("/desk/posts/new/form/", {**TYPED, "min_people": 1, "duties": "看路灯"})
    assert response.status_code == 422
    assert "最少要 2 人" in words(response) and "看路灯" in words(response)
    late = send("/desk/posts/new/form/", {**TYPED, "end_1": ""})
    assert late.status_code == 422 and "时间写成 20:30 的样子" in words(late)
    assert Post.objects.count() == 0


def test_from_a_need(enter, send, cast):
    from tests.domain.needs.asked import asked

    need = asked(cast, estate=cast.estate, text="楼道灯坏了三天").need
    enter("clerk")
    response = send(f"/desk/posts/new/form/?need={need.code}", TYPED)
    made = Post.objects.get()
    assert response.status_code == 303
    assert [row.need_id for row in made.from_needs.all()] == [need.pk]
    assert "三天" not in made.duties + made.name
    assert Need.objects.get().state == "registered"
    assert enter("clerk2").get(f"/desk/posts/new/form/?need={need.code}").status_code == 404


def test_next_door_gets_404(enter, send, cast):
    post = scene.post(cast)
    shift = scene.shift(post)
    enter("clerk2")
    for address in (f"/desk/posts/{post.code}/do/pause/", f"/desk/shifts/{shift.code}/do/cancel/",
                    f"/desk/shifts/{shift.code}/book/", f"/desk/posts/{post.code}/claim/"):  # fmt: skip
        assert send(address, {"words": "x"}).status_code == 404, address
    assert (Post.objects.get().state, Shift.objects.get().state) == ("open", "open")


def test_claims_are_written_down_and_settled(enter, send, cast):
    post = scene.post(cast)
    client = enter("clerk")
    assert send(f"/desk/posts/{post.code}/claim/", {"member": "", "asked_how": "phone"}).status_code == 422
    assert send(f"/desk/posts/{post.code}/claim/", {"member": cast.chen.code, "asked_how": "phone"}).status_code == 303
    made = Claim.objects.get()
    assert (made.state, made.asked_how) == ("held", "phone")
    assert "代办" in words(client.get(f"/desk/posts/{post.code}/"))
    assert send(f"/desk/claims/{made.code}/end/", {"asked_how": "phone"}).status_code == 303
    assert Claim.objects.get().state == "ended"


def test_empty_pages_say_what_to_do(enter):
    client = enter("clerk")
    assert "还没有岗位" in words(client.get("/desk/posts/"))
    assert "还没有班次" in words(client.get("/desk/shifts/"))
    assert "还没有开放的岗位" in words(client.get("/desk/batches/"))
    assert "都点过了" in words(client.get("/desk/rolls/"))


@pytest.mark.parametrize("address", ["/desk/posts/", "/desk/shifts/?month=2026-11", "/desk/rolls/"])
def test_lists_cost_the_same_queries(enter, cast, address):
    client = enter("clerk")
    counts = []
    for number in (1, 2):
        for extra in range(number):
            shift = scene.ended(scene.post(cast, f"岗位{number}{extra}"), ago=timedelta(hours=number * 5 + extra))
            services.book(actor=PROGRAM, shift=shift, member=scene.people(cast, 1)[0], role="")
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 40


def test_the_month_is_made_and_shown(enter, send, cast):
    scene.post(cast)
    client = enter("clerk")
    response = send("/desk/shifts/make/", {"month": "2026-12"})
    assert (response.status_code, response.headers["Location"]) == (303, "/desk/shifts/?month=2026-12")
    assert Shift.objects.count() == 4
    page = words(client.get("/desk/shifts/?month=2026-12"))
    assert page.count('class="plan-day"') == 4 and "12-05" in page
    assert send("/desk/shifts/open/", {"month": "2026-12"}).status_code == 303
    assert set(Shift.objects.values_list("state", flat=True)) == {"open"}


def test_a_shift_is_added_changed_cancelled(enter, send, cast):
    post = scene.post(cast)
    enter("clerk")
    typed = {"post": post.code, "day": "2026-12-02", "start": "20:00", "end": "21:30", "leader": ""}
    assert send("/desk/shifts/new/", {**typed, "start": "09:00", "end": "22:00"}).status_code == 422
    assert send("/desk/shifts/new/", typed).status_code == 303
    made = Shift.objects.get()
    assert (made.max_people, made.state) == (3, "planned")
    change = {"day": "2026-12-02", "start": "20:00", "end": "21:00", "min_people": 1, "desired_people": 2,
              "max_people": 5, "tier": "urgent", "leader": "", "version": made.version}  # fmt: skip
    assert send(f"/desk/shifts/{made.code}/change/", change).status_code == 303
    assert send(f"/desk/shifts/{made.code}/change/", change).status_code == 409
    assert send(f"/desk/shifts/{made.code}/do/cancel/", {"words": ""}).status_code == 303
    made.refresh_from_db()
    assert (made.max_people, made.tier, made.state) == (5, "urgent", "cancelled")
    assert send(f"/desk/shifts/{made.code}/do/restore/").status_code == 303
    assert send(f"/desk/shifts/{made.code}/do/nonsense/").status_code == 404


def test_places_on_behalf(enter, send, cast):
    shift = scene.shift(scene.post(cast, desired_people=1, max_people=1))
    client = enter("clerk")
    assert send(f"/desk/shifts/{shift.code}/book/", {"member": cast.chen.code}).status_code == 422
    said = {"member": cast.chen.code, "asked_how": "chain"}
    assert send(f"/desk/shifts/{shift.code}/book/", said).status_code == 303
    page = words(client.get(f"/desk/shifts/{shift.code}/"))
    assert "陈晨" in page and "接龙说的" in page
    other = scene.people(cast, 1)[0]
    full = send(f"/desk/shifts/{shift.code}/book/", {**said, "member": other.code})
    assert full.status_code == 422 and "人已经够了" in words(full)
    made = Booking.objects.get()
    assert send(f"/desk/bookings/{made.code}/free/", {"asked_how": ""}).status_code == 422
    assert send(f"/desk/bookings/{made.code}/free/", {"asked_how": "phone"}).status_code == 303
    assert (Booking.objects.get().state, Shift.objects.get().taken) == ("freed", 0)


def test_a_batch(enter, send, cast):
    post = scene.post(cast, desired_people=6, max_people=12)
    client = enter("clerk")
    typed = {"month": "2026-12", "name": "元旦前清扫", "days": ["2026-12-30", "2026-12-31"], "posts": [post.code],
             "start": "11:00", "end": "12:30", "split": "on"}  # fmt: skip
    assert send("/desk/batches/", {**typed, "end": ""}).status_code == 422
    assert send("/desk/batches/", typed).status_code == 303
    assert (Batch.objects.get().split, Shift.objects.count()) == (True, 2)
    assert "元旦前清扫" in words(client.get("/desk/shifts/?month=2026-12"))


def test_a_paused_post_is_not_offered(enter, send, cast):
    post = scene.post(cast)
    enter("clerk")
    assert send(f"/desk/posts/{post.code}/do/pause/").status_code == 303
    assert Post.objects.get().state == "paused"
