"""Waiting for each other over something that has no row yet."""

import hashlib
from collections.abc import Iterable

from django.db import connection

# an array's elements come in its order, and the function runs once for each as it comes
_HOLD = "select pg_advisory_xact_lock(key) from unnest(%s::bigint[]) as held(key)"


def hold_words(words: Iterable[str]) -> None:
    """Until the transaction ends, nobody else holds any of these words; always taken in one order, so nobody is stuck.

    PostgreSQL's advisory locks. SQLite lets only one transaction write, from its first line: nothing is to be done.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("hold_words needs a transaction")
    if connection.vendor != "postgresql":
        return
    keys = sorted({_number(word) for word in words})
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [keys])


def _number(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big", signed=True)
