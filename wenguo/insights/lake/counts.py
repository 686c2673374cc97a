"""What each of some complaints puts into the sums now, by the metrics' own expressions, and when that changes next."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from wenguo.insights.choices import Axis
from wenguo.insights.lake.compiled import contributions_sql
from wenguo.insights.lake.engine import engine, show_facts
from wenguo.insights.lake.extract import Facts
from wenguo.insights.lake.schema import as_table
from wenguo.insights.rules import Measure, Put
from wenguo.lib.now import now


@dataclass
class Count:
    """Contributions of one complaint, in order; `next_at` is when time alone brings another."""

    puts: list[Put] = field(default_factory=list)
    next_at: datetime | None = None


def counts_of(found: Facts) -> dict[int, Count]:
    """As of now. A small batch: always in process, whatever engine the lake has."""
    if not found.months:
        return {}
    where = engine(in_process=True)
    try:
        show_facts(where, {kind: as_table(kind, rows) for kind, rows in found.rows.items()})
        return gathered(where.run(contributions_sql(where.dialect)), now())
    finally:
        where.close()


def gathered(table: pa.Table, moment: datetime) -> dict[int, Count]:
    counts: dict[int, Count] = {}
    for row in table.to_pylist():
        count = counts.setdefault(row["complaint"], Count())
        at = row["at"].replace(tzinfo=UTC)
        if at > moment:
            count.next_at = min(at, count.next_at or at)
        else:
            count.puts.append(put_from(row))
    for count in counts.values():
        count.puts.sort(key=lambda put: (put.metric, put.day, put.own, put.measure.total))
    return counts


def put_from(row: dict[str, Any]) -> Put:
    """One contribution as the engine gives it."""
    own = []
    if row["stage"]:
        own.append((Axis.STAGE.value, row["stage"]))
    if row["step"] >= 0:
        own.append((Axis.BUCKET.value, f"{row['stage']}/{row['step']}" if row["stage"] else str(row["step"])))
    if row["reason"]:
        own.append((Axis.REASON.value, row["reason"]))
    measure = Measure(int(row["met"]), int(row["failed"]), int(row["left_out"]), int(row["total"]))
    return Put(row["metric"], row["day"], measure, tuple(own))
