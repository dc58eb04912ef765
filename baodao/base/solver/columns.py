"""JSON files whose long lists of numbers are read into arrays, piece by piece.

Ten million pairs as Python numbers would take gigabytes. Here the file is mapped, every long flat list of numbers is cut out
and parsed a megabyte at a time, and only what is left is parsed as a whole. A list that is not what its place needs is
handed on as a plain list, so that the reader refuses it by place. Standard library only: the checker reads with it too.
"""

from __future__ import annotations

import json
import mmap
import re
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

#: Lists shorter than this many bytes are left where they are.
LONG = 100_000
_PIECE = 1 << 20
_LIST = re.compile(rb"\[[\s0-9,.eE+-]{%d,}\]" % LONG)
_MARK = "\x00column "

Parse = Callable[[str], Any]


def load(file: BinaryIO, parse: Parse, *, empty: bytes = b"") -> Any:
    """The JSON value of a file; ``pairs``' columns are ``array('q')`` (``hours`` ``array('d')``) where they are long.

    ``parse`` turns text into a value and refuses what it will. Raises ``UnicodeDecodeError`` for what is not UTF-8.
    """
    file.seek(0, 2)
    size = file.tell()
    if not size:
        return parse("")
    with mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) as text:
        found, rest = [], bytearray()
        at = 0
        for number, match in enumerate(_LIST.finditer(text)):
            rest += text[at : match.start()]
            rest += json.dumps(f"{_MARK}{number}").encode()
            at = match.end()
            found.append((match.start(), at))
        rest += text[at:size]
        value = parse(bytes(rest).decode("utf-8-sig"))
        del rest
        used = _filled(value, text, found, parse)
        if used == len(found):
            return value
        return parse(text[:].decode("utf-8-sig"))  # a long list elsewhere: read as it stands


def _filled(value: Any, text: mmap.mmap, found: list[tuple[int, int]], parse: Parse) -> int:
    """Put the columns where their marks stand; how many there were."""
    pairs = value.get("pairs") if isinstance(value, dict) else None
    if not isinstance(pairs, dict):
        return 0
    used = 0
    for name, mark in pairs.items():
        if not (isinstance(mark, str) and mark.startswith(_MARK)):
            continue
        number = mark.removeprefix(_MARK)
        if not number.isdigit() or int(number) >= len(found):
            return 0
        pairs[name] = _column(text, *found[int(number)], "d" if name == "hours" else "q", parse)
        used += 1
    return used


def _column(text: mmap.mmap, start: int, end: int, kind: str, parse: Parse) -> array[Any] | list[Any]:
    """A list between brackets as an array, or as it stands if it holds anything else."""
    column = array(kind)
    try:
        for piece in _pieces(text, start + 1, end - 1):
            if not piece.strip():
                raise ValueError("a comma too many")
            column.extend(parse(f"[{piece}]"))
    except (TypeError, OverflowError, ValueError):  # a fraction, a number too large, no JSON: told by its place in the whole
        whole: list[Any] = parse(text[start:end].decode("ascii"))
        return whole
    return column


def _pieces(text: mmap.mmap, start: int, end: int) -> Iterator[str]:
    """The text between two places, cut at commas."""
    while end - start > _PIECE:
        cut = text.rfind(b",", start, start + _PIECE)
        if cut < 0:
            break
        yield text[start:cut].decode("ascii")
        start = cut + 1
    yield text[start:end].decode("ascii")


def load_path(path: Path, parse: Parse) -> Any:
    """The same of a file by its name; raises ``OSError``."""
    with path.open("rb") as file:
        return load(file, parse)
