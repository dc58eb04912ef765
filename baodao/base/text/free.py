"""Guards for free text: what may not be kept is found here before anything is stored.

Direction controls are taken out, identity numbers are found by their checksum. The two guards
about meaning, ``emergency`` and ``about_person``, are careful: what they do not recognise is
taken and left to the people who read it.
"""

import re

from baodao.base.text.conduct import Conduct, about_person
from baodao.base.text.controls import strip_controls
from baodao.base.text.emergencies import Emergency, emergency

__all__ = ["Conduct", "Emergency", "about_person", "code_of", "emergency", "find_ids", "strip_controls", "take_out_ids"]

#: What stands where an identity number stood.
ID_PLACEHOLDER = "（身份证号已删去）"

_ID = re.compile(r"(?<!\d)\d(?:[ \-\u3000]?\d){16}[ \-\u3000]?[\dXxＸｘ](?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def code_of(text: str) -> str:
    """Why words are not taken: emergency, about_person, id_number, or "" when they are."""
    if emergency(text) is not None:
        return "emergency"
    if about_person(text) is not None:
        return "about_person"
    return "id_number" if find_ids(text) else ""


def find_ids(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every identity number of 18 places, by its checksum (GB 11643-1999).

    Full-width digits and single spaces or dashes between the groups are seen through.
    """
    return [match.span() for match in _ID.finditer(text) if _is_id(match.group())]


def take_out_ids(text: str) -> tuple[str, int]:
    """Return the text with every identity number replaced by a note, and how many there were."""
    spans = find_ids(text)
    for start, end in reversed(spans):
        text = text[:start] + ID_PLACEHOLDER + text[end:]
    return text, len(spans)


def _is_id(written: str) -> bool:
    signs = [sign for sign in written if sign not in " -\u3000"]
    total = sum(weight * int(sign) for weight, sign in zip(_WEIGHTS, signs, strict=False))
    last = "X" if signs[17] in "XxＸｘ" else str(int(signs[17]))
    month, day = int("".join(signs[10:12])), int("".join(signs[12:14]))
    return last == "10X98765432"[total % 11] and 1 <= month <= 12 and 1 <= day <= 31
