"""The one clock of the program.

Business time is always read here, in official (Beijing) time. A date source may move the day
while the time of day goes on as it is, so that a demo or a rehearsal lives on a chosen date.
Tests stop the clock altogether with ``freeze``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

#: Official time, by which everything is planned, printed and counted.
ZONE = ZoneInfo("Asia/Shanghai")

DateSource = Callable[[], date | None]

_source: DateSource | None = None
_frozen: ContextVar[datetime | None] = ContextVar("baodao_frozen_clock", default=None)


def now() -> datetime:
    """Return the present moment of the program, aware, in official time."""
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    real = datetime.now(ZONE)
    day = _source() if _source is not None else None
    return real if day is None else datetime.combine(day, real.timetz())


def today() -> date:
    """Return the present day of the program, in official time."""
    return now().date()


def set_source(source: DateSource | None) -> None:
    """Let ``source`` choose the day: it returns a date, or None for the real one.

    It is asked on every reading, so it must be quick. ``None`` takes the source away.
    """
    global _source
    _source = source


@contextmanager
def freeze(moment: datetime) -> Iterator[datetime]:
    """Stop the clock at ``moment`` inside the block (for tests).

    A moment without a zone is read as official time. Blocks may be nested.
    """
    stopped = moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)
    token = _frozen.set(stopped)
    try:
        yield stopped
    finally:
        _frozen.reset(token)
