"""Normalised contact points, and what a search term asks for."""

import pytest

from wenguo.customers.rules import Known, may_join, normalise_contact, normalise_serial, wanted_tokens


@pytest.mark.parametrize(
    ("kind", "typed", "normalised"),
    [
        ("phone", "138-1234-6021", "+8613812346021"),
        ("phone", "０１３８", None),
        ("phone", "+86 138 1234 6021", "+8613812346021"),
        ("email", " Zhang.Wei@Example.COM ", "zhang.wei@example.com"),
        ("email", "zhang@", None),
        ("email", "a@b.com, c@d.com", None),
        ("address", "  杭州路  12号 ", "杭州路 12号"),
        ("id_number", "370203 19900101 001x", "37020319900101001X"),
        ("wechat", "", None),
    ],
)
def test_contact_points_have_one_spelling(kind: str, typed: str, normalised: str | None) -> None:
    assert normalise_contact(kind, typed) == normalised


def test_a_serial_number_is_its_letters_and_digits() -> None:
    assert normalise_serial("lhc 1234-5678 906021") == "LHC12345678906021"


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("13812346021", {"phone", "serial", "id_number"}),
        ("6021", {"phone_end"}),
        ("zhang@example.com", {"email"}),
        ("LHC12345678906021", {"serial", "id_number"}),
        ("张伟", {"char"}),
        ("zhangwei", {"sound"}),
        ("zw", {"initial"}),
        ("", set()),
        ("!!", set()),
    ],
)
def test_a_search_term_asks_for(typed: str, kinds: set[str]) -> None:
    assert {kind for wanted in wanted_tokens(typed) for kind, _value in wanted} == kinds


@pytest.mark.parametrize(
    ("name", "contacts", "joins"),
    [
        ("张伟", [("phone", "+8613812346021")], True),
        ("", [("phone", "+8613812346021")], True),
        ("李娜", [("phone", "+8613812346021")], False),
        ("张伟", [("phone", "+8613812346021"), ("email", "stranger@example.com")], False),
    ],
)
def test_a_stranger_joins_only_with_nothing_new(name: str, contacts: list[tuple[str, str]], joins: bool) -> None:
    known = Known(1, "张伟", frozenset({("phone", "+8613812346021")}))
    assert may_join(known, name, contacts) is joins
