"""The key of a form: signed and dated when the form is rendered, used once when a deed is done."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing

from baodao.base.crypto import random_secret

FIELD = "_key"
TOKEN = "{token}"  # noqa: S105 - what stands in a remembered address where its token was
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


def token_for(key: str, account_id: int = 0) -> str:
    """The token of the page a form's deed leads to: known to whoever has the key, never written down in clear."""
    raw = hmac.new(settings.SECRET_KEY.encode(), f"done/{account_id}/{key}".encode(), hashlib.sha256).digest()
    return base64.b32encode(raw).decode().rstrip("=")[:32]


def veiled(location: str, key: str, account_id: int) -> str:
    """An address as it is remembered: without its token."""
    return location.replace(token_for(key, account_id), TOKEN)


def unveiled(location: str, key: str, account_id: int) -> str:
    """The address again, for whoever sends the same key."""
    return location.replace(TOKEN, token_for(key, account_id))


def finds_again(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that knows itself where the first sending of a key led (a page that opens once, under a token).

    It is called again when the server died between a deed and the note of where it led; its service raises KeyUsed.
    """
    view.finds_again = True  # type: ignore[attr-defined]
    return view


def exempt(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the few views that need no key: login, log-out, language, big type."""
    view.key_exempt = True  # type: ignore[attr-defined]
    return view
