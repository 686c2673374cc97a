"""What a step leaves is the same rows whether it goes to PostgreSQL in one journey or one by one."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from wenguo.complaints.models import Complaint, Entry
from wenguo.lib import batch
from wenguo.lib.now import now
from wenguo.lib.together import insert, update, written_together

pytestmark = pytest.mark.postgres


def entries(complaint: Complaint, texts: list[str]) -> list[Entry]:
    return [Entry(complaint=complaint, kind="note", at=now(), body=text) for text in texts]


def test_new_and_changed_rows_go_out_in_one_journey(submitted: Complaint) -> None:
    submitted.title, submitted.order_reference = "50 % off; DROP “--”", "O'Hara"
    with CaptureQueriesContext(connection) as statements, written_together():
        rows = [insert(one) for one in entries(submitted, ["one; two %s", "three"])]
        update(submitted, ["title", "order_reference"])
        assert [row.pk for row in rows] == [None, None]
    assert sum("INSERT" in one["sql"] for one in statements.captured_queries) == 1
    found = Entry.objects.in_bulk([row.pk for row in rows])
    assert [found[row.pk].body for row in rows] == ["one; two %s", "three"]
    assert not any(row._state.adding for row in rows)
    kept = Complaint.objects.get(pk=submitted.pk)
    assert (kept.title, kept.order_reference) == ("50 % off; DROP “--”", "O'Hara")


def test_one_by_one_writes_the_same(submitted: Complaint) -> None:
    with CaptureQueriesContext(connection) as statements, batch.one_by_one(), written_together():
        rows = [insert(one) for one in entries(submitted, ["one"])]
        submitted.title = "other"
        update(submitted, ["title"])
    assert sum("INSERT" in one["sql"] or "UPDATE" in one["sql"] for one in statements.captured_queries) == 2
    assert Entry.objects.get(pk=rows[0].pk).body == "one"
    assert Complaint.objects.get(pk=submitted.pk).title == "other"


def test_a_row_that_is_gone_takes_all_back(submitted: Complaint) -> None:
    ghost = Complaint.objects.get(pk=submitted.pk)
    ghost.pk = 0
    before = Entry.objects.count()

    @written_together()
    def act() -> None:
        insert(entries(submitted, ["lost"])[0])
        update(ghost, ["title"])

    with pytest.raises(DatabaseError, match="0 of 1 rows"):
        act()
    assert Entry.objects.count() == before
