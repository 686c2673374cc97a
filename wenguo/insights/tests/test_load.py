"""Bulk loading adds up, in the engine, exactly what folding adds up one by one."""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pytest

from wenguo.accounts.models import Unit
from wenguo.insights.actions.load import load_facts
from wenguo.insights.actions.sums import Row, Sums
from wenguo.insights.lake.compiled import contributions_sql
from wenguo.insights.lake.counts import gathered
from wenguo.insights.lake.engine import Duck, show_facts
from wenguo.insights.lake.schema import as_table
from wenguo.insights.models import Counted, Rollup
from wenguo.insights.queries.slices import house_today
from wenguo.insights.tests.worlds import World, made
from wenguo.lib.now import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lake", "cast")]


def test_bulk_and_one_by_one_give_the_same_rows() -> None:
    units = dict(Unit.objects.values_list("pk", "path"))
    world = made(150)
    for number, fact in enumerate(world["complaint"]):
        fact["unit"] = sorted(units)[number % len(units)] if number % 7 else None
    tables = {kind: as_table(kind, rows) for kind, rows in world.items()}

    load_facts(tables, date(2026, 11, 1))

    columns = ("metric", "axis", "grain", "node", "source", "day", "member", "met", "failed", "left_out", "total")
    found = {row for row in Rollup.objects.values_list(*columns) if any(row[7:])}
    assert found == set(one_by_one(world, tables, units))
    assert len(found) > 1000


def one_by_one(world: World, tables: dict[str, pa.Table], units: dict[int, str]) -> Iterator[Row]:
    where = Duck()
    show_facts(where, tables)
    counts = gathered(where.run(contributions_sql("duckdb")), now())
    where.close()
    sums = Sums(units, house_today())
    for fact in world["complaint"]:
        axes = ("product", "issue", "cause", "channel", "importance")
        members = {axis: str(fact.get(axis) if fact.get(axis) is not None else "") for axis in axes}
        count = counts.get(fact["complaint"])
        put = [one.as_json() for one in count.puts] if count else []
        sums.add(
            Counted(complaint=fact["complaint"], source=fact["source"], unit=fact["unit"], members=members, put=put)
        )
    return sums.rows()
