"""Every key that some area tells has its sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from baodao.domain.notices.words import SENTENCES, sentence

DOMAIN = Path(__file__).resolve().parents[3] / "baodao" / "domain"
KEY = re.compile(r"[a-z]+(?:_[a-z]+)*\.[a-z_]+")


def keys_in_use() -> set[str]:
    """String constants that look like a key, inside calls whose name says that something is told."""
    found = set()
    for path in DOMAIN.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if "tell" not in name.lower():
                continue
            for part in [*node.args, *(word.value for word in node.keywords)]:
                found |= {
                    leaf.value
                    for leaf in ast.walk(part)
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and KEY.fullmatch(leaf.value)
                }
    return found


def test_every_key_in_use_has_its_sentence():
    used = keys_in_use()
    assert "offer.sent" in used
    assert used - set(SENTENCES) == set()


def test_no_sentence_breaks_when_its_data_are_missing():
    assert [key for key in SENTENCES if "%" in sentence(key, {})] == []


def test_dates_and_words_are_read_out():
    assert sentence("shift.cancelled", {"date": "2026-11-28", "post": "巡逻", "words": "下雨改期。"}) == "11月28日 的 巡逻 取消了。下雨改期。"
    assert sentence("commitment.returned", {"words": "写上时间"}) == "承诺退回来改几个字：写上时间"
