"""Read when a member offers to serve ("周末", "工作日晚上", "周六晚", "随时") into weekly slot codes.

Careful in one direction: what is not certain is given back as unknown text, never read as more
time than was offered. A single day of the working week (周三晚) has no slot and is unknown.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from baodao.base.days.service_days import SLOT_DAYS, SLOT_PARTS, SLOTS, part_of

_ALL_DAYS = tuple(SLOT_DAYS)
_ALL_PARTS = tuple(SLOT_PARTS)
_WEEKEND = ("saturday", "sunday")

_W = "(?:周|星期|礼拜)"
_DAYS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), days)
    for pattern, days in (
        (rf"{_W}[一1](?:至|到|-|~|—)+(?:{_W})?[五5]|工作日|平日|平时|上班日", ("workday",)),
        (rf"周末|双休日?|休息日|{_W}[六6](?:至|到|-|~|—|、)?(?:{_W})?[日天7]", _WEEKEND),
        (r"(?:法定)?节假日|(?:法定)?节日|假期|放假(?:期间|时)?|假日", ("holiday",)),
        (rf"{_W}[六6]", ("saturday",)),
        (rf"{_W}[日天7]", ("sunday",)),
        (r"每天|天天|每日|任何一天", _ALL_DAYS),
    )
)
_PARTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), parts)
    for pattern, parts in (
        (r"全天|整天|一天", _ALL_PARTS),
        (r"白天", ("morning", "afternoon")),
        (r"上午|早上|早晨|早间", ("morning",)),
        (r"下午|午后", ("afternoon",)),
        (r"晚上|晚间|夜间|夜里|夜晚|傍晚|晚", ("evening",)),
    )
)
_ANY = re.compile(r"随时|任何时间|任意时间|时间不限|不限|均可|全部|所有时间|什么时候都行|都可以?|都行|随叫随到")
_AFTER_WORK = re.compile(r"下班(?:以|之)?后|业余(?:时间)?|工作之余|八小时外")
_RANGE = re.compile(r"(\d{1,2})(?:[:点时](\d{2})?)?(?:-|~|—|–|至|到)+(\d{1,2})(?:[:点时](\d{2})?)?")
_FILLER = re.compile(r"[的时间段可以都有空服务能在及左右()\s]|\d{1,2}[:点时](?:\d{2}|半)?(?:分)?(?:以后|之后|后)?")
_REFUSED = re.compile(r"不(?!限)|除|无|没|非|待定|另")
_STRONG_BREAK = re.compile(r"[,;。\n\r/|]+|以及|或者")
_WEAK_BREAK = re.compile(r"[、和与及或+&]|\s+")


@dataclass(frozen=True, slots=True)
class Offered:
    """Slots that were understood, in the order of the form, and the pieces of text that were not."""

    slots: tuple[str, ...]
    unknown: tuple[str, ...]


def parse(text: str) -> Offered:
    """Read an offer of time in words or in slot codes."""
    found: set[str] = set()
    unknown: list[str] = []
    for phrase in _STRONG_BREAK.split(unicodedata.normalize("NFKC", text)):
        _read_phrase(phrase, found, unknown)
    return Offered(in_order(found), tuple(unknown))


def in_order(slots: Iterable[str]) -> tuple[str, ...]:
    """Return known slot codes once each, in the order of the form."""
    wanted = set(slots)
    return tuple(slot for slot in SLOTS if slot in wanted)


def label(slots: Iterable[str]) -> str:
    """Return slots in words: 工作日晚上、周末; every slot is 随时, none is empty."""
    left = set(in_order(slots))
    if left == set(SLOTS):
        return "随时"
    words = []
    whole = {day for day in SLOT_DAYS if all(f"{day}_{part}" in left for part in SLOT_PARTS)}
    for day, word in SLOT_DAYS.items():
        if day == "sunday" and whole.issuperset(_WEEKEND):
            continue
        if day in whole:
            words.append("周末" if day == "saturday" and "sunday" in whole else word)
        else:
            words += [SLOTS[f"{day}_{part}"] for part in SLOT_PARTS if f"{day}_{part}" in left]
    return "、".join(words)


def _read_phrase(phrase: str, found: set[str], unknown: list[str]) -> None:
    """Read pieces joined by 、 or a space: a bare day takes the next piece's part, a bare part the days before it."""
    phrase = re.sub(rf"({_W}[六6])[、和与及]({_W}?[日天7])", r"\1\2", phrase)
    pieces = [piece for piece in _WEAK_BREAK.split(phrase) if piece]
    read = [_read_piece(piece) for piece in pieces]
    for index, (piece, result) in enumerate(zip(pieces, read, strict=True)):
        if result is None:
            unknown.append(piece)
            continue
        days, parts = result
        following = read[index + 1] if index + 1 < len(read) else None
        before = read[index - 1] if index else None
        if days and not parts and following:
            parts = following[1]
        if parts and not days and before:
            days = before[0]
            read[index] = (days, parts)
        found.update(f"{day}_{part}" for day in days or _ALL_DAYS for part in parts or _ALL_PARTS)


def _read_piece(piece: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return (days, parts) of one piece, either empty if not said; None if anything is left unread."""
    if piece in SLOTS:
        day, _, part = piece.partition("_")
        return (day,), (part,)
    if _REFUSED.search(piece):
        return None
    if _ANY.fullmatch(piece):
        return _ALL_DAYS, _ALL_PARTS
    rest, days = _take(piece, _DAYS)
    rest, parts = _take(rest, _PARTS)
    if _AFTER_WORK.search(rest):
        rest, days, parts = _AFTER_WORK.sub("", rest), days or ("workday",), ("evening",)
    clock = _RANGE.search(rest)
    if clock:
        span = _part_of_range(clock)
        if span is None:
            return None
        rest, parts = rest.replace(clock.group(), ""), parts or (span,)
    if _FILLER.sub("", _ANY.sub("", rest)) or not (days or parts):
        return None
    return days, parts


def _take(text: str, table: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]) -> tuple[str, tuple[str, ...]]:
    """Take every word of a table out of the text: (what is left, what the words mean)."""
    meaning: list[str] = []
    for pattern, values in table:
        text, count = pattern.subn("", text)
        if count:
            meaning += [value for value in values if value not in meaning]
    return text, tuple(meaning)


def _part_of_range(match: re.Match[str]) -> str | None:
    """Return the part of the day in which the middle of a clock range lies; None if it is no clock time."""
    start = int(match[1]) * 60 + int(match[2] or 0)
    end = int(match[3]) * 60 + int(match[4] or 0)
    if not 0 <= start < end <= 24 * 60:
        return None
    return part_of(time(*divmod(min((start + end) // 2, 1439), 60)))
