"""Column kinds and the record base that every table shares.

Paths compare byte by byte on both databases, public codes are random, and every record that a person edits carries a
version that a stale edit cannot pass.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from baodao.base import paths
from baodao.base.crypto import random_code


class PathField(models.CharField):
    """An organisation path: compared byte by byte, so that ``under`` is one index range on both databases."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> Any:
        found = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            found["collation"] = "C"
        return found


class CodeField(models.CharField):
    """A public code: what appears in an address instead of the primary key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("default", random_code)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)


def under(column: str, path: str) -> models.Q:
    """Rows whose ``column`` is at or below ``path``."""
    low, high = paths.under(path)
    return models.Q(**{f"{column}__gte": low, f"{column}__lt": high})


def under_any(column: str, wanted: tuple[str, ...]) -> models.Q:
    """Rows under any of the paths; with no path, no row."""
    found = models.Q(pk__in=[])
    for path in wanted:
        found |= under(column, path)
    return found


class Record(models.Model):
    """A table whose rows have a public code, a version and the times of birth and last change."""

    code = CodeField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stamp the times by the business clock (see ``baodao.base.days.clock``)."""
        self.stamp()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "changed_at"}
        super().save(*args, **kwargs)

    def stamp(self) -> None:
        """Set the times; ``bulk_create`` callers do this themselves because it passes ``save`` by."""
        from baodao.base.days import clock

        moment = clock.now()
        self.created_at = self.created_at or moment
        self.changed_at = moment


class Contact(models.Model):
    """The sealed part of a person or need: one wrapped data key, sealed columns; erasing destroys the key."""

    wrapped_key = models.BinaryField(default=bytes, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
