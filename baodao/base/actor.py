"""Who acts: a frozen value built once per request or command, never looked up again while a deed is done.

A grant is a pair (role, path): the role's rights hold for everything under the path. An actor carries only the grant
that is active (a person with several roles switches in the header), so that a right is never used by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from baodao.base import paths


@dataclass(frozen=True, slots=True)
class Grant:
    """A role over everything under an organisation path (``SX/SZ/SZ01/`` or a unit's ``SX/u/U001/``)."""

    role: str
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or program that acts.

    ``account_id`` is None for the public and for commands; ``member_id`` is the member the account belongs to;
    ``label`` is what audit prints for programs (a command's name), never a person's name.
    """

    account_id: int | None
    label: str
    grants: tuple[Grant, ...] = ()
    member_id: int | None = None

    @property
    def role(self) -> str:
        """The active role, or the label of a program or the public."""
        return self.grants[0].role if self.grants else self.label

    @property
    def path(self) -> str:
        """The path of the active grant; empty for programs and the public."""
        return self.grants[0].path if self.grants else ""

    @property
    def is_program(self) -> bool:
        """True for a command or the worker: it acts by rule, with no person's rights and no person's limits."""
        return self.account_id is None and self.label.startswith("program:")

    def has(self, *roles: str, path: str | None = None) -> bool:
        """Does a grant of one of these roles cover ``path`` (any path when None)?"""
        return any(g.role in roles and (path is None or paths.covers(g.path, path)) for g in self.grants)

    def paths_of(self, *roles: str) -> tuple[str, ...]:
        """The paths over which one of these roles is held."""
        return tuple(g.path for g in self.grants if g.role in roles)

    def with_grant(self, grant: Grant) -> Actor:
        """The same person with another active grant."""
        return replace(self, grants=(grant,))


PUBLIC = Actor(account_id=None, label="public")


def program(name: str) -> Actor:
    """The actor of a command or of the worker's clock."""
    return Actor(account_id=None, label=f"program:{name}")
