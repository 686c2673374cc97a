"""Facts in bulk: files for complaints that were loaded without actions, and their sums, added up by the engine.

The same files and the same rows of sums as folding one by one; but nothing is remembered per complaint (`Counted`), so
what is loaded this way is not taken out again when it changes. For measurements, and for a history that stands still.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, timedelta

import pyarrow as pa
from django.db import transaction

from wenguo.accounts.models import Unit
from wenguo.insights.actions.fold import lake_state, write_file
from wenguo.insights.actions.sums import Row, add_to_rollups
from wenguo.insights.choices import Axis, Grain
from wenguo.insights.lake.compiled import contributions_sql
from wenguo.insights.lake.engine import Duck, show_facts
from wenguo.insights.lake.schema import as_now
from wenguo.insights.models import LakeFile, LakeState
from wenguo.insights.models.rollups import COMPANY
from wenguo.insights.queries.registry import all_metrics
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules import KEPT_DAYS
from wenguo.lib.now import now

_TREES = ("product", "issue", "cause", "channel")
# The member of a contribution on each axis; trees and importance are the complaint's, the rest its own
_MEMBER = {
    **{tree: f"COALESCE(CAST({tree} AS VARCHAR), '')" for tree in _TREES},
    Axis.IMPORTANCE: "importance",
    Axis.STAGE: "stage",
    Axis.BUCKET: "CASE WHEN stage = '' THEN CAST(step AS VARCHAR) ELSE stage || '/' || CAST(step AS VARCHAR) END",
    Axis.REASON: "reason",
}
_ONLY = {Axis.STAGE: "stage <> ''", Axis.BUCKET: "step >= 0", Axis.REASON: "reason <> ''"}
_SUMS = (
    "CAST(SUM(met) AS BIGINT), CAST(SUM(failed) AS BIGINT), CAST(SUM(left_out) AS BIGINT), CAST(SUM(total) AS BIGINT)"
)


def load_facts(tables: Mapping[str, pa.Table], month: date) -> int:
    """Facts of complaints received in one month (`lake.schema.FACTS` says their columns; those not given are empty);
    how many rows of sums.

    Call it once a month and part; a part of some hundred thousand complaints fits into a child's memory.
    """
    tables = {kind: as_now(kind, table) for kind, table in tables.items()}
    state = lake_state()
    written = [
        write_file(kind, month, table, state.position, state.position, is_whole=False)
        for kind, table in tables.items()
        if len(table)
    ]
    rows = list(_summed(tables))
    with transaction.atomic():
        LakeState.objects.select_for_update().get(pk=state.pk)
        LakeFile.objects.bulk_create(written)
        add_to_rollups(rows)
        LakeState.objects.filter(pk=state.pk).update(as_of=now())
    return len(rows)


def _summed(tables: Mapping[str, pa.Table]) -> Iterator[Row]:
    where = Duck()
    try:
        show_facts(where, tables)
        where.given("above", _above())
        moment = now().astimezone(UTC).replace(tzinfo=None)
        where.connection.execute(
            "CREATE TABLE put AS SELECT p.*, c.source, COALESCE(c.unit, 0) AS unit, product, issue, cause, channel, "  # noqa: S608 - ours
            f"importance FROM ({contributions_sql(where.dialect)}) AS p JOIN complaint AS c USING (complaint) "
            f"WHERE p.at <= TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S.%f}'"
        )
        for query in _queries():
            yield from where.connection.execute(query).fetchall()
    finally:
        where.close()


def _queries() -> Iterator[str]:
    """One for each axis and grain: `rules.places`, as SQL."""
    rules = all_metrics().values()
    yield _query(Axis.ALL, Grain.DAY, "''", "TRUE")
    yield _query(Axis.ALL, Grain.MONTH, "''", "TRUE")
    kept = house_today() - timedelta(days=KEPT_DAYS)
    for axis, member in _MEMBER.items():
        only = _ONLY.get(Axis(axis), "TRUE")
        cut = [rule.key for rule in rules if axis in rule.cuts]
        yield _query(axis, Grain.MONTH, member, f"{only} AND metric IN ({_listed(cut)})")
        by_day = [rule.key for rule in rules if axis in rule.cuts and rule.day_cuts]
        if by_day:
            yield _query(axis, Grain.DAY, member, f"{only} AND metric IN ({_listed(by_day)}) AND day > DATE '{kept}'")


def _query(axis: str, grain: Grain, member: str, only: str) -> str:
    day = "CAST(date_trunc('month', day) AS DATE)" if grain is Grain.MONTH else "day"
    return (
        f"SELECT metric, '{axis}', '{grain.value}', node, source, d, m, {_SUMS} FROM "  # noqa: S608 - names of our own
        f"(SELECT metric, unit, source, {day} AS d, {member} AS m, SUM(met) AS met, SUM(failed) AS failed, "
        f"SUM(left_out) AS left_out, SUM(total) AS total FROM put WHERE {only} GROUP BY ALL) AS leaf "
        "JOIN above USING (unit) GROUP BY ALL"
    )


def _listed(keys: list[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys) or "''"


def _above() -> pa.Table:
    """Each unit with all it counts for: itself, those above, the company."""
    pairs = [(0, COMPANY)]
    for pk, path in Unit.objects.values_list("pk", "path"):
        pairs += [(pk, COMPANY), *((pk, int(part)) for part in path.split("/") if part)]
    return pa.table({"unit": [unit for unit, _node in pairs], "node": [node for _unit, node in pairs]})
