"""From facts to contributions: every metric's expression over the same facts, one shape, with its day in the house."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import ibis
from ibis import Table, _
from ibis.expr.types import DateValue, TimestampValue

from wenguo.insights.choices import Kind
from wenguo.insights.lake.expressions import EXPRESSIONS
from wenguo.insights.lake.own import own_expression
from wenguo.insights.lake.tables import TABLES, sql_of
from wenguo.insights.lake.times import house
from wenguo.insights.queries.registry import all_metrics
from wenguo.insights.rules import MetricRule
from wenguo.insights.rules.measures import FIRST_STEP, RATIO

_QUARTER = timedelta(minutes=15)


def contributions(rules: Iterable[MetricRule]) -> Table:
    """metric, complaint, at, day, met, failed, left_out, total, stage, step, reason: all metrics in one table."""
    parts = [_one(rule) for rule in rules]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def compiled_contributions(dialect: str) -> str:
    """All metrics in use, as SQL."""
    return sql_of(contributions(all_metrics().values()), dialect)


def _one(rule: MetricRule) -> Table:
    rows = EXPRESSIONS[rule.key](TABLES) if rule.key in EXPRESSIONS else own_expression(rule, TABLES)
    counts = _.part != "left_out"
    step = _step(rule) if rule.kind is Kind.TIME else ibis.literal(-1, "int64")
    return rows.mutate(value=ibis.greatest(_.value, 0)).select(
        _.complaint,
        _.at,
        day=local_day(_.at),
        metric=ibis.literal(rule.key),
        met=(_.part == "met").cast("int64"),
        failed=(_.part == "failed").cast("int64"),
        left_out=(_.part == "left_out").cast("int64"),
        total=ibis.cases((counts, _.value), else_=0).cast("int64"),
        stage=_.stage,
        step=step,
        reason=_.reason,
    )


def _step(rule: MetricRule) -> ibis.expr.types.IntegerValue:
    """The step of the histogram a time falls into: `rules.measures.step_of`."""
    beyond = 1 + (_.value / FIRST_STEP).ln().__truediv__(ibis.literal(RATIO).ln()).floor()
    return ibis.cases((_.value > FIRST_STEP, beyond.cast("int64")), else_=0).cast("int64")


def local_day(moment: TimestampValue) -> DateValue:
    """The house's day of a UTC moment: by the shifts of its clock, so that no engine's own zone plays a part."""
    there = [(since, moment + ibis.interval(seconds=ahead)) for since, ahead in _shifts()]
    later = [(moment >= ibis.timestamp(since), local) for since, local in reversed(there[1:])]
    return (ibis.cases(*later, else_=there[0][1]) if later else there[0][1]).date()


def _shifts() -> list[tuple[datetime, int]]:
    """(from when on, UTC, how many seconds ahead of it), 1990 to 2045."""
    moment = datetime(1990, 1, 1, tzinfo=UTC)
    found: list[tuple[datetime, int]] = []
    while moment.year < 2045:
        offset = _ahead(moment)
        if not found or offset != found[-1][1]:
            found.append((_exactly(moment) if found else moment, offset))
        moment += timedelta(days=1)
    return [(since.replace(tzinfo=None), offset) for since, offset in found]


def _ahead(moment: datetime) -> int:
    there = moment.astimezone(house()).utcoffset()
    return int(there.total_seconds()) if there else 0


def _exactly(after: datetime) -> datetime:
    """The quarter of an hour of the shift that happened in the day before."""
    moment = after - timedelta(days=1)
    before = _ahead(moment)
    while _ahead(moment) == before:
        moment += _QUARTER
    return moment
