"""A scratch world inside a transaction that is taken back: whatever is written in it has a key nobody mistakes.

Sequences start far up there, a range for each table, so that a key found in a text, a path or a JSON body tells which
row it means. That is how `templates` sees what a life consists of without knowing any table.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models, transaction

FIRST = 9_000_000_000_000
RANGE = 10_000_000_000
# A key of the scratch world, in a text
KEY = r"9\d{12}"


class _TakenBackError(Exception):
    pass


def all_models() -> list[type[models.Model]]:
    """Every model of ours whose rows have a number for a key, in one order. (Sums for pages have none: no action writes
    them.)"""
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("wenguo.")]
    found = [m for m in ours if isinstance(m._meta.pk, models.BigAutoField | models.OneToOneField)]
    return sorted(found, key=lambda model: model._meta.db_table)


@contextmanager
def scratch_world() -> Iterator[None]:
    """Inside, everything may be written; afterwards the database is as before, its sequences too."""
    counted = [m._meta.db_table for m in all_models() if isinstance(m._meta.pk, models.BigAutoField)]
    before = _sequences(counted)
    try:
        with transaction.atomic():
            _set_sequences({table: FIRST + place * RANGE for place, table in enumerate(counted)})
            yield
            raise _TakenBackError
    except _TakenBackError:
        pass
    finally:
        if connection.vendor == "postgresql":
            _set_sequences(before)


def rows_made(after: dict[type[models.Model], int]) -> dict[type[models.Model], list[models.Model]]:
    """The rows of the scratch world after the last keys seen, in the order they were written; `after` is moved on."""
    found = {}
    for model in all_models():
        rows = list(model._base_manager.filter(pk__gt=after.get(model, FIRST - 1)).order_by("pk"))
        if rows:
            found[model] = rows
            after[model] = rows[-1].pk
    return found


def set_last_keys(last: dict[str, int]) -> None:
    """The next row of each table comes after this key."""
    _set_sequences(last)


def _sequences(tables: list[str]) -> dict[str, int]:
    """The last key given out by each table's sequence."""
    if connection.vendor != "postgresql":
        return {}
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)", [table])
            found[table] = (cursor.fetchone() or (None,))[0] or 0
    return found


def _set_sequences(last: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for table, key in last.items():
            if connection.vendor == "postgresql":
                called = "SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, 1), %s > 0)"
                cursor.execute(called, [table, key, key])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (%s, %s)", [table, key])
