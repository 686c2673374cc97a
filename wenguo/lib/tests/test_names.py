"""What a name or number can be found by."""

import pytest

from wenguo.lib.names import name_query_tokens, name_tokens, phone_query_tokens, phone_tokens


def test_a_name_is_taken_apart_into_characters_sounds_and_initials() -> None:
    assert name_tokens("张伟") == {
        ("char", "张"),
        ("char", "伟"),
        ("sound", "zhang"),
        ("sound", "wei"),
        ("initial", "z"),
        ("initial", "w"),
    }


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张伟", "张伟"),
        ("張偉", "张伟"),
        ("张伟", "伟"),
        ("张伟", "zhang wei"),
        ("张伟", "ZhangWei"),
        ("张伟", "张wei"),
        ("张伟", "zw"),
        ("张伟", "w"),
        ("单田芳", "shan"),
        ("吕布", "lv bu"),
        ("吕布", "lübu"),
        ("吕布", "lyubu"),
        ("欧阳娜娜", "ouyang"),
        ("John Smith", "smith"),
        ("John Smith", "JOHN"),
        ("Wang Anna", "anna"),
    ],
)
def test_is_found_the_way_people_type(name: str, typed: str) -> None:
    wanted = name_query_tokens(typed)
    assert wanted
    assert wanted <= name_tokens(name)


@pytest.mark.parametrize(("name", "typed"), [("张伟", "李"), ("张伟", "zhao"), ("John Smith", "smi"), ("张伟", "zl")])
def test_is_not_found_by_something_else(name: str, typed: str) -> None:
    assert not name_query_tokens(typed) <= name_tokens(name)


def test_an_empty_or_odd_name_gives_no_tokens() -> None:
    assert name_tokens("") == name_tokens("😀 !!") == name_query_tokens("…") == set()


def test_a_number_is_found_whole_or_by_its_last_four_digits() -> None:
    stored = phone_tokens("+8613812346021")
    assert phone_query_tokens("138 1234 6021") <= stored
    assert phone_query_tokens("６０２１") <= stored
    assert phone_query_tokens("021") == phone_query_tokens("1234602") == set()
