"""Personal values: sealed with a data key of their own, found again by keyed indexes, erased by losing the key.

AES-256-GCM through ``cryptography``. One data key per person, need or batch, wrapped by a master key that lives in a
file outside the database; table, row key and column are associated data, so that a sealed value moved to another row
or column does not open. Destroying the wrapped key is the erasure.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 symbols that no hand and no eye confuses
_NONCE = 12


class Unsealable(Exception):
    """The value does not open: wrong key, another row's value, or tampered bytes."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """The key that wraps data keys and keys the search indexes. ``raw`` never enters the database or a backup."""

    raw: bytes

    def _derived(self, purpose: bytes) -> bytes:
        return hmac.new(self.raw, b"baodao/" + purpose, hashlib.sha256).digest()

    def new_data_key(self, row: str) -> tuple[bytes, bytes]:
        """A fresh data key for ``row`` (table and key) as (clear, wrapped)."""
        clear = AESGCM.generate_key(bit_length=256)
        return clear, _seal(self._derived(b"wrap"), clear, row.encode())

    def unwrap(self, wrapped: bytes, row: str) -> bytes:
        """The clear data key of ``row``; raises Unsealable once it was destroyed."""
        return _open(self._derived(b"wrap"), bytes(wrapped), row.encode())

    def index(self, column: str, value: str) -> str:
        """A keyed index of a value for exact search: the same value gives the same 32 hex digits, nothing else shows."""
        return hmac.new(self._derived(b"index/" + column.encode()), value.encode(), hashlib.sha256).hexdigest()[:32]


def made_once(path: Path, content: Callable[[], bytes]) -> bytes:
    """The bytes of a secret file, made (owner-readable only) if it is not there.

    The file appears whole or not at all, and is on the disk before anything is sealed with it: of two programs that start
    at once both read the same, and a power cut leaves no half a key.
    """
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(content())
            handle.flush()
            os.fsync(handle.fileno())
        with suppress(FileExistsError):  # somebody was first: theirs counts
            os.link(fresh, path)
        fresh.unlink()
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    return path.read_bytes()


def load_master_key(path: Path) -> MasterKey:
    """Read the key file, making it (owner-readable only) on the first start; raises ValueError if it is damaged."""
    raw = made_once(path, lambda: secrets.token_bytes(32))
    if len(raw) != 32:
        raise ValueError(f"the key file {path} does not hold 32 bytes; put the right one back")
    return MasterKey(raw)


def _seal(key: bytes, clear: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, clear, bound_to)


def _open(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise Unsealable("the value does not open") from error


def seal(data_key: bytes, value: str, row: str, column: str) -> bytes:
    """Seal a text for one column of one row; the empty text stays empty."""
    return _seal(data_key, value.encode(), f"{row}/{column}".encode()) if value else b""


def unseal(data_key: bytes, sealed: bytes, row: str, column: str) -> str:
    """Open what ``seal`` made for the same row and column."""
    return _open(data_key, bytes(sealed), f"{row}/{column}".encode()).decode() if sealed else ""


def seal_bytes(data_key: bytes, value: bytes, row: str, column: str) -> bytes:
    """As ``seal`` for a file's bytes."""
    return _seal(data_key, value, f"{row}/{column}".encode())


def unseal_bytes(data_key: bytes, sealed: bytes, row: str, column: str) -> bytes:
    """As ``unseal`` for a file's bytes."""
    return _open(data_key, bytes(sealed), f"{row}/{column}".encode())


_chosen: ContextVar[random.Random | None] = ContextVar("baodao_codes", default=None)


@contextmanager
def codes_from(source: random.Random) -> Iterator[None]:
    """Inside the block public codes come from ``source`` (a demo whose addresses depend on its seed alone)."""
    token = _chosen.set(source)
    try:
        yield
    finally:
        _chosen.reset(token)


def random_code(length: int = 10) -> str:
    """A public code: random, not sequential, easy to read aloud. It opens nothing: never use it as a secret."""
    source = _chosen.get()
    return "".join((source or secrets).choice(ALPHABET) for _ in range(length))


def random_digits(length: int) -> str:
    """Random decimal digits for a public number; like ``random_code`` it opens nothing by itself."""
    source = _chosen.get()
    return "".join((source or secrets).choice("0123456789") for _ in range(length))


def random_secret(length: int) -> str:
    """A secret for paper or voice: always from the system's randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def digest(*parts: str) -> str:
    """SHA-256 of the parts, each preceded by its length so that no two lists of parts look alike."""
    state = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        state.update(len(raw).to_bytes(8, "big") + raw)
    return state.hexdigest()
