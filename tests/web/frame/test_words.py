"""Dates and titles as residents read them, in each language."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from baodao.web.frame.templatetags.baodao import headline, on_day


@pytest.mark.parametrize(("language", "said"), [
    ("zh-hans", "11月30日（周一）"), ("ug", "11-\u2060ئاينىڭ 30-\u2060كۈنى، دۈشەنبە"),
])  # fmt: skip
def test_a_day_is_said_as_the_language_says_it_and_an_ordinal_never_breaks(language, said):
    with translation.override(language):
        assert on_day(date(2026, 11, 30)) == said


@pytest.mark.parametrize(("text", "title"), [
    ("楼道灯坏了", "楼道灯坏了"),
    ("三" * 24, "三" * 24),
    ("三" * 25, "三" * 24 + "…"),
    ("ئۈچىنچى بىنانىڭ ئىككىنچى كىرىش ئېغىزى", "ئۈچىنچى بىنانىڭ ئىككىنچى كىرىش ئېغىزى"),
    ("The lamp of the second entrance of building three is out", "The lamp of the second entrance of building…"),
    ("x" * 60, "x" * 48 + "…"),
    ("三号楼 lamp " + "灯" * 30, "三号楼 lamp " + "灯" * 18 + "…"),
    ("", ""),
])  # fmt: skip
def test_a_title_is_as_long_in_letters_as_in_signs_and_ends_with_a_word(text, title):
    assert headline(text, 24) == title
