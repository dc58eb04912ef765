"""Tracking: what the code opens, what code and secret open, wrong tries, the asker's deeds."""

from __future__ import annotations

from datetime import datetime

import pytest

from baodao.base.days import clock
from baodao.domain.accounts.models import Failure
from baodao.domain.audit.models import UsedKey
from baodao.domain.needs import numbers, services
from baodao.domain.needs.models import Need
from baodao.web.frame.keys import new_key
from tests.domain.needs.asked import accepted, asked, closed, done

pytestmark = pytest.mark.django_db
WORDS = "楼道灯坏了三天"


def opened(cast, make, **more):
    """A need in some state, with a secret known to the test."""
    need = make(cast, contact_phone="13800000001", **more)
    need.secret_hash = numbers.hash_secret("K7QM2RXA9FHD")
    need.save(update_fields=["secret_hash"])
    return {"code": need.number, "secret": "k7qm-2rxa-9fhd"}, need


def test_the_code_alone_shows_state_kind_and_due_date(client, send, cast):
    need = asked(cast, contact_phone="13800000001", contact_name="王阿姨").need
    for written in (need.number, f"{need.number[:4]} {need.number[4:]}"):
        response = send("/t/", {"code": written})
        assert response.status_code == 200
        assert "已收到" in response.text and "公共设施" in response.text and "11月27日" in response.text
        assert [word for word in (WORDS, "王阿姨", "幸福小区", "幸福社区") if word in response.text] == []
    assert UsedKey.objects.count() == 0
    assert response.cookies == {}


def test_code_and_secret_show_the_words(client, send, cast):
    both, _need = opened(cast, accepted)
    response = send("/t/", both)
    assert response.status_code == 200
    assert WORDS in response.text and "已受理" in response.text
    assert "13800000001" not in response.text


def test_wrong_code_and_wrong_secret_look_the_same(client, send, cast):
    both, need = opened(cast, accepted)
    wrong_secret = send("/t/", {**both, "secret": "AAAA-AAAA-AAAA"})
    other = numbers.new_number()
    wrong_code = send("/t/", {**both, "code": other})

    def plain(response):
        text = response.text.replace(need.number, "N").replace(other, "N")
        return [line for line in text.splitlines() if "_key" not in line], response.status_code

    assert plain(wrong_secret) == plain(wrong_code)
    assert wrong_secret.status_code == 422
    assert sorted(Failure.objects.values_list("kind", "subject")) == sorted([("secret", need.number), ("secret", other)])
    assert UsedKey.objects.count() == 0


def test_ten_wrong_secrets_close_the_code_for_an_hour(client, send, cast):
    both, _need = opened(cast, accepted)
    for _ in range(10):
        assert send("/t/", {**both, "secret": "AAAA-AAAA-AAAA"}).status_code == 422
    shut = send("/t/", both)
    assert shut.status_code == 429 and "0997-5550100" in shut.text and WORDS not in shut.text
    with clock.freeze(datetime(2026, 11, 24, 13, 1)):
        assert send("/t/", both).status_code == 200


def test_thirty_wrong_tries_hold_the_prefix_back(client, send, cast):
    need = asked(cast).need
    for n in range(30):
        assert send("/t/", {"code": f"{n:07d}{numbers.check_digit(f'{n:07d}')}"}).status_code in {422, 200}
    assert send("/t/", {"code": need.number}).status_code == 429
    with clock.freeze(datetime(2026, 11, 24, 12, 11)):
        assert send("/t/", {"code": need.number}).status_code == 200


def test_look_ups_use_up_no_key(client, cast):
    both, _need = opened(cast, accepted)
    key = new_key()
    for secret in ("AAAA-AAAA-AAAA", "", both["secret"], both["secret"]):
        response = client.post("/t/", {**both, "secret": secret, "_key": key})
    assert (response.status_code, WORDS in response.text) == (200, True)


@pytest.mark.parametrize(
    ("make", "deed", "more", "state", "step"),
    [
        (accepted, "add", {"words": "是二单元"}, "accepted", "added"),
        (accepted, "hurry", {}, "accepted", "hurried"),
        (accepted, "withdraw", {}, "withdrawn", "withdrawn"),
        (done, "rate", {"grade": "good"}, "done", "rated"),
        (closed, "not_solved", {"words": "晚上又不亮"}, "assigned", "reopened"),
        (accepted, "delete_contact", {}, "accepted", "contact_deleted"),
    ],
)
def test_the_askers_deeds(client, send, cast, make, deed, more, state, step):
    if make is closed:
        need = done(cast, contact_phone="13800000001")
        services.tell(actor=cast.actor("clerk"), need=need, told="phone")
        need.secret_hash = numbers.hash_secret("K7QM2RXA9FHD")
        need.save(update_fields=["secret_hash"])
        both = {"code": need.number, "secret": "K7QM2RXA9FHD"}
    else:
        both, need = opened(cast, make)
    response = send("/t/", {**both, "deed": deed, **more})
    assert response.status_code == 200
    need.refresh_from_db()
    assert (need.state, need.events.order_by("-pk").first().kind) == (state, step)


def test_a_deed_by_the_pages_ticket(client, send, cast):
    both, need = opened(cast, accepted)
    ticket = send("/t/", both).context["ticket"]
    assert send("/t/", {"code": both["code"], "ticket": ticket, "deed": "hurry"}).status_code == 200
    assert need.events.filter(kind="hurried").count() == 1
    other = asked(cast).need
    assert WORDS not in send("/t/", {"code": other.number, "ticket": ticket, "deed": "hurry"}).text
    assert other.events.filter(kind="hurried").count() == 0


def test_the_code_alone_does_nothing(client, send, cast):
    _both, need = opened(cast, accepted)
    send("/t/", {"code": need.number, "deed": "withdraw"})
    send("/t/", {"code": need.number, "secret": "AAAA-AAAA-AAAA", "deed": "withdraw"})
    need.refresh_from_db()
    assert need.state == "accepted"


def test_a_refused_deed_says_why_and_keeps_the_words(client, send, cast):
    both, need = opened(cast, accepted)
    response = send("/t/", {**both, "deed": "add", "words": "着火了"})
    assert response.status_code == 422
    assert "119" in response.text and "着火了" in response.text
    assert need.events.filter(kind="added").count() == 0


def test_the_same_deed_twice_is_done_once(client, cast):
    both, need = opened(cast, accepted)
    key = new_key()
    for _ in range(2):
        response = client.post("/t/", {**both, "deed": "add", "words": "是二单元", "_key": key})
    assert (response.status_code, response.headers["Location"]) == (303, "/t/")
    assert need.events.filter(kind="added").count() == 1


def test_the_asker_sees_who_looked_at_the_contact(client, send, cast):
    both, need = opened(cast, accepted)
    services.show_contact(actor=cast.actor("clerk"), need=need, reason="约上门时间")
    assert "约上门时间" in send("/t/", both).text


def test_the_page_needs_no_javascript_and_its_script_reads_the_address(client, cast):
    page = client.get("/t/")
    assert '<input class="form-control big-input" type="text" id="id_code" name="code"' in page.text
    assert "js/track.js" in page.text
    assert Need.objects.count() == 0
