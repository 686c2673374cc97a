"""Pages of entries and reads: newest first, filtered, a fixed number of statements."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from wenguo.audit.actions import record_in, record_read
from wenguo.audit.queries import EntryFilter, chain_page, entries_page, reads_of, reads_page
from wenguo.lib.actors import NamedActor
from wenguo.lib.now import moved_to

pytestmark = pytest.mark.usefixtures("empty_audit")
START = datetime(2026, 2, 1, tzinfo=UTC)
ALICE, OTTO = NamedActor("user:1 alice"), NamedActor("user:9 otto")


@pytest.fixture(autouse=True)
def written(empty_audit: None) -> None:
    for day in range(5):
        with moved_to(START + timedelta(days=day)):
            record_in("complaint:1", f"stage.{day}", by=ALICE if day % 2 else OTTO)
    with moved_to(START + timedelta(days=9)):
        record_read("reveal", "customer:7", "phone", by=OTTO)
        record_read("export", "complaints", "list", by=ALICE, count=20)


def test_newest_first_page_by_page() -> None:
    wanted = EntryFilter(chain="complaint:1")
    first = entries_page(wanted, size=2)
    rest = entries_page(wanted, cursor=first.next_cursor, size=10)

    assert [entry.seq for entry in first.rows] == [5, 4]
    assert [entry.seq for entry in rest.rows] == [3, 2, 1]
    assert rest.next_cursor is None


def test_by_actor_event_and_date() -> None:
    since, until = START + timedelta(days=1), START + timedelta(days=4)
    wanted = EntryFilter(actor="alice", event="stage", since=since, until=until)

    assert [entry.event for entry in entries_page(wanted).rows] == ["stage.3", "stage.1"]
    assert [entry.event for entry in entries_page(EntryFilter(event="stage.2")).rows] == ["stage.2"]


def test_one_chain() -> None:
    assert [entry.seq for entry in chain_page("complaint:1", size=2).rows] == [5, 4]


def test_reads_by_subject_and_by_kind(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        of_customer = reads_of("customer:7")
        exports = reads_page(EntryFilter(kind="export"))

    assert [read.actor for read in of_customer] == ["user:9 otto"]
    assert [read.count for read in exports.rows] == [20]
    assert reads_page(EntryFilter(actor="nobody")).rows == []
