"""Codes and secrets as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.base.crypto import ALPHABET
from baodao.domain.needs import numbers


def test_a_number_has_a_luhn_digit():
    assert numbers.check_digit("7992739871") == "3"
    number = numbers.new_number()
    assert len(number) == 8 and numbers.read_number(number) == number


@given(st.text("0123456789", min_size=7, max_size=7), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(digits: str, place: int, shift: int):
    number = digits + numbers.check_digit(digits)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert numbers.read_number(number) == number
    assert numbers.read_number(wrong) == ""


@pytest.mark.parametrize("written", ["{0} {1}", " {0}{1} ", "{0}-{1}", "{0}\u3000{1}"])
def test_spaces_and_dashes_are_ignored(written: str):
    number = numbers.new_number()
    assert numbers.read_number(written.format(number[:4], number[4:])) == number


@pytest.mark.parametrize("written", ["", "1234", "123456789", "abcdefgh", "1234567a"])
def test_other_words_are_no_number(written: str):
    assert numbers.read_number(written) == ""


def test_a_secret_is_twelve_of_31_symbols():
    secret = numbers.new_secret()
    assert len(ALPHABET) == 31 and len(secret) == 12 and set(secret) <= set(ALPHABET)
    printed = numbers.printed_secret(secret)
    assert [len(part) for part in printed.split("-")] == [4, 4, 4]
    assert numbers.read_secret(printed.lower()) == secret


def test_only_the_right_secret_opens():
    secret = "K7QM2RXA9FHD"
    stored = numbers.hash_secret(secret)
    assert stored.startswith("$argon2id$")
    assert numbers.is_secret(stored, "k7qm-2rxa-9fhd")
    assert not numbers.is_secret(stored, "K7QM-2RXA-9FHE")
    assert not numbers.is_secret(stored, "")
    assert not numbers.is_secret("", secret)
