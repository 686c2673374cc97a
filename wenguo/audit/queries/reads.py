"""Whether the log of reads still says what its chains say: a row taken out or touched up is found."""

from collections.abc import Iterator

from wenguo.audit.models import AuditEntry, ReadEntry
from wenguo.lib.fields import blind

_BATCH = 500


def said_in(read: ReadEntry) -> str:
    """What stands in the chain for the words of a read."""
    return blind("read", f"{read.what}\n{read.reason}")


def problems() -> Iterator[tuple[str, str]]:
    """(chain, what is wrong). Words may have been erased with a customer's data; everything else must be there."""
    told = AuditEntry.objects.filter(chain__startswith="reads:", event__startswith="read.").order_by("pk")
    for batch in _batches(told.iterator(chunk_size=_BATCH)):
        rows = ReadEntry.objects.in_bulk([entry.body["read"] for entry in batch])
        for entry in batch:
            problem = _altered(entry, rows.get(entry.body["read"]))
            if problem:
                yield entry.chain, problem


def _batches(entries: Iterator[AuditEntry]) -> Iterator[list[AuditEntry]]:
    batch: list[AuditEntry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _altered(entry: AuditEntry, read: ReadEntry | None) -> str:
    if read is None:
        return f"read {entry.body['read']} is missing from the log"
    same = (read.kind, read.subject, read.count, read.actor) == (
        *(entry.body[name] for name in ("kind", "subject", "count")),
        entry.actor,
    )
    erased = not read.what and not read.reason
    return "" if same and (erased or said_in(read) == entry.body["said"]) else f"read {read.pk} was altered"
