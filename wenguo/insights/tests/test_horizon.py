"""How far the audit may be read while others write: nothing that commits late is missed."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from wenguo.audit.models import AuditEntry
from wenguo.insights.queries.horizon import horizon

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
INSERT = (
    "INSERT INTO audit_auditentry (chain, seq, event, actor, at, written_at, body, previous, hash) "
    "VALUES (%s, 1, 'test', 'test', now(), now(), '{}', '', '') RETURNING id"
)


class Writer:
    """Somebody else's connection, in the middle of a transaction."""

    def __init__(self) -> None:
        known = connection.get_connection_params()
        self.session = psycopg.connect(
            host=known.get("host"), port=known.get("port"), user=known.get("user"), password=known.get("password"),
            dbname=known["dbname"],
        )  # fmt: skip

    def writes(self, chain: str) -> int:
        row = self.session.execute(INSERT, [chain]).fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture
def writers() -> Iterator[tuple[Writer, Writer]]:
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    both = Writer(), Writer()
    yield both
    for one in both:
        one.session.rollback()
        one.session.close()


def test_a_number_given_but_not_committed_is_waited_for(writers: tuple[Writer, Writer]) -> None:
    slow, quick = writers
    first = slow.writes("complaint:slow")
    second = quick.writes("complaint:quick")
    quick.session.commit()
    assert AuditEntry.objects.filter(pk=second).exists()
    assert horizon(first - 1) == first - 1
    slow.session.commit()
    assert horizon(first - 1) == second


def test_a_number_that_was_rolled_back_holds_nobody_up(writers: tuple[Writer, Writer]) -> None:
    thinks_again, quick = writers
    first = thinks_again.writes("complaint:never")
    thinks_again.session.rollback()
    second = quick.writes("complaint:quick")
    quick.session.commit()
    assert horizon(first - 1) == second


def test_what_lies_before_the_gap_is_read_while_a_writer_stays(writers: tuple[Writer, Writer]) -> None:
    slow, quick = writers
    before = quick.writes("complaint:before")
    quick.session.commit()
    late = slow.writes("complaint:late")
    quick.writes("complaint:after")
    quick.session.commit()
    assert horizon(before - 1) == before == late - 1


def test_a_batch_is_no_longer_than_asked(writers: tuple[Writer, Writer]) -> None:
    _slow, quick = writers
    first = quick.writes("complaint:1")
    for n in range(2, 6):
        quick.writes(f"complaint:{n}")
    quick.session.commit()
    assert horizon(first - 1, limit=3) == first + 2
