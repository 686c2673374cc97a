"""How far the audit may be read without missing what commits late (ADR-0016)."""

import time

from django.db import connection
from django.db.models import Max

from wenguo.audit.models import AuditEntry

_PATIENCE_SECONDS = 0.5
_STEP_SECONDS = 0.02


def horizon(position: int, limit: int = 20_000) -> int:
    """The highest entry such that no lower one can still appear; at most `limit` beyond `position`.

    An id is given before its transaction commits, so a lower one may become visible after a higher one. Whoever takes
    an id holds a writer's lock on the table from before to the end of the transaction: once all writers seen after
    reading the highest id are gone, everything up to it is decided. While one stays, only what has no gap is.
    """
    highest = AuditEntry.objects.aggregate(highest=Max("pk"))["highest"] or 0
    upto = int(min(highest, position + limit))
    if upto <= position or connection.vendor != "postgresql":  # SQLite has one writer: ids appear in their order
        return max(upto, position)
    writers = _writers()
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while writers:
        if time.monotonic() > give_up:
            return _without_gap(position, upto)
        time.sleep(_STEP_SECONDS)
        writers &= _writers()
    return upto


def waiting_for(position: int) -> int:
    """How many writers hold the lake back right now; for `wenguo lake status`."""
    return len(_writers()) if connection.vendor == "postgresql" and horizon(position) <= position else 0


def _writers() -> set[str]:
    """Transactions that may hold an id nobody sees yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND relation = %s::regclass "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()",
            [AuditEntry._meta.db_table],
        )
        return {row[0] for row in cursor.fetchall()}


def _without_gap(position: int, upto: int) -> int:
    """The end of the ids that follow each other without a gap."""
    ids = AuditEntry.objects.filter(pk__gt=position, pk__lte=upto).order_by("pk").values_list("pk", flat=True)
    reached = position
    for pk in ids.iterator(chunk_size=2000):
        if pk != reached + 1:
            break
        reached = pk
    return reached
