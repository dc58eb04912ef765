"""Append-only tables: triggers that refuse UPDATE and DELETE on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

GUARDED = ("audit_entry", "points_pointentry")
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION baodao_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$ LANGUAGE plpgsql
"""


def guard(connection: Any, table: str) -> None:
    """Forbid changes to ``table``; only names in GUARDED are taken, since they go into the statement."""
    if table not in GUARDED:
        raise ValueError(f"not a journal: {table}")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            cursor.execute(
                f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION baodao_append_only()"
            )
            return
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(
                f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
            )


def unguard(connection: Any, table: str) -> None:
    """Take the guard away (migrations backwards, retention, removing the demo)."""
    if table not in GUARDED:
        raise ValueError(f"not a journal: {table}")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_guard ON {table}")
            return
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{verb}")


@contextmanager
def opened(connection: Any, table: str) -> Iterator[None]:
    """Lift the guard inside the caller's transaction and put it back."""
    unguard(connection, table)
    yield
    guard(connection, table)
