"""A need handed to a member: seen while it is theirs, contact by an audited look, done handed back to the desk."""

from __future__ import annotations

import pytest

from baodao.domain.audit.models import Look
from baodao.domain.needs import services
from baodao.web.frame.keys import new_key
from tests.domain.needs.asked import accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(cast):
    need = accepted(cast, contact_name="王阿姨", contact_phone="13800000001")
    return services.assign(actor=cast.actor("clerk"), need=need, member=cast.chen, words="水电维修岗")


def test_it_stands_on_the_members_week_and_in_the_inbox(enter, handed):
    client = enter("member")
    assert f"/me/needs/{handed.code}/" in client.get("/me/").text
    assert f"{handed.number[:4]} {handed.number[4:]}" in client.get("/me/inbox/").text


def test_the_contact_is_shown_after_a_reason(enter, cast, handed):
    client = enter("member")
    assert "13800000001" not in client.get(f"/me/needs/{handed.code}/").text
    shown = client.post(f"/me/needs/{handed.code}/contact/", {"_key": new_key(), "reason": "约上门时间"})
    assert "138 0000 0001" in shown.text and "王阿姨" in shown.text
    assert list(Look.objects.values_list("account_id", "role", "reason")) == [
        (cast.accounts["member"].pk, "member", "约上门时间")
    ]


def test_done_goes_back_to_the_desk_and_out_of_sight(enter, handed):
    client = enter("member")
    assert client.post(f"/me/needs/{handed.code}/", {"_key": new_key(), "outcome": ""}).status_code == 422
    assert client.post(f"/me/needs/{handed.code}/", {"_key": new_key(), "outcome": "灯换好了"}).status_code == 303
    handed.refresh_from_db()
    assert (handed.state, handed.outcome, handed.told) == ("done", "灯换好了", "")
    assert client.get(f"/me/needs/{handed.code}/").status_code == 404


def test_another_member_finds_nothing(enter, handed):
    client = enter("member2")
    assert client.get(f"/me/needs/{handed.code}/").status_code == 404
    assert client.post(f"/me/needs/{handed.code}/contact/", {"_key": new_key(), "reason": "看"}).status_code == 404
    assert Look.objects.count() == 0
