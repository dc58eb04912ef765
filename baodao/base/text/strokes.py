"""Order of names by strokes, as official lists print it (按姓氏笔画为序, GF 3003-1999).

``data/stroke_rank_8105.txt`` holds the 8,105 characters of 通用规范汉字表 in this order, made from
Unicode's Unihan (kTGH, kTotalStrokes) and stroke sequences under the MIT licence.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

from baodao.base.text.names import DOT, is_han, surname

Convention = Literal["surname", "name"]

#: Characters of a name that are ordered; longer names are told apart by what comes after the key.
SLOTS = 16
#: Length of a key, for the column that keeps it.
KEY_LENGTH = SLOTS * 5
#: What is printed under a list in this order.
NOTES: dict[Convention, str] = {"surname": "（按姓氏笔画为序）", "name": "（按姓名笔画为序）"}

_BLANK = "00000"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def _ranks() -> dict[str, str]:
    table = files("baodao.base.text").joinpath("data", "stroke_rank_8105.txt").read_text(encoding="utf-8").strip()
    return {character: f"{rank:05d}" for rank, character in enumerate(table, 1)}


def _slot(character: str) -> str:
    """Rank of one character: the table's place, or z and the code point in base 36 after all of them."""
    known = _ranks().get(character)
    if known:
        return known
    number, digits = ord(character), ""
    for _ in range(4):
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return "z" + digits


def stroke_key(name: str, convention: Convention = "surname") -> str:
    """Return the order of a regular name as a string of fixed width (``KEY_LENGTH``).

    ``surname`` (Party congresses, CPPCC): a missing middle character counts as blank, so 田富 stands
    before 田大利. ``name`` (people's congresses): no blank, so 田大利 stands before 田富. The dot is
    ignored; a character outside the table comes after all in it, by code point. Digits and lower
    case letters only, so that every database sorts it alike.
    """
    letters = name.replace(DOT, "").replace(" ", "")
    slots = [_slot(character) for character in letters[:SLOTS]]
    if convention == "surname" and DOT not in name and is_han(name):
        family = len(surname(name))
        if len(name) == family + 1:
            slots.insert(family, _BLANK)
    return "".join((slots + [_BLANK] * SLOTS)[:SLOTS])
