"""Many rows into the database: binary COPY on PostgreSQL, executemany on SQLite. Both take the slots' values."""

import struct
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any, Protocol

import orjson
from django.conf import settings
from django.db import connection, models
from psycopg.types.numeric import DecimalBinaryDumper

from wenguo.lib.crypto import Cipher
from wenguo.lib.fields import EncryptedTextField
from wenguo.world.bench.templates import EPOCH, Cell, Model, Slot, Template, microseconds

_DAY_ZERO = EPOCH.date().toordinal()
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_seal = Cipher(settings.FIELD_KEY).seal


class Writer(Protocol):
    """Collects copies and single rows; `flush` writes them."""

    def add(self, template: Template, values: Sequence[Any]) -> None: ...
    def add_row(self, model: Model, values: Sequence[Any]) -> None: ...
    def flush(self) -> int: ...


def writer() -> Writer:
    return CopyWriter() if connection.vendor == "postgresql" else RowWriter()


class CopyWriter:
    """Each table of a template is one bytes format: constants encoded already, places for the slots."""

    def __init__(self) -> None:
        self._buffers: dict[Model, list[bytes]] = defaultdict(list)
        self._rows = 0
        self._formats: dict[int, _Formats] = {}

    def add(self, template: Template, values: Sequence[Any]) -> None:
        formats = self._formats.get(id(template)) or self._formats.setdefault(id(template), _Formats(template))
        encoded = [one for encode, start, end in formats.encoders for one in map(encode, values[start:end])]
        for model, text, chosen in formats.tables:
            self._buffers[model].append(text % chosen(encoded))
        self._rows += formats.rows

    def add_row(self, model: Model, values: Sequence[Any]) -> None:
        fields = model._meta.concrete_fields
        cells = [_constant(one, value) for one, value in zip(fields, values, strict=True)]
        self._buffers[model].append(struct.pack(">h", len(cells)) + b"".join(cells))
        self._rows += 1

    def flush(self) -> int:
        """Writes what was collected; how many rows that were."""
        for model, blocks in self._buffers.items():
            columns = ", ".join(f'"{one.column}"' for one in model._meta.concrete_fields)
            into = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN (FORMAT BINARY)'
            with connection.cursor() as cursor, cursor.copy(into) as copy:
                copy.write(_HEADER + b"".join(blocks) + _TRAILER)
        self._buffers.clear()
        written, self._rows = self._rows, 0
        return written


class _Formats:
    def __init__(self, template: Template) -> None:
        self.encoders = [(_ENCODERS[kind], start, end) for kind, start, end in _stretches(template)]
        self.rows = sum(map(len, template.tables.values()))
        self.tables: list[tuple[Model, bytes, Callable[[list[bytes]], tuple[bytes, ...]]]] = []
        for model, rows in template.tables.items():
            chosen = [cell.slot for row in rows for cell in row if cell.slot is not None]
            text = b"".join(struct.pack(">h", len(row)) + b"".join(map(_as_format, row)) for row in rows)
            self.tables.append((model, text, itemgetter(*chosen)))


def _stretches(template: Template) -> list[tuple[str, int, int]]:
    """(kind, from, to) of the slots: they are sorted by kind."""
    kinds = [slot.kind for slot in template.slots]
    return [(kind, kinds.index(kind), kinds.index(kind) + kinds.count(kind)) for kind in dict.fromkeys(kinds)]


def _as_format(cell: Cell) -> bytes:
    return b"%b" if cell.slot is not None else _constant(cell.field, cell.constant).replace(b"%", b"%%")


def _sized(raw: bytes) -> bytes:
    return struct.pack(">i", len(raw)) + raw


_EIGHT = partial(struct.Struct(">iq").pack, 8)
_ENCODERS: dict[str, Callable[[Any], bytes]] = {
    **dict.fromkeys(("key", "known", "moment", "end", "written"), _EIGHT),
    "day": lambda value: struct.pack(">ii", 4, value - _DAY_ZERO),
    "text": lambda value: _sized(value.encode()),
    "tokens": lambda value: _sized(value.encode()),
    "json": lambda value: _sized(b"\x01" + value.encode()),
    "sealed": lambda value: _sized(_seal(value).encode()),
}
_BY_TYPE: dict[str, Callable[[Any], bytes]] = {
    "bigint": lambda value: struct.pack(">q", value),
    "integer": lambda value: struct.pack(">i", value),
    "smallint": lambda value: struct.pack(">h", value),
    "boolean": lambda value: b"\x01" if value else b"\0",
    "text": str.encode,
    "varchar": str.encode,
    "timestamp with time zone": lambda value: struct.pack(">q", microseconds(value)),
    "date": lambda value: struct.pack(">i", value.toordinal() - _DAY_ZERO),
    "jsonb": lambda value: b"\x01" + orjson.dumps(value),
    "numeric": lambda value: bytes(DecimalBinaryDumper(Decimal).dump(Decimal(value)) or b""),
}


def _constant(one: "models.Field[Any, Any]", value: Any) -> bytes:
    """A value as binary COPY takes it."""
    if value is None:
        return _NULL
    if isinstance(one, EncryptedTextField):
        return _sized(_seal(value).encode())
    kind = (one.db_type(connection) or "").partition("(")[0]
    return _sized(_BY_TYPE[kind](value))


class RowWriter:
    """The same by ordinary rows."""

    def __init__(self) -> None:
        self._buffers: dict[Model, list[Sequence[Any]]] = defaultdict(list)

    def add(self, template: Template, values: Sequence[Any]) -> None:
        plain = [_plain(slot, value) for slot, value in zip(template.slots, values, strict=True)]
        for model, rows in template.tables.items():
            self._buffers[model] += [
                [_stored(cell.field, cell.constant) if cell.slot is None else plain[cell.slot] for cell in row]
                for row in rows
            ]

    def add_row(self, model: Model, values: Sequence[Any]) -> None:
        fields = model._meta.concrete_fields
        self._buffers[model].append([_stored(one, value) for one, value in zip(fields, values, strict=True)])

    def flush(self) -> int:
        written = 0
        for model, rows in self._buffers.items():
            fields = model._meta.concrete_fields
            columns = ", ".join(f'"{one.column}"' for one in fields)
            places = ", ".join(["%s"] * len(fields))
            with connection.cursor() as cursor:
                cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places})', rows)  # noqa: S608
            written += len(rows)
        self._buffers.clear()
        return written


def _stored(one: "models.Field[Any, Any]", value: Any) -> Any:
    return one.get_db_prep_save(value, connection)


def _plain(slot: Slot, value: Any) -> Any:
    """A slot's value as this database's driver takes it."""
    if slot.kind in ("moment", "end", "written"):
        return connection.ops.adapt_datetimefield_value(EPOCH + timedelta(microseconds=value))
    if slot.kind == "day":
        return connection.ops.adapt_datefield_value(date.fromordinal(value))
    return _seal(value) if slot.kind == "sealed" else value
