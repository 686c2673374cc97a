"""Addresses by kind and token."""

import pytest

from wenguo.lib import links


def test_a_path_is_made_of_kind_and_token() -> None:
    assert links.path("track", token="abc") == "/track/abc/"
    assert links.path("home") == "/"


def test_an_absolute_address_starts_with_the_public_one() -> None:
    assert links.url("complaint", reference="WG-2609-7F3K9Q") == "http://testserver/desk/complaints/WG-2609-7F3K9Q/"


def test_a_token_cannot_leave_its_place() -> None:
    assert links.path("track", token="../a?b#c") == "/track/..%2Fa%3Fb%23c/"


def test_an_unknown_kind_or_a_missing_token_is_an_error() -> None:
    with pytest.raises(KeyError):
        links.path("nowhere")
    with pytest.raises(KeyError):
        links.path("track")
