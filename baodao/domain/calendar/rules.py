"""Who keeps the calendar."""

from __future__ import annotations

from baodao.base.actor import Actor
from baodao.base.verdict import YES, Verdict, no


def may_keep(actor: Actor) -> Verdict:
    """The system administrator and programs."""
    if actor.is_program or actor.has("sysadmin"):
        return YES
    return no("日历和工时由系统管理员维护。")
