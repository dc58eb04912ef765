"""Encrypted, compressed files in chunks: backups that open only with the key file they never contain.

Format: magic, then for each chunk its length (4 bytes) and AES-256-GCM of the zlib-compressed chunk; the nonce counts the
chunks under a random prefix and the last chunk is marked, so that a cut, swapped or changed file does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from baodao.base.crypto import MasterKey, Unsealable

MAGIC = b"BAODAO1\n"
CHUNK = 4 * 1024 * 1024


def _key(master: MasterKey, salt: bytes) -> AESGCM:
    return AESGCM(hmac.new(master.raw, b"baodao/archive/" + salt, hashlib.sha256).digest())


def write(path: Path, parts: Iterable[bytes], master: MasterKey) -> str:
    """Write the parts, one after the other, and return the file's SHA-256; synced to the disk before it returns."""
    salt, digest = os.urandom(16), hashlib.sha256()
    cipher = _key(master, salt)
    with path.open("wb") as handle:

        def put(raw: bytes) -> None:
            handle.write(raw)
            digest.update(raw)

        put(MAGIC + salt)
        held, number = bytearray(), 0
        for part in parts:
            held += part
            while len(held) > CHUNK:
                put(_sealed(cipher, bytes(held[:CHUNK]), number, last=False))
                del held[:CHUNK]
                number += 1
        put(_sealed(cipher, bytes(held), number, last=True))
        handle.flush()
        os.fsync(handle.fileno())
    return digest.hexdigest()


def _sealed(cipher: AESGCM, clear: bytes, number: int, *, last: bool) -> bytes:
    body = cipher.encrypt(number.to_bytes(12, "big"), zlib.compress(clear, 6), b"last" if last else b"more")
    return len(body).to_bytes(4, "big") + body


def read(path: Path, master: MasterKey) -> Iterator[bytes]:
    """The clear chunks; raises Unsealable when the file is cut, changed or of another key."""
    with path.open("rb") as handle:
        head = handle.read(len(MAGIC) + 16)
        if not head.startswith(MAGIC) or len(head) != len(MAGIC) + 16:
            raise Unsealable(f"{path.name} is not one of our backups")
        cipher, number, ended = _key(master, head[len(MAGIC) :]), 0, False
        while size := handle.read(4):
            body = handle.read(int.from_bytes(size, "big"))
            if ended:
                raise Unsealable(f"{path.name} has bytes after its end")
            clear, ended = _opened(cipher, body, number, path.name)
            number += 1
            yield clear
        if not ended:
            raise Unsealable(f"{path.name} 不完整，后面少了一段")


def _opened(cipher: AESGCM, body: bytes, number: int, name: str) -> tuple[bytes, bool]:
    for mark in (b"more", b"last"):
        try:
            return zlib.decompress(cipher.decrypt(number.to_bytes(12, "big"), body, mark)), mark == b"last"
        except (InvalidTag, ValueError):
            continue
    raise Unsealable(f"{name} 解不开，密钥不对或内容被改过")
