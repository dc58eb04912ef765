"""C8 at the desk: taps, the rest, helpers, late additions; patrols tick places; next door sees nothing."""

from __future__ import annotations

import pytest

from baodao.domain.service import services
from baodao.domain.service.models import Booking, ServiceRecord, Shift
from baodao.domain.service.rows import NewBooking
from tests import scene
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db


@pytest.fixture
def roll(cast):
    """A shift that ended an hour ago with three people; its address and their places."""
    shift = scene.ended(scene.post(cast, max_people=4))
    rows = [NewBooking(shift, one, "offer", "", held=True) for one in scene.people(cast, 3)]
    bookings = services.take_many(actor=PROGRAM, bookings=services.book_many(actor=PROGRAM, rows=rows))
    return f"/desk/rolls/{shift.code}/", bookings


def words(response):
    return response.content.decode()


@pytest.mark.parametrize("login", ["clerk", "secretary", "grid"])
def test_taps_then_the_rest(enter, send, roll, login):
    address, (first, _second, _third) = roll
    client = enter(login)
    assert "其余都到（3 人），点完" in words(client.get(address))
    response = send(f"{address}mark/", {"mark": f"{first.code}:leave"})
    assert (response.status_code, response.headers["Location"]) == (303, f"{address}#place-{first.code}")
    assert "其余都到（2 人），点完" in words(client.get(address))
    assert send(f"{address}finish/", {"rest": "1"}).status_code == 303
    marks = Booking.objects.order_by("pk").values_list("attendance", flat=True)
    assert list(marks) == ["leave", "present", "present"]
    assert (ServiceRecord.objects.count(), Shift.objects.get().state) == (2, "done")


def test_next_door_sees_nothing(enter, send, roll):
    address, (first, *_rest) = roll
    client = enter("clerk2")
    assert client.get(address).status_code == 404
    assert send(f"{address}mark/", {"mark": f"{first.code}:present"}).status_code == 404
    assert send(f"{address}finish/", {"rest": "1"}).status_code == 404
    assert Booking.objects.get(pk=first.pk).attendance == "unmarked"


def test_a_wrong_mark_changes_nothing(enter, send, roll):
    address, (first, *_rest) = roll
    enter("clerk")
    assert send(f"{address}mark/", {"mark": f"{first.code}:famous"}).status_code == 422
    assert send(f"{address}mark/", {"mark": "nonsense"}).status_code == 404
    assert Booking.objects.get(pk=first.pk).attendance == "unmarked"


def test_a_helper_and_a_late_one(enter, send, roll, cast):
    address, _bookings = roll
    client = enter("clerk")
    assert send(f"{address}helper/", {"helper-member": cast.chen.code}).status_code == 303
    assert Booking.objects.get(member=cast.chen).attendance == "present"
    extra = scene.people(cast, 1)[0]
    full = send(f"{address}helper/", {"helper-member": extra.code})
    assert full.status_code == 422 and "够了" in words(full)
    send(f"{address}finish/", {"rest": "1"})
    Shift.objects.update(max_people=9)
    late = {"late-member": extra.code, "late-minutes": 250, "late-reason": "名单漏了"}
    assert send(f"{address}late/", {**late, "late-reason": ""}).status_code == 422
    assert send(f"{address}late/", late).status_code == 303
    made = ServiceRecord.objects.get(member=extra)
    assert (made.added_late, made.needs_second) == (True, True)
    assert "补录" in words(client.get(address))


def test_patrols_tick_places(enter, send, cast):
    shift = scene.ended(scene.post(cast, kind="patrol", min_people=2, two_person=True))
    services.book(actor=PROGRAM, shift=shift, member=cast.chen, role="")
    client = enter("clerk")
    page = words(client.get(f"/desk/rolls/{shift.code}/"))
    assert "路灯不亮" in page and "<textarea" not in page
    send(f"/desk/rolls/{shift.code}/finish/", {"rest": "1", "finding": ["lamp_out"]})
    assert ServiceRecord.objects.get().findings == ["lamp_out"]


def test_too_early_says_when(enter, cast):
    shift = scene.shift(scene.post(cast))
    services.book(actor=PROGRAM, shift=shift, member=cast.chen, role="")
    page = words(enter("clerk").get(f"/desk/rolls/{shift.code}/"))
    assert "开始前一小时起可以点名" in page and "其余都到" not in page


def test_a_record_is_mended_until_it_is_confirmed(enter, send, roll, cast):
    address, _bookings = roll
    client = enter("clerk")
    send(f"{address}finish/", {"rest": "1"})
    one = ServiceRecord.objects.first()
    page = f"/desk/records/{one.code}/"
    assert f'href="{page}"' in words(client.get(address))
    assert send(page, {"minutes": 0, "result": "done"}).status_code == 422
    assert send(page, {"minutes": 60, "result": "partly", "words": "换了两个灯泡"}).status_code == 303
    one.refresh_from_db()
    assert (one.minutes, one.result, one.words) == (60, "partly", "换了两个灯泡")
    services.confirm_records(actor=cast.actor("secretary"), records=[one])
    late = send(page, {"minutes": 90, "result": "done"})
    one.refresh_from_db()
    assert (late.status_code, one.minutes) == (422, 60)
    assert "吴书记" in words(client.get(page)) and 'name="minutes"' not in words(client.get(page))
    assert enter("clerk2").get(page).status_code == 404


def test_the_grid_worker_finds_the_rolls(enter, roll):
    address, _bookings = roll
    client = enter("grid")
    page = words(client.get("/desk/rolls/"))
    assert f'href="{address}"' in page
    assert 'href="/desk/rolls/"' in page and 'href="/desk/plan/"' not in page
