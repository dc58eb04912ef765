"""The people of a place as a form chooses them: labels in one query, the member himself only when one was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from baodao.domain.members import selectors


class People(Mapping[str, Any]):
    """code → member, of those who serve under a path, in the printed order of names; ``without`` names keys to leave out.

    ``labels`` are (code, name with the unit, because names repeat), for a select.
    """

    def __init__(self, path: str, *, without: Iterable[int] = ()) -> None:
        self._path = path
        self.labels = selectors.choices(path, without)

    def __getitem__(self, code: str) -> Any:
        """The member, with what a match asks for loaded; KeyError for a code that is not among the labels."""
        known = any(code == one for one, _label in self.labels)
        found = selectors.serving(self._path).filter(code=code).first() if known else None
        if found is None:
            raise KeyError(code)
        return found

    def __iter__(self) -> Iterator[str]:
        return (code for code, _label in self.labels)

    def __len__(self) -> int:
        return len(self.labels)
