"""PDF and PNG by typst: a template of ours and plain data in, bytes out.

What a user typed reaches typst only as JSON data, never as source. No system font is used, so that a paper looks the
same everywhere; a character that our fonts lack is printed as 〓, named at the foot and by ``missing``.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from baodao.base.papers import glyphs

ROOT = Path(__file__).resolve().parents[2]
_lock = threading.Lock()
_noted: ContextVar[list[str] | None] = ContextVar("baodao_papers_noted", default=None)


@cache
def _fonts() -> Any:
    folders = dict.fromkeys(path.parent for path in glyphs.font_files())  # typst wants folders, not files
    return typst.Fonts(font_paths=[str(folder) for folder in folders], include_system_fonts=False)


@cache
def _compiler(template: Path) -> Any:
    return typst.Compiler(str(template), root=str(ROOT), font_paths=_fonts())


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Set ``data`` in a template of this program and give the PDF's bytes (tagged, fonts embedded)."""
    return bytes(_compile(template, data, format="pdf"))


def png(template: Path, data: Mapping[str, Any], *, ppi: int = 96) -> list[bytes]:
    """The same pages as pictures, one a page, at so many pixels an inch."""
    found = _compile(template, data, format="png", ppi=float(ppi))
    return [bytes(page) for page in found] if isinstance(found, list) else [bytes(found)]


def missing(data: Any) -> list[str]:
    """One warning for each character of the data that the fonts lack; empty when everything can be printed."""
    return [glyphs.warning(character) for character in glyphs.lacking("".join(_texts(data)))]


@contextmanager
def noting() -> Iterator[list[str]]:
    """Inside the block, whatever is printed adds its warnings to the list that is given."""
    found: list[str] = []
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


def _compile(template: Path, data: Mapping[str, Any], **options: Any) -> Any:
    lacks = glyphs.lacking("".join(_texts(data)))
    listening = _noted.get()
    if listening is not None:
        listening += [glyphs.warning(character) for character in lacks]
    ready = dict(_printable(data, frozenset(lacks)))
    ready["missing"] = [f"U+{ord(character):04X}" for character in lacks]
    with _lock:  # one compiler a template, used by one thread at a time
        return _compiler(template).compile(sys_inputs={"data": json.dumps(ready, default=_plain)}, **options)


def _texts(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, Mapping):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list | tuple):
        return [text for value in data for text in _texts(value)]
    return []


def _printable(data: Any, lacks: frozenset[str]) -> Any:
    if isinstance(data, str):
        return "".join(glyphs.GETA if c in lacks else c for c in data) if lacks else data
    if isinstance(data, Mapping):
        return {key: _printable(value, lacks) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(value, lacks) for value in data]
    return data


def _plain(value: Any) -> str:
    """Dates as offices write them; everything else that is no JSON by its own words."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)
