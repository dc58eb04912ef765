"""The catalogues: what is compiled is what is written, nothing is guessed, the orthography of Uyghur holds."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

LOCALE = Path(__file__).resolve().parents[3] / "baodao" / "locale"


def catalogue(lang: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / lang / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("lang", ["ug", "en"])
def test_the_compiled_file_says_what_the_catalogue_says(lang):
    compiled = polib.mofile(str(LOCALE / lang / "LC_MESSAGES" / "django.mo"))
    written = {(e.msgctxt, e.msgid): e.msgstr for e in catalogue(lang).translated_entries() if not e.msgid_plural}
    assert {(e.msgctxt, e.msgid): e.msgstr for e in compiled if not e.msgid_plural} == written


@pytest.mark.parametrize("lang", ["ug", "en"])
def test_nothing_is_guessed(lang):
    assert [e.msgid for e in catalogue(lang) if e.fuzzy or e.obsolete] == []


@pytest.mark.parametrize("lang", ["ug", "en"])
def test_every_placeholder_is_kept(lang):
    names = re.compile(r"%\((\w+)\)")
    wrong = []
    for entry in catalogue(lang).translated_entries():
        said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        wrong += [entry.msgid for words in said if set(names.findall(entry.msgid)) != set(names.findall(words))]
    assert wrong == []


def test_uyghur_is_written_with_its_own_letters():
    """h is U+06BE, never U+0647; ä is U+06D5; k is U+0643; no Arabic tatweel."""
    wrong = [e.msgid for e in catalogue("ug").translated_entries() if set(e.msgstr) & {"\u0647", "\u0640", "\u06a9"}]
    assert wrong == []
