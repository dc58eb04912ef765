"""Walk the audit chains and name the first bad entry of each."""

from __future__ import annotations

from typing import Any

from baodao.config.console import Plain, fail, say
from baodao.domain.audit import selectors


class Command(Plain):
    """``verify_audit``."""

    help = "walk the audit chains; names the first bad entry"

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 when every chain holds, else 1 with a line for each that does not."""
        faults = list(selectors.broken_links())
        if faults:
            fail(*faults)
        for chain in selectors.chains():
            say(f"{chain}: ok")
