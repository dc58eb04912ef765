"""Refusal of input that is not a problem or a plan.

Every fault is told in one sentence that begins with its place (``sessions[3].places``), so that
whoever wrote the file finds it. ``Place`` walks a JSON value and remembers where it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

#: No integer of a problem may be larger: beyond it sums would stop being exact.
LARGEST = 10**9


class Malformed(ValueError):
    """The input is not a problem (or plan): ``place`` says where, ``words`` what is wrong there."""

    def __init__(self, place: str, words: str) -> None:
        super().__init__(f"{place}：{words}" if place else words)
        self.place = place
        self.words = words


class Unfinished(RuntimeError):
    """No plan was found before the time ran out, and none was proved impossible."""


def shown(value: object) -> str:
    """A value as it may be quoted in a sentence: short, one line."""
    words = repr(value).replace("\n", " ")
    return words if len(words) <= 60 else words[:57] + "…"


@dataclass(frozen=True)
class Place:
    """A JSON value with its place; every reading checks and refuses by name."""

    value: Any
    name: str

    def refuse(self, words: str) -> NoReturn:
        """Stop here, saying what is wrong."""
        raise Malformed(self.name, words)

    def keys(self, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, Any]:
        """The value as an object with these keys and no others."""
        if not isinstance(self.value, dict):
            self.refuse("应当是一个对象。")
        for key in self.value:
            if key not in required and key not in optional:
                self.refuse(f"不认识的键 {shown(key)}。")
        for key in required:
            if key not in self.value:
                self.refuse(f"缺少键 {key}。")
        return self.value

    def at(self, key: str, default: Any = None) -> Place:
        """The value under a key, or the default."""
        return Place(self.value.get(key, default), f"{self.name}.{key}" if self.name else key)

    def items(self) -> Iterator[Place]:
        """The value as a list, item by item."""
        for number, item in enumerate(self.listed()):
            yield Place(item, f"{self.name}[{number}]")

    def listed(self) -> list[Any]:
        """The value as a list."""
        if not isinstance(self.value, list):
            self.refuse("应当是一个列表。")
        return self.value

    def text(self) -> str:
        """A non-empty string."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.refuse(f"应当是非空文字，而不是 {shown(self.value)}。")
        return self.value

    def text_or_none(self) -> str | None:
        """A non-empty string or null."""
        return None if self.value is None else self.text()

    def whole(self, low: int = 0, high: int = LARGEST) -> int:
        """An integer in the range."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(f"应当是整数，而不是 {shown(value)}。")
        if value < low:
            self.refuse(f"{shown(value)} 小于允许的最小值 {low}。")
        if value > high:
            self.refuse(f"{shown(value)} 超过允许的最大值 {high}。")
        return value

    def whole_or_none(self, low: int = 0) -> int | None:
        """An integer in the range or null."""
        return None if self.value is None else self.whole(low)

    def number(self, low: float = 0.0, high: float = float(LARGEST)) -> float:
        """A finite number in the range."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(f"应当是数，而不是 {shown(value)}。")
        if isinstance(value, float) and not math.isfinite(value):
            self.refuse("不是有限的数（NaN 或无穷）。")
        if not low <= value <= high:
            self.refuse(f"{shown(value)} 不在 {low:g} 到 {high:g} 之间。")
        return float(value)

    def number_or_none(self, low: float = 0.0, high: float = float(LARGEST)) -> float | None:
        """A finite number in the range or null."""
        return None if self.value is None else self.number(low, high)

    def yes(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.refuse(f"应当是 true 或 false，而不是 {shown(self.value)}。")
        return self.value

    def one_of(self, choices: Sequence[str]) -> str:
        """One of the words."""
        if not isinstance(self.value, str) or self.value not in choices:
            self.refuse(f"应当是 {'、'.join(choices)} 之一，而不是 {shown(self.value)}。")
        return self.value
