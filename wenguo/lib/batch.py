"""Several writes in one journey to PostgreSQL: a statement costs it a tenth of a millisecond, the journey two.

The statements are those Django would send one by one; they go out as one text, and each answer is read in turn. Other
databases have no journey: there everything is written as ever.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, models
from django.db.models import AutoField
from django.db.models.sql import InsertQuery, UpdateQuery

SEPARATOR = ";\n"
_apart: ContextVar[bool] = ContextVar("apart", default=False)


@dataclass(frozen=True)
class Statement:
    """What is sent, and what is done with the rows it gives back and the number it touched."""

    sql: str
    params: tuple[Any, ...]
    take: Callable[[list[tuple[Any, ...]], int], None]


@contextmanager
def one_by_one() -> Iterator[None]:
    """Here every statement makes its own journey: for whoever looks at statements."""
    token = _apart.set(True)
    try:
        yield
    finally:
        _apart.reset(token)


def is_at_hand() -> bool:
    """Can this database take several statements at once?"""
    return connection.vendor == "postgresql" and not _apart.get()


def send(statements: Sequence[Statement]) -> None:
    """All in one journey, in their order; call it in a transaction."""
    if not statements:
        return
    params = [value for one in statements for value in one.params]
    with connection.cursor() as cursor:
        cursor.execute(SEPARATOR.join(one.sql for one in statements), params)
        for number, one in enumerate(statements):
            if number:
                cursor.nextset()
            one.take(cursor.fetchall() if cursor.description else [], cursor.rowcount)


def inserting(rows: Sequence[models.Model]) -> list[Statement]:
    """New rows of one table, as `bulk_create` writes them; they get their primary keys when the statement was sent."""
    for row in rows:
        if row.pk is None:
            row.pk = row._meta.pk.get_pk_value_on_save(row)  # type: ignore[attr-defined]
        row._prepare_related_fields_for_save(operation_name="bulk_create")  # type: ignore[attr-defined]
    kinds = ([row for row in rows if row.pk is None], [row for row in rows if row.pk is not None])
    return [_inserting(kind) for kind in kinds if kind]


def _inserting(rows: list[models.Model]) -> Statement:
    meta = rows[0]._meta
    keyless = rows[0].pk is None
    fields = [one for one in meta.concrete_fields if not one.generated and not (keyless and isinstance(one, AutoField))]
    query = InsertQuery(type(rows[0]))
    query.insert_values(fields, rows, raw=False)
    compiler: Any = query.get_compiler(connection=connection)
    compiler.returning_fields = [meta.pk] if keyless else None
    ((sql, params),) = compiler.as_sql()

    def take(answers: list[tuple[Any, ...]], _count: int) -> None:
        for row, answer in zip(rows, answers, strict=True) if keyless else ():
            row.pk = answer[0]
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias

    return Statement(sql, tuple(params), take)


def updating(rows: Sequence[models.Model], fields: Sequence[str]) -> Statement:
    """Rows of one table that get the same values, those of the first. Refuses, when sent, if one of them is gone."""
    first = rows[0]
    first._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]
    chosen: list[Any] = [first._meta.get_field(name) for name in fields]
    found = type(first)._base_manager.filter(pk__in=[row.pk for row in rows])
    query: Any = found.query.chain(UpdateQuery)
    query.add_update_fields([(field, None, field.pre_save(first, False)) for field in chosen])
    sql, params = query.get_compiler(connection=connection).as_sql()

    def take(_answers: list[tuple[Any, ...]], count: int) -> None:
        if count != len(rows):
            raise DatabaseError(f"{count} of {len(rows)} rows of {first._meta.db_table} were there to be changed.")

    return Statement(sql, tuple(params), take)


def waits_for_others(row: models.Model, fields: Sequence[str]) -> bool:
    """Does it point to a row that has no primary key yet?"""
    chosen: list[Any] = [row._meta.get_field(name) for name in fields]
    linked = [field for field in chosen if field.is_relation and field.is_cached(row)]
    return any(getattr(row, field.name) is not None and getattr(row, field.name).pk is None for field in linked)
