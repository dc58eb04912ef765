"""Vocabulary of a head row: which headings mean which field, and which columns must not be kept."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

#: Decides about a column by its values: the field it is, or the label of what must not be kept.
ByValues = Callable[[Sequence[str]], "Meaning"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means: a field, or the label of a column that must not be kept, or neither."""

    field: str | None = None
    forbidden: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of one kind of file.

    ``synonyms``: field → headings. ``forbidden``: label → pattern of headings. ``by_values``:
    heading → decision by its values. ``key``: the field a row cannot be without.
    ``fill``: fields whose vertically merged cells count for every row of the merge.
    """

    synonyms: Mapping[str, Sequence[str]]
    key: str
    forbidden: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    by_values: Mapping[str, ByValues] = field(default_factory=dict)
    fill: frozenset[str] = frozenset()
    _known: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare the look-up; the first field that claims a heading keeps it."""
        known: dict[str, str] = {}
        for name, headings in self.synonyms.items():
            for heading in headings:
                known.setdefault(plain_heading(heading), name)
        object.__setattr__(self, "_known", known)

    def meaning(self, heading: str) -> Meaning:
        """Return what a heading means; of ``group/heading`` the group counts only where it forbids."""
        parts = [plain_heading(part) for part in heading.split("/") if part.strip()]
        for part in [*parts, plain_heading(heading)]:
            label = next((name for name, pattern in self.forbidden.items() if pattern.search(part)), None)
            if label and _bare(parts[-1]) not in self.by_values:
                return Meaning(forbidden=label)
        for part in [*reversed(parts), plain_heading(heading)]:
            name = self._known.get(part) or self._known.get(_bare(part))
            if name:
                return Meaning(name)
        return Meaning()

    def is_heading(self, text: str) -> bool:
        """Tell whether a cell by itself reads as a heading of this vocabulary."""
        if len(text) > 20:
            return False
        part = plain_heading(text)
        if part in self._known or part in self.by_values or _bare(part) in self._known:
            return True
        return len(part) <= 8 and any(pattern.search(part) for pattern in self.forbidden.values())

    def decide(self, heading: str, values: Sequence[str]) -> Meaning:
        """Return what a column means, asking its values where the heading alone does not tell."""
        last = plain_heading(heading.split("/")[-1])
        chosen = self.by_values.get(_bare(last))
        return chosen([value for value in values if value]) if chosen else self.meaning(heading)


def _bare(part: str) -> str:
    """Return a plain heading without what stands in brackets."""
    return re.sub(r"\(.*?\)|\[.*?\]", "", part)


def plain_heading(text: str) -> str:
    """Return a heading without spaces, stars, colons and width: ``＊姓　名：`` → ``姓名``."""
    return re.sub(r"[\s*※★:：_·.。]+", "", unicodedata.normalize("NFKC", text)).lower()
