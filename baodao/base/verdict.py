"""What a rule answers, and the refusals a deed may raise. The reason is a sentence its reader can act on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a rule: may it be done, and if not, why not (in words for the person who asked)."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """A refusal with its reason."""
    return Verdict(False, reason)


class Refused(Exception):
    """A rule said no; ``str(error)`` is the reason, ``code`` a stable word for programs."""

    def __init__(self, reason: str, code: str = "refused") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


class Absent(Exception):
    """The thing does not exist for this actor; whether it exists at all is not told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two people's edits differ: what it is called, what I wrote, what stands now."""

    field: str
    label: str
    mine: str
    theirs: str


class Stale(Exception):
    """Somebody else changed the record after it was read; both texts are kept for the person to choose from."""

    def __init__(self, subject: str, differences: list[Difference] | None = None) -> None:
        super().__init__(subject)
        self.subject = subject
        self.differences = differences or []


@dataclass(slots=True)
class Faults:
    """Several things wrong at once, by field, each said in words; raised by services that take many values."""

    by_field: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, words: str) -> None:
        """Note that ``name`` is wrong, and what to do."""
        self.by_field.setdefault(name, []).append(words)

    def __bool__(self) -> bool:
        return bool(self.by_field)


def must(verdict: Verdict) -> None:
    """Raise the refusal of a rule that said no."""
    if not verdict.ok:
        raise Refused(verdict.reason)
