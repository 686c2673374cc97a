"""Phone numbers typed any way."""

import pytest

from wenguo.lib.phones import normalise_phone


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("138-0013-8000", "+8613800138000"),
        ("0086-138-0013-8000", "+8613800138000"),
        ("+86 13800138000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("010-12345678", "+861012345678"),
        ("(021) 6543 2100", "+862165432100"),
        ("０５１２－６５２２１２３４", "+8651265221234"),
        ("+86 (0)10 6552 9988", "+861065529988"),
        ("+86 0755 83765566", "+8675583765566"),
        ("0755-83765566转801", "+8675583765566"),
        ("400-810-8888", "+864008108888"),
        ("+44 20 7946 0958", "+442079460958"),
        ("852 2345 6789", "+85223456789"),
    ],
)
def test_is_brought_to_one_form(raw: str, expected: str) -> None:
    assert normalise_phone(raw) == expected
    assert normalise_phone(expected) == expected


@pytest.mark.parametrize(
    "raw", ["", "abc", "12345678", "95533", "1380013800", "138001380001", "13800138000或者13900139000", "+", "0" * 50]
)
def test_what_is_no_full_number_is_none(raw: str) -> None:
    assert normalise_phone(raw) is None


def test_another_region_reads_its_own_numbers() -> None:
    assert normalise_phone("020 7946 0958", region="GB") == "+442079460958"
