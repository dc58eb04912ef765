"""The master key of this installation, read once a process from the file outside the database."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from baodao.base.crypto import MasterKey, load_master_key


@cache
def master_key() -> MasterKey:
    """The key that wraps data keys and keys the indexes; made on the first start."""
    return load_master_key(settings.MASTER_KEY_FILE)
