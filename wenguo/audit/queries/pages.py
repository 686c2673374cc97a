"""Entries and reads, newest first, by keyset: `before` is the place the page before ended at."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from wenguo.audit.models import AuditEntry, ReadEntry

PAGE = 50
Row = TypeVar("Row", AuditEntry, ReadEntry)
Place = tuple[datetime, int]


@dataclass(frozen=True)
class EntryFilter:
    """What is asked for; empty means any. `actor` and `words` are looked for inside, the others are exact."""

    actor: str = ""
    event: str = ""
    chain: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries_page(wanted: EntryFilter, *, before: Place | None = None, limit: int = PAGE) -> list[AuditEntry]:
    """Up to `limit` + 1 entries of all chains: one more says that there is another page."""
    rows = _between(AuditEntry.objects.all(), wanted)
    if wanted.event:
        rows = rows.filter(Q(event=wanted.event) | Q(event__startswith=f"{wanted.event}."))
    if wanted.chain:
        rows = rows.filter(chain=wanted.chain)
    return _page(rows, before, limit)


def reads_page(wanted: EntryFilter, *, before: Place | None = None, limit: int = PAGE) -> list[ReadEntry]:
    """Up to `limit` + 1 rows of who saw or took away personal data."""
    rows = _between(ReadEntry.objects.all(), wanted)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.chain:
        rows = rows.filter(subject=wanted.chain)
    return _page(rows, before, limit)


def chain_page(chain: str, *, before: int | None = None, limit: int = PAGE) -> list[AuditEntry]:
    """Up to `limit` + 1 entries of one chain, newest first; `before` is a `seq`."""
    rows = AuditEntry.objects.filter(chain=chain)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return list(rows.order_by("-seq")[: limit + 1])


def reads_of(subject: str, *, limit: int = PAGE) -> list[ReadEntry]:
    """Who saw this subject's personal data, newest first."""
    return list(ReadEntry.objects.filter(subject=subject).order_by("-at", "-pk")[:limit])


def _between(rows: QuerySet[Row], wanted: EntryFilter) -> QuerySet[Row]:
    if wanted.actor:
        rows = rows.filter(actor__icontains=wanted.actor)
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__lt=wanted.until)
    return rows


def _page(rows: QuerySet[Row], before: Place | None, limit: int) -> list[Row]:
    if before:
        at, pk = before
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    return list(rows.order_by("-at", "-pk")[: limit + 1])
