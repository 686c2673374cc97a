"""Rows of one step are written at its end, or not at all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenguo.lib.now import now
from wenguo.lib.together import at_the_end, held, hold, insert, is_held, update, while_held, written_together
from wenguo.outbox.models import Notice

pytestmark = pytest.mark.django_db


def line(text: str = "one") -> Notice:
    return Notice(user_key="7", kind="task", text=text, created_at=now())


def texts() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("text", flat=True))


def test_rows_of_one_table_go_out_in_one_statement() -> None:
    with (
        CaptureQueriesContext(
            connection,
        ) as statements,
        written_together(),
    ):
        insert(line("one"))
        insert(line("two"))
        assert not [one for one in statements.captured_queries if "INSERT" in one["sql"]]
    assert [one["sql"].split()[0] for one in statements.captured_queries].count("INSERT") == 1
    assert texts() == ["one", "two"]


def test_outside_a_block_a_row_is_written_at_once() -> None:
    assert insert(line()).pk is not None
    assert texts() == ["one"]


def test_what_fails_leaves_nothing() -> None:
    @written_together()
    def fail() -> None:
        insert(line())
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert texts() == []


def test_a_step_inside_a_step_is_written_by_the_outer_one() -> None:
    with written_together():
        with written_together():
            insert(line("inner"))
        assert texts() == []
    assert texts() == ["inner"]


def test_rows_that_change_alike_become_one_update() -> None:
    rows = [insert(line("a")), insert(line("b")), insert(line("c"))]
    with CaptureQueriesContext(connection) as statements, written_together():
        for row, text in zip(rows, ("x", "x", "y"), strict=True):
            row.text = text
            update(row, ["text"])
    sent = "\n".join(one["sql"] for one in statements.captured_queries)  # to PostgreSQL both go in one journey
    assert sent.count('UPDATE "outbox_notice"') == 2
    assert texts() == ["x", "x", "y"]


def test_a_new_row_changed_before_the_end_goes_in_as_it_is() -> None:
    with written_together():
        row = insert(line("first"))
        row.text = "second"
        update(row, ["text"])
    assert texts() == ["second"]


def test_a_held_row_is_one_object_until_the_end() -> None:
    row = insert(line())
    with written_together():
        hold(row)
        assert held(Notice, row.pk) is row
        assert not is_held(Notice.objects.get(pk=row.pk))
    assert held(Notice, row.pk) is None


def test_what_is_known_of_a_held_row_is_read_once() -> None:
    row = insert(line())
    reads: list[int] = []

    def read() -> int:
        reads.append(1)
        return len(reads)

    with written_together():
        hold(row)
        for _time in range(2):
            while_held(row, "lines", read)
    while_held(row, "lines", read)
    assert len(reads) == 2


def test_the_last_act_of_a_block_is_done_once() -> None:
    def leave_last() -> None:
        insert(line("last"))

    with written_together():
        for _time in range(3):
            at_the_end("line", leave_last)
    assert texts() == ["last"]
