"""The server died between a deed and the note of where it led: the same form again leads to the page of the first sending."""

from __future__ import annotations

import pytest
from django.urls import reverse

from baodao.domain.audit.models import UsedKey
from baodao.domain.needs.models import Need
from baodao.domain.voices.models import Suggestion
from baodao.web.frame.keys import new_key

pytestmark = pytest.mark.django_db
NEED = {"text": "楼前路灯不亮", "category": "facility", "confirmed": "1"}


def twice(client, address, said):
    """Where the form led, and where it leads once more after the note was lost."""
    said = {"_key": new_key(), **said}
    first = client.post(address, said)
    assert first.status_code == 303, first.content.decode()[:300]
    assert UsedKey.objects.filter(key=said["_key"]).update(led_to="") == 1
    second = client.post(address, said)
    assert second.status_code == 303
    return first.headers["Location"], second.headers["Location"]


def test_a_residents_need(cast, client):
    first, second = twice(client, f"/q/{cast.xingfu.org_code}/need", NEED)
    assert first == second and Need.objects.count() == 1
    assert Need.objects.get().number[:4] in client.get(second).content.decode()


def test_a_suggestion(cast, client):
    first, second = twice(client, reverse("board:suggest"), {"path": cast.xingfu.path, "text": "办事大厅周末也开一会儿"})
    assert first == second == reverse("board:suggestion", args=[Suggestion.objects.get().number])


@pytest.mark.parametrize(("login", "address"), [("clerk", "/desk/needs/new/"), ("grid", "/desk/door/")])
def test_a_need_taken_down(cast, enter, login, address):
    source = "door" if login == "grid" else "phone"
    first, second = twice(enter(login), address, {"text": "楼前路灯不亮", "source": source})
    assert first == second and "slip=" in first and Need.objects.count() == 1


def test_a_new_slip(cast, enter):
    client = enter("clerk")
    client.post("/desk/needs/new/", {"_key": new_key(), "text": "楼前路灯不亮", "source": "phone",
                                    "contact_phone": "13800000001"})
    need = Need.objects.get()
    first, second = twice(client, reverse("desk:reissue", args=[need.code]), {})
    assert first == second
    before = need.secret_hash
    need.refresh_from_db()
    assert need.secret_hash != before  # one new secret, that of the first sending
