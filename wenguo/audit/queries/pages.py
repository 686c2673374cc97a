"""Entries and reads, newest first, by keyset."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from wenguo.audit.models import AuditEntry, ReadEntry
from wenguo.lib.pages import Page, keyset_page

PAGE = 50
Row = TypeVar("Row", AuditEntry, ReadEntry)


@dataclass(frozen=True)
class EntryFilter:
    """What is asked for; empty means any. `actor` and `words` are looked for inside, the others are exact."""

    actor: str = ""
    event: str = ""
    chain: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries_page(wanted: EntryFilter, *, cursor: str | None = None, size: int = PAGE) -> Page[AuditEntry]:
    """Entries of all chains."""
    rows = _between(AuditEntry.objects.all(), wanted)
    if wanted.event:
        rows = rows.filter(Q(event=wanted.event) | Q(event__startswith=f"{wanted.event}."))
    if wanted.chain:
        rows = rows.filter(chain=wanted.chain)
    return keyset_page(rows, [("at", "desc"), ("id", "desc")], cursor, size)


def reads_page(wanted: EntryFilter, *, cursor: str | None = None, size: int = PAGE) -> Page[ReadEntry]:
    """Who saw or took away personal data."""
    rows = _between(ReadEntry.objects.all(), wanted)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.chain:
        rows = rows.filter(subject=wanted.chain)
    return keyset_page(rows, [("at", "desc"), ("id", "desc")], cursor, size)


def chain_page(chain: str, *, cursor: str | None = None, size: int = PAGE) -> Page[AuditEntry]:
    """Entries of one chain, newest first."""
    return keyset_page(AuditEntry.objects.filter(chain=chain), [("seq", "desc")], cursor, size)


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
