"""The problem: who may serve where, at what misfit, under which rules.

``Problem`` is an immutable value with the pairs in numpy columns; it is made by ``from_json``,
which refuses anything malformed by place, and written back by ``to_json``. Its digest does not
depend on the order of rows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from baodao.base.solver.contents import (
    FORMAT,
    OBJECTIVES,
    TIERS,
    Contents,
    Floats,
    Group,
    Ints,
    Member,
    Pairing,
    Rules,
    Session,
    Weights,
)
from baodao.base.solver.reading import read
from baodao.base.solver.writing import canonical_words, problem_json

__all__ = [
    "FORMAT",
    "OBJECTIVES",
    "TIERS",
    "Floats",
    "Group",
    "Ints",
    "Member",
    "Pairing",
    "Problem",
    "Rules",
    "Session",
    "Weights",
]


@dataclass(frozen=True, eq=False)
class Problem(Contents):
    """A month to be planned: its contents with their form in JSON and their digest."""

    @classmethod
    def from_json(cls, data: object) -> Problem:
        """Read a ``baodao-problem/1`` object; ``Malformed`` names the place of the first fault."""
        return read(data, cls)

    def to_json(self) -> dict[str, Any]:
        """Write the problem; reading it again gives an equal one."""
        return problem_json(self)

    @cached_property
    def sha256(self) -> str:
        """The digest of the contents, whatever the order of rows."""
        digest = hashlib.sha256()
        for words in canonical_words(self):
            digest.update(words.encode())
        return digest.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.sha256)
