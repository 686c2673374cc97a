"""A question as an expression: the metric's own contributions, narrowed and grouped."""

from collections.abc import Collection

import ibis
from ibis import Table, _

from wenguo.insights.choices import SourceFilter
from wenguo.insights.lake.counting import contributions
from wenguo.insights.lake.tables import TABLES
from wenguo.insights.lake.times import utc
from wenguo.insights.rules import MetricRule
from wenguo.insights.rules.questions import COLUMNS, MOST_ROWS, TREE_COLUMNS, Question
from wenguo.lib.now import now


def answer_to(question: Question, rule: MetricRule, units: Collection[int] | None, asker: int) -> Table:
    """Groups, then met, failed, left_out, total; largest first. `units` None is the whole company; empty is nobody."""
    used = {*question.narrowed, *(name for name in question.by if name in COLUMNS)}
    columns = {COLUMNS[name] for name in used} | {"unit", "respondent", "source"}
    about = _visible(TABLES["complaint"], question, units, asker).select("complaint", *sorted(columns))
    rows = contributions([rule]).filter(_.at <= ibis.timestamp(utc(now())))
    rows = rows.filter(_.day.between(ibis.date(question.since), ibis.date(question.until)))
    joined = rows.inner_join(about, "complaint")
    groups = {name: _group(name) for name in question.by}
    summed = joined.group_by(**groups) if groups else joined
    sums = summed.aggregate(met=_.met.sum(), failed=_.failed.sum(), left_out=_.left_out.sum(), total=_.total.sum())
    size = (sums.met + sums.failed + sums.left_out).name("size")
    return sums.order_by(ibis.desc(size), *question.by).limit(MOST_ROWS + 1)


def _visible(complaints: Table, question: Question, units: Collection[int] | None, asker: int) -> Table:
    """Row scope, recusal, source, and what the question is narrowed to."""
    rows = complaints.filter(_.respondent.isnull() | (_.respondent != asker))
    if units is not None:
        rows = rows.filter(_.unit.isin(sorted(units)) if units else ibis.literal(False))
    if question.source is not SourceFilter.ALL:
        rows = rows.filter(_.source == question.source.value)
    for name, value in sorted(question.narrowed.items()):
        column = rows[COLUMNS[name]]
        if name in TREE_COLUMNS:
            rows = rows.filter(column.startswith(value))
        else:
            rows = rows.filter(column.cast("string") == value)
    return rows


def _group(name: str) -> ibis.Deferred:
    if name == "month":
        return _.day.truncate("M")
    return _[COLUMNS.get(name, name)]
