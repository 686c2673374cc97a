"""The same rows by the bare driver: what one life really writes, sent again by psycopg, one transaction a verb.

The statements are caught while one life is lived in this process; the keys they return and use are found by column,
so that each copy hangs together: its own complaint, customer, reply, clocks. The copies are taken out again.
"""

import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from wenguo.lib.now import now
from wenguo.lib.refs import new_reference

_INSERT = re.compile(r'INSERT INTO "(\w+)" \(([^)]*)\)')
_TARGET = re.compile(r'(?:UPDATE|DELETE FROM) "(\w+)"')
_PLACES = re.compile(r'(?:"(\w+)" = %s)|(?:"(\w+)" IN \((%s(?:, %s)*)\))|%s')
_WRITES = ("INSERT", "UPDATE", "DELETE")
_CUSTOMER, _CUSTOMERS = "customer:", "customers_customer"  # the name of a customer's chain, and where its key is from
Key = tuple[str, int]  # table and primary key


@dataclass(frozen=True)
class Write:
    """One statement as it was sent: `columns` names what each parameter fills, `keys` what it gave back."""

    sql: str
    params: tuple[Any, ...]
    table: str
    columns: tuple[str, ...]
    keys: tuple[int, ...]


@dataclass
class Caught:
    """Collects the writes of the verb being lived (an execute wrapper)."""

    writes: list[Write] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(_WRITES):
            keys: tuple[int, ...] = ()
            cursor = context["cursor"].cursor
            if "RETURNING" in sql and cursor.rowcount:
                keys = tuple(row[0] for row in cursor.fetchall())
                cursor.scroll(0, mode="absolute")  # Django reads them too
            self.writes.append(Write(sql, tuple(params or ()), *columns_filled(sql), keys))
        return result


def columns_filled(sql: str) -> tuple[str, tuple[str, ...]]:
    """The table, and the column of each parameter in order."""
    if insert := _INSERT.match(sql):
        columns = tuple(re.findall(r'"(\w+)"', insert[2]))
        values = sql[insert.end() :].split("RETURNING")[0].split(" ON CONFLICT")[0]
        rows = max(values.count("%s") // len(columns), 1)
        return insert[1], columns * rows
    target = _TARGET.match(sql)
    columns = ()
    for place in _PLACES.finditer(sql):
        columns += (place[2],) * place[3].count("%s") if place[3] else (place[1] or "",)
    return target[1] if target else "", columns


def referenced() -> dict[tuple[str, str], str]:
    """(table, column) → the table its keys are from."""
    found = {}
    for model in apps.get_models():
        table = model._meta.db_table
        for column in model._meta.concrete_fields:
            if column.remote_field is not None and column.column:
                found[table, column.column] = column.related_model._meta.db_table  # type: ignore[union-attr]
            elif column.primary_key and column.column:
                found[table, column.column] = table
    return found


class Copies:
    """Sends one life's writes again and again, each time as another life."""

    def __init__(self, verbs: Sequence[Sequence[Write]], reference: str, points_to: Mapping[tuple[str, str], str]):
        self._verbs, self._reference, self._points_to = verbs, reference, points_to
        self._connection = psycopg.connect(_address(), autocommit=True)
        self.made: list[Key] = []

    def run(self) -> float:
        """One life; its seconds."""
        keys: dict[Key, int] = {}
        other = new_reference(timezone.localdate(now()))
        begun = time.perf_counter()
        for writes in self._verbs:
            with self._connection.transaction():
                for write in writes:
                    self._send(write, keys, other)
        return time.perf_counter() - begun

    def _send(self, write: Write, keys: dict[Key, int], other: str) -> None:
        params = [
            self._as_copy(value, write.table, column, keys, other)
            for value, column in zip(write.params, write.columns, strict=True)
        ]
        cursor = self._connection.execute(write.sql, params)
        if write.keys:
            made = [row[0] for row in cursor.fetchall()]
            keys |= {(write.table, was): became for was, became in zip(write.keys, made, strict=True)}
            self.made += [(write.table, key) for key in made]

    def _as_copy(self, value: Any, table: str, column: str, keys: dict[Key, int], other: str) -> Any:
        if isinstance(value, list):
            return [self._as_copy(one, table, column, keys, other) for one in value]
        if column == "message_id" and isinstance(value, str) and value:
            return f"<{uuid.uuid4().hex}@bench>"
        if column == "chain" and str(value).startswith(_CUSTOMER):
            key = int(value.removeprefix(_CUSTOMER))
            return f"{_CUSTOMER}{keys.get((_CUSTOMERS, key), key)}"
        if isinstance(value, str):
            return value.replace(self._reference, other)
        points_to = self._points_to.get((table, column))
        return keys.get((points_to, value), value) if points_to and isinstance(value, int) else value


def take_out(made: Sequence[Key]) -> None:
    """Removes what the copies left: they would be chains of the audit that do not hold."""
    by_table: dict[str, list[int]] = {}
    for table, key in made:
        by_table.setdefault(table, []).append(key)
    with transaction.atomic(), connection.cursor() as cursor:  # keys are checked at the end, so in any order
        for model in apps.get_models():
            primary: Any = model._meta.pk
            table = (primary.related_model if primary.remote_field else model)._meta.db_table
            if table in by_table:
                sql = f'DELETE FROM "{model._meta.db_table}" WHERE "{primary.column}" = ANY(%s)'  # noqa: S608
                cursor.execute(sql, [by_table[table]])


def _address() -> str:
    params = connection.get_connection_params()
    wanted = ("host", "port", "user", "password", "dbname")
    return make_conninfo(**{name: params[name] for name in wanted if params.get(name)})
