"""Entries: appended in order, each carrying the hash of the one before."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from wenguo.audit.actions import keep_chain, record, record_in, record_many, record_read
from wenguo.audit.models import AuditEntry, Chain, ReadEntry
from wenguo.audit.rules import GENESIS, digest
from wenguo.lib.actors import SYSTEM, NamedActor
from wenguo.lib.now import moved_to

pytestmark = pytest.mark.usefixtures("empty_audit")
ALICE = NamedActor("user:1 alice")


def test_entries_follow_each_other() -> None:
    first = record_in("settings", "made", by=ALICE, body={"a": 1})
    second = record_in("settings", "changed", by=ALICE)

    assert (first.seq, first.previous) == (1, GENESIS)
    assert (second.seq, second.previous) == (2, first.hash)
    chain = Chain.objects.get(name="settings")
    assert (chain.audit_count, chain.audit_head) == (2, second.hash)


def test_read_back_it_has_the_same_hash() -> None:
    record_in("settings", "made", by=ALICE, body={"float": 0.1, "text": "变速箱 \x00异响", "list": (1, 2)})

    entry = AuditEntry.objects.get()
    assert digest(entry.as_link()) == entry.hash


def test_business_time_and_real_time_are_both_kept() -> None:
    then = datetime(2020, 5, 1, 8, tzinfo=UTC)
    with moved_to(then):
        entry = record_in("settings", "made", by=ALICE)

    assert entry.at == then
    assert entry.written_at > then


def test_two_writers_cannot_take_the_same_place() -> None:
    stale = Chain.objects.create(name="settings")
    record_in("settings", "made", by=ALICE)

    with pytest.raises(IntegrityError), transaction.atomic():
        record(stale, "made", by=ALICE)

    assert AuditEntry.objects.count() == 1


def test_many_at_once_are_as_one_by_one() -> None:
    chains = [Chain.objects.create(name=f"c{n}") for n in range(3)]
    with moved_to(datetime(2026, 1, 1, tzinfo=UTC)):
        record_many("imported", [(chain, {"row": n}) for n, chain in enumerate(chains)], by=SYSTEM)

    record_in("c2", "changed", by=ALICE)
    entries = list(AuditEntry.objects.filter(chain="c2").order_by("seq"))
    assert [entry.event for entry in entries] == ["imported", "changed"]
    assert entries[0].body == {"row": 2}
    assert all(digest(entry.as_link()) == entry.hash for entry in AuditEntry.objects.all())


def test_reading_is_logged_and_chained_per_day() -> None:
    with moved_to(datetime(2026, 3, 4, 23, tzinfo=UTC)):
        read = record_read("reveal", "customer:7", "phone", by=ALICE, reason="call back")

    entry = AuditEntry.objects.get(chain="reads:2026-03-04")
    assert entry.event == "read.reveal"
    assert entry.body["read"] == read.pk
    assert ReadEntry.objects.get().reason == "call back"


def test_a_chain_outlives_its_subject() -> None:
    subject = Chain.objects.create(name="draft:1")
    record(subject, "made", by=ALICE)
    subject.name = "gone"  # as a subject in another table would be
    subject.save()
    subject.name = "draft:1"

    keep_chain(subject, "removed", by=ALICE)

    kept = Chain.objects.get(name="draft:1")
    assert (kept.audit_count, kept.audit_head) == (2, AuditEntry.objects.get(seq=2).hash)
