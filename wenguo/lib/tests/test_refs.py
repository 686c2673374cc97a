"""References survive being read out, typed and copied."""

import random
from datetime import date

import pytest

from wenguo.lib.refs import ALPHABET, new_reference, parse_reference, secret_code

SEPTEMBER = date(2026, 9, 12)
SAMPLES = [new_reference(SEPTEMBER, random.Random(seed)) for seed in range(40)]


def test_carries_year_and_month_and_nothing_to_guess_by() -> None:
    references = {new_reference(SEPTEMBER) for _turn in range(200)}
    assert len(references) == 200
    assert all(reference.startswith("WG-2609-") and len(reference) == 14 for reference in references)


@pytest.mark.parametrize("reference", SAMPLES)
def test_every_single_wrong_character_is_found(reference: str) -> None:
    for place, right in enumerate(reference):
        wrong = [character for character in ALPHABET if character != right and right != "-"]
        assert not [c for c in wrong if parse_reference(reference[:place] + c + reference[place + 1 :])]


@pytest.mark.parametrize("reference", SAMPLES)
def test_every_swap_of_neighbours_is_found(reference: str) -> None:
    plain = reference.replace("-", "")
    for place in range(len(plain) - 1):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        assert swapped == plain or parse_reference(swapped) is None


@pytest.mark.parametrize("reference", SAMPLES[:5])
def test_is_understood_however_it_is_typed(reference: str) -> None:
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in reference)
    look_alikes = reference.replace("0", "o").replace("1", "l")
    for typed in (reference.lower(), reference.replace("-", " "), f" {reference} ", full_width, look_alikes):
        assert parse_reference(typed) == reference
    assert parse_reference(reference.replace("-", "—")) == reference


@pytest.mark.parametrize("raw", ["", "WG", "WG-2609", "投诉", "WG-2613-00000" + "0", "x" * 10_000, "WG-2609-7F3K9QQ"])
def test_anything_else_is_no_reference(raw: str) -> None:
    assert parse_reference(raw) is None


def test_secret_codes_are_as_long_as_asked_and_differ() -> None:
    assert len(secret_code(16)) == 16
    assert len({secret_code() for _turn in range(100)}) == 100
    assert set(secret_code(500)) <= set(ALPHABET)
