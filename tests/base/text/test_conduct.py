"""Reports on another person's conduct are recognised; own matters and public places are not."""

import time
from pathlib import Path

import pytest

from baodao.base.text.free import about_person


def corpus(name):
    """Sentences of one kind, one a line."""
    return (Path(__file__).parent / "corpus" / f"{name}.txt").read_text(encoding="utf-8").splitlines()


REPORTS = corpus("reports")

OWN = corpus("own_matters")


@pytest.mark.parametrize("text", REPORTS)
def test_a_report_on_a_person_is_recognised(text):
    found = about_person(text)
    assert found is not None
    assert found.words
    assert "不收说别人怎么样的内容" in found.message


@pytest.mark.parametrize("text", OWN)
def test_an_own_matter_or_a_public_place_is_not(text):
    assert about_person(text) is None


def test_the_corpus_is_large_enough():
    assert len(REPORTS) >= 40
    assert len(OWN) >= 40


@pytest.mark.parametrize("piece", ["家里", "她和", "楼上", "张", "举报", "的", "3栋", "总是", "楼上的家那"])
def test_no_text_makes_the_search_slow(piece):
    begun = time.process_time()
    about_person((piece * 300)[:300])
    assert time.process_time() - begun < 0.5
