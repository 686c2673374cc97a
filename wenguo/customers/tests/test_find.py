"""Looking customers up: by every way of typing, masked, page by page, in a fixed number of statements."""

import pytest
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.models import User
from wenguo.customers.actions import find_or_create_customer, merge_customers
from wenguo.customers.models import BlindToken, Customer
from wenguo.customers.queries import customer_page, find_customers
from wenguo.lib.errors import NotAllowed


@pytest.mark.parametrize(
    "typed",
    ["138 1234 6021", "+8613812346021", "6021", "张伟", "张", "伟", "zhang", "zhangwei", "zw", "zhang wei",
     "ZHANG.WEI@example.com", "LHC12345678906021", "lhc-1234 5678 906021"],
)  # fmt: skip
def test_finds(zhang: Customer, alice: User, typed: str) -> None:
    find_or_create_customer(name="李娜", phone="13900001111", by=alice)
    assert [row.pk for row in find_customers(typed, alice).rows] == [zhang.pk]


@pytest.mark.parametrize("typed", ["13812346022", "1381", "张娜", "wang", "nobody@example.com", "LHC", "'; --", "%"])
def test_finds_nobody(zhang: Customer, alice: User, typed: str) -> None:
    assert find_customers(typed, alice).rows == []


def test_contact_points_are_masked_and_names_shown_to_those_who_call(zhang: Customer, alice: User) -> None:
    row = find_customers("6021", alice).rows[0]
    assert (row.name, row.phone, row.email) == ("张伟", "138****6021", "z***@example.com")


def test_names_are_masked_for_an_administrator(zhang: Customer, ada: User) -> None:
    assert find_customers("6021", ada).rows[0].name == "张*"


def test_a_unit_handler_cannot_browse_customers(zhang: Customer, wang: User) -> None:
    with pytest.raises(NotAllowed):
        find_customers("", wang)


def test_a_merged_customer_is_found_as_the_target(zhang: Customer, alice: User) -> None:
    other = find_or_create_customer(name="张小伟", phone="13900001111", by=alice)
    merge_customers(other, zhang, by=alice, reason="same car")

    assert [row.pk for row in find_customers("13900001111", alice).rows] == [zhang.pk]
    assert [point.value for point in customer_page(zhang, alice).points if not point.is_own] == ["139****1111"]


def test_pages_follow_each_other(alice: User) -> None:
    made = [find_or_create_customer(name=f"王{number}", by=alice).pk for number in range(5)]

    first = find_customers("", alice, size=3)
    second = find_customers("", alice, cursor=first.next_cursor, size=3)

    assert [row.pk for row in first.rows + second.rows] == made[::-1]


def test_a_list_needs_a_fixed_number_of_statements(
    alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        find_or_create_customer(name=f"王{number}", phone=f"1390000{number:04}", by=alice)
    with django_assert_num_queries(3):
        find_customers("王", alice)


def test_tokens_say_nothing_by_themselves(zhang: Customer) -> None:
    for token in BlindToken.objects.filter(customer=zhang):
        assert len(token.token) == 32
        assert "6021" not in token.token or token.token.isalnum()


pytestmark = pytest.mark.django_db
