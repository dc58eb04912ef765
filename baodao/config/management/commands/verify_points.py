"""Walk the points chains and name the first bad entry of each."""

from __future__ import annotations

from typing import Any

from baodao.config.console import Plain, fail, say
from baodao.domain.points import selectors


class Command(Plain):
    """``verify_points``."""

    help = "walk the points chains; names the first bad entry"

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when every chain holds, else 1."""
        faults = list(selectors.broken_links())
        if faults:
            fail(*faults)
        say("ok")
