"""What rings when: action → handlers, and the other bindings that no area may make itself.

A handler is called as ``handler(actor=…, code=…, data=…)`` in the transaction of the deed that rang it; it calls
services and may ring one level deeper.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings

from baodao.base.days import clock
from baodao.domain.audit import services as audit


def handlers() -> dict[str, list[Callable[..., None]]]:
    """The table. One line a reaction."""
    from baodao.domain.matching import services as matching
    from baodao.domain.notices import arrivals
    from baodao.domain.service import services as service

    return {
        "shift.cancelled": [matching.withdraw_cancelled],
        "document.delivered": [arrivals.tell_of_paper],
        "document.reminded": [arrivals.remind_of_paper],
        "need.rated": [service.confirm_served],
        "need.told": [service.confirm_served],
        "import.committed": [matching.tell_of_list],
        "import.undone": [matching.tell_of_undone_list],
    }


def stored_today() -> date | None:
    """The clock's day: the environment first, then the database's own (a demo's), else none."""
    if settings.TODAY:
        return settings.TODAY
    from baodao.domain.calendar import selectors

    return selectors.stored_today()


def connect() -> None:
    """Turn the key: called once when the program starts."""
    clock.set_source(stored_today)
    audit.bind(handlers())
