"""Sealing and opening the telephone of a member, and the keyed indexes by which it is found again.

The clear number exists in memory only: what is stored opens with the master key and this row alone.
"""

from __future__ import annotations

from typing import Any

from baodao.base.crypto import Unsealable, seal, unseal
from baodao.base.text import phones
from baodao.domain.keyring import master_key

COLUMN = "phone"


def row_name(member_id: int) -> str:
    """What a sealed value is bound to: table and key."""
    return f"members_membercontact/{member_id}"


def phone_index(digits: str) -> str:
    """The keyed index of a whole number; empty for no number."""
    return master_key().index("member.phone", digits) if digits else ""


def tail_index(digits: str) -> str:
    """The keyed index of the last four digits; empty for no number."""
    return master_key().index("member.tail", phones.tail(digits)) if digits else ""


def sealed(member_id: int, digits: str) -> dict[str, Any]:
    """The columns of a contact row for a number, under a fresh data key."""
    row = row_name(member_id)
    clear, wrapped = master_key().new_data_key(row)
    return {
        "wrapped_key": wrapped,
        "phone": seal(clear, digits, row, COLUMN),
        "phone_index": phone_index(digits),
        "tail_index": tail_index(digits),
        "erased_at": None,
    }


def opened(contact: Any) -> str:
    """The clear digits of a contact row; empty when there are none or the key was destroyed."""
    if contact is None or not contact.wrapped_key or not contact.phone:
        return ""
    row = row_name(contact.member_id)
    try:
        return unseal(master_key().unwrap(contact.wrapped_key, row), contact.phone, row, COLUMN)
    except Unsealable:
        return ""
