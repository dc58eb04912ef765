"""Suggestions: left without login, answered by a date."""

from __future__ import annotations

from datetime import date

import pytest

from baodao.base.actor import PUBLIC
from baodao.base.verdict import Absent, Refused
from baodao.domain.notices import selectors as notices
from baodao.domain.voices import privacy, selectors, services
from baodao.domain.voices.models import Suggestion
from tests.cast import PROGRAM

pytestmark = pytest.mark.django_db


def test_anybody_leaves_one_and_it_has_a_date(cast):
    made = services.suggest(actor=PUBLIC, path=cast.xingfu.path, text="课程安排在晚上更好")
    assert (made.state, made.due_on, made.account_id) == ("open", date(2026, 12, 8), None)
    assert selectors.by_number(made.number) == made
    assert list(selectors.visible(cast.actor("clerk"))) == [made]
    assert [list(selectors.visible(cast.actor(who))) for who in ("clerk2", "town", "member", "liaison")] == [[], [], [], []]
    with pytest.raises(Absent):
        selectors.get_for(cast.actor("clerk2"), made.code)


@pytest.mark.parametrize("text", ["", "长" * 301, "着火了", "举报我邻居天天赌博"])
def test_what_is_not_taken_is_not_stored(cast, text):
    with pytest.raises(Refused):
        services.suggest(actor=PUBLIC, path=cast.xingfu.path, text=text)
    assert Suggestion.objects.count() == 0


def test_the_answer_is_given_once_by_those_it_is_for(cast):
    made = services.suggest(actor=cast.actor("member"), path=cast.xingfu.path, text="课程安排在晚上更好", signed=True)
    for login in ("clerk2", "town", "member"):
        with pytest.raises(Refused):
            services.answer(actor=cast.actor(login), suggestion=made, words="改")
    with pytest.raises(Refused):
        services.answer(actor=cast.actor("clerk"), suggestion=made, words=" ")
    services.answer(actor=cast.actor("clerk"), suggestion=made, words="12 月起改到晚上八点")
    made.refresh_from_db()
    assert (made.state, made.answer) == ("answered", "12 月起改到晚上八点")
    assert [notice.key for notice in notices.inbox(cast.actor("member"))] == ["suggestion.answered"]
    with pytest.raises(Refused):
        services.answer(actor=cast.actor("clerk"), suggestion=made, words="再改")


def test_the_town_answers_its_own(cast):
    made = services.suggest(actor=PUBLIC, path=cast.town.path, text="通报字再大一点")
    assert list(selectors.visible(cast.actor("town"))) == [made]
    with pytest.raises(Refused):
        services.answer(actor=cast.actor("clerk"), suggestion=made, words="好")
    services.answer(actor=cast.actor("town"), suggestion=made, words="已经加大")
    assert made.state == "answered"


def test_about_a_person_deletes_the_text(cast):
    made = services.suggest(actor=PUBLIC, path=cast.xingfu.path, text="窗口排队太久")
    services.about_person(actor=cast.actor("clerk"), suggestion=made)
    made.refresh_from_db()
    assert (made.state, made.text) == ("about_person", "")


def test_words_go_a_year_after_the_answer(cast):
    made = services.suggest(actor=PUBLIC, path=cast.xingfu.path, text="窗口排队太久")
    services.answer(actor=cast.actor("clerk"), suggestion=made, words="加了一个窗口")
    assert privacy.erase_due(actor=PROGRAM, today=date(2027, 11, 24)) == []
    assert privacy.erase_due(actor=PROGRAM, today=date(2027, 11, 26)) == [("suggestion", made.code)]
    made.refresh_from_db()
    assert (made.text, made.answer, made.state) == ("", "", "answered")
