"""A registered field: every personal and every free-text column says why it exists, how long, and who reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the register."""

    area: str
    table: str
    column: str
    purpose: str
    length: int
    readers: str
    limit: str
