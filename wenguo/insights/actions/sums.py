"""Adding to the sums: what many complaints changed, gathered, in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from wenguo.insights.models import Counted, Rollup
from wenguo.insights.models.rollups import COMPANY
from wenguo.insights.queries.registry import all_metrics
from wenguo.insights.rules import NOTHING, Measure, MetricRule, Place, places, put_of

_COLUMNS = ("metric", "axis", "grain", "node", "source", "day", "member", "met", "failed", "left_out", "total")
_KEY = _COLUMNS[:7]
_BATCH = 500  # rows a statement
Row = tuple[str, str, str, int, str, date, str, int, int, int, int]


@dataclass
class Sums:
    """Differences by place, source and responsible unit; `rows` adds them to the units above."""

    units: Mapping[int, str]  # id → path
    today: date
    rules: Mapping[str, MetricRule] = field(default_factory=all_metrics)
    _found: dict[tuple[Place, str, int | None], Measure] = field(default_factory=lambda: defaultdict(lambda: NOTHING))

    def add(self, one: Counted, sign: int = 1) -> None:
        for put in map(put_of, one.put):
            rule = self.rules.get(put.metric)
            if rule is None:  # a metric that is no longer defined: its sums went with it
                continue
            measure = put.measure if sign > 0 else -put.measure
            for place in places(put, one.members, rule, self.today):
                self._found[place, one.source, one.unit] += measure

    def rows(self) -> Iterator[Row]:
        """What is not zero, for each unit it counts for."""
        summed: dict[tuple[Place, str, int], Measure] = defaultdict(lambda: NOTHING)
        for (place, source, unit), measure in self._found.items():
            for node in self._above(unit):
                summed[place, source, node] += measure
        for (place, source, node), m in summed.items():
            if m != NOTHING:
                key = (place.metric, str(place.axis), str(place.grain), node, source, place.day, place.member)
                yield (*key, m.met, m.failed, m.left_out, m.total)

    def _above(self, unit: int | None) -> list[int]:
        path = self.units.get(unit, "") if unit else ""
        return [COMPANY, *(int(part) for part in path.split("/") if part)]


def add_to_rollups(rows: Iterable[Row]) -> None:
    """Adds to the rows that are there, makes those that are not; always in one order, so that two never wait in a
    circle."""
    ordered = sorted(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(ordered) > _BATCH:
            _add_many(cursor, ordered)
            return
        for start in range(0, len(ordered), _BATCH):
            part = ordered[start : start + _BATCH]
            cursor.execute(_upsert(len(part)), [value for row in part for value in row])


def _add_many(cursor: Any, rows: list[Row]) -> None:
    """By COPY, in a transaction: a month of a large house is some hundred thousand sums."""
    columns = ", ".join(_COLUMNS)
    cursor.execute(f"CREATE TEMPORARY TABLE added (LIKE {Rollup._meta.db_table}) ON COMMIT DROP")
    with cursor.copy(f"COPY added ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(_insert(f"SELECT {columns} FROM added ORDER BY {', '.join(_KEY)}"))  # noqa: S608 - names of our own
    cursor.execute("DROP TABLE added")


def _upsert(number: int) -> str:
    return _insert("VALUES " + ", ".join(["(" + ", ".join(["%s"] * len(_COLUMNS)) + ")"] * number))


def _insert(rows: str) -> str:
    table = Rollup._meta.db_table
    adding = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in _COLUMNS[7:])
    return f"INSERT INTO {table} ({', '.join(_COLUMNS)}) {rows} ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET {adding}"
