"""Telephone numbers: digits for storing, a spaced form for reading, a masked form for lists.

A number is either read exactly or refused with a code; nothing is guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from baodao.base.text.controls import strip_controls

Kind = Literal["mobile", "landline"]
Fault = Literal["missing", "lost_digits", "phone"]

MESSAGES: dict[Fault, str] = {
    "missing": "没有电话号码",
    "lost_digits": "号码被表格软件改成了科学记数，后面的数字已经丢失",
    "phone": "号码不完整或写法认不出",
}
SUGGESTIONS: dict[Fault, str] = {
    "missing": "补上手机号，或带区号的固定电话",
    "lost_digits": "把这一列设成文本格式，重新填写完整号码",
    "phone": "手机号是 11 位，固定电话要带区号，例如 0997-1234567；一格只填一个号码",
}

_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d*)?[eE][+-]?\d+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0(?:10|2\d)[1-9]\d{7}|0[3-9]\d{2}[1-9]\d{6,7})")
_LOCAL = re.compile(r"[1-9]\d{6,7}")
_FRACTION = re.compile(r"\d+\.\d+")
_COUNTRY = re.compile(r"(?:\+|00)86|86(?=1[3-9]\d{9}$)")
_SEPARATORS = re.compile(r"[\s()\-\u2010-\u2015\u2212\u30fc_.·'’]")


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """What a cell or a field held: digits with their kind, or the code of a fault."""

    digits: str = ""
    kind: Kind | None = None
    fault: Fault | None = None

    @property
    def ok(self) -> bool:
        """True if a number was read."""
        return self.fault is None

    @property
    def message(self) -> str:
        """What is wrong, in a sentence; empty if nothing is."""
        return MESSAGES[self.fault] if self.fault else ""

    @property
    def suggestion(self) -> str:
        """How to mend it; empty if nothing is wrong."""
        return SUGGESTIONS[self.fault] if self.fault else ""

    @property
    def looks_rounded(self) -> bool:
        """True for 13800000000 and its like: what is left of a number that a spreadsheet once wrote as 1.38E+10."""
        return self.kind == "mobile" and self.digits.endswith("0" * 8)


def normalise(value: object, area: str = "") -> PhoneReading:
    """Read a telephone number from text or from a number of a spreadsheet.

    Accepts +86, 0086, spaces, dashes, brackets, full-width digits and 13800000000.0. ``area``
    (such as ``0997``) is put before local numbers of 7 or 8 digits, which are refused without it.
    Faults: ``missing`` (empty), ``lost_digits`` (written as 1.38E+10), ``phone`` (anything else).
    """
    text = _plain(value)
    if not text:
        return PhoneReading(fault="missing")
    if _SCIENTIFIC.fullmatch(text):
        return PhoneReading(fault="lost_digits")
    text = re.sub(r"\.0+$", "", text)
    if _FRACTION.fullmatch(text):
        return PhoneReading(fault="phone")
    digits = _national(_SEPARATORS.sub("", text))
    if _MOBILE.fullmatch(digits):
        return PhoneReading(digits, "mobile")
    if digits.startswith("01") and _MOBILE.fullmatch(digits[1:]):
        return PhoneReading(digits[1:], "mobile")
    if area and _LOCAL.fullmatch(digits):
        digits = area + digits
    if _LANDLINE.fullmatch(digits):
        return PhoneReading(digits, "landline")
    return PhoneReading(fault="phone")


def _national(digits: str) -> str:
    """Take the country code away, and put back the 0 that stands for it before an area code."""
    abroad = _COUNTRY.match(digits)
    if abroad is None:
        return digits
    rest = digits[abroad.end() :]
    return rest if _MOBILE.fullmatch(rest) or rest.startswith("0") else "0" + rest


def _plain(value: object) -> str:
    """Text of a cell: whole floats without their fraction, full-width characters made plain."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return unicodedata.normalize("NFKC", strip_controls(str(value))).strip()


def _area_length(digits: str) -> int:
    return 3 if digits[:2] in ("01", "02") else 4


def display(digits: str) -> str:
    """Return stored digits for reading: ``138 0000 0001``, ``0997-1234567``."""
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    cut = _area_length(digits)
    return f"{digits[:cut]}-{digits[cut:]}" if digits.startswith("0") else digits


def mask(digits: str) -> str:
    """Return stored digits for lists: ``138****0001``, ``0997-***4567``."""
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}****{digits[7:]}"
    cut = _area_length(digits) if digits.startswith("0") else 0
    hidden = "*" * max(len(digits) - cut - 4, 3)
    return (f"{digits[:cut]}-" if cut else "") + hidden + digits[cut:][-4:]


def tail(digits: str) -> str:
    """Return the last four digits, which tell persons of one name apart."""
    return digits[-4:]
