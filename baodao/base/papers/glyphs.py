"""Which characters our printing fonts can draw: a name with a rarer one is reported, never silently lost.

The ``cmap`` tables of the fonts are read directly (formats 4 and 12 of OpenType), once a process.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pylopdf_fonts_ar
import pylopdf_fonts_zh_cn

#: Printed where a character has no glyph (the mark typesetters use for a missing sort).
GETA = "〓"
_ALWAYS = frozenset("\n\r\t\u2028\u200b\u200c\u200d")


def font_files() -> list[Path]:
    """The files of the fonts that papers are set in: sans, serif, and the two for Uyghur."""
    return [
        Path(pylopdf_fonts_zh_cn.sans_path()),
        Path(pylopdf_fonts_zh_cn.serif_path()),
        Path(pylopdf_fonts_ar.sans_path()),
        Path(pylopdf_fonts_ar.serif_path()),
    ]


@cache
def covered() -> frozenset[int]:
    """The code points that at least one of the fonts can draw."""
    return frozenset(point for path in font_files() for point in _points(path.read_bytes()))


def _points(raw: bytes) -> Iterator[int]:
    tables = struct.unpack_from(">H", raw, 4)[0]
    for index in range(tables):
        tag, _check, offset, _length = struct.unpack_from(">4sIII", raw, 12 + 16 * index)
        if tag == b"cmap":
            yield from _cmap(raw, offset)


def _cmap(raw: bytes, start: int) -> Iterator[int]:
    for index in range(struct.unpack_from(">H", raw, start + 2)[0]):
        offset = start + struct.unpack_from(">I", raw, start + 8 + 8 * index)[0]
        kind = struct.unpack_from(">H", raw, offset)[0]
        if kind == 12:
            for group in range(struct.unpack_from(">I", raw, offset + 12)[0]):
                first, last, _glyph = struct.unpack_from(">III", raw, offset + 16 + 12 * group)
                yield from range(first, last + 1)
        elif kind == 4:
            doubled = struct.unpack_from(">H", raw, offset + 6)[0]
            for place in range(0, doubled, 2):
                last = struct.unpack_from(">H", raw, offset + 14 + place)[0]
                first = struct.unpack_from(">H", raw, offset + 16 + doubled + place)[0]
                yield from range(first, min(last, 0xFFFE) + 1)


def lacking(text: str) -> list[str]:
    """The characters of a text that no font can draw, each once, in order."""
    known = covered()
    return list(dict.fromkeys(c for c in text if ord(c) not in known and c not in _ALWAYS))


def warning(character: str) -> str:
    """What a person is told about one of them."""
    return f"字体缺字“{character}”（U+{ord(character):04X}），纸上印成{GETA}，用笔补上"
