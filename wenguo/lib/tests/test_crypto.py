"""Sealed values and blind tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenguo.lib.crypto import CannotOpen, Cipher

CIPHER = Cipher("a master secret of some length")
OTHER = Cipher("another master secret of some length")


@given(st.text())
def test_opens_what_it_sealed(text: str) -> None:
    assert CIPHER.open(CIPHER.seal(text)) == text


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert CIPHER.seal("张伟") != CIPHER.seal("张伟")
    assert CIPHER.seal("张伟").startswith("v1:")


@pytest.mark.parametrize("sealed", ["", "张伟", "v1:", "v1:!!!", "v1:AAAA", "v2:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="])
def test_what_is_not_sealed_cannot_be_opened(sealed: str) -> None:
    with pytest.raises(CannotOpen):
        CIPHER.open(sealed)


def test_another_key_cannot_open_it() -> None:
    with pytest.raises(CannotOpen):
        OTHER.open(CIPHER.seal("张伟"))


def test_any_altered_character_is_noticed() -> None:
    sealed = CIPHER.seal("张伟")
    for place in range(3, len(sealed) - 4):
        altered = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(CannotOpen):
            CIPHER.open(altered)


def test_blind_tokens_are_equal_for_equal_values_of_one_kind_only() -> None:
    token = CIPHER.blind("phone", "+8613812346021")
    assert token == CIPHER.blind("phone", "+8613812346021")
    assert len(token) == 32
    assert token not in {CIPHER.blind("phone_end", "+8613812346021"), OTHER.blind("phone", "+8613812346021")}
    assert CIPHER.blind("a", "bc") != CIPHER.blind("ab", "c")


def test_a_short_master_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 characters"):
        Cipher("short")
