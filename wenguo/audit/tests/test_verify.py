"""Every way of tampering, done behind the actions' back, is found and named."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from wenguo.audit.actions import record_in, write_anchor
from wenguo.audit.models import AuditEntry
from wenguo.audit.queries import anchors, proven
from wenguo.lib.actors import SYSTEM

pytestmark = pytest.mark.usefixtures("empty_audit")


@pytest.fixture
def written(empty_audit: None) -> None:
    for chain in ("first", "second"):
        for event in ("made", "changed", "closed"):
            record_in(chain, event, by=SYSTEM, body={"on": chain})


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def broken() -> dict[str, str]:
    return {one.chain: one.problem for one in proven().broken}


def test_untouched_chains_hold(written: None) -> None:
    write_anchor(date(2026, 1, 1))

    verdict = proven()

    assert (verdict.chains, verdict.entries, verdict.broken) == (3, 7, [])


def test_an_altered_body(written: None) -> None:
    AuditEntry.objects.filter(chain="first", seq=2).update(body={"on": "other"})

    assert broken() == {"first": "entry 2 was altered"}


@pytest.mark.parametrize("column", ["event", "actor"])
def test_an_altered_column(written: None, column: str) -> None:
    sql(f"update audit_auditentry set {column} = %s where chain = %s and seq = 1", "somebody else", "second")

    assert broken() == {"second": "entry 1 was altered"}


def test_a_moved_time(written: None) -> None:
    sql("update audit_auditentry set at = %s where chain = %s and seq = 3", "2020-01-01 00:00:00+00:00", "first")

    assert broken() == {"first": "entry 3 was altered"}


def test_an_entry_taken_out_of_the_middle(written: None) -> None:
    sql("delete from audit_auditentry where chain = %s and seq = 2", "first")

    assert broken() == {"first": "entry 2 is missing"}


def test_a_cut_tail(written: None) -> None:
    sql("delete from audit_auditentry where chain = %s and seq = 3", "first")

    assert broken() == {"first": "2 entries found, 3 were written"}


def test_a_chain_whose_entries_are_all_gone(written: None) -> None:
    sql("delete from audit_auditentry where chain = %s", "first")

    verdict = proven()

    assert [one.chain for one in verdict.broken] == ["first"]
    assert (verdict.chains, verdict.entries) == (2, 3)


def test_a_forged_addition(written: None) -> None:
    sql(
        "insert into audit_auditentry (chain, seq, event, actor, at, written_at, body, previous, hash) "
        "select chain, 4, event, actor, at, written_at, body, hash, hash "
        "from audit_auditentry where chain=%s and seq=3",
        "first",
    )

    assert broken() == {"first": "entry 4 was altered"}


def test_a_subject_deleted_while_its_entries_stay(written: None) -> None:
    sql("delete from audit_chain where name = %s", "second")

    assert broken() == {"second": "its subject is gone"}


def test_a_tail_cut_together_with_what_the_subject_remembers(written: None) -> None:
    write_anchor(date(2026, 1, 1))
    head = AuditEntry.objects.get(chain="first", seq=2).hash
    sql("delete from audit_auditentry where chain = %s and seq = 3", "first")
    sql("update audit_chain set audit_count = 2, audit_head = %s where name = %s", head, "first")

    assert broken() == {"first": "lost: it had 3 entries on 2026-01-01"}


def test_a_chain_lost_together_with_its_subject(written: None) -> None:
    write_anchor(date(2026, 1, 1))
    sql("delete from audit_auditentry where chain = %s", "second")
    sql("delete from audit_chain where name = %s", "second")

    assert broken() == {"second": "lost: it had 3 entries on 2026-01-01"}


def test_a_chain_written_anew_with_right_hashes(written: None) -> None:
    write_anchor(date(2026, 1, 1))
    sql("delete from audit_auditentry where chain = %s", "second")
    sql("delete from audit_chain where name = %s", "second")
    for event in ("made", "changed", "whitewashed"):
        record_in("second", event, by=SYSTEM)

    assert broken() == {"second": "rewritten: entry 3 is not the one anchored on 2026-01-01"}


def test_an_altered_anchor(written: None, home: Path) -> None:
    file = write_anchor(date(2026, 1, 1))
    assert file
    file.write_text(file.read_text().replace('"entries": 6', '"entries": 5'))

    assert broken() == {"anchors:2026-01-01": "the signature is wrong: the file was altered, or SECRET_KEY was changed"}


def test_an_altered_listing(written: None) -> None:
    file = write_anchor(date(2026, 1, 1))
    assert file
    listing = anchors.listing_of(file)
    listing.write_text(listing.read_text().replace("second", "third"))

    assert broken() == {"anchors:2026-01-01": "its list of chains was altered"}


def test_an_anchor_of_nonsense(written: None) -> None:
    file = write_anchor(date(2026, 1, 1))
    assert file
    file.write_text("[]")

    assert broken() == {"anchors:2026-01-01": "the file is missing or was replaced"}


def test_a_removed_anchor(written: None) -> None:
    first = write_anchor(date(2026, 1, 1))
    record_in("first", "reopened", by=SYSTEM)
    write_anchor(date(2026, 1, 2))
    assert first
    first.unlink()

    assert broken() == {"anchors:2026-01-01": "the file is missing or was replaced"}


def test_anchors_list_only_what_grew(written: None) -> None:
    write_anchor(date(2026, 1, 1))
    record_in("first", "reopened", by=SYSTEM)
    second = write_anchor(date(2026, 1, 2))

    assert second
    assert "4 " in anchors.listing_of(second).read_text()
    assert write_anchor(date(2026, 1, 2)) is None
    assert broken() == {}


def test_command_says_how_much_holds(written: None) -> None:
    assert _run() == {"chains": 2, "entries": 6, "broken": []}


def test_command_names_the_broken_one_and_fails(written: None) -> None:
    sql("delete from audit_auditentry where chain = %s and seq = 3", "first")
    out = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("audit", "verify", "--json", stdout=out)

    assert stop.value.code == 1
    assert json.loads(out.getvalue())["broken"] == [{"chain": "first", "problem": "2 entries found, 3 were written"}]


def test_command_speaks_plainly_without_json(written: None) -> None:
    out = StringIO()
    call_command("audit", "verify", stdout=out)

    assert out.getvalue() == "2 chains, 6 entries: all hold\n"


def _run() -> dict[str, Any]:
    out = StringIO()
    call_command("audit", "verify", "--json", stdout=out)
    result: dict[str, Any] = json.loads(out.getvalue())
    return result
