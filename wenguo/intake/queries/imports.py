"""Imports and quarantined rows for their pages."""

from collections.abc import Iterator

import orjson

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.intake.choices import ImportState
from wenguo.intake.models import ImportBatch, RawMessage
from wenguo.lib.pages import Order, Page, keyset_page

NEWEST: Order = (("id", "desc"),)
BUSY = (ImportState.CHECKING, ImportState.WAITING, ImportState.RUNNING, ImportState.UNDOING)


def imports_page(user: User, cursor: str | None = None, size: int = 30) -> Page[ImportBatch]:
    """Imports, newest first."""
    check_permission(user, Permission.IMPORT)
    return keyset_page(ImportBatch.objects.select_related("by", "undone_by"), NEWEST, cursor, size)


def get_batch_for(user: User, pk: int) -> ImportBatch:
    check_permission(user, Permission.IMPORT)
    return ImportBatch.objects.select_related("by", "undone_by").get(pk=pk)


def batch_progress(batch: ImportBatch) -> bool:
    """Is a worker still to do something about it?"""
    return batch.state in BUSY


def may_undo(batch: ImportBatch) -> bool:
    """Something was imported, and nothing was done on it since."""
    if batch.state not in (ImportState.DONE, ImportState.FAILED):
        return False
    rows = Complaint.objects.filter(imported_row__batch=batch)
    return rows.exists() and not rows.exclude(version=1, audit_count=1).exists()


def quarantined(batch: ImportBatch, most: int | None = None) -> Iterator[dict[str, str]]:
    """The rows that were not taken in: number, error, and the columns as they came."""
    rows = RawMessage.objects.filter(batch=batch).order_by("id")
    for raw in rows[:most] if most else rows.iterator(chunk_size=500):
        yield {"row": str(raw.number or ""), "error": raw.error, **_columns(raw.payload)}


def _columns(payload: str) -> dict[str, str]:
    """The row's own columns; of one cut for its length only its beginning."""
    try:
        values: dict[str, str] = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return {"…": payload[:500]}
    return values
