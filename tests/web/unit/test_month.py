"""The unit's month: two presses, accepted names alone, 那天值班 frees neutrally, receipts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.domain.documents import services as documents
from baodao.domain.documents.models import Delivery
from baodao.domain.matching import services
from baodao.domain.matching.extract import extract
from baodao.domain.matching.models import Offer, UnitMonth
from baodao.domain.members.models import BlockedDay, Employment
from baodao.domain.notices.models import Notice
from baodao.domain.service.models import Booking, Shift
from tests.cast import PROGRAM
from tests.domain.matching.small_town import MONTH, SATURDAY, SmallTown

HOME = f"/unit/?month={MONTH}"


@pytest.fixture
def town(cast):
    """甲一 accepted, 乙二 was asked and is silent, 丙三 refused, 丁四 of another unit accepted."""
    small = SmallTown(cast)
    for name, unit in (("甲一", "unit"), ("乙二", "unit"), ("丙三", "unit"), ("丁四", "unit2")):
        small.person(name, unit=unit)
    shift = small.shift(small.post("巡逻", desired_people=5, max_people=5, place="北门"), SATURDAY, state="open", key="sat")
    small.offers = {
        name: services.offer_place(actor=PROGRAM, shift=shift, member=member) for name, member in small.people.items()
    }
    services.answer(actor=PROGRAM, offer=small.offers["甲一"], accept=True)
    services.answer(actor=PROGRAM, offer=small.offers["丁四"], accept=True)
    services.answer(actor=PROGRAM, offer=small.offers["丙三"], accept=False, reason="far")
    return small


def papers(cast, count):
    """So many papers on their way to the unit, of as many months; the deliveries in order."""
    for number in range(1, count + 1):
        paper = documents.reserve(actor=PROGRAM, town=cast.town.path, kind="bulletin", month=f"2026-{number:02}", title=f"{number}月通报")
        documents.seal(actor=PROGRAM, document=paper, copies={"docx": b"word"})
        documents.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path])
    return list(Delivery.objects.filter(path=cast.unit.path).order_by("pk"))


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_only_accepted_names_of_the_own_unit_reach_it(enter, town):
    found = extract(town.cast.unit.path, MONTH)
    assert [(line.name, line.post, line.place) for line in found.lines] == [("甲一", "巡逻", "北门")]
    assert [(line.post, line.free) for line in found.open] == [("巡逻", 2)]
    client = enter("liaison")
    for url in (HOME, f"/unit/extract/?month={MONTH}"):
        page = words(client.get(url))
        assert "甲一" in page
        assert "乙二" not in page and "丙三" not in page and "丁四" not in page
    file = client.get(f"/unit/extract/{MONTH}.docx")
    assert file.status_code == 200 and file.content[:2] == b"PK"


def test_two_presses(enter, send, town):
    client = enter("liaison")
    page = words(client.get(HOME))
    assert "12 月要办两件事" in page and "名单对不对？4 人" in page and "12 月安排，1 人次" in page
    assert send("/unit/list/", {"month": MONTH}).status_code == 303
    assert "12 月要办一件事" in words(client.get(HOME))
    assert send("/unit/plan/received/", {"month": MONTH}).status_code == 303
    page = words(client.get(HOME))
    assert "12 月已办完" in page and "名单已确认，4 人" in page and "看到 1 人次 · 赵联络" in page
    row = UnitMonth.objects.get()
    assert (row.list_count, row.plan_count, row.list_by) == (4, 1, town.cast.actor("liaison").account_id)


def test_the_papers_to_sign_for_are_counted_in_what_is_to_be_done(enter, send, town):
    sent = papers(town.cast, 7)
    client = enter("liaison")
    page = words(client.get(HOME))
    assert "要办 9 件事" in page and "12 月的两件，签收 7 件文" in page and "就好" not in page
    assert "收到 7 件文，看了签收" in page and "另有 5 件，打开看" in page and "7 件等着签收" in page
    send("/unit/list/", {"month": MONTH})
    assert "要办 8 件事" in words(client.get(HOME))
    send("/unit/plan/received/", {"month": MONTH})
    page = words(client.get(HOME))
    assert "还有 7 件文要签收" in page and "12 月已办完，下次" in page
    for one in sent[:6]:
        documents.receive(actor=town.cast.actor("liaison"), delivery=one)
    assert "还有 1 件文要签收" in words(client.get(HOME))
    documents.receive(actor=town.cast.actor("liaison"), delivery=sent[6])
    page = words(client.get(HOME))
    assert "件文" not in page and "12 月已办完 下次" in page and "都签收了" in page


def test_each_press_is_taken_back(enter, send, town):
    client = enter("liaison")
    send("/unit/list/", {"month": MONTH})
    send("/unit/plan/received/", {"month": MONTH})
    send("/unit/list/", {"month": MONTH, "confirmed": "0"})
    send("/unit/plan/received/", {"month": MONTH, "received": "0"})
    row = UnitMonth.objects.get()
    assert (row.list_at, row.plan_at) == (None, None)
    assert "12 月要办两件事" in words(client.get(HOME))


def test_an_empty_month(enter, send, cast):
    client = enter("liaison")
    page = words(client.get(HOME))
    assert "12 月安排，还没有人接受" in page and "知道了" not in page and "12 月要办一件事" in page
    answer = send("/unit/plan/received/", {"month": MONTH})
    assert answer.status_code == 422 and UnitMonth.objects.count() == 0
    send("/unit/list/", {"month": MONTH})
    assert "12 月名单确认了" in words(client.get(HOME))


def test_what_was_seen_is_kept_and_later_names_open_it_again(enter, send, town):
    client = enter("liaison")
    send("/unit/plan/received/", {"month": MONTH})
    seen = Booking.objects.get(member__name="甲一", state="taken")
    assert UnitMonth.objects.get().plan_seen == [seen.code]
    services.answer(actor=PROGRAM, offer=town.offers["乙二"], accept=True)
    page = words(client.get(HOME))
    assert "看过以后又多了 1 人次" in page and "赵联络" in page and "看过 1 人次" in page
    assert "乙二" in page and "知道了，多 1 人次，共 2 人次" in page and "12 月安排看过了" not in page
    send("/unit/plan/received/", {"month": MONTH})
    page = words(client.get(HOME))
    assert "12 月安排看过了" in page and "看到 2 人次" in page
    send(f"/unit/duty/{seen.code}/")
    page = words(client.get(HOME))
    assert "12 月安排看过了" in page and "后来少了 1 人次" in page


def test_on_duty_frees_the_place_neutrally(enter, send, town):
    enter("liaison")
    booking = Booking.objects.get(member__name="甲一")
    answer = send(f"/unit/duty/{booking.code}/")
    assert (answer.status_code, answer.headers["Location"]) == (303, HOME)
    booking.refresh_from_db()
    assert (booking.state, booking.freed_by) == ("freed", "duty")
    assert Offer.objects.get(member__name="甲一").state == "freed"
    assert Shift.objects.get().taken == 2
    block = BlockedDay.objects.get()
    assert (block.member.name, block.first, block.last, block.by_unit) == ("甲一", SATURDAY, SATURDAY, True)
    told = Notice.objects.filter(key="booking.freed")
    assert sorted((n.member_id is not None, n.path) for n in told)[0] == (False, town.cast.xingfu.path)
    assert told.count() == 2


def test_the_unit_never_accepts_for_anybody(enter, send, town):
    enter("liaison")
    silent = Booking.objects.get(member__name="乙二")
    other = Booking.objects.get(member__name="丁四")
    assert send(f"/unit/duty/{silent.code}/").status_code == 404
    assert send(f"/unit/duty/{other.code}/").status_code == 404
    for offer in town.offers.values():
        assert send(f"/desk/offers/{offer.code}/answer/", {"answer": "yes", "asked_how": "phone"}).status_code == 403
        assert send(f"/me/offers/{offer.code}/", {"answer": "yes"}).status_code in (403, 404)
    assert Booking.objects.get(pk=silent.pk).state == "held"


def test_what_began_is_marked_in_the_roll(enter, send, town):
    from baodao.base.days import clock

    booking = Booking.objects.get(member__name="甲一")
    enter("liaison")
    with clock.freeze(booking.shift.start_at + timedelta(minutes=1)):
        answer = send(f"/unit/duty/{booking.code}/")
    assert answer.status_code == 422
    assert Booking.objects.get(pk=booking.pk).state == "taken"


def test_the_list_shows_who_came(enter, town):
    Employment.objects.filter(member__name="乙二").update(since="2026-11-02")
    client = enter("liaison")
    assert "新来 1 人" in words(client.get(HOME))
    page = words(client.get("/unit/members/"))
    assert "名单 4 人" in page and "乙二 新来" in page and "丁四" not in page


def test_days_on_duty(enter, send, town):
    client = enter("liaison")
    member = town.people["乙二"]
    url = f"/unit/members/{member.code}/blocked/"
    assert "乙二 哪几天值班" in words(client.get(url))
    assert send(url, {"first": ""}).status_code == 422
    assert send(url, {"first": "2026-12-10", "last": "2026-12-12"}).status_code == 303
    assert [(b.first.day, b.last.day, b.by_unit) for b in BlockedDay.objects.all()] == [(10, 12, True)]
    assert send(f"/unit/members/{town.people['丁四'].code}/blocked/", {"first": "2026-12-10"}).status_code == 404


def test_papers_and_receipts(enter, send, cast):
    client = enter("liaison")
    assert "还没有收到文件" in words(client.get("/unit/papers/"))
    for kind, title in (("plan", "12月计划"), ("bulletin", "10月通报")):
        paper = documents.reserve(actor=PROGRAM, town=cast.town.path, kind=kind, month=MONTH, title=title)
        documents.seal(actor=PROGRAM, document=paper, copies={"docx": b"word", "public.pdf": b"pdf"})
        documents.deliver_many(actor=PROGRAM, document=paper, paths=[cast.unit.path, cast.unit2.path])
    page = words(client.get("/unit/papers/"))
    assert "12月计划" in page and "10月通报" in page and page.count("签收") == 2
    mine = Delivery.objects.get(path=cast.unit.path, document__title="10月通报")
    assert client.get(f"/unit/papers/{mine.code}/docx/").content == b"word"
    assert client.get(f"/unit/papers/{mine.code}/public.pdf/").status_code == 404
    assert send(f"/unit/papers/{mine.code}/received/").status_code == 303
    home = words(client.get(HOME))
    assert "收到 1 件文，看了签收" in home and "12月计划" in home
    plan = Delivery.objects.get(path=cast.unit.path, document__title="12月计划")
    send(f"/unit/papers/{plan.code}/received/")
    plan.refresh_from_db()
    assert plan.received_by == cast.accounts["liaison"].pk
    assert Delivery.objects.filter(path=cast.unit2.path, received_at=None).count() == 2
    other = Delivery.objects.filter(path=cast.unit2.path).first()
    assert send(f"/unit/papers/{other.code}/received/").status_code == 404


def test_reading_the_extract_signs_for_the_plan(enter, send, town):
    paper = documents.reserve(actor=PROGRAM, town=town.cast.town.path, kind="plan", month=MONTH, title="12月计划")
    documents.seal(actor=PROGRAM, document=paper, copies={"docx": b"word"})
    documents.deliver_many(actor=PROGRAM, document=paper, paths=[town.cast.unit.path, town.cast.unit2.path])
    told = Notice.objects.get(key="plan.delivered")
    assert (told.account_id, told.subject_code) == (town.cast.accounts["liaison"].pk, paper.code)
    enter("liaison")
    send("/unit/plan/received/", {"month": MONTH})
    assert [d.path for d in Delivery.objects.exclude(received_at=None)] == [town.cast.unit.path]


def test_one_or_many_take_the_same_number_of_queries(enter, town):
    client = enter("liaison")

    def count(url):
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    urls = (HOME, f"/unit/extract/?month={MONTH}", f"/unit/members/?month={MONTH}")
    before = [count(url) for url in urls]
    for number in range(2):
        member = town.person(f"人{number}", unit="unit")
        shift = town.shift(town.posts["巡逻"], SATURDAY + timedelta(weeks=number + 1), state="open")
        services.answer(actor=PROGRAM, offer=services.offer_place(actor=PROGRAM, shift=shift, member=member), accept=True)
    assert [count(url) for url in urls] == before
    assert max(before) <= 30


def test_a_printed_page_says_whose_it_is_and_when(enter, cast):
    page = enter("liaison").get("/unit/members/").text
    assert '<p class="print-line">县水利局' in page and "打印人 赵联络" in page
