"""Dates as residents read them, in each language."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from baodao.web.frame.templatetags.baodao import on_day


@pytest.mark.parametrize(("language", "said"), [
    ("zh-hans", "11月30日（周一）"), ("ug", "11-\u2060ئاينىڭ 30-\u2060كۈنى، دۈشەنبە"),
])  # fmt: skip
def test_a_day_is_said_as_the_language_says_it_and_an_ordinal_never_breaks(language, said):
    with translation.override(language):
        assert on_day(date(2026, 11, 30)) == said
