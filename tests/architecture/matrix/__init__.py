"""The permission matrix: one row for every address, kept by the owner of the page.

A face's module holds ``ROWS``: ``(url name, roles, methods)``, ``(…, args)`` or ``(…, args, "town")``.

* ``roles``: the roles that may open it; ``ANYBODY`` for pages without login, ``EVERYONE`` for any logged-in person.
* ``methods``: ``"GET"``, ``"POST"`` or ``"GET POST"``.
* ``args``: what fills the address: a dict, or a function of the cast that makes a thing of 幸福社区 (SZ01) and returns the
  dict. Without it a made-up public code stands there, and who may open the page is told 404 (absent), the others 403.
  The same role next door (clerk2, member2) must find nothing of it, unless the row ends in ``"town"``: a thing they share.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

ANYBODY = frozenset({"anybody"})
EVERYONE = frozenset({"everyone"})
ADMIN = frozenset({"sysadmin", "secadmin", "auditor"})
# the login of tests/cast.py that stands for each role, and one of the same role whose place is another
LOGINS = {
    "county": "county", "town": "town", "townlead": "townlead", "secretary": "secretary", "clerk": "clerk",
    "grid": "grid", "liaison": "liaison", "member": "member", "sysadmin": "sysadmin", "secadmin": "secadmin",
    "auditor": "auditor",
}  # fmt: skip
NEIGHBOURS = {"clerk": "clerk2", "member": "member2"}


@dataclass(frozen=True, slots=True)
class Row:
    """Who may call one address by which methods."""

    face: str
    name: str
    roles: frozenset[str]
    methods: tuple[str, ...]
    args: dict[str, Any] | Callable[[Any], dict[str, Any]] | None = field(default=None, hash=False)
    belongs: str = "community"


def rows() -> Iterator[Row]:
    """The rows of every face."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        for entry in importlib.import_module(f"{__name__}.{module.name}").ROWS:
            name, roles, methods, *more = entry
            words = methods.split() if isinstance(methods, str) else methods
            yield Row(module.name, name, frozenset(roles), tuple(words), *more)
