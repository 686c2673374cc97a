"""Lists: filters, pages, counts; the number of statements does not depend on the number of rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.access import grants_of
from wenguo.accounts.models import Unit, User
from wenguo.complaints.actions import accept_complaint, ask_for_more
from wenguo.complaints.models import Complaint, Involvement
from wenguo.complaints.queries import ORDERS, ComplaintFilter, filtered, list_page
from wenguo.complaints.queries import lists as lists_module
from wenguo.complaints.tests.conftest import Take
from wenguo.lib.errors import Refused
from wenguo.lib.now import now

EVERYTHING = ComplaintFilter()


def references(user: User, **given: Any) -> list[str]:
    return [row.reference for row in list_page(user, ComplaintFilter(**given)).rows]


def test_newest_received_first(take: Take, alice: User) -> None:
    old = take(received_at=datetime(2026, 3, 1, tzinfo=UTC))
    new = take(received_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert references(alice) == [new.reference, old.reference]


def test_filters_narrow_down(take: Take, alice: User, service_centre: Unit) -> None:
    march = take(received_at=datetime(2026, 3, 1, 4, tzinfo=UTC), is_safety=True)
    fresh = accept_complaint(take(), by=alice)
    assert references(alice, urgent=True) == [march.reference]
    assert references(alice, stage=("validity",)) == [fresh.reference]
    assert references(alice, received_to=date(2026, 3, 1)) == [march.reference]
    assert references(alice, received_from=date(2026, 3, 2)) == [fresh.reference]
    assert references(alice, overdue=True) == [march.reference]
    assert references(alice, owner="me") == []
    assert len(references(alice, owner="none")) == 2
    assert references(alice, unit=str(service_centre.pk)) == []
    assert references(alice, unit="no number") == []
    assert len(references(alice, channel="phone", open=True)) == 2
    assert references(alice, issue="no such code") == []


def test_waiting_is_a_filter(take: Take, alice: User) -> None:
    waiting = ask_for_more(take(), by=alice, question="请提供发票照片")
    take()
    assert references(alice, waiting=True) == [waiting.reference]


def test_a_filter_survives_its_query_string() -> None:
    given = ComplaintFilter(
        text="变速箱 异响", status=("open", "waiting"), urgent=True, owner="me", received_from=date(2026, 1, 31)
    )
    assert ComplaintFilter.from_string(given.to_string()) == given
    assert EVERYTHING.to_string() == ""


def test_what_is_misspelt_in_a_query_string_is_left_out() -> None:
    assert ComplaintFilter.from_string("status=foo&received_from=31.1.&owner=%00&text=%00&x=1") == EVERYTHING


def test_pages_go_on_where_they_ended(take: Take, alice: User) -> None:
    made = [take().reference for _n in range(5)]
    first = list_page(alice, EVERYTHING, size=3)
    second = list_page(alice, EVERYTHING, size=3, cursor=first.next_cursor)
    assert [row.reference for row in [*first.rows, *second.rows]] == made[::-1]
    assert (second.next_cursor, str(second.count)) == (None, "5")


def test_by_due_date_only_running_clocks_are_listed(take: Take, alice: User) -> None:
    late = take(received_at=now() - timedelta(days=30))
    soon = take()
    ask_for_more(take(), by=alice, question="请提供发票照片")
    assert [row.reference for row in list_page(alice, EVERYTHING, order="due").rows] == [
        late.reference,
        soon.reference,
    ]


def test_an_unknown_order_is_refused(alice: User) -> None:
    with pytest.raises(Refused):
        list_page(alice, EVERYTHING, order="words")


def test_counting_stops(take: Take, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists_module, "MOST_COUNTED", 2)
    for _n in range(3):
        take()
    assert str(list_page(alice, EVERYTHING).count) == "2+"


@pytest.mark.parametrize("rows", [5, 50])
def test_a_page_takes_three_statements(
    rows: int, take: Take, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(rows):
        take()
    grants_of(alice)
    with django_assert_num_queries(3):
        page = list_page(alice, ComplaintFilter(open=True), size=50)
        assert [(str(row.owner), str(row.channel), str(row.customer)) for row in page.rows]
    assert len(page.rows) == rows


@contextmanager
def no_table_scans() -> Iterator[None]:
    """PostgreSQL would rather read a small table whole; it is asked for the plan of a big one."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_incremental_sort = off")
        yield


LISTS = [
    ("received", ComplaintFilter()),
    ("-received", ComplaintFilter()),
    ("due", ComplaintFilter()),
    ("due", ComplaintFilter(overdue=True)),
    ("changed", ComplaintFilter()),
    ("received", ComplaintFilter(status=("open",))),
    ("received", ComplaintFilter(stage=("assign",))),
    ("received", ComplaintFilter(owner="me", status=("open",))),
]


def plan_of(user: User, given: ComplaintFilter, order: str) -> str:
    found = lists_module.asked(user, given)
    rows = lists_module.ordered(found.seen.filter(found.meaning.rest), order, found.meaning)
    columns = [("-" if way == "desc" else "") + name for name, way in ORDERS[order]]
    with no_table_scans():
        return rows.order_by(*columns)[:51].explain()


def scans(plan: str) -> list[str]:
    tables = {Complaint._meta.db_table, Involvement._meta.db_table}
    lines = [line.strip() for line in plan.splitlines()]
    return [
        line
        for line in lines
        for table in tables
        if f"Seq Scan on {table}" in line or (f"SCAN {table}" in line and "INDEX" not in line)
    ]


@pytest.mark.parametrize(("order", "given"), LISTS)
def test_main_lists_follow_an_index_without_sorting(order: str, given: ComplaintFilter, alice: User) -> None:
    plan = plan_of(alice, given, order)
    assert scans(plan) == []
    assert "Sort Key" not in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(("order", "given"), LISTS)
def test_the_lists_of_one_unit_read_no_table_whole(order: str, given: ComplaintFilter, mallory: User) -> None:
    assert scans(plan_of(mallory, given, order)) == []


def test_what_is_due_is_found_through_the_partial_index(alice: User) -> None:
    with no_table_scans(), CaptureQueriesContext(connection):
        plan = filtered(alice, ComplaintFilter(overdue=True), now()).order_by("next_due_at", "id")[:51].explain()
    assert "complaints_due" in plan
