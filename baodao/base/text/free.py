"""Guards for free text: what may not be kept is found here before anything is stored.

Direction controls are taken out, identity numbers are found by place and birth date. The two guards
about meaning, ``emergency`` and ``about_person``, are careful: what they do not recognise is
taken and left to the people who read it.
"""

import re
from datetime import date

from baodao.base.text.conduct import Conduct, about_person
from baodao.base.text.controls import strip_controls
from baodao.base.text.emergencies import Emergency, emergency

__all__ = ["Conduct", "Emergency", "about_person", "code_of", "emergency", "find_ids", "strip_controls", "take_out_ids"]

#: What stands where an identity number stood.
ID_PLACEHOLDER = "（身份证号已删去）"

_ID = re.compile(r"(?<!\d)\d(?:[ \-\u3000]?\d){16}[ \-\u3000]?[\dXxＸｘ](?!\d)")
#: The number of 15 places of old cards; so short a number is one only where the words say so.
_OLD = re.compile(r"(?:身份证|证件)[^\d，。；,;\n]{0,8}(\d{15})(?!\d)")
#: The first two places: province, region or city of the card (GB/T 2260), 81 to 83 the residence permits.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


def code_of(text: str) -> str:
    """Why words are not taken: emergency, about_person, id_number, or "" when they are."""
    if emergency(text) is not None:
        return "emergency"
    if about_person(text) is not None:
        return "about_person"
    return "id_number" if find_ids(text) else ""


def find_ids(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every identity number: 18 places by province and birth date, 15 where the words say so.

    The check digit (GB 11643-1999) is not asked for: a number with one wrong digit still points at its person.
    Full-width digits and single spaces or dashes between the groups are seen through.
    """
    spans = [match.span() for match in _ID.finditer(text) if _is_id(match.group())]
    return sorted(spans + [match.span(1) for match in _OLD.finditer(text)])


def take_out_ids(text: str) -> tuple[str, int]:
    """Return the text with every identity number replaced by a note, and how many there were."""
    spans = find_ids(text)
    for start, end in reversed(spans):
        text = text[:start] + ID_PLACEHOLDER + text[end:]
    return text, len(spans)


def _is_id(written: str) -> bool:
    digits = "".join(str(int(sign)) for sign in written if sign.isdigit())
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return _PROVINCE.match(digits) is not None and 1900 <= born.year <= 2099
