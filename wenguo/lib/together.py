"""Writing once: what one business step leaves is collected and written at its end: one statement a table, and to
PostgreSQL all of them in one journey or two (ADR 0014).

    @written_together()
    def accept_complaint(…):      # instead of @transaction.atomic
        insert(Entry(…))          # no statement yet; the primary key comes at the end
        update(clock, ["state"])  # rows that change alike become one UPDATE

Outside such a block `insert` and `update` write at once. A block inside another one belongs to the outer one, and
when it fails, the outer one cannot be saved any more. Rows that somebody has to find by a query before the end of the
block, or whose primary key is wanted, are saved as ever.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import models, transaction

from wenguo.lib import batch
from wenguo.lib.remember import remembering

RowT = TypeVar("RowT", bound=models.Model)
KnownT = TypeVar("KnownT")


class _Sheet:
    """What is going to be written, and the rows this block holds under a lock."""

    def __init__(self) -> None:
        self.inserts: dict[type[models.Model], list[models.Model]] = {}
        self.updates: dict[tuple[type[models.Model], object], tuple[models.Model, set[str]]] = {}
        self.held: dict[tuple[type[models.Model], object], models.Model] = {}
        self.last: dict[Hashable, Callable[[], None]] = {}

    def write(self) -> None:
        while self.last:
            self.last.pop(next(iter(self.last)))()
        if batch.is_at_hand():
            self._write_in_journeys()
        else:
            self._write_apart()

    def _write_in_journeys(self) -> None:
        """Rows that others point to go first; changes go with the first rows they need not wait for."""
        levels: dict[int, list[models.Model]] = {}
        for model, rows in self.inserts.items():
            levels.setdefault(self._depth(model), []).extend(rows)
        changed = self._alike()
        for level in sorted(levels) or [0]:
            ready = [one for one in changed if not any(batch.waits_for_others(row, one[1]) for row in one[0])]
            changed = [one for one in changed if one not in ready]
            new = [one for kind in _by_table(levels.get(level, [])) for one in batch.inserting(kind)]
            batch.send([*new, *(batch.updating(*one) for one in ready)])
        batch.send([batch.updating(*one) for one in changed])

    def _write_apart(self) -> None:
        for model in sorted(self.inserts, key=self._depth):
            model._base_manager.bulk_create(self.inserts[model])
        for rows, fields in self._alike():
            if len(rows) == 1:
                rows[0].save(update_fields=fields)
            else:
                values = {name: getattr(rows[0], name) for name in fields}
                type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]).update(**values)

    def _depth(self, model: type[models.Model]) -> int:
        """Rows that others point to are written first."""
        targets = {field.related_model for field in model._meta.concrete_fields if field.is_relation} - {model}
        return max((1 + self._depth(one) for one in targets if one in self.inserts), default=0)  # type: ignore[arg-type]

    def _alike(self) -> list[tuple[list[models.Model], list[str]]]:
        """Rows of one table that get the same values."""
        groups: dict[object, tuple[list[models.Model], list[str]]] = {}
        for row, names in self.updates.values():
            fields = sorted(names)
            key = (type(row), tuple((name, repr(getattr(row, name))) for name in fields))
            groups.setdefault(key, ([], fields))[0].append(row)
        return list(groups.values())


def _by_table(rows: Sequence[models.Model]) -> list[list[models.Model]]:
    tables: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return list(tables.values())


_sheet: ContextVar[_Sheet | None] = ContextVar("sheet", default=None)


@contextmanager
def written_together() -> Iterator[None]:
    """A transaction whose rows go out at its end. Also a decorator."""
    if _sheet.get() is not None:
        with transaction.atomic(savepoint=False):
            yield
        return
    sheet = _Sheet()
    token = _sheet.set(sheet)
    try:
        with transaction.atomic(), remembering():
            yield
            sheet.write()
    finally:
        _sheet.reset(token)


def insert(row: RowT) -> RowT:
    """A new row."""
    sheet = _sheet.get()
    if sheet is None:
        row.save(force_insert=True)
    else:
        sheet.inserts.setdefault(type(row), []).append(row)
    return row


def update(row: models.Model, fields: Sequence[str]) -> None:
    """A changed row. One that is still to be inserted goes in as it is."""
    sheet = _sheet.get()
    if sheet is None:
        row.save(update_fields=fields)
    elif row.pk is not None:
        _row, names = sheet.updates.setdefault((type(row), row.pk), (row, set()))
        names.update(fields)


def hold(row: models.Model) -> None:
    """This object is the row, locked, until the block ends: whoever locks it again gets the same object."""
    sheet = _sheet.get()
    if sheet is not None:
        sheet.held[type(row), row.pk] = row


def held(model: type[RowT], pk: object) -> RowT | None:
    sheet = _sheet.get()
    return sheet.held.get((model, pk)) if sheet is not None else None  # type: ignore[return-value]


def again(row: RowT, read: Callable[[], RowT]) -> RowT:
    """The row as this block holds it; otherwise as it is read now, and held from then on."""
    known = held(type(row), row.pk)
    if known is None:
        known = read()
        hold(known)
    return known


def is_held(row: models.Model) -> bool:
    return held(type(row), row.pk) is row


def while_held(row: models.Model, name: str, read: Callable[[], KnownT]) -> KnownT:
    """What was read about a held row, kept until the block ends; of any other row it is read each time."""
    if not is_held(row):
        return read()
    kept = row.__dict__.setdefault("_while_held", {})
    if name not in kept:
        kept[name] = read()
    known: KnownT = kept[name]
    return known


def forget(row: models.Model, name: str) -> None:
    """What `while_held` kept under this name has changed."""
    row.__dict__.get("_while_held", {}).pop(name, None)


def at_the_end(key: Hashable, act: Callable[[], None]) -> None:
    """Before the rows are written, once however often it is asked for; at once outside a block."""
    sheet = _sheet.get()
    if sheet is None:
        act()
    else:
        sheet.last.setdefault(key, act)
