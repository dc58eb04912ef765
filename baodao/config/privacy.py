"""The registry of personal and free-text fields, gathered from every area, and what is due to be erased.

Each area's ``privacy`` module declares ``FIELDS`` (what, why, how long, who reads), ``erase_due(actor=, today=)`` and
``ERASERS`` (kind → function that destroys the things of the given codes, used again after a restore).
"""

from __future__ import annotations

import importlib
from datetime import date, timedelta
from types import ModuleType
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from baodao.base.actor import Actor
from baodao.domain import erasures

AREAS = (
    "audit",
    "accounts",
    "documents",
    "members",
    "notices",
    "needs",
    "posts",
    "service",
    "voices",
    "matching",
    "points",
    "months",
)


def modules() -> list[ModuleType]:
    """The privacy module of every area that has one."""
    return [importlib.import_module(f"baodao.domain.{area}.privacy") for area in AREAS]


def fields() -> list[Any]:
    """Every registered field of every area."""
    return [field for module in modules() for field in module.FIELDS]


def erasers() -> dict[str, erasures.Eraser]:
    """Which function destroys which kind of thing."""
    found: dict[str, erasures.Eraser] = {}
    for module in modules():
        found.update(getattr(module, "ERASERS", {}))
    return found


def erase(actor: Actor, today: date) -> dict[str, int]:
    """Erase everything that is due and note it outside the database; returns counts by kind."""
    counts: dict[str, int] = {}
    for module in modules():
        done = module.erase_due(actor=actor, today=today) if hasattr(module, "erase_due") else []
        erasures.append(done)
        for kind, _code in done:
            counts[kind] = counts.get(kind, 0) + 1
    counts["session"] = Session.objects.filter(expire_date__lt=timezone.now() - timedelta(days=1)).delete()[0]
    sweep()
    return counts


def sweep() -> None:
    """Make the database forget deleted bytes: empty SQLite's log file, or vacuum on PostgreSQL."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif not connection.in_atomic_block:
            cursor.execute("VACUUM")
