"""The proof: every chain against what its subject remembers, entries without a subject, and the signed anchors.

Streams in constant memory, while others go on writing: what looks broken is looked at again under a lock.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from django.apps import apps
from django.db import transaction

from wenguo.audit.models import Audited, AuditEntry
from wenguo.audit.queries import anchors, reads
from wenguo.audit.rules import Link, first_break

_BATCH = 500


@dataclass(frozen=True)
class Broken:
    chain: str
    problem: str


@dataclass
class Verdict:
    """How much was read and what does not hold."""

    chains: int = 0
    entries: int = 0
    broken: list[Broken] = field(default_factory=list)


def proven(progress: Callable[[int], object] = lambda _entries: None) -> Verdict:
    """Reads everything. `progress` is told how many entries each step has read."""
    verdict = Verdict()
    for model in subjects():
        for batch in _batches(model):
            before = verdict.entries
            _prove_batch(batch, verdict)
            progress(verdict.entries - before)
    if verdict.entries != AuditEntry.objects.count():
        verdict.broken += [Broken(chain, "its subject is gone") for chain in _without_subject()]
    verdict.broken += [Broken(chain, problem) for chain, problem in (*reads.problems(), *anchors.problems())]
    return verdict


def prove_these(chosen: Sequence[Audited]) -> list[Broken]:
    """The chains of these subjects alone, with their heads as they are given."""
    verdict = Verdict()
    for start in range(0, len(chosen), _BATCH):
        _prove_batch(list(chosen[start : start + _BATCH]), verdict)
    return verdict.broken


def subjects() -> list[type[Audited]]:
    """Every model that keeps the head of a chain, wherever it lives: audit knows no room above."""
    return [model for model in apps.get_models() if issubclass(model, Audited)]


def _batches(model: type[Audited]) -> Iterator[list[Audited]]:
    rows = model._base_manager.order_by("pk").only("audit_head", "audit_count", *model.AUDIT_CHAIN_FIELDS)
    batch = list(rows[:_BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:_BATCH])


def _prove_batch(batch: list[Audited], verdict: Verdict) -> None:
    waiting = {subject.audit_chain: subject for subject in batch}
    rows = AuditEntry.objects.filter(chain__in=waiting).order_by("chain", "seq").iterator(chunk_size=2000)
    suspects = []
    for chain, entries in groupby(rows, key=attrgetter("chain")):
        subject = waiting.pop(chain)
        read, problem = _read_chain(entries, subject)
        verdict.chains += 1
        verdict.entries += read
        if problem:
            suspects.append(subject)
    suspects += [subject for subject in waiting.values() if subject.audit_count]
    verdict.chains += sum(1 for subject in waiting.values() if subject.audit_count)
    verdict.broken += [
        Broken(subject.audit_chain, problem) for subject in suspects if (problem := _still_broken(subject))
    ]


def _read_chain(entries: Iterator[AuditEntry], subject: Audited) -> tuple[int, str]:
    """(entries read, what is wrong). Reads to the end also after a break, so that the count is right."""
    read = 0

    def links() -> Iterator[tuple[Link, str]]:
        nonlocal read
        for entry in entries:
            read += 1
            yield entry.as_link(), entry.hash

    stream = links()
    problem = first_break(stream, subject.audit_count, subject.audit_head)
    for _rest in stream:
        pass
    return read, problem


def _still_broken(suspect: Audited) -> str:
    """Somebody may have written between reading the subject and reading its chain: once more, under its lock."""
    with transaction.atomic():
        subject = type(suspect)._base_manager.select_for_update().filter(pk=suspect.pk).first()
        if subject is None:
            return ""
        entries = AuditEntry.objects.filter(chain=subject.audit_chain).order_by("seq").iterator(chunk_size=2000)
        return _read_chain(entries, subject)[1]


def _without_subject() -> list[str]:
    """Chains with entries whose subject is not there. Subjects are read after the entries: a new one is never missed.

    The names wait in a temporary file, not in memory.
    """
    names = sqlite3.connect("")
    try:
        names.execute("create table chain (name text primary key) without rowid")
        found = AuditEntry.objects.order_by("chain").values_list("chain").distinct().iterator(chunk_size=2000)
        names.executemany("insert into chain values (?)", found)
        for model in subjects():
            for batch in _batches(model):
                names.executemany("delete from chain where name = ?", [(one.audit_chain,) for one in batch])
        return [name for (name,) in names.execute("select name from chain order by name")]
    finally:
        names.close()
