"""The key of a form: signed and dated when the form is rendered, used once when a deed is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core import signing

from baodao.base.crypto import random_secret

FIELD = "_key"
LIFE = 24 * 3600
_signer = signing.TimestampSigner(salt="baodao.form")


def new_key() -> str:
    """A key for a form that is being rendered."""
    return _signer.sign(random_secret(16))


def is_genuine(key: str) -> bool:
    """Was this key made here, whenever that was."""
    try:
        _signer.unsign(key)
    except signing.BadSignature:
        return False
    return True


def is_fresh(key: str) -> bool:
    """Was this key made here within the last day."""
    try:
        _signer.unsign(key, max_age=LIFE)
    except signing.BadSignature:
        return False
    return True


def exempt(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the few views that need no key: login, log-out, language, big type."""
    view.key_exempt = True  # type: ignore[attr-defined]
    return view
