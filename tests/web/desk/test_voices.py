"""Suggestions are answered by the desk they came to."""

from __future__ import annotations

import pytest

from baodao.base.actor import PUBLIC
from baodao.domain.voices import services as voices
from baodao.web.frame.keys import new_key

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_answered(enter, cast):
    made = voices.suggest(actor=PUBLIC, path=cast.xingfu.path, text="窗口排队太久")
    client = enter("secretary")
    assert "窗口排队太久" in client.get("/desk/suggestions/").text
    url = f"/desk/suggestions/{made.code}/"
    assert client.post(url, {"_key": new_key(), "words": ""}).status_code == 422
    assert client.post(url, {"_key": new_key(), "words": "加了一个窗口"}).status_code == 303
    made.refresh_from_db()
    assert (made.state, made.answer) == ("answered", "加了一个窗口")
    assert "加了一个窗口" in client.get(url).text


def test_a_suggestion_about_a_person_is_deleted(enter, cast):
    made = voices.suggest(actor=PUBLIC, path=cast.xingfu.path, text="窗口排队太久")
    enter("clerk").post(f"/desk/suggestions/{made.code}/", {"_key": new_key(), "about_person": "1"})
    made.refresh_from_db()
    assert (made.state, made.text) == ("about_person", "")


def test_next_door_does_not_see_it(enter, cast):
    made = voices.suggest(actor=PUBLIC, path=cast.xingfu.path, text="窗口排队太久")
    client = enter("clerk2")
    assert "窗口排队太久" not in client.get("/desk/suggestions/").text
    assert client.get(f"/desk/suggestions/{made.code}/").status_code == 404
    assert "还没有人提意见" in client.get("/desk/suggestions/").text
