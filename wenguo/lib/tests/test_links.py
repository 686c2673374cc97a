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


def test_a_message_kept_for_others_loses_its_secret_links() -> None:
    text = f"看进展：{links.url('track', token='WG-2611-ABC.0123')}\n评价：{links.url('survey', token='x_y-z')} 谢谢"
    assert links.hide_tokens(text) == "看进展：http://testserver/track/…/\n评价：http://testserver/survey/…/ 谢谢"
    assert links.hide_tokens("/desk/complaints/WG-2611-ABCDEF/") == "/desk/complaints/WG-2611-ABCDEF/"
