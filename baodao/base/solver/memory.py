"""How much memory this process holds, and a limit of it that is asked now and then.

The limit is kept by stopping in time, never by letting an allocation fail: the search asks between steps and
before a large model is built. On Linux the present size is read; elsewhere the largest so far.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

_STATM = Path("/proc/self/statm")

#: Bytes of the linear model and of HiGHS at work on it, for every eligible pair (measured: docs/solver.md).
BYTES_A_PAIR = 1200


def resident_mb() -> float:
    """Megabytes held by this process."""
    try:
        import resource

        pages = int(_STATM.read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 1e6
    except (ImportError, OSError, ValueError, IndexError):
        return largest_mb()


def largest_mb() -> float:
    """The most megabytes this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # a system that does not tell
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1.0 if sys.platform == "darwin" else 1024.0) / 1e6


class Watch:
    """A limit in megabytes; looks at most twenty times a second."""

    def __init__(self, limit_mb: float) -> None:
        self.limit_mb = limit_mb
        self._until = 0.0
        self._full = False

    @property
    def full(self) -> bool:
        """Whether the process holds more than the limit."""
        now = time.monotonic()
        if now >= self._until and not self._full:
            self._until = now + 0.05
            self._full = resident_mb() > self.limit_mb
        return self._full

    def room_for(self, pairs: int) -> bool:
        """Whether a model of so many pairs is expected to fit."""
        if resident_mb() + pairs * BYTES_A_PAIR / 1e6 > self.limit_mb:
            self._full = True
        return not self._full
