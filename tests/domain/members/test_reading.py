"""Words of ledgers and forms as codes."""

from __future__ import annotations

import pytest

from baodao.base.days.service_days import SLOTS
from baodao.domain.members import reading, skills
from baodao.domain.posts.states import PostKind


@pytest.mark.parametrize(("words", "pairs", "lost"), [
    ("电工", [("electric", "can")], []),
    ("电工（持证）、会唱歌", [("electric", "certified"), ("music", "can")], []),
    ("法律咨询；书法，打印机", [("law", "can"), ("handwriting", "can")], ["打印机"]),
    ("精通计算机", [("it", "skilled")], []),
    ("无", [], []), ("", [], []), ("变魔术", [], ["变魔术"]),
    ("电工、水电（持证）", [("electric", "certified")], []),
])
def test_specialities(words, pairs, lost):
    assert skills.read(words) == (pairs, lost)


def test_every_word_of_the_tree_leads_to_its_own_leaf():
    wrong = {word: skills.find(word) for leaves in skills.TREE.values() for code, words in leaves.items() for word in words
             if skills.find(word) != code}
    assert wrong == {}
    assert all(skills.find(code) == code and skills.label(code) == skills.LABELS[code] for code in skills.LABELS)


@pytest.mark.parametrize(("words", "short"), [
    ("周末", "周末"), ("工作日晚上、周六上午", "工作日晚、周六上午"), ("随时", "随时"), ("不限", "随时"), ("看情况", ""), ("无", ""),
    ("工作日上午、工作日晚上、周日下午", "工作日、周日下午"),
])
def test_times(words, short):
    slots, lost = reading.read_slots(words)
    assert reading.slots_short(slots) == short
    assert set(slots) <= set(SLOTS)
    assert lost == ("看情况" if words == "看情况" else "")


def test_wishes_are_kinds_of_post():
    assert list(reading.WISHES) == [str(kind) for kind in PostKind]
    assert [words[0] for words in reading.WISHES.values()] == [str(kind.label) for kind in PostKind]
    assert reading.read_wishes("治安巡逻、政策宣传/种树") == (["patrol", "policy"], ["种树"])


def test_languages_and_kinds():
    assert reading.read_languages("汉语、维语，英语") == (["zh", "ug", "en"], [])
    assert [reading.read_kind(text) for text in ("", "在职", "社区", "社区党员", "在职党员")] == [
        "in_service", "in_service", "community", "community", "in_service"]
