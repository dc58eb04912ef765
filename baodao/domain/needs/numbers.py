"""Tracking codes and secrets as people write them.

A code is 8 digits, the last one a Luhn check, so that a slip of the finger is noticed. A secret is 12 of 31 symbols in
three groups. Both are read with spaces, dashes, small letters and full-width characters.
"""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from baodao.base.crypto import ALPHABET, random_digits, random_secret

LENGTH = 8
SECRET_LENGTH = 12
# 59 bits of chance behind ten tries an hour: OWASP's smallest Argon2id cost is plenty
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = _HASHER.hash("nobody")


def check_digit(digits: str) -> str:
    """The Luhn digit that follows these digits."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def new_number() -> str:
    """A random tracking code; the caller makes sure that it is free."""
    digits = random_digits(LENGTH - 1)
    return digits + check_digit(digits)


def read_number(written: str) -> str:
    """The eight digits somebody typed, or "" when they are not a code of ours."""
    plain = unicodedata.normalize("NFKC", written)
    digits = "".join(sign for sign in plain if sign.isdecimal() and sign.isascii())
    others = [sign for sign in plain if not sign.isspace() and sign not in "-·." and not sign.isdecimal()]
    if others or len(digits) != LENGTH or check_digit(digits[:-1]) != digits[-1]:
        return ""
    return digits


def new_secret() -> str:
    """A secret in its plain form of 12 symbols."""
    return random_secret(SECRET_LENGTH)


def read_secret(written: str) -> str:
    """The twelve symbols somebody typed, in any case and with any dashes; "" when they cannot be a secret."""
    plain = unicodedata.normalize("NFKC", written).upper()
    symbols = "".join(sign for sign in plain if sign not in "-–—_. \u3000\t\r\n")
    return symbols if len(symbols) == SECRET_LENGTH and set(symbols) <= set(ALPHABET) else ""


def printed_number(number: str) -> str:
    """``4821 7093``."""
    return f"{number[:4]} {number[4:]}"


def printed_secret(secret: str) -> str:
    """``K7QM-2RXA-9FHD``."""
    return "-".join(secret[place : place + 4] for place in range(0, SECRET_LENGTH, 4))


def hash_secret(secret: str) -> str:
    """The stored form: Argon2id."""
    return _HASHER.hash(secret)


def is_secret(stored: str, written: str) -> bool:
    """Does the typed secret open it; takes the same time when there is nothing to open."""
    secret = read_secret(written)
    try:
        return _HASHER.verify(stored or _NOBODY, secret or "-") and bool(stored) and bool(secret)
    except (VerificationError, InvalidHashError):
        return False
