"""Empty the database of the demo: every table of ours, in one transaction; the schema stays."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from baodao.domain.calendar import selectors as calendar
from baodao.domain.journal import GUARDED, guard, unguard


def empty(connection: Any) -> None:
    """Delete every row. The caller has made sure that nothing real is here."""
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("baodao.")
    ]
    tables += [Session._meta.db_table, DBTaskResult._meta.db_table]
    existing = set(connection.introspection.table_names())
    wanted = [name for name in tables if name in existing]
    with connection.constraint_checks_disabled(), transaction.atomic():
        for table in GUARDED:
            unguard(connection, table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                names = ", ".join(connection.ops.quote_name(name) for name in wanted)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending on what is emptied
                cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            else:
                for name in wanted:
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
        for table in GUARDED:
            guard(connection, table)
    calendar.forget()
    shutil.rmtree(Path(settings.DATA_DIR) / "demo-inputs", ignore_errors=True)
