"""Settings stay in the process until somebody changes them; every process sees the change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenguo.audit.actions import record_in
from wenguo.audit.models import Chain
from wenguo.audit.queries import kept
from wenguo.lib.actors import SYSTEM
from wenguo.lib.remember import remembering

pytestmark = pytest.mark.django_db


def counted(reads: list[str]) -> int:
    def read() -> int:
        reads.append("read")
        return len(reads)

    return kept("library", "counted", read)


def test_read_once_while_nothing_changes() -> None:
    record_in("library", "made", by=SYSTEM)
    reads: list[str] = []
    assert [counted(reads), counted(reads)] == [1, 1]


def test_read_anew_after_a_change_audited_in_its_chain() -> None:
    record_in("library", "made", by=SYSTEM)
    reads: list[str] = []
    counted(reads)
    record_in("library", "changed", by=SYSTEM)
    assert counted(reads) == 2


def test_a_change_by_another_process_is_seen() -> None:
    """What another process does is a new head in the database, and nothing else."""
    record_in("library", "made", by=SYSTEM)
    reads: list[str] = []
    counted(reads)
    Chain.objects.filter(name="library").update(audit_head="f" * 64)
    assert counted(reads) == 2


def test_without_an_audited_chain_nothing_is_kept() -> None:
    Chain.objects.filter(name="library").delete()
    reads: list[str] = []
    assert [counted(reads), counted(reads)] == [1, 2]


def test_the_heads_are_read_once_a_request() -> None:
    record_in("library", "made", by=SYSTEM)
    with remembering(), CaptureQueriesContext(connection) as statements:
        counted([])
        counted([])
    assert len(statements) == 1
