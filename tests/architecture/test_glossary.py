"""docs/glossary.md names every table, and names no class that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| ")][1:]
OURS = {
    (model.__name__, model._meta.app_label)
    for model in apps.get_models()
    if model.__module__.startswith("baodao.domain.")
}
NAMED = {
    (name, row[3]) for row in ROWS if "(" not in row[2] for name in re.findall(r"`(\w+)`", row[2])
}


def test_every_table_has_its_word():
    assert sorted(OURS - NAMED) == []


def test_every_class_named_exists():
    assert sorted(NAMED - OURS) == []


def test_no_chinese_term_and_no_class_stands_twice():
    terms = [row[0] for row in ROWS]
    classes = [name for row in ROWS for name in re.findall(r"`(\w+)`", row[2])]
    assert [one for one in terms if terms.count(one) > 1] == []
    assert [one for one in classes if classes.count(one) > 1] == []
