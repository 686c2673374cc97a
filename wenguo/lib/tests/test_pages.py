"""Keyset pages over a table made for these tests: nulls, ties, both directions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.utils import translation

from wenguo.lib.errors import Refused
from wenguo.lib.fields import EncryptedTextField, blind
from wenguo.lib.pages import Order, keyset_page


class Letter(models.Model):
    """A row with a tie-prone time, a nullable time and a sealed name."""

    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sender = EncryptedTextField(null=True)

    class Meta:
        app_label = "lib_tests"


LETTERS: models.QuerySet[Letter] = models.QuerySet(Letter)


@pytest.fixture(scope="module")
def _table(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with connection.schema_editor() as editor:
            editor.create_model(Letter)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Letter)


@pytest.fixture
def letters(_table: None, db: None) -> list[Letter]:
    start = datetime(2026, 9, 1, 8, 0, 0, 123456, tzinfo=UTC)
    rows = [
        Letter(
            received_at=start + timedelta(minutes=number // 3),
            due_at=None if number % 4 == 0 else start + timedelta(hours=number % 5),
        )
        for number in range(23)
    ]
    return LETTERS.bulk_create(rows)


NEWEST: Order = [("received_at", "desc"), ("id", "desc")]
ORDERS: list[Order] = [
    NEWEST,
    [("received_at", "asc"), ("id", "desc")],
    [("due_at", "asc"), ("id", "asc")],
    [("due_at", "desc"), ("received_at", "asc"), ("id", "asc")],
]


def expected(rows: list[Letter], order: Order) -> list[int]:
    """Sorted in Python, nulls last."""
    for name, way in reversed(order):
        known = [row for row in rows if getattr(row, name) is not None]
        known.sort(key=lambda row: getattr(row, name), reverse=way == "desc")
        rows = known + [row for row in rows if getattr(row, name) is None]
    return [row.pk for row in rows]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 5, 23, 50])
def test_walks_there_and_back_without_losing_a_row(letters: list[Letter], order: Order, size: int) -> None:
    forward, page = [], keyset_page(LETTERS.all(), order, size=size)
    assert page.previous_cursor is None
    forward.append([row.pk for row in page.rows])
    while page.next_cursor:
        page = keyset_page(LETTERS.all(), order, page.next_cursor, size)
        forward.append([row.pk for row in page.rows])
    assert list(chain.from_iterable(forward)) == expected(letters, order)
    backward = [forward[-1]]
    while page.previous_cursor:
        page = keyset_page(LETTERS.all(), order, page.previous_cursor, size)
        backward.append([row.pk for row in page.rows])
    assert backward == forward[::-1]


def test_a_row_that_arrives_does_not_shift_the_next_page(letters: list[Letter]) -> None:
    first = keyset_page(LETTERS.all(), NEWEST, size=5)
    LETTERS.create(received_at=datetime(2026, 10, 1, tzinfo=UTC))
    second = keyset_page(LETTERS.all(), NEWEST, first.next_cursor, 5)
    assert [row.pk for row in second.rows] == expected(letters, NEWEST)[5:10]


def test_one_statement_a_page(letters: list[Letter], django_assert_num_queries: object) -> None:
    cursor = keyset_page(LETTERS.all(), NEWEST, size=5).next_cursor
    with django_assert_num_queries(1):  # type: ignore[operator]
        keyset_page(LETTERS.all(), NEWEST, cursor, 5)


def test_pages_of_values_work_too(letters: list[Letter]) -> None:
    queryset = LETTERS.values("id", "received_at")
    page = keyset_page(queryset, NEWEST, keyset_page(queryset, NEWEST, size=5).next_cursor, 5)
    assert [row["id"] for row in page.rows] == expected(letters, NEWEST)[5:10]


def test_nothing_gives_an_empty_page(letters: list[Letter]) -> None:
    page = keyset_page(LETTERS.none(), NEWEST)
    assert (page.rows, page.next_cursor, page.previous_cursor) == ([], None, None)


@pytest.mark.parametrize(
    "cursor",
    ["x", "!!!", "投诉", "e30", "bnVsbA", "WzAsWyItcmVjZWl2ZWRfYXQiLCItaWQiXSxbInh5eiIsMV1d", "W" * 9000],
)
@pytest.mark.usefixtures("letters")
def test_a_broken_cursor_is_refused_with_what_to_do(cursor: str) -> None:
    with translation.override("en"), pytest.raises(Refused) as refusal:
        keyset_page(LETTERS.all(), NEWEST, cursor)
    assert refusal.value.sentence == "This page address is not valid any more. Go back to the first page."


def test_the_cursor_of_another_order_is_refused(letters: list[Letter]) -> None:
    cursor = keyset_page(LETTERS.all(), NEWEST, size=5).next_cursor
    with pytest.raises(Refused):
        keyset_page(LETTERS.all(), ORDERS[1], cursor)


def test_a_sealed_field_reads_back_and_is_unreadable_in_the_database(letters: list[Letter]) -> None:
    letter = letters[0]
    letter.sender = "张伟"
    letter.save()
    assert LETTERS.get(pk=letter.pk).sender == "张伟"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sender FROM lib_tests_letter WHERE id = %s", [letter.pk])
        assert cursor.fetchone()[0].startswith("v1:")
    assert LETTERS.filter(sender__isnull=False).count() == 1


@pytest.mark.parametrize("lookup", ["sender", "sender__exact", "sender__icontains", "sender__in", "sender__startswith"])
def test_a_sealed_field_cannot_be_searched(lookup: str) -> None:
    with pytest.raises(FieldError, match="look it up by its blind tokens"):
        LETTERS.filter(**{lookup: ["张伟"]})


def test_sealed_fields_survive_bulk_writes(letters: list[Letter]) -> None:
    for number, letter in enumerate(letters):
        letter.sender = f"张{number}"
    LETTERS.bulk_update(letters, ["sender"])
    assert {letter.sender for letter in LETTERS.all()} == {f"张{number}" for number in range(23)}


def test_blind_tokens_come_from_the_installations_key() -> None:
    assert blind("phone", "+8613812346021") == blind("phone", "+8613812346021") != blind("phone", "+8613812346022")
