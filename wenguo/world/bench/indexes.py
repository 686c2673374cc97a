"""Indexes and constraints of an empty PostgreSQL database, put away while it is filled and built anew afterwards."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection

BUILDERS = 2
_CONSTRAINTS = """
    SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid), c.contype
    FROM pg_constraint c JOIN pg_class t ON t.oid IN (c.conrelid, c.confrelid)
    WHERE c.contype IN ('p', 'u', 'f') AND t.relname = ANY(%s)
    GROUP BY c.oid
    ORDER BY c.contype <> 'f', c.conname
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname = ANY(%s)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
"""


@dataclass(frozen=True)
class PutAway:
    """What has to be built again: keys and indexes first, each by itself; foreign keys last."""

    indexes: Sequence[str]
    foreign_keys: Sequence[str]


def put_away(tables: Sequence[str]) -> PutAway:
    """Drops keys, indexes and foreign keys of these tables; returns how to build them again."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        cursor.execute(_CONSTRAINTS, [list(tables)])
        constraints = cursor.fetchall()
        kept = [row for row in constraints if row[3] != "f"]
        pointing = [row for row in constraints if row[3] == "f"]
        for table, name, _definition, _kind in (*pointing, *kept):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    again = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {text}" for table, name, text, _kind in kept]
    return PutAway(
        [*again, *(definition for _name, definition in indexes)],
        [f"ALTER TABLE {table} ADD CONSTRAINT {name} {text}" for table, name, text, _kind in pointing],
    )


def build_again(away: PutAway, tell: Callable[[str], object]) -> None:
    """Two at a time: on two cores that is as fast as it gets."""
    _run(away.indexes)
    tell(f"{len(away.indexes)} indexes built")
    _run(away.foreign_keys)
    tell(f"{len(away.foreign_keys)} foreign keys checked")


def _run(statements: Sequence[str]) -> None:
    with ThreadPoolExecutor(BUILDERS) as builders:
        list(builders.map(_run_one, statements))


def _run_one(statement: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0")
            cursor.execute(statement)
    finally:
        connection.close()
