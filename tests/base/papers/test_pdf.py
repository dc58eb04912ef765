"""typst: user's text is data, rare characters are named, the same data gives the same paper."""

from pathlib import Path

import pytest

from baodao.base.papers import glyphs, pdf
from tests import pictures

SOURCE = """#import "/base/papers/typst/paper.typ": *
#let d = data()
#show: page-of
#d.words
#for row in d.rows { parbreak(); row }
#missing-note(d)
"""


@pytest.fixture
def template():
    """A template beside ours, because typst reads nothing outside the program."""
    path = Path(pdf.ROOT) / "base" / "papers" / "typst" / "_test.typ"
    path.write_text(SOURCE, encoding="utf-8")
    yield path
    path.unlink()


@pytest.mark.parametrize("words", ["#let x = 1", "$x^2$", "<b>&amp;", "*bold* _it_ `raw`", "@ref", '"]#panic("no")', "\\u{41}"])
def test_what_a_user_typed_is_printed_as_typed(template, words):
    printed = pictures.text(pdf.pdf(template, {"words": words, "rows": []}))
    assert printed == "".join(words.split())


def test_a_rare_character_is_marked_and_named_not_lost(template):
    printed = pictures.text(pdf.pdf(template, {"words": "王𪚥", "rows": [{"deep": "x"}["deep"]]}))
    assert printed.startswith("王〓")
    assert "U+2A6A5" in printed
    assert pdf.missing({"rows": [{"name": "王𪚥𠮷𪚥"}]}) == [
        "字体缺字“𪚥”（U+2A6A5），纸上印成〓，用笔补上",
        "字体缺字“𠮷”（U+20BB7），纸上印成〓，用笔补上",
    ]


def test_names_of_all_customs_can_be_printed():
    words = "艾尔肯·阿不都热依木江 欧阳文斌 Ёлкин ئۇيغۇرچە ې ۇ ۆ ۈ ڭ ە 〔2026〕 —— “” 0997-5550100"
    assert glyphs.lacking(words) == []


def test_every_standard_character_can_be_printed():
    from importlib.resources import files

    table = files("baodao.base.text").joinpath("data", "stroke_rank_8105.txt").read_text(encoding="utf-8").strip()
    assert glyphs.lacking(table) == []


def test_a_picture_a_page(template):
    found = pdf.png(template, {"words": "一", "rows": ["行"] * 120})
    assert len(found) > 1
    assert {page[:8] for page in found} == {b"\x89PNG\r\n\x1a\n"}


def test_the_second_paper_is_quick(template):
    from time import process_time

    pdf.pdf(template, {"words": "先", "rows": []})
    start = process_time()
    pdf.pdf(template, {"words": "后", "rows": []})
    assert process_time() - start < 1
