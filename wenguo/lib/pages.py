"""Keyset paging: as fast on the thousandth page as on the first, and stable while rows arrive.

Where an order column may be null, nulls come last in both directions of sorting, on both databases. The order must
end with a unique column. A cursor carries its own direction; it is not signed, since it can only say where to start
in rows the queryset already allows.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.utils.translation import gettext as _

from wenguo.lib.errors import Refused

ModelT = TypeVar("ModelT", bound=Model)
RowT = TypeVar("RowT")
Order = Sequence[tuple[str, Literal["asc", "desc"]]]


@dataclass(frozen=True)
class Page(Generic[RowT]):
    """A cursor is None where there is nothing further that way."""

    rows: list[RowT]
    next_cursor: str | None
    previous_cursor: str | None


class _Column(NamedTuple):
    name: str
    descending: bool
    field: "Field[Any, Any] | None"

    @property
    def nullable(self) -> bool:
        return self.field is not None and self.field.null

    def after(self, value: Any) -> Q:
        """Rows that come after this value in this column alone."""
        if value is None:
            return Q(pk__in=())
        further = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return further | Q(**{f"{self.name}__isnull": True}) if self.nullable else further

    def before(self, value: Any) -> Q:
        if value is None:
            return Q(**{f"{self.name}__isnull": False})
        return Q(**{f"{self.name}__{'gt' if self.descending else 'lt'}": value})

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def ordering(self, backwards: bool) -> Any:
        expression, descending = F(self.name), self.descending != backwards
        nulls = {("nulls_first" if backwards else "nulls_last"): True} if self.nullable else {}
        return expression.desc(**nulls) if descending else expression.asc(**nulls)


def keyset_page(
    queryset: QuerySet[ModelT, RowT], order: Order, cursor: str | None = None, size: int = 50
) -> Page[RowT]:
    """One page in this order. The direction (next or previous) is the cursor's own."""
    columns = [_Column(name, way == "desc", _field(queryset.model, name)) for name, way in order]
    backwards, values = _decoded(cursor, columns) if cursor else (False, None)
    if values is not None:
        queryset = queryset.filter(_beyond(columns, values, backwards))
    rows = list(queryset.order_by(*(column.ordering(backwards) for column in columns))[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, more) if backwards else (more, values is not None)
    return Page(
        rows,
        _encoded(columns, rows[-1], backwards=False) if rows and has_next else None,
        _encoded(columns, rows[0], backwards=True) if rows and has_previous else None,
    )


def cursor_after(model: type[Model], order: Order, values: Sequence[Any], *, backwards: bool = False) -> str:
    """A cursor for a place where no row need be: to go on from there."""
    columns = [_Column(name, way == "desc", _field(model, name)) for name, way in order]
    return _packed(columns, list(values), backwards)


def place_of(cursor: str, model: type[Model], order: Order) -> tuple[bool, list[Any]]:
    """Where a cursor stands, and whether it goes backwards."""
    return _decoded(cursor, [_Column(name, way == "desc", _field(model, name)) for name, way in order])


def _field(model: type[Model], name: str) -> "Field[Any, Any] | None":
    """The model field behind a path; None for an annotation, which must never be null."""
    field: Any = None
    for step in name.split("__"):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        model = field.related_model or model
    return field if isinstance(field, Field) else None


def _beyond(columns: list[_Column], values: list[Any], backwards: bool) -> Q:
    """(a, b) beyond (x, y) as: a beyond x, or a = x and b beyond y.

    Said again as a plain range on the first column, without which no database starts reading there.
    """
    condition, same, reach = Q(pk__in=()), Q(), Q()
    first = columns[0]
    if not first.nullable:
        before = first.descending != backwards
        reach = Q(**{f"{first.name}__{'lte' if before else 'gte'}": values[0]})
    for column, value in zip(columns, values, strict=True):
        condition |= same & (column.before(value) if backwards else column.after(value))
        same &= column.same(value)
    return reach & condition


def _signature(columns: list[_Column]) -> list[str]:
    return [("-" if column.descending else "") + column.name for column in columns]


def _encoded(columns: list[_Column], row: Any, backwards: bool) -> str:
    return _packed(columns, [_value(row, column.name) for column in columns], backwards)


def _packed(columns: list[_Column], values: list[Any], backwards: bool) -> str:
    text = json.dumps([int(backwards), _signature(columns), values], default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    for step in name.split("__"):
        row = None if row is None else getattr(row, step)
    return row.pk if isinstance(row, Model) else row


def _decoded(cursor: str, columns: list[_Column]) -> tuple[bool, list[Any]]:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        backwards, signature, values = json.loads(text)
        if signature != _signature(columns) or len(values) != len(columns):
            raise ValueError("the cursor of another list")
        return bool(backwards), [_typed(column, value) for column, value in zip(columns, values, strict=True)]
    except (ValueError, TypeError, ValidationError, RecursionError) as error:
        raise Refused(_("This page address is not valid any more. Go back to the first page.")) from error


def _typed(column: _Column, value: Any) -> Any:
    if isinstance(value, list | dict) or (value is None and not column.nullable):
        raise ValueError("no value of a column")
    if isinstance(value, str) and "\0" in value:
        raise ValueError("no text a database holds")
    return column.field.to_python(value) if column.field else value
